-- The counts of periods, brought up to date by the entries that this revision wrote and closed;
-- with `everything` counted afresh, and held against what was counted before.
-- In:   $1, the revision; everything, true or false, put in for the name in braces; diff_entry.
-- Out:  timeline_periodcount; returns how many rows were written and closed.
-- Cost: the entries of the difference, and up to five counts for each.
WITH part AS (
    SELECT 1 AS sign, conflict_id, kind, act, verdict, evidence, is_aggregate, earliest, latest
    FROM timeline_entry WHERE {everything} AND revision_to IS NULL
    UNION ALL
    SELECT sign, entry.conflict_id, kind, act, verdict, evidence, is_aggregate, earliest, latest
    FROM diff_entry JOIN timeline_entry AS entry USING (id) WHERE NOT {everything}
), sorted AS (
    -- By month first: most of what begins and ends in the same one is alike.
    SELECT sum(sign) AS entries, conflict_id, kind, act, verdict, evidence, is_aggregate,
        timeline_month(earliest) AS earliest, timeline_month(latest) AS latest
    FROM part GROUP BY 2, 3, 4, 5, 6, 7, 8, 9
), change AS (
    SELECT period, starts_on, conflict_id, kind, act, verdict, evidence, is_aggregate,
        entries * begun AS begun, entries * ended AS ended, entries * undated AS undated
    FROM sorted CROSS JOIN LATERAL timeline_periods(earliest, latest)
    UNION ALL
    SELECT period, starts_on, conflict_id, kind, act, verdict, evidence, is_aggregate,
        -begun, -ended, -undated
    FROM timeline_periodcount WHERE revision_to IS NULL AND {everything}
), delta AS MATERIALIZED (
    SELECT period, starts_on, conflict_id, kind, act, verdict, evidence, is_aggregate,
        sum(begun) AS begun, sum(ended) AS ended, sum(undated) AS undated
    FROM change GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
    HAVING sum(begun) <> 0 OR sum(ended) <> 0 OR sum(undated) <> 0
), found AS MATERIALIZED (
    -- Looked up one by one: how many there are the planner cannot know.
    SELECT delta.*, (
        SELECT id FROM timeline_periodcount AS count
        WHERE revision_to IS NULL AND period = delta.period AND starts_on = delta.starts_on
            AND conflict_id = delta.conflict_id AND kind = delta.kind AND act = delta.act
            AND verdict = delta.verdict AND evidence = delta.evidence
            AND is_aggregate = delta.is_aggregate
    ) AS current_id
    FROM delta
), closed AS (
    UPDATE timeline_periodcount SET revision_to = $1
    WHERE id = ANY (ARRAY(SELECT current_id FROM found WHERE current_id IS NOT NULL))
    RETURNING id, begun, ended, undated
), wanted AS (
    SELECT period, starts_on, conflict_id, kind, act, verdict, evidence, is_aggregate,
        found.begun + coalesce(closed.begun, 0) AS begun,
        found.ended + coalesce(closed.ended, 0) AS ended,
        found.undated + coalesce(closed.undated, 0) AS undated
    FROM found LEFT JOIN closed ON closed.id = current_id
), written AS (
    INSERT INTO timeline_periodcount (
        revision_from, period, starts_on, conflict_id, kind, act, verdict, evidence, is_aggregate,
        begun, ended, undated
    )
    SELECT $1, * FROM wanted WHERE begun <> 0 OR ended <> 0 OR undated <> 0
    -- All are looked up before the first is written, which a lookup would read.
    ORDER BY period, starts_on
    RETURNING 1
)
SELECT (SELECT count(*) FROM written), (SELECT count(*) FROM closed);
