-- The counts of months, brought up to date by the entries that this revision wrote and closed;
-- with `everything` counted afresh, and held against what was counted before.
-- In:   $1, the revision; everything, true or false, put in for the name in braces; diff_entry.
-- Out:  timeline_monthcount; returns how many rows were written and closed.
-- Cost: the entries of the difference, and up to two counts for each.
WITH part AS (
    SELECT 1 AS sign, conflict_id, kind, is_aggregate, earliest, latest
    FROM timeline_entry WHERE {everything} AND revision_to IS NULL
    UNION ALL
    SELECT sign, entry.conflict_id, kind, is_aggregate, earliest, latest
    FROM diff_entry JOIN timeline_entry AS entry USING (id) WHERE NOT {everything}
), sorted AS (
    -- By month first: most of what begins and ends in the same one is alike.
    SELECT sum(sign) AS entries, conflict_id, kind, is_aggregate,
        timeline_month(coalesce(earliest, latest)) AS first, timeline_month(latest) AS last
    FROM part WHERE coalesce(earliest, latest) IS NOT NULL
    GROUP BY 2, 3, 4, 5, 6
), change AS (
    SELECT first AS starts_on, conflict_id, kind, is_aggregate, entries AS begun, 0 AS ended
    FROM sorted
    UNION ALL
    SELECT last, conflict_id, kind, is_aggregate, 0, entries FROM sorted WHERE last IS NOT NULL
    UNION ALL
    SELECT starts_on, conflict_id, kind, is_aggregate, -begun, -ended
    FROM timeline_monthcount WHERE revision_to IS NULL AND {everything}
), delta AS MATERIALIZED (
    SELECT starts_on, conflict_id, kind, is_aggregate, sum(begun) AS begun, sum(ended) AS ended
    FROM change GROUP BY 1, 2, 3, 4 HAVING sum(begun) <> 0 OR sum(ended) <> 0
), found AS MATERIALIZED (
    -- Looked up one by one: how many there are the planner cannot know.
    SELECT delta.*, (
        SELECT id FROM timeline_monthcount AS count
        WHERE revision_to IS NULL AND starts_on = delta.starts_on
            AND conflict_id = delta.conflict_id AND kind = delta.kind
            AND is_aggregate = delta.is_aggregate
    ) AS current_id
    FROM delta
), closed AS (
    UPDATE timeline_monthcount SET revision_to = $1
    WHERE id = ANY (ARRAY(SELECT current_id FROM found WHERE current_id IS NOT NULL))
    RETURNING id, begun, ended
), wanted AS (
    SELECT starts_on, conflict_id, kind, is_aggregate,
        found.begun + coalesce(closed.begun, 0) AS begun,
        found.ended + coalesce(closed.ended, 0) AS ended
    FROM found LEFT JOIN closed ON closed.id = current_id
), written AS (
    INSERT INTO timeline_monthcount (
        revision_from, starts_on, conflict_id, kind, is_aggregate, begun, ended
    )
    SELECT $1, * FROM wanted WHERE begun <> 0 OR ended <> 0
    -- All are looked up before the first is written, which a lookup would read.
    ORDER BY starts_on
    RETURNING 1
)
SELECT (SELECT count(*) FROM written), (SELECT count(*) FROM closed);
