-- The incidents judged gravest under one truce: those that certainly fell in its time first, then by
-- their day.
-- In:   the incidents, as a query put in for the name in braces: record_id, sort_on; the assessments
--       under the truce likewise: incident_id, gravity, doubt; most.
-- Out:  record_id, the first `most` of them.
-- Cost: the incidents and the assessments of the truce, once.
WITH judged AS (
    {assessments}
), reported AS (
    {entries}
)
SELECT record_id FROM reported JOIN judged ON judged.incident_id = record_id
ORDER BY gravity, doubt, sort_on, record_id LIMIT %(most)s;
