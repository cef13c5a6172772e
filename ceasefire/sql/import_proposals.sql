-- Proposes the likely pairs to the editors, with the links by which readers see them.
--
-- In:  likely_pair. Returns how many were proposed.
WITH proposed AS (
    INSERT INTO ceasefire_duplicateproposal (incident_id, other_id, state, reasons)
    SELECT incident_id, other_id, 'open', reasons FROM likely_pair
    ON CONFLICT (incident_id, other_id) DO NOTHING
    RETURNING incident_id, other_id, reasons
), linked AS (
    INSERT INTO talks_recordlink (from_record_id, kind, to_record_id, note)
    SELECT incident_id, 'possible_duplicate', other_id, left('Proposed by an import: ' || reasons, 300)
    FROM proposed
    ON CONFLICT (from_record_id, kind, to_record_id) DO NOTHING
)
SELECT count(*) FROM proposed;
