-- The documents that the passages cite: those that we have, and new ones.
--
-- In:  new_record, incoming_passage, our_outlet; %(dataset)s, the id of the dataset's own source.
-- Out: new_passage(number, position, source_id ...), one row for each incoming_passage of a row to be
--      written.
-- A document is told by its outlet, title, date and address. What is here is read in `public`, for a
-- check puts tables of its own before it (import_trial.sql).

CREATE TEMP TABLE named_document ON COMMIT DROP AS
SELECT DISTINCT ON (our_outlet.id, passage.title, published, url)
    our_outlet.id AS outlet_id, passage.title, published, url, published_wording
FROM incoming_passage AS passage
JOIN new_record USING (number)
JOIN our_outlet ON our_outlet.ref = outlet
ORDER BY our_outlet.id, passage.title, published, url, number, position;
ANALYZE named_document;

-- Joined before it is grouped, and of the outlets named alone: what others published is not read.
CREATE TEMP TABLE new_document ON COMMIT DROP AS
SELECT named.*, known.id IS NOT NULL AS is_ours,
    sources_edtf_earliest(named.published) AS earliest, sources_edtf_latest(named.published) AS latest,
    coalesce(known.id, nextval(pg_get_serial_sequence('public.sources_source', 'id'))) AS id
FROM named_document AS named
LEFT JOIN (
    SELECT min(source.id) AS id, source.outlet_id, source.title, source.published_edtf, source.url
    FROM named_document AS named
    JOIN public.sources_source AS source
        ON (source.outlet_id, source.title, source.published_edtf, source.url)
            = (named.outlet_id, named.title, named.published, named.url)
    WHERE source.outlet_id = ANY (ARRAY(SELECT DISTINCT outlet_id FROM named_document))
    GROUP BY source.outlet_id, source.title, source.published_edtf, source.url
) AS known
    ON (known.outlet_id, known.title, known.published_edtf, known.url)
        = (named.outlet_id, named.title, named.published, named.url);
ANALYZE new_document;

INSERT INTO sources_source (
    id, public_id, outlet_id, title, url, author, language, published_edtf, published_earliest,
    published_latest, published_precision, published_wording, archive_url, archive_sha256, visibility,
    licence, attribution
)
SELECT id, sources_new_public_id(), outlet_id, title, url, '', 'und', published, earliest, latest,
    sources_date_precision(earliest, latest), published_wording, '', '', 'public', '', ''
FROM new_document WHERE NOT is_ours ORDER BY id;

CREATE TEMP TABLE new_passage ON COMMIT DROP AS
SELECT passage.number, position, record_id, outcome, passage.title, locator, told_by, is_unallocated,
    coalesce(new_document.id, %(dataset)s) AS source_id,
    coalesce(our_outlet.id, (SELECT outlet_id FROM public.sources_source WHERE id = %(dataset)s)) AS outlet_id
FROM incoming_passage AS passage
JOIN new_record USING (number)
LEFT JOIN our_outlet ON our_outlet.ref = outlet
LEFT JOIN new_document
    ON (new_document.outlet_id, new_document.title, new_document.published, new_document.url)
        = (our_outlet.id, passage.title, passage.published, passage.url);
ANALYZE new_passage (number, position, record_id, source_id, told_by);
