-- To whom the incidents of some periods are attributed, themselves or through their members of that
-- date: what a filter by each party would find. An incident attributed to two counts under both.
-- In:   the incidents, as a query put in for the name in braces: record_id, when_edtf, earliest,
--       latest, accused_ids, killed_low, killed_high; codes, firsts, lasts: the periods; revision.
-- Out:  party (NULL: nobody that we know), code, incidents that are certainly of the period,
--       killed_low, killed_high, unstated, unbounded (see report_days.sql).
-- Cost: the incidents of those days, and the memberships.
WITH RECURSIVE reported AS MATERIALIZED (
    {entries}
), period AS (
    SELECT * FROM unnest(%(codes)s::text[], %(firsts)s::date[], %(lasts)s::date[]) AS period(code, first, last)
), certain AS MATERIALIZED (
    SELECT reported.*, period.code
    FROM reported
    JOIN period ON earliest >= first AND latest <= last AND when_edtf !~ '[~?%%]'
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
), found AS (
    SELECT record_id, unnest(accused_ids) AS party FROM certain
    UNION
    SELECT record_id, umbrella_id
    FROM certain
    JOIN member ON member.party_id = ANY (accused_ids)
    WHERE (since > latest OR until < earliest) IS NOT TRUE
    UNION
    SELECT record_id, NULL FROM certain WHERE accused_ids = '{}'
)
SELECT party, code, count(*) AS incidents,
    coalesce(sum(killed_low), 0) AS killed_low,
    coalesce(sum(coalesce(killed_high, killed_low)), 0) AS killed_high,
    count(*) FILTER (WHERE killed_low IS NULL AND killed_high IS NULL) AS unstated,
    count(*) FILTER (WHERE killed_low IS NOT NULL AND killed_high IS NULL) AS unbounded
FROM found JOIN certain USING (record_id)
GROUP BY party, code
ORDER BY party IS NULL, sum(count(*)) OVER (PARTITION BY party) DESC, party, code;
