-- In:  every current entry.
-- Out: timeline_usage counted afresh; scope_label, with all that is in use.
DELETE FROM timeline_usage;

INSERT INTO timeline_usage (topic, ref, uses)
SELECT topic, ref, count(*)
FROM timeline_entry AS entry CROSS JOIN LATERAL timeline_mentions(
    conflict_id, process_ids, party_ids, person_ids, place_ids, outlet_ids, source_ids
)
WHERE revision_to IS NULL
GROUP BY topic, ref;

INSERT INTO scope_label SELECT topic, ref FROM timeline_usage;
