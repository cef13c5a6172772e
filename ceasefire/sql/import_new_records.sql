-- The rows of a part of the file that are to be written.
--
-- In:  incoming, of which the rows behind %(after)s are meant; %(scheme)s.
-- Out: new_record, each with its record's id; incoming.outcome, record_id, why of rows of our own table.

-- A row of our own table that bears a record's id is that record, and changes nothing of it.
WITH compared AS (
    SELECT number, record.id AS record_id, concat_ws(
        ', ',
        CASE WHEN record.title <> incoming.title THEN 'title' END,
        CASE WHEN record.summary <> incoming.summary THEN 'summary' END,
        CASE WHEN record.extent <> incoming.extent THEN 'extent' END,
        CASE WHEN record.earliest IS DISTINCT FROM sources_edtf_earliest(incoming.when_edtf) THEN 'date_earliest' END,
        CASE WHEN record.latest IS DISTINCT FROM sources_edtf_latest(incoming.when_edtf) THEN 'date_latest' END,
        CASE WHEN incident.act <> incoming.act THEN 'act' END
    ) AS otherwise
    FROM incoming
    JOIN sources_record AS record ON record.public_id = value
    LEFT JOIN ceasefire_incident AS incident ON incident.record_id = record.id
    WHERE %(scheme)s = 'truceline' AND number > %(after)s
)
UPDATE incoming SET
    record_id = compared.record_id,
    outcome = CASE otherwise WHEN '' THEN 'unchanged' ELSE 'conflict' END,
    why = CASE otherwise
        WHEN '' THEN ''
        ELSE format('The record says otherwise (%%s) and stands: change it on its own page.', otherwise)
    END
FROM compared WHERE compared.number = incoming.number;

-- What is no incident cannot be made of a row.
INSERT INTO incoming_fault (number, value, raw, findings)
SELECT number, value, raw, jsonb_build_array(jsonb_build_object(
    'column', 'id', 'value', value, 'is_fault', true, 'reason',
    'No record here has this id, and only incidents can be made from a row of a table.'
)) || remarks
FROM incoming JOIN incoming_raw USING (number)
WHERE outcome = 'created' AND act = '' AND number > %(after)s;
DELETE FROM incoming WHERE outcome = 'created' AND act = '' AND number > %(after)s;

-- From here on only these matter. The keys are given after the sort, and so in this order.
INSERT INTO new_record
SELECT number, value, digest, part, title, summary, when_edtf, when_wording, extent,
    sources_edtf_earliest(when_edtf) AS earliest, sources_edtf_latest(when_edtf) AS latest,
    conflict, act, is_aggregate, place, place_wording, place_precision, parties, targets, outcome,
    coalesce(record_id, nextval((SELECT pg_get_serial_sequence('sources_record', 'id')::regclass))) AS record_id
FROM incoming WHERE outcome IN ('created', 'updated') AND number > %(after)s ORDER BY number;
