-- The kept lines among those of some pieces of a chunk, in any order of the file.
-- In:  what file_kept.sql says; pieces, the numbers of those that are wanted, from 0.
-- Out: for each of them its lines, with two zero bytes where one is missing; the ids of the missing
--      ones, in order.
SELECT string_agg(coalesce(cells, '\x0000'), '' ORDER BY line),
    coalesce(array_agg(wanted.id ORDER BY line) FILTER (WHERE cells IS NULL), '{}')
FROM unnest(%(ids)s::bigint[], %(sort_keys)s::bigint[]) WITH ORDINALITY
    AS wanted(id, sort_key, line)
LEFT JOIN timeline_keptline AS kept ON kept.sort_key = wanted.sort_key
    AND entry_id = wanted.id
    AND epoch = (SELECT count(*) FROM timeline_redaction)
    AND entry_id <> ALL (%(stale)s::bigint[])
WHERE (line - 1) / %(piece)s = ANY (%(pieces)s::bigint[])
GROUP BY (line - 1) / %(piece)s
ORDER BY (line - 1) / %(piece)s
