-- Which entries follow from what is judged otherwise. Nothing else of an entry follows from the reasons
-- of a verdict.
-- In:  diff_assessment, scope_record.
-- Out: scope_record, with the incidents that came to fall to a truce or ceased to, which somebody else
--      may verify; and rejudged, the others of which the gravest verdict changed, with that verdict: all
--      else of their entries stands.
INSERT INTO scope_record
SELECT incident_id
FROM (
    SELECT incident_id, sign, array_agg(DISTINCT truce_id ORDER BY truce_id) AS truces
    FROM diff_assessment GROUP BY incident_id, sign
) AS side
GROUP BY incident_id
HAVING count(*) = 1 OR min(truces) <> max(truces);

INSERT INTO rejudged
WITH changed AS (
    SELECT incident_id
    FROM (
        SELECT incident_id, sign,
            min(array_position(ARRAY['violation', 'possible', 'not_covered'], counts_as::text)) AS gravest
        FROM diff_assessment GROUP BY incident_id, sign
    ) AS side
    WHERE incident_id NOT IN (SELECT id FROM scope_record)
    GROUP BY incident_id HAVING min(gravest) <> max(gravest)
)
SELECT incident_id, CASE
    WHEN bool_or(counts_as = 'violation') THEN 'violation'
    WHEN bool_or(counts_as = 'possible') THEN 'possible'
    ELSE 'not_covered'
END
FROM changed JOIN timeline_assessment USING (incident_id)
WHERE revision_to IS NULL
GROUP BY incident_id;
