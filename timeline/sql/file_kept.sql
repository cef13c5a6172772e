-- The kept lines of a chunk, in pieces of which every line is kept and right.
-- In:   ids, of entries, and their sort_keys, both in the order of the file, which is by date; size,
--       how many they are; piece, how many lines one piece has; stale, the entries whose kept line
--       is not right; for the name in braces whether sort keys come ascending or descending.
-- Out:  for each piece its lines, NULL where one is missing.
-- Cost: one walk along the index a piece. Neighbours in the order stand side by side in it and, as
--       they were kept in that order, in the table: there is nothing to sort.
SELECT CASE WHEN found.ids = wanted.ids THEN lines END
FROM (
    SELECT nth,
        (%(ids)s::bigint[])[nth : nth + %(piece)s - 1] AS ids,
        (%(sort_keys)s::bigint[])[nth : nth + %(piece)s - 1] AS sort_keys
    FROM generate_series(1, %(size)s, %(piece)s) AS nth
    -- Here, so that each piece is sent when it is found: it need not be sorted with its lines.
    ORDER BY nth
) AS wanted
LEFT JOIN LATERAL (
    SELECT array_agg(entry_id ORDER BY sort_key {towards}) AS ids,
        string_agg(cells, '' ORDER BY sort_key {towards}) AS lines
    FROM timeline_keptline
    WHERE sort_key = ANY (wanted.sort_keys)
        AND epoch = (SELECT count(*) FROM timeline_redaction)
        AND entry_id <> ALL (%(stale)s::bigint[])
) AS found ON true
ORDER BY nth
