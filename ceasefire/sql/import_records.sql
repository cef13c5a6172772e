-- The new records and their incidents, with the ids by which the next import finds them.
--
-- In:  new_record, our_conflict, our_place; %(status)s, %(scheme)s, %(version)s.

INSERT INTO sources_record (
    id, public_id, kind, status, title, summary, when_edtf, earliest, latest, precision, when_wording,
    extent, time_zone, created_at
)
SELECT record_id, sources_new_public_id(), 'incident', %(status)s, title, summary, when_edtf, earliest,
    latest, sources_date_precision(earliest, latest), when_wording, extent, '', now()
FROM new_record WHERE outcome = 'created' ORDER BY record_id;

-- A place in the dataset's words only where ours has another name.
INSERT INTO ceasefire_incident (
    record_id, conflict_id, act, is_aggregate, place_id, place_wording, place_precision
)
SELECT record_id, our_conflict.id, act, is_aggregate, our_place.id,
    CASE WHEN place_wording = our_place.name THEN '' ELSE place_wording END, place_precision
FROM new_record
JOIN our_conflict ON our_conflict.ref = conflict
LEFT JOIN our_place ON our_place.ref = place
WHERE outcome = 'created' ORDER BY record_id;

INSERT INTO sources_externalid (record_id, scheme, value, dataset_version)
SELECT record_id, %(scheme)s, value, %(version)s FROM new_record WHERE outcome = 'created' ORDER BY record_id;
