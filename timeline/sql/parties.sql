-- How many entries name each party, itself or through its members of that date: what a filter by
-- it would find.
-- In:   the entries concerned, as a query put in for the name in braces: record_id, ids (of the
--       parties that it names), earliest, latest; then the revision, twice.
-- Out:  party, entries.
-- Cost: the entries that name anybody, and the memberships.
WITH RECURSIVE named (record_id, ids, earliest, latest) AS MATERIALIZED (
    {named}
), shown AS (
    SELECT party_id, umbrella_id, since_earliest AS since, until_latest AS until
    FROM timeline_membership
    WHERE revision_from <= %s AND (revision_to IS NULL OR revision_to > %s)
), member AS (
    SELECT party_id, umbrella_id, since, until FROM shown
    UNION
    SELECT shown.party_id, member.umbrella_id,
        greatest(member.since, shown.since), least(member.until, shown.until)
    FROM member JOIN shown ON shown.umbrella_id = member.party_id
    WHERE (member.since > shown.until OR shown.since > member.until) IS NOT TRUE
), found AS (
    SELECT record_id, unnest(ids) AS party FROM named
    UNION
    SELECT record_id, umbrella_id
    FROM named
    JOIN member ON member.party_id = ANY (ids)
    WHERE (since > latest OR until < earliest) IS NOT TRUE
)
SELECT party, count(*) AS entries FROM found GROUP BY party ORDER BY entries DESC, party;
