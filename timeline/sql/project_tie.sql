-- Ties between parties.
INSERT INTO fact (record_id, detail, conflict_id, party_ids, words, doc)
SELECT tie.record_id, tie, conflict_id, timeline_ids(party_id, other_party_id),
    concat_ws(' ', party_wording, other_wording),
    jsonb_build_object(
        'party', party_id, 'party_wording', party_wording, 'tie', tie,
        'other_party', other_party_id, 'other_wording', other_wording, 'phase', phase,
        'since', since_edtf, 'until', until_edtf
    )
FROM live JOIN talks_partytie AS tie ON tie.record_id = live.id;
