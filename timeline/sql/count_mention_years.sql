-- The counts of mentions by year, brought up to date by the entries that this revision wrote and
-- closed; with `everything` counted afresh, and held against what was counted before.
-- In:   $1, the revision; everything, true or false, put in for the name in braces; recounted,
--       mentioned.
-- Out:  timeline_mentionyearcount; returns how many rows were written and closed.
-- Cost: up to two counts for each thing that the entries of the difference mention. The rows of what
--       is recounted stand in no order: they are met one conflict and year after the other.
WITH change AS (
    SELECT mention, ref, begun_in AS starts_on, conflict_id, kind, is_aggregate,
        entries AS begun, 0 AS ended
    FROM mentioned WHERE begun_in IS NOT NULL
    UNION ALL
    SELECT mention, ref, ended_in, conflict_id, kind, is_aggregate, 0, entries
    FROM mentioned WHERE ended_in IS NOT NULL
    UNION ALL
    SELECT mention, ref, starts_on, conflict_id, kind, is_aggregate, -begun, -ended
    FROM timeline_mentionyearcount WHERE revision_to IS NULL AND {everything}
    UNION ALL
    SELECT mention, ref, starts_on, conflict_id, kind, is_aggregate, -begun, -ended
    FROM recounted CROSS JOIN LATERAL (
        SELECT starts_on, conflict_id, kind, is_aggregate, begun, ended
        FROM timeline_mentionyearcount AS count
        WHERE revision_to IS NULL AND count.mention = recounted.mention AND count.ref = recounted.ref
        OFFSET 0
    ) AS count
), delta AS MATERIALIZED (
    SELECT mention, ref, starts_on, conflict_id, kind, is_aggregate,
        sum(begun) AS begun, sum(ended) AS ended
    FROM change GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(begun) <> 0 OR sum(ended) <> 0
), found AS MATERIALIZED (
    -- Looked up one by one: how many there are the planner cannot know.
    SELECT delta.*, (
        SELECT id FROM timeline_mentionyearcount AS count
        WHERE revision_to IS NULL AND conflict_id = delta.conflict_id
            AND starts_on = delta.starts_on AND mention = delta.mention AND ref = delta.ref
            AND kind = delta.kind AND is_aggregate = delta.is_aggregate
    ) AS current_id
    FROM delta
), closed AS (
    UPDATE timeline_mentionyearcount SET revision_to = $1
    WHERE id = ANY (ARRAY(SELECT current_id FROM found WHERE current_id IS NOT NULL))
    RETURNING id, begun, ended
), wanted AS (
    SELECT mention, ref, starts_on, conflict_id, kind, is_aggregate,
        found.begun + coalesce(closed.begun, 0) AS begun,
        found.ended + coalesce(closed.ended, 0) AS ended
    FROM found LEFT JOIN closed ON closed.id = current_id
), written AS (
    INSERT INTO timeline_mentionyearcount (
        revision_from, mention, ref, starts_on, conflict_id, kind, is_aggregate, begun, ended
    )
    SELECT $1, * FROM wanted WHERE begun <> 0 OR ended <> 0
    -- All are looked up before the first is written, which a lookup would read.
    ORDER BY conflict_id, starts_on
    RETURNING 1
)
SELECT (SELECT count(*) FROM written), (SELECT count(*) FROM closed);
