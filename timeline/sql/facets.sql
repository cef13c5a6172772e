-- How many entries there are with each code, and how many mention each thing: what a filter by it
-- would find. A party is mentioned through its members, too, on days on which they may have belonged.
-- In:   the entries concerned, as a query put in for the name in braces; wanted (text[], which
--       facets), revision.
-- Out:  facet, value (text), entries.
-- Cost: the entries concerned, read once, and the memberships.
WITH RECURSIVE found (
    id, kind, act, verdict, evidence, party, accused, origin, region, earliest, latest
) AS MATERIALIZED (
    {entries}
), shown AS (
    SELECT party_id, umbrella_id, since_earliest AS since, until_latest AS until
    FROM timeline_membership
    WHERE revision_from <= %(revision)s AND (revision_to IS NULL OR revision_to > %(revision)s)
), member AS (
    SELECT party_id, umbrella_id, since, until FROM shown
    UNION
    SELECT shown.party_id, member.umbrella_id,
        greatest(member.since, shown.since), least(member.until, shown.until)
    FROM member JOIN shown ON shown.umbrella_id = member.party_id
    WHERE (member.since > shown.until OR shown.since > member.until) IS NOT TRUE
), named AS (
    SELECT 'party' AS facet, id, unnest(party) AS ref, party AS ids, earliest, latest
    FROM found WHERE 'party' = ANY (%(wanted)s)
    UNION ALL
    SELECT 'accused', id, unnest(accused), accused, earliest, latest
    FROM found WHERE 'accused' = ANY (%(wanted)s)
), through AS (
    -- An entry that names two members of an umbrella mentions it once.
    SELECT DISTINCT facet, id, umbrella_id
    FROM named JOIN member ON member.party_id = ref
    WHERE (since > latest OR until < earliest) IS NOT TRUE AND umbrella_id <> ALL (ids)
), each (facet, value) AS (
    SELECT 'kind', kind::text FROM found WHERE 'kind' = ANY (%(wanted)s)
    UNION ALL SELECT 'act', act FROM found WHERE 'act' = ANY (%(wanted)s)
    UNION ALL SELECT 'verdict', verdict FROM found WHERE 'verdict' = ANY (%(wanted)s)
    UNION ALL SELECT 'evidence', evidence FROM found WHERE 'evidence' = ANY (%(wanted)s)
    UNION ALL SELECT facet, ref::text FROM named
    UNION ALL SELECT facet, umbrella_id::text FROM through
    UNION ALL
    -- A speaker is an origin, too, but none that can be chosen.
    SELECT 'origin', CASE WHEN whose <> 'unknown' THEN substr(whose, 8) ELSE '0' END
    FROM found CROSS JOIN LATERAL unnest(origin) AS whose
    WHERE 'origin' = ANY (%(wanted)s) AND (whose = 'unknown' OR whose LIKE 'outlet:%%')
    UNION ALL
    SELECT 'region', ref::text
    FROM found CROSS JOIN LATERAL unnest(region) AS place
    JOIN timeline_label AS label ON topic = 'place' AND ref = place AND data ->> 'kind' = 'region'
        AND revision_from <= %(revision)s AND (revision_to IS NULL OR revision_to > %(revision)s)
    WHERE 'region' = ANY (%(wanted)s)
)
SELECT facet, value, count(*) FROM each GROUP BY facet, value;
