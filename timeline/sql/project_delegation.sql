-- Delegations: whom they represent, under whom, and whether they came.
INSERT INTO fact (
    record_id, detail, conflict_id, round_ids, process_ids, party_ids, person_ids, words, doc
)
SELECT delegation.record_id, attendance, process.conflict_id, timeline_ids(parent.id),
    timeline_ids(CASE WHEN parent.id IS NOT NULL THEN process.id END),
    timeline_ids(VARIADIC ARRAY(SELECT party_id FROM talks_delegationparty WHERE delegation_id = live.id)),
    timeline_ids(VARIADIC head_id || ARRAY(
        SELECT person_id FROM talks_delegationmember WHERE delegation_id = live.id
    )),
    (SELECT string_agg(wording, ' ' ORDER BY id) FROM talks_delegationparty WHERE delegation_id = live.id),
    jsonb_build_object(
        'round', parent.id, 'capacity', capacity, 'attendance', attendance, 'head', head_id,
        'parties', (
            SELECT coalesce(jsonb_agg(jsonb_build_object('party', party_id, 'wording', wording) ORDER BY id), '[]')
            FROM talks_delegationparty WHERE delegation_id = live.id
        ),
        'members', (
            SELECT coalesce(jsonb_agg(jsonb_build_object('person', person_id, 'role', role) ORDER BY id), '[]')
            FROM talks_delegationmember WHERE delegation_id = live.id
        )
    )
FROM live
JOIN talks_delegation AS delegation ON delegation.record_id = live.id
JOIN talks_round AS round ON round.record_id = delegation.round_id
JOIN talks_process AS process ON process.id = round.process_id
LEFT JOIN sources_record AS parent ON parent.id = round.record_id AND parent.status = 'published';
