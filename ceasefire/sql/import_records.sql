-- The new records of a part of the file, with the ids by which the next import finds them.
--
-- In:  new_record, of which the rows behind %(after)s are meant; %(status)s, %(scheme)s, %(version)s.

INSERT INTO sources_record (
    id, public_id, kind, status, title, summary, when_edtf, earliest, latest, precision, when_wording,
    extent, time_zone, created_at
)
SELECT record_id, sources_new_public_id(), 'incident', %(status)s, title, summary, when_edtf, earliest,
    latest, sources_date_precision(earliest, latest), when_wording, extent, '', now()
FROM new_record WHERE outcome = 'created' AND number > %(after)s ORDER BY record_id;

INSERT INTO sources_externalid (record_id, scheme, value, dataset_version)
SELECT record_id, %(scheme)s, value, %(version)s FROM new_record WHERE outcome = 'created' AND number > %(after)s ORDER BY record_id;
