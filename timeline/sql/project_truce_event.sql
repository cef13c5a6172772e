-- Truce events.
INSERT INTO fact (record_id, detail, conflict_id, truce_ids, doc)
SELECT event.record_id, event, truce.conflict_id, timeline_ids(parent.id),
    jsonb_build_object('truce', parent.id, 'event', event)
FROM live
JOIN ceasefire_truceevent AS event ON event.record_id = live.id
JOIN ceasefire_truce AS truce ON truce.record_id = event.truce_id
LEFT JOIN sources_record AS parent ON parent.id = truce.record_id AND parent.status = 'published';
