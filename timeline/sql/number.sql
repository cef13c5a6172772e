-- Give the difference its number. A change is a record whose entry was closed and written.
-- In:   number, version, format; diff_entry.
-- Cost: the difference. All entries are counted only where it is not known how many the revision
--       before it shows.
INSERT INTO timeline_revision (
    number, created_at, projection_version, format_version, added, changed, removed, entries
)
SELECT %(number)s, now(), %(version)s, %(format)s, added, changed, removed,
    coalesce(
        (SELECT entries FROM timeline_revision WHERE number = %(number)s - 1) + added - removed,
        (SELECT count(*) FROM timeline_entry WHERE revision_to IS NULL)
    )
FROM (
    SELECT count(*) FILTER (WHERE was_written AND NOT was_closed) AS added,
        count(*) FILTER (WHERE was_written AND was_closed) AS changed,
        count(*) FILTER (WHERE was_closed AND NOT was_written) AS removed
    FROM (
        SELECT record_id, bool_or(sign = 1) AS was_written, bool_or(sign = -1) AS was_closed
        FROM diff_entry GROUP BY record_id
    ) AS touched_entry
) AS difference;
