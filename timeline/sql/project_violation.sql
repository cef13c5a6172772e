-- Violation records: claims and findings that a truce was violated.
INSERT INTO fact (
    record_id, detail, conflict_id, party_ids, accused_ids, accuser_ids, person_ids, truce_ids, words, doc
)
SELECT violation.record_id, standing, parent.conflict_id,
    timeline_ids(accused_id, accuser_party_id), timeline_ids(accused_id), timeline_ids(accuser_party_id),
    timeline_ids(accuser_person_id), timeline_ids(truce.id), concat_ws(' ', accuser_wording, note),
    jsonb_build_object(
        'truce', truce.id, 'incident', incident.id, 'accused', accused_id,
        'accuser_party', accuser_party_id, 'accuser_person', accuser_person_id,
        'accuser_wording', accuser_wording, 'is_editors_finding', is_editors_finding,
        'standing', standing, 'note', note
    )
FROM live
JOIN ceasefire_violation AS violation ON violation.record_id = live.id
JOIN ceasefire_truce AS parent ON parent.record_id = violation.truce_id
LEFT JOIN sources_record AS truce ON truce.id = violation.truce_id AND truce.status = 'published'
LEFT JOIN sources_record AS incident ON incident.id = violation.incident_id AND incident.status = 'published';
