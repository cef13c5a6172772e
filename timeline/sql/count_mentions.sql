-- The counts of mentions, brought up to date by the entries that this revision wrote and closed;
-- with `everything` counted afresh, and held against what was counted before.
-- In:   $1, the revision; everything, true or false, put in for the name in braces; recounted,
--       mentioned.
-- Out:  timeline_mentioncount; returns how many rows were written and closed.
-- Cost: a count for each thing that the entries of the difference mention.
WITH change AS (
    SELECT mention, ref, conflict_id, kind, verdict, evidence, is_aggregate, entries FROM mentioned
    UNION ALL
    SELECT mention, ref, conflict_id, kind, verdict, evidence, is_aggregate, -entries
    FROM timeline_mentioncount WHERE revision_to IS NULL AND {everything}
    UNION ALL
    SELECT mention, ref, conflict_id, kind, verdict, evidence, is_aggregate, -entries
    FROM recounted CROSS JOIN LATERAL (
        SELECT conflict_id, kind, verdict, evidence, is_aggregate, entries
        FROM timeline_mentioncount AS count
        WHERE revision_to IS NULL AND count.mention = recounted.mention AND count.ref = recounted.ref
        OFFSET 0
    ) AS count
), delta AS MATERIALIZED (
    SELECT mention, ref, conflict_id, kind, verdict, evidence, is_aggregate, sum(entries) AS entries
    FROM change GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING sum(entries) <> 0
), found AS MATERIALIZED (
    -- Looked up one by one: how many there are the planner cannot know.
    SELECT delta.*, (
        SELECT id FROM timeline_mentioncount AS count
        WHERE revision_to IS NULL AND mention = delta.mention AND ref = delta.ref
            AND conflict_id = delta.conflict_id AND kind = delta.kind AND verdict = delta.verdict
            AND evidence = delta.evidence AND is_aggregate = delta.is_aggregate
    ) AS current_id
    FROM delta
), closed AS (
    UPDATE timeline_mentioncount SET revision_to = $1
    WHERE id = ANY (ARRAY(SELECT current_id FROM found WHERE current_id IS NOT NULL))
    RETURNING id, entries
), written AS (
    INSERT INTO timeline_mentioncount (
        revision_from, mention, ref, conflict_id, kind, verdict, evidence, is_aggregate, entries
    )
    SELECT $1, mention, ref, conflict_id, kind, verdict, evidence, is_aggregate,
        found.entries + coalesce(closed.entries, 0)
    FROM found LEFT JOIN closed ON closed.id = current_id
    WHERE found.entries + coalesce(closed.entries, 0) <> 0
    -- All are looked up before the first is written, which a lookup would read.
    ORDER BY mention, ref
    RETURNING 1
)
SELECT (SELECT count(*) FROM written), (SELECT count(*) FROM closed);
