-- The documents that the passages of a part of the file cite: those that we have, and new ones.
--
-- In:  new_record and incoming_passage, of which the rows behind %(after)s are meant; our_outlet.
-- Out: new_document.
-- A document is told by its outlet, title, date and address. What is here is read in `public`, for a
-- check puts tables of its own before it (import_trial.sql); each is looked up by outlet and title, so
-- what else an outlet published is not read.

INSERT INTO new_document (number, outlet_id, title, published, published_wording, url, is_ours, id)
SELECT number, named.outlet_id, named.title, published, published_wording, named.url, known.id IS NOT NULL,
    coalesce(known.id, nextval((SELECT pg_get_serial_sequence('public.sources_source', 'id')::regclass)))
FROM (
    SELECT DISTINCT ON (our_outlet.id, passage.title, published, url)
        passage.number, our_outlet.id AS outlet_id, passage.title, published, published_wording, url
    FROM incoming_passage AS passage
    JOIN new_record USING (number)
    JOIN our_outlet ON our_outlet.ref = outlet
    WHERE passage.number > %(after)s AND new_record.number > %(after)s
    ORDER BY our_outlet.id, passage.title, published, url, number, position
) AS named
LEFT JOIN LATERAL (
    SELECT min(source.id) AS id FROM public.sources_source AS source
    WHERE (source.outlet_id, source.title, source.published_edtf, source.url)
        = (named.outlet_id, named.title, named.published, named.url)
) AS known ON true;

INSERT INTO sources_source (
    id, public_id, outlet_id, title, url, author, language, published_edtf, published_earliest,
    published_latest, published_precision, published_wording, archive_url, archive_sha256, visibility,
    licence, attribution
)
SELECT id, sources_new_public_id(), outlet_id, title, url, '', 'und', published, earliest, latest,
    sources_date_precision(earliest, latest), published_wording, '', '', 'public', '', ''
FROM (
    SELECT *, sources_edtf_earliest(published) AS earliest, sources_edtf_latest(published) AS latest
    FROM new_document WHERE NOT is_ours AND number > %(after)s
    OFFSET 0  -- the bounds are worked out once
) AS named
ORDER BY id;
