-- In:  diff_entry(sign, …), the entries closed (-1) and written (1).
-- Out: timeline_usage brought up to date; scope_label, with what came into use or went out of it.
WITH delta AS (
    SELECT topic, ref, sum(sign) AS uses
    FROM diff_entry AS entry CROSS JOIN LATERAL timeline_mentions(
        conflict_id, process_ids, party_ids, person_ids, place_ids, outlet_ids, source_ids
    )
    GROUP BY topic, ref HAVING sum(sign) <> 0
), counted AS (
    INSERT INTO timeline_usage AS usage (topic, ref, uses) SELECT topic, ref, uses FROM delta
    ON CONFLICT (topic, ref) DO UPDATE SET uses = usage.uses + excluded.uses
    RETURNING topic, ref, uses
)
INSERT INTO scope_label
SELECT topic, ref FROM counted JOIN delta USING (topic, ref)
WHERE counted.uses = 0 OR counted.uses = delta.uses;

DELETE FROM timeline_usage AS usage USING scope_label
WHERE usage.topic = scope_label.topic AND usage.ref = scope_label.ref AND uses = 0;
