-- Decisions about attending a round, by parties named or not.
INSERT INTO fact (
    record_id, detail, conflict_id, round_ids, process_ids, party_ids, person_ids, words, doc
)
SELECT decision.record_id, decision, process.conflict_id, timeline_ids(parent.id),
    timeline_ids(CASE WHEN parent.id IS NOT NULL THEN process.id END),
    timeline_ids(VARIADIC ARRAY(SELECT party_id FROM talks_decisionparty WHERE decision_id = live.id)),
    timeline_ids(named_head_id),
    (SELECT string_agg(wording, ' ' ORDER BY id) FROM talks_decisionparty WHERE decision_id = live.id),
    jsonb_build_object(
        'round', parent.id, 'delegation', sent.id, 'decision', decision, 'named_head', named_head_id,
        'parties', (
            SELECT coalesce(jsonb_agg(jsonb_build_object('party', party_id, 'wording', wording) ORDER BY id), '[]')
            FROM talks_decisionparty WHERE decision_id = live.id
        )
    )
FROM live
JOIN talks_delegationdecision AS decision ON decision.record_id = live.id
JOIN talks_round AS round ON round.record_id = decision.round_id
JOIN talks_process AS process ON process.id = round.process_id
LEFT JOIN sources_record AS parent ON parent.id = round.record_id AND parent.status = 'published'
LEFT JOIN sources_record AS sent ON sent.id = decision.delegation_id AND sent.status = 'published';
