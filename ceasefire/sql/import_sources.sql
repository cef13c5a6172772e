-- The documents that the passages cite: those that we have, and new ones.
--
-- In:  new_record, incoming_passage, our_outlet; %(dataset)s, the id of the dataset's own source.
-- Out: new_passage(number, position, source_id ...), one row for each new_passage of a row to be written.
-- A document is told by its outlet, title, date and address.

CREATE TEMP TABLE new_passage ON COMMIT DROP AS
SELECT incoming_passage.number, position, record_id, outcome, our_outlet.id AS outlet_id,
    incoming_passage.title, published, published_wording, url, locator, told_by, is_unallocated,
    NULL::bigint AS source_id
FROM incoming_passage
JOIN new_record USING (number)
LEFT JOIN our_outlet ON our_outlet.ref = outlet;

CREATE TEMP TABLE new_document ON COMMIT DROP AS
SELECT DISTINCT ON (outlet_id, title, published, url)
    outlet_id, title, published, url, published_wording, NULL::bigint AS id, false AS is_ours
FROM new_passage WHERE outlet_id IS NOT NULL
ORDER BY outlet_id, title, published, url, number, position;
ANALYZE new_document;

UPDATE new_document SET id = source.id, is_ours = true
FROM (
    SELECT min(id) AS id, outlet_id, title, published_edtf, url FROM sources_source
    GROUP BY outlet_id, title, published_edtf, url
) AS source
WHERE (source.outlet_id, source.title, source.published_edtf, source.url)
    = (new_document.outlet_id, new_document.title, new_document.published, new_document.url);
UPDATE new_document SET id = nextval(pg_get_serial_sequence('sources_source', 'id')) WHERE NOT is_ours;

INSERT INTO sources_source (
    id, public_id, outlet_id, title, url, author, language, published_edtf, published_wording,
    archive_url, archive_sha256, visibility, licence, attribution
)
SELECT id, sources_new_public_id(), outlet_id, title, url, '', 'und', published, published_wording,
    '', '', 'public', '', ''
FROM new_document WHERE NOT is_ours ORDER BY id;

UPDATE new_passage SET source_id = new_document.id FROM new_document
WHERE (new_document.outlet_id, new_document.title, new_document.published, new_document.url)
    = (new_passage.outlet_id, new_passage.title, new_passage.published, new_passage.url);
UPDATE new_passage SET source_id = %(dataset)s WHERE outlet_id IS NULL;
ANALYZE new_passage;
