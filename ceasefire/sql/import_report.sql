-- What readers of the report need besides: rows at fault, in conflict, with remarks, gone upstream.
--
-- In:  incoming, incoming_raw, incoming_fault; %(run)s, %(scheme)s; %(is_dry)s: then nothing else is written, and
--      rows with remarks are kept here too.
-- Gone upstream: an earlier import wrote it, the file holds that part of the dataset (its country and
-- year), and not the row.

INSERT INTO ceasefire_importrow (run_id, number, scheme, value, outcome, raw, digest, part, findings)
SELECT %(run)s, number, %(scheme)s, value, 'refused', raw, '', '', findings
FROM incoming_fault ORDER BY number;

INSERT INTO ceasefire_importrow (
    run_id, number, scheme, value, outcome, record_id, raw, digest, part, findings
)
SELECT %(run)s, number, %(scheme)s, value, outcome, record_id, raw, digest, part,
    CASE WHEN why <> '' THEN jsonb_build_array(jsonb_build_object(
        'column', '', 'value', value, 'reason', why, 'is_fault', false
    )) ELSE '[]'::jsonb END || remarks
FROM incoming JOIN incoming_raw USING (number)
WHERE outcome = 'conflict' OR (%(is_dry)s AND outcome IN ('created', 'updated') AND remarks <> '[]')
ORDER BY number;

WITH parts AS (
    SELECT DISTINCT part FROM incoming WHERE part <> ''
), written AS (
    SELECT DISTINCT ON (value) value, part, record_id FROM ceasefire_importrow
    WHERE scheme = %(scheme)s AND outcome IN ('created', 'updated')
    ORDER BY value, id DESC
)
INSERT INTO ceasefire_importrow (run_id, scheme, value, outcome, record_id, raw, digest, part, findings)
SELECT %(run)s, %(scheme)s, value, 'withdrawn', record_id, '{}', '', part, '[]'
FROM written JOIN parts USING (part)
WHERE record_id IS NOT NULL
    AND NOT EXISTS (SELECT FROM incoming WHERE incoming.value = written.value)
    AND NOT EXISTS (SELECT FROM incoming_fault WHERE incoming_fault.value = written.value)
ORDER BY value;
