-- Which entries follow: of the incidents that are judged otherwise those that came to fall to a truce
-- or ceased to, and those of which the gravest verdict changed. Nothing else of an entry follows from
-- the reasons of a verdict.
-- In:  diff_assessment.
-- Out: scope_record, with those incidents.
INSERT INTO scope_record
SELECT incident_id
FROM (
    SELECT incident_id, sign, array_agg(DISTINCT truce_id ORDER BY truce_id) AS truces,
        min(array_position(ARRAY['violation', 'possible', 'not_covered'], counts_as::text)) AS gravest
    FROM diff_assessment GROUP BY incident_id, sign
) AS side
GROUP BY incident_id
HAVING count(*) = 1 OR min(truces) <> max(truces) OR min(gravest) <> max(gravest);
