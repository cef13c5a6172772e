-- Tallies: an outlet's count for a period.
INSERT INTO fact (record_id, detail, conflict_id, party_ids, accused_ids, truce_ids, outlet_ids, doc)
SELECT tally.record_id, counted, conflict_id, timeline_ids(accused_id), timeline_ids(accused_id),
    timeline_ids(truce.id), ARRAY[counted_by_id],
    jsonb_build_object(
        'truce', truce.id, 'counted_by', counted_by_id, 'counted', counted, 'accused', accused_id,
        'low', low, 'best', best, 'high', high
    )
FROM live
JOIN ceasefire_tally AS tally ON tally.record_id = live.id
LEFT JOIN sources_record AS truce ON truce.id = tally.truce_id AND truce.status = 'published';
