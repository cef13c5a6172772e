-- Pairs of counted incidents that an editor or an import tied as possible duplicates.
-- In:   the counted incidents, as a query put in for the name in braces: record_id, links; most.
-- Out:  one, other (record ids), and how many such pairs there are; the first `most` of them.
-- Cost: the counted incidents, once.
WITH counted AS MATERIALIZED (
    {entries}
), pair AS (
    SELECT DISTINCT least(record_id, other) AS one, greatest(record_id, other) AS other
    FROM counted
    CROSS JOIN LATERAL (
        SELECT (link ->> 'record')::bigint AS other FROM jsonb_array_elements(links) AS link
        WHERE link ->> 'kind' = 'possible_duplicate'
    ) AS tied
    WHERE links <> '[]' AND other IN (SELECT record_id FROM counted)
)
SELECT one, other, count(*) OVER () FROM pair ORDER BY one, other LIMIT %(most)s;
