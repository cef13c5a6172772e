-- The citations of new records, and the figures that they claim.
--
-- In:  new_record, incoming_passage, incoming_number, new_document, our_outlet, our_origin; %(dataset)s,
--      the id of the dataset's own source.
-- Out: new_passage(number, position, source_id ...), one row for each incoming_passage of a row to be
--      written; new_citation and new_figure, of changed records too, whose citations have no id yet.
-- Whose knowledge a passage is: nobody can tell where originals could not be allocated; the outlet's
-- own where none is named, or where it names itself; else another outlet's or a speaker's.

ANALYZE new_document;
ANALYZE incoming_passage (number, outlet, published);
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

CREATE TEMP TABLE new_citation ON COMMIT DROP AS
SELECT new_passage.number, position, new_passage.record_id, outcome, new_passage.source_id, locator,
    CASE
        WHEN is_unallocated THEN 'unknown'
        WHEN told_by IS NULL OR our_origin.outlet_id = new_passage.outlet_id THEN 'outlet'
        WHEN our_origin.outlet_id IS NOT NULL THEN 'other_outlet'
        ELSE 'speaker'
    END AS origin,
    nullif(our_origin.outlet_id, new_passage.outlet_id) AS attributed_outlet_id,
    coalesce(our_origin.speaker, '') AS attributed_speaker,
    coalesce(our_origin.is_aligned, false) AS is_speaker_aligned,
    CASE WHEN outcome = 'created' THEN nextval(pg_get_serial_sequence('public.sources_citation', 'id')) END AS id
FROM new_passage
LEFT JOIN our_origin ON our_origin.ref = told_by AND NOT is_unallocated
ORDER BY new_passage.number, position;  -- the keys are given after the sort, and so in this order
ANALYZE new_citation (number, position, id);

CREATE TEMP TABLE new_figure ON COMMIT DROP AS
SELECT number, position, place_in_passage, new_citation.id AS citation_id, "group", side, harm, low, best, high
FROM incoming_number JOIN new_citation USING (number, position);

INSERT INTO sources_citation (
    id, record_id, source_id, locator, quote, stance, origin, attributed_outlet_id, attributed_speaker,
    is_speaker_aligned, is_verification, fields
)
SELECT id, record_id, source_id, locator, '', 'supports', origin, attributed_outlet_id,
    attributed_speaker, is_speaker_aligned, false, '{}'
FROM new_citation WHERE id IS NOT NULL ORDER BY id;

-- The dataset does not say as of when: with that said in full, no trigger need work it out.
INSERT INTO sources_figure (
    citation_id, "group", side, harm, low, best, high, as_of_edtf, as_of_precision
)
SELECT citation_id, "group", side, harm, low, best, high, '', 'unknown'
FROM new_figure WHERE citation_id IS NOT NULL ORDER BY citation_id, place_in_passage;
