-- Part of the files' statements: the lines of one chunk, each with its place in it.
-- In:  ids, of entries, in the order of the file; revision.
-- Out: chunk, and what a line says of itself.
chunk AS MATERIALIZED (
    SELECT wanted.line, record_id, public_id, kind, conflict_id, when_wording, earliest, latest,
        precision, extent, reported_edtf, title, summary, place_id, place_precision, party_ids,
        accused_ids, truce_ids, round_ids, act, verdict, evidence, killed_low, killed_best,
        killed_high, civilians_killed_low, civilians_killed_high, injured_low, injured_high,
        displaced_low, displaced_high, citations
    FROM unnest(%(ids)s::bigint[]) WITH ORDINALITY AS wanted(id, line)
    JOIN timeline_entry AS entry ON entry.id = wanted.id
), conflict AS MATERIALIZED (
    SELECT ref, name FROM timeline_label
    WHERE topic = 'conflict' AND ref IN (SELECT conflict_id FROM chunk)
        AND revision_from <= %(revision)s AND (revision_to IS NULL OR revision_to > %(revision)s)
)
