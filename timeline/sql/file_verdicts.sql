-- How the incidents among some lines were judged, as rows of a file.
-- In:  what the parts say. The names in braces stand for the parts and for the cells.
-- Out: a row a truce, incident and attribution, in the order of the chunk.
WITH {file_chunk}, judged AS MATERIALIZED (
    SELECT row_number() OVER (ORDER BY chunk.line, truce_id, attribution_id) AS line,
        public_id, title, conflict_id, earliest, latest, assessment.*
    FROM chunk
    JOIN timeline_assessment AS assessment ON assessment.incident_id = chunk.record_id
    WHERE kind = 'incident'
        AND revision_from <= %(revision)s AND (revision_to IS NULL OR revision_to > %(revision)s)
), truce AS MATERIALIZED (
    SELECT record_id, public_id, title FROM timeline_entry
    WHERE record_id IN (SELECT truce_id FROM judged)
        AND revision_from <= %(revision)s AND (revision_to IS NULL OR revision_to > %(revision)s)
), blamed AS MATERIALIZED (
    SELECT record_id, each.*
    FROM timeline_sheet AS sheet
    CROSS JOIN LATERAL jsonb_to_recordset(doc -> 'attributions') AS each(
        id bigint, accused bigint, accused_wording text, claimed_by text, standing text,
        justification text, confidential boolean
    )
    WHERE record_id IN (SELECT incident_id FROM judged WHERE attribution_id <> 0)
        AND revision_from <= %(revision)s AND (revision_to IS NULL OR revision_to > %(revision)s)
), mention AS (
    SELECT judged.line, 1 AS nth, accused AS id, earliest, latest, true AS is_accused
    FROM judged JOIN blamed ON blamed.record_id = incident_id AND blamed.id = attribution_id
), {file_parties}
SELECT {cells}
FROM judged
JOIN truce ON truce.record_id = truce_id
LEFT JOIN blamed ON blamed.record_id = incident_id AND blamed.id = attribution_id
LEFT JOIN named USING (line)
LEFT JOIN conflict ON conflict.ref = conflict_id
ORDER BY line
