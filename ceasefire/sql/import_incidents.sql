-- The incidents of the new records.
--
-- In:  new_record, our_conflict, our_place.

ANALYZE new_record (number, record_id, outcome, conflict, place);

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
