-- What readers see differently under one revision than under an earlier one.
-- In:   first and last, the two revisions; for the names in braces the columns of an entry that
--       readers see, of its earlier and of its later version.
-- Out:  a row a record: its id, the ids of its entry then and now, the missing one NULL; the same
--       twice where only its own page differs. A change that was undone in between is none.
-- Cost: the versions that began or ended between the two, by index.
WITH gone AS (
    SELECT * FROM timeline_entry
    WHERE revision_to > %(first)s AND revision_to <= %(last)s AND revision_from <= %(first)s
), come AS (
    SELECT * FROM timeline_entry
    WHERE revision_from > %(first)s AND revision_from <= %(last)s
        AND (revision_to IS NULL OR revision_to > %(last)s)
), line AS (
    SELECT record_id, gone.id AS before, come.id AS after
    FROM gone FULL JOIN come USING (record_id)
    WHERE gone.id IS NULL OR come.id IS NULL OR ROW({before}) IS DISTINCT FROM ROW({after})
), page AS (
    SELECT record_id FROM timeline_sheet AS gone JOIN timeline_sheet AS come USING (record_id)
    WHERE gone.revision_to > %(first)s AND gone.revision_to <= %(last)s
        AND gone.revision_from <= %(first)s
        AND come.revision_from > %(first)s AND come.revision_from <= %(last)s
        AND (come.revision_to IS NULL OR come.revision_to > %(last)s)
        AND gone.doc <> come.doc
)
SELECT record_id, before, after FROM line
UNION ALL
SELECT record_id, entry.id, entry.id
FROM page JOIN timeline_entry AS entry USING (record_id)
WHERE record_id NOT IN (SELECT record_id FROM line)
    AND revision_from <= %(last)s AND (revision_to IS NULL OR revision_to > %(last)s)
