-- What the import made of each row that it wrote, with the row as it stood in the file.
--
-- In:  new_record, incoming_raw; %(run)s, %(scheme)s.
INSERT INTO ceasefire_importrow (
    run_id, number, scheme, value, outcome, record_id, raw, digest, part, findings
)
SELECT %(run)s, number, %(scheme)s, value, outcome, record_id, raw, digest, part, remarks
FROM new_record JOIN incoming_raw USING (number) ORDER BY number;
