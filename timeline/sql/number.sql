-- Give the difference its number. A change is a record whose entry was closed and written.
INSERT INTO timeline_revision (
    number, created_at, projection_version, format_version, added, changed, removed
)
SELECT %(number)s, now(), %(version)s, %(format)s,
    count(*) FILTER (WHERE was_written AND NOT was_closed),
    count(*) FILTER (WHERE was_written AND was_closed),
    count(*) FILTER (WHERE was_closed AND NOT was_written)
FROM (
    SELECT record_id, bool_or(sign = 1) AS was_written, bool_or(sign = -1) AS was_closed
    FROM diff_entry GROUP BY record_id
) AS touched_entry;
