-- Incidents of some periods by day and by their gravest verdict under one truce, with the killed.
-- In:   the incidents, as a query put in for the name in braces: record_id, when_edtf, earliest,
--       latest, killed_low, killed_high; the assessments under the truce likewise: incident_id,
--       gravity; codes, firsts, lasts: the periods, which do not overlap.
-- Out:  code, day, gravity (3: not judged under it), certain, possible, killed_low, killed_high,
--       unstated, unbounded. One row a period and gravity with day NULL; one row a day with incidents
--       whose day is known. `certain`: incidents that are certainly of the period; `possible`: those
--       and all that may be. The killed are of the certain ones: the sums of their bounds, how many
--       of them state no number, and of how many the upper bound is left open.
-- Cost: the incidents of those days and the assessments of the truce, once.
WITH reported AS MATERIALIZED (
    {entries}
), judged AS (
    {assessments}
), period AS (
    SELECT * FROM unnest(%(codes)s::text[], %(firsts)s::date[], %(lasts)s::date[]) AS period(code, first, last)
), placed AS (
    SELECT reported.*, period.code, coalesce(judged.gravity, 3) AS gravity,
        coalesce(earliest >= first AND latest <= last AND when_edtf !~ '[~?%%]', false) AS is_certain
    FROM reported
    JOIN period ON (latest >= first OR (latest IS NULL AND earliest IS NOT NULL))
        AND (earliest <= last OR (earliest IS NULL AND latest <= last))
    LEFT JOIN judged ON judged.incident_id = record_id
), dated AS (
    SELECT placed.*, CASE WHEN is_certain AND earliest = latest THEN earliest END AS day FROM placed
), summed AS (
    SELECT code, day, gravity, grouping(day) = 1 AS is_whole,
        count(*) FILTER (WHERE is_certain) AS certain,
        count(*) AS possible,
        coalesce(sum(killed_low) FILTER (WHERE is_certain), 0) AS killed_low,
        coalesce(sum(coalesce(killed_high, killed_low)) FILTER (WHERE is_certain), 0) AS killed_high,
        count(*) FILTER (WHERE is_certain AND killed_low IS NULL AND killed_high IS NULL) AS unstated,
        count(*) FILTER (WHERE is_certain AND killed_low IS NOT NULL AND killed_high IS NULL) AS unbounded
    FROM dated
    GROUP BY GROUPING SETS ((code, gravity), (code, day, gravity))
)
SELECT code, day, gravity, certain, possible, killed_low, killed_high, unstated, unbounded
FROM summed WHERE is_whole OR day IS NOT NULL
ORDER BY day NULLS FIRST, code, gravity;
