-- Takes out of older revisions what they said of one record.
--
-- In:   record, its id.
-- Out:  every older version of its entry and its sheet says what the present one says. A record that
--       readers see no more is gone from every revision. Where others are tied to it, its title is
--       the present one, and the tie goes with a record that is gone.
-- Cost: the versions of the record, and of those that it is tied to, by index.

WITH present AS (
    SELECT * FROM timeline_entry WHERE record_id = %(record)s AND revision_to IS NULL
)
UPDATE timeline_entry AS entry SET ({entry_columns}) = (SELECT {entry_columns} FROM present)
WHERE record_id = %(record)s AND revision_to IS NOT NULL AND EXISTS (SELECT FROM present);

WITH present AS (
    SELECT doc FROM timeline_sheet WHERE record_id = %(record)s AND revision_to IS NULL
)
UPDATE timeline_sheet AS sheet SET doc = present.doc FROM present
WHERE record_id = %(record)s AND revision_to IS NOT NULL;

-- Those tied to it, before anything is deleted.
CREATE TEMP TABLE tied ON COMMIT DROP AS
SELECT DISTINCT (link ->> 'record')::bigint AS record_id
FROM timeline_entry CROSS JOIN LATERAL jsonb_array_elements(links) AS link
WHERE record_id = %(record)s
UNION SELECT DISTINCT (link ->> 'record')::bigint
FROM timeline_sheet CROSS JOIN LATERAL jsonb_array_elements(doc -> 'links') AS link
WHERE record_id = %(record)s AND doc ? 'links'
UNION SELECT CASE from_record_id WHEN %(record)s THEN to_record_id ELSE from_record_id END
FROM talks_recordlink WHERE %(record)s IN (from_record_id, to_record_id)
UNION SELECT CASE from_truce_id WHEN %(record)s THEN to_truce_id ELSE from_truce_id END
FROM ceasefire_trucelink WHERE %(record)s IN (from_truce_id, to_truce_id);

UPDATE timeline_entry AS entry SET links = timeline_retitled(links, %(record)s)
WHERE record_id IN (SELECT record_id FROM tied) AND revision_to IS NOT NULL;

UPDATE timeline_sheet AS sheet
SET doc = jsonb_set(doc, '{{links}}', timeline_retitled(doc -> 'links', %(record)s))
WHERE record_id IN (SELECT record_id FROM tied) AND revision_to IS NOT NULL AND doc ? 'links';
