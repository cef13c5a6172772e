-- The citations of new records, and the figures that they claim.
--
-- In:  passage, our_origin, incoming_number.
-- Out: citation and figure, of changed records too, whose citations have no id yet.
-- Whose knowledge a passage is: nobody can tell where originals could not be allocated; the outlet's
-- own where none is named, or where it names itself; else another outlet's or a speaker's.

CREATE TEMP TABLE citation ON COMMIT DROP AS
SELECT passage.number, position, passage.record_id, outcome, passage.source_id, locator,
    CASE
        WHEN is_unallocated THEN 'unknown'
        WHEN told_by IS NULL OR our_origin.outlet_id = source.outlet_id THEN 'outlet'
        WHEN our_origin.outlet_id IS NOT NULL THEN 'other_outlet'
        ELSE 'speaker'
    END AS origin,
    nullif(our_origin.outlet_id, source.outlet_id) AS attributed_outlet_id,
    coalesce(our_origin.speaker, '') AS attributed_speaker,
    coalesce(our_origin.is_aligned, false) AS is_speaker_aligned,
    CASE WHEN outcome = 'created' THEN nextval(pg_get_serial_sequence('sources_citation', 'id')) END AS id
FROM passage
JOIN sources_source AS source ON source.id = passage.source_id
LEFT JOIN our_origin ON our_origin.ref = told_by AND NOT is_unallocated;
CREATE INDEX ON citation (number, position);
ANALYZE citation;

CREATE TEMP TABLE figure ON COMMIT DROP AS
SELECT number, position, place_in_passage, citation.id AS citation_id, "group", side, harm, low, best, high
FROM incoming_number JOIN citation USING (number, position);

INSERT INTO sources_citation (
    id, record_id, source_id, locator, quote, stance, origin, attributed_outlet_id, attributed_speaker,
    is_speaker_aligned, is_verification, fields
)
SELECT id, record_id, source_id, locator, '', 'supports', origin, attributed_outlet_id,
    attributed_speaker, is_speaker_aligned, false, '{}'
FROM citation WHERE id IS NOT NULL ORDER BY id;
-- Else the triggers of figures, which look their citations up, take them to be as few as before.
ANALYZE sources_citation;

INSERT INTO sources_figure (citation_id, "group", side, harm, low, best, high, as_of_edtf)
SELECT citation_id, "group", side, harm, low, best, high, ''
FROM figure WHERE citation_id IS NOT NULL ORDER BY citation_id, place_in_passage;
