-- Talks rounds: who convenes them, where, and whether they took place.
INSERT INTO fact (
    record_id, detail, conflict_id, round_ids, process_ids, place_id, place_ids, party_ids, words, doc
)
SELECT round.record_id, round.round_status, process.conflict_id, ARRAY[round.record_id], ARRAY[process.id],
    venue_id, coalesce(place_path.path, '{}'),
    timeline_ids(VARIADIC ARRAY(SELECT party_id FROM talks_roundrole WHERE round_id = round.record_id)),
    concat_ws(' ', label, venue_wording),
    jsonb_build_object(
        'label', label, 'round_status', round_status, 'format', format, 'venue', venue_id,
        'venue_wording', venue_wording, 'process', process.id,
        'roles', (
            SELECT coalesce(jsonb_agg(jsonb_build_object('party', party_id, 'role', role) ORDER BY id), '[]')
            FROM talks_roundrole WHERE round_id = round.record_id
        )
    )
FROM live
JOIN talks_round AS round ON round.record_id = live.id
JOIN talks_process AS process ON process.id = round.process_id
LEFT JOIN place_path ON place_path.id = venue_id;
