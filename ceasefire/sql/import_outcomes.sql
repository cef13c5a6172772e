-- What becomes of each row of a part of the file, before anything of it is written.
--
-- In:  incoming, of which the rows behind %(after)s are meant; %(scheme)s, in which its values are
--      unique; the rows that earlier imports wrote.
-- Out: incoming.outcome, record_id, why.
-- Cost: follows the rows; each is looked up by its value.
-- A row is changed if its digest is not that of the row that was last written under its id.

-- What is found neither among the ids nor among the rows written is new, as every row is at first.
WITH found AS (
    SELECT row.number, known.record_id, written.digest
    FROM incoming AS row
    LEFT JOIN LATERAL (
        SELECT record_id FROM sources_externalid AS known
        WHERE known.scheme = %(scheme)s AND known.value = row.value LIMIT 1
    ) AS known ON true
    LEFT JOIN LATERAL (
        SELECT digest FROM ceasefire_importrow AS written
        WHERE scheme = %(scheme)s AND written.value = row.value AND written.outcome IN ('created', 'updated')
        ORDER BY id DESC LIMIT 1
    ) AS written ON true
    WHERE number > %(after)s AND (known.record_id IS NOT NULL OR written.digest IS NOT NULL)
)
UPDATE incoming SET
    record_id = found.record_id,
    outcome = CASE
        WHEN found.record_id IS NULL THEN 'conflict'
        WHEN found.digest = incoming.digest THEN 'unchanged'
        ELSE 'updated'
    END,
    why = CASE
        WHEN found.record_id IS NULL THEN 'The record was deleted here; it is not made again.'
        ELSE ''
    END
FROM found WHERE found.number = incoming.number;
