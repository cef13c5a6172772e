-- Takes out of older revisions what they said of one record.
--
-- In:   record, its id; for the names in braces, the columns of an entry that projections fill.
-- Out:  every older version of its entry and sheet says what the present one says. What readers see
--       no more is gone from every revision. Where other records are tied to it, its title is the
--       present one, and the tie to a record that is gone goes along. What only it mentioned has no
--       name any more in any revision.
-- Cost: the versions of the record and of those that it is tied to, by index; and one look for each
--       thing that its older versions mentioned.

-- Before anything is overwritten: to what its older versions lead.
CREATE TEMP TABLE redacted_tie ON COMMIT DROP AS
SELECT (link ->> 'record')::bigint AS record_id
FROM timeline_entry CROSS JOIN LATERAL jsonb_array_elements(links) AS link
WHERE timeline_entry.record_id = %(record)s
UNION
SELECT (link ->> 'record')::bigint
FROM timeline_sheet CROSS JOIN LATERAL jsonb_array_elements(doc -> 'links') AS link
WHERE timeline_sheet.record_id = %(record)s AND doc ? 'links';

CREATE TEMP TABLE redacted_mention ON COMMIT DROP AS
SELECT DISTINCT topic, ref
FROM timeline_entry AS entry CROSS JOIN LATERAL timeline_mentions(
    conflict_id, process_ids, party_ids, person_ids, place_ids, outlet_ids, source_ids
)
WHERE record_id = %(record)s AND revision_to IS NOT NULL;

UPDATE timeline_entry SET ({columns}) = (
    SELECT {columns} FROM timeline_entry WHERE record_id = %(record)s AND revision_to IS NULL
)
WHERE record_id = %(record)s AND revision_to IS NOT NULL AND EXISTS (
    SELECT FROM timeline_entry WHERE record_id = %(record)s AND revision_to IS NULL
);

UPDATE timeline_sheet AS sheet SET doc = present.doc
FROM timeline_sheet AS present
WHERE sheet.record_id = %(record)s AND sheet.revision_to IS NOT NULL
    AND present.record_id = %(record)s AND present.revision_to IS NULL;

DELETE FROM timeline_sheet WHERE record_id = %(record)s AND NOT EXISTS (
    SELECT FROM timeline_entry WHERE record_id = %(record)s AND revision_to IS NULL
);
DELETE FROM timeline_assessment WHERE %(record)s IN (truce_id, incident_id) AND NOT EXISTS (
    SELECT FROM timeline_entry WHERE record_id = %(record)s AND revision_to IS NULL
);
DELETE FROM timeline_membership WHERE record_id = %(record)s AND NOT EXISTS (
    SELECT FROM timeline_entry WHERE record_id = %(record)s AND revision_to IS NULL
);
DELETE FROM timeline_entry WHERE record_id = %(record)s AND NOT EXISTS (
    SELECT FROM timeline_entry AS present WHERE present.record_id = %(record)s AND present.revision_to IS NULL
);

UPDATE timeline_entry SET links = timeline_retitled(links, %(record)s)
WHERE record_id IN (SELECT record_id FROM redacted_tie) AND revision_to IS NOT NULL;

UPDATE timeline_sheet SET doc = jsonb_set(doc, '{{links}}', timeline_retitled(doc -> 'links', %(record)s))
WHERE record_id IN (SELECT record_id FROM redacted_tie) AND revision_to IS NOT NULL AND doc ? 'links';

-- A thing that no version of any entry mentions any more was never there.
DELETE FROM timeline_label AS label USING redacted_mention AS mention
WHERE label.topic = mention.topic AND label.ref = mention.ref AND revision_to IS NOT NULL
    AND NOT CASE label.topic
        WHEN 'conflict' THEN EXISTS (SELECT FROM timeline_entry WHERE conflict_id = label.ref)
        WHEN 'process' THEN EXISTS (SELECT FROM timeline_entry WHERE process_ids @> ARRAY[label.ref])
        WHEN 'party' THEN EXISTS (SELECT FROM timeline_entry WHERE party_ids @> ARRAY[label.ref])
        WHEN 'person' THEN EXISTS (SELECT FROM timeline_entry WHERE person_ids @> ARRAY[label.ref])
        WHEN 'place' THEN EXISTS (SELECT FROM timeline_entry WHERE place_ids @> ARRAY[label.ref])
        WHEN 'outlet' THEN EXISTS (SELECT FROM timeline_entry WHERE outlet_ids @> ARRAY[label.ref])
        WHEN 'source' THEN EXISTS (SELECT FROM timeline_entry WHERE source_ids @> ARRAY[label.ref])
        ELSE true
    END
