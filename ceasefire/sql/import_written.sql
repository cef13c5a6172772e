-- What the import made of each row of a part that it wrote, with the row as it stood in the file.
--
-- In:  new_record and incoming_raw, of which the rows behind %(after)s are meant; %(run)s, %(scheme)s.
INSERT INTO ceasefire_importrow (
    run_id, number, scheme, value, outcome, record_id, raw, digest, part, findings
)
SELECT %(run)s, number, %(scheme)s, value, outcome, record_id, raw, digest, part, remarks
FROM new_record JOIN incoming_raw USING (number)
WHERE new_record.number > %(after)s AND incoming_raw.number > %(after)s ORDER BY number;
