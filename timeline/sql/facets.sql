-- How many entries there are with each code, and how many mention each thing: what a filter by it
-- would find. A party is mentioned through its members, too, on days on which they may have belonged.
-- In:   the entries concerned, as a query put in for the name in braces, each counted by its sign;
--       wanted (text[], which facets; '' for how many there are in all), revision.
-- Out:  facet, value (text), entries.
-- Cost: the entries concerned, read once, and the memberships. Many entries name the same parties or
--       rest on the same origins: these are counted together before they are taken apart.
WITH RECURSIVE found (
    kind, act, verdict, evidence, party, accused, origin, region, earliest, latest, sign
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
), coded AS (
    SELECT kind, act, verdict, evidence, sum(sign) AS entries FROM found
    WHERE ARRAY['', 'kind', 'act', 'verdict', 'evidence'] && %(wanted)s GROUP BY 1, 2, 3, 4
), named (facet, ids, entries, first_end, last_start, first_start, last_end) AS (
    SELECT 'party', party, sum(sign), min(latest), max(earliest),
        min(coalesce(earliest, '-infinity')), max(coalesce(latest, 'infinity'))
    FROM found WHERE 'party' = ANY (%(wanted)s) GROUP BY 2
    UNION ALL
    SELECT 'accused', accused, sum(sign), min(latest), max(earliest),
        min(coalesce(earliest, '-infinity')), max(coalesce(latest, 'infinity'))
    FROM found WHERE 'accused' = ANY (%(wanted)s) GROUP BY 2
), standing AS (
    -- On which days the parties that some entries name stand for an umbrella that these do not name.
    -- Whoever names two of its members mentions it once.
    SELECT facet, ids, umbrella_id, range_agg(daterange(since, until, '[]')) AS days,
        max(entries) AS entries, max(first_end) AS first_end, max(last_start) AS last_start,
        max(first_start) AS first_start, max(last_end) AS last_end
    FROM named CROSS JOIN LATERAL unnest(ids) AS party JOIN member ON member.party_id = party
    WHERE umbrella_id <> ALL (ids)
    GROUP BY facet, ids, umbrella_id
), reached AS (
    -- Of few of them the days of each entry must be looked at: the others are all within, or none.
    SELECT facet, ids, umbrella_id, days, entries,
        days @> daterange(least(first_end, last_start), greatest(first_end, last_start), '[]')
            AS is_always
    FROM standing WHERE days && daterange(first_start, last_end, '[]')
), whose AS (
    SELECT origin, sum(sign) AS entries FROM found WHERE 'origin' = ANY (%(wanted)s) GROUP BY 1
), inside AS (
    SELECT region, sum(sign) AS entries FROM found WHERE 'region' = ANY (%(wanted)s) GROUP BY 1
), each (facet, value, entries) AS (
    SELECT '', '', entries FROM coded WHERE '' = ANY (%(wanted)s)
    UNION ALL SELECT 'kind', kind, entries FROM coded WHERE 'kind' = ANY (%(wanted)s)
    UNION ALL SELECT 'act', act, entries FROM coded WHERE 'act' = ANY (%(wanted)s)
    UNION ALL SELECT 'verdict', verdict, entries FROM coded WHERE 'verdict' = ANY (%(wanted)s)
    UNION ALL SELECT 'evidence', evidence, entries FROM coded WHERE 'evidence' = ANY (%(wanted)s)
    UNION ALL SELECT facet, party::text, sum(entries)
    FROM named CROSS JOIN LATERAL unnest(ids) AS party GROUP BY facet, party
    UNION ALL
    SELECT facet, umbrella_id::text, sum(entries) FROM reached WHERE is_always
    GROUP BY facet, umbrella_id
    UNION ALL
    SELECT facet, umbrella_id::text, sum(sign)
    FROM found JOIN reached ON facet = 'party' AND ids = party AND NOT is_always
    WHERE days && daterange(earliest, latest, '[]')
    GROUP BY 1, 2
    UNION ALL
    SELECT facet, umbrella_id::text, sum(sign)
    FROM found JOIN reached ON facet = 'accused' AND ids = accused AND NOT is_always
    WHERE days && daterange(earliest, latest, '[]')
    GROUP BY 1, 2
    UNION ALL
    -- A speaker is an origin, too, but none that can be chosen.
    SELECT 'origin', CASE WHEN one <> 'unknown' THEN substr(one, 8) ELSE '0' END, entries
    FROM (
        SELECT one, sum(entries) AS entries
        FROM whose CROSS JOIN LATERAL unnest(origin) AS one GROUP BY one
    ) AS told_by
    WHERE one = 'unknown' OR one LIKE 'outlet:%%'
    UNION ALL
    SELECT 'region', ref::text, entries
    FROM inside CROSS JOIN LATERAL unnest(region) AS place
    JOIN timeline_label AS label ON topic = 'place' AND data @> '{"kind": "region"}' AND ref = place
        AND revision_from <= %(revision)s AND (revision_to IS NULL OR revision_to > %(revision)s)
)
SELECT facet, value, sum(entries)::bigint FROM each GROUP BY facet, value;
