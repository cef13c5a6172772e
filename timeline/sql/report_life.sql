-- The incidents judged under one truce, by calendar unit and by their gravest verdict under it.
-- In:   the incidents, as a query put in for the name in braces: record_id, when_edtf, earliest,
--       latest; the assessments under the truce likewise: incident_id, gravity; unit: day, week,
--       month, quarter or year.
-- Out:  first (the unit's first day; NULL: not known to one unit, or not exactly), gravity, incidents.
-- Cost: the incidents and the assessments of the truce, once.
WITH judged AS (
    {assessments}
), reported AS (
    {entries}
), placed AS (
    SELECT gravity, date_trunc(%(unit)s, earliest::timestamp)::date AS first,
        date_trunc(%(unit)s, latest::timestamp)::date AS last, when_edtf
    FROM reported JOIN judged ON judged.incident_id = record_id
)
SELECT CASE WHEN first = last AND when_edtf !~ '[~?%%]' THEN first END AS unit, gravity, count(*)
FROM placed GROUP BY unit, gravity ORDER BY unit NULLS LAST, gravity;
