-- The citations of new records.
--
-- In:  new_passage, our_origin.
-- Out: new_citation, one row for each new_passage; of changed records too, whose citations have no id yet.
-- Whose knowledge a passage is: nobody can tell where originals could not be allocated; the outlet's
-- own where none is named, or where it names itself; else another outlet's or a speaker's.

CREATE TEMP TABLE new_citation ON COMMIT DROP AS
SELECT number, position, record_id, outcome, source_id, locator,
    CASE
        WHEN is_unallocated THEN 'unknown'
        WHEN told_by IS NULL OR our_origin.outlet_id = new_passage.outlet_id THEN 'outlet'
        WHEN our_origin.outlet_id IS NOT NULL THEN 'other_outlet'
        ELSE 'speaker'
    END AS origin,
    nullif(our_origin.outlet_id, new_passage.outlet_id) AS attributed_outlet_id,
    coalesce(our_origin.speaker, '') AS attributed_speaker,
    coalesce(our_origin.is_aligned, false) AS is_speaker_aligned,
    citation_id AS id
FROM new_passage
LEFT JOIN our_origin ON our_origin.ref = told_by AND NOT is_unallocated;

INSERT INTO sources_citation (
    id, record_id, source_id, locator, quote, stance, origin, attributed_outlet_id, attributed_speaker,
    is_speaker_aligned, is_verification, fields
)
SELECT id, record_id, source_id, locator, '', 'supports', origin, attributed_outlet_id,
    attributed_speaker, is_speaker_aligned, false, '{}'
FROM new_citation WHERE id IS NOT NULL ORDER BY id;
