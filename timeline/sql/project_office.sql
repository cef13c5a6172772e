-- Offices that persons hold in parties.
INSERT INTO fact (record_id, detail, conflict_id, party_ids, person_ids, words, doc)
SELECT office.record_id, phase, conflict_id, timeline_ids(party_id), timeline_ids(person_id), post,
    jsonb_build_object(
        'person', person_id, 'party', party_id, 'post', post, 'phase', phase,
        'since', since_edtf, 'until', until_edtf
    )
FROM live JOIN talks_office AS office ON office.record_id = live.id;
