-- The kept lines among those of a chunk, in pieces.
-- In:  ids, of entries, in the order of the file; stale, those whose kept line is not right; piece,
--      how many lines one piece has.
-- Out: for each piece its lines, with two zero bytes where one is missing; the ids of the missing
--      ones, in order.
SELECT string_agg(coalesce(cells, '\x0000'), '' ORDER BY line),
    coalesce(array_agg(wanted.id ORDER BY line) FILTER (WHERE cells IS NULL), '{}')
FROM unnest(%(ids)s::bigint[]) WITH ORDINALITY AS wanted(id, line)
LEFT JOIN timeline_keptline AS kept ON entry_id = wanted.id
    AND epoch = (SELECT count(*) FROM timeline_redaction)
    AND entry_id <> ALL (%(stale)s::bigint[])
GROUP BY (line - 1) / %(piece)s
ORDER BY (line - 1) / %(piece)s
