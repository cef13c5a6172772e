-- What becomes of each row of a part of the file, before anything of it is written.
--
-- In:  incoming, of which the rows behind %(after)s are meant; %(scheme)s, in which its values are
--      unique; the rows that earlier imports wrote.
-- Out: incoming.outcome, record_id, why; new_record, the rows to be written, each with its record's id.
-- Cost: follows the rows; each is looked up by its value.
-- A row is changed if its digest is not that of the row that was last written under its id. Where
-- an editor has changed the record since an import last wrote it, the editor's word stands.

-- What is found neither among the ids nor among the rows written is new, as every row is at first.
WITH found AS (
    SELECT row.number, known.record_id, written.digest
    FROM incoming AS row
    LEFT JOIN LATERAL (
        SELECT record_id FROM sources_externalid AS known
        WHERE known.scheme = %(scheme)s AND known.value = row.value LIMIT 1
    ) AS known ON true
    LEFT JOIN LATERAL (
        SELECT digest FROM ceasefire_importrow AS written
        WHERE scheme = %(scheme)s AND written.value = row.value AND written.outcome IN ('created', 'updated')
        ORDER BY id DESC LIMIT 1
    ) AS written ON true
    WHERE number > %(after)s AND (known.record_id IS NOT NULL OR written.digest IS NOT NULL)
)
UPDATE incoming SET
    record_id = found.record_id,
    outcome = CASE
        WHEN found.record_id IS NULL THEN 'conflict'
        WHEN found.digest = incoming.digest THEN 'unchanged'
        ELSE 'updated'
    END,
    why = CASE
        WHEN found.record_id IS NULL THEN 'The record was deleted here; it is not made again.'
        ELSE ''
    END
FROM found WHERE found.number = incoming.number;

-- The record itself is compared with what an import last wrote, so that a change of status, or an
-- edit that was taken back, is none. Of its rows any change by hand counts.
WITH by_import AS (
    SELECT id FROM pghistory_context WHERE metadata ? 'import'
), changed AS (
    SELECT number, record_id FROM incoming WHERE outcome = 'updated' AND number > %(after)s
), edited AS (
    SELECT number FROM changed
    JOIN sources_record AS record ON record.id = record_id
    JOIN ceasefire_incident AS incident USING (record_id)
    LEFT JOIN LATERAL (
        SELECT history.* FROM sources_recordhistory AS history
        WHERE history.pgh_obj_id = record.id AND pgh_context_id IN (SELECT id FROM by_import)
        ORDER BY pgh_id DESC LIMIT 1
    ) AS was ON true
    LEFT JOIN LATERAL (
        SELECT history.* FROM ceasefire_incidenthistory AS history
        WHERE history.pgh_obj_id = record.id AND pgh_context_id IN (SELECT id FROM by_import)
        ORDER BY pgh_id DESC LIMIT 1
    ) AS was_incident ON true
    WHERE (record.title, record.summary, record.when_edtf, record.when_wording, record.extent,
            record.time_of_day, record.time_zone)
        IS DISTINCT FROM (was.title, was.summary, was.when_edtf, was.when_wording, was.extent,
            was.time_of_day, was.time_zone)
        OR (incident.conflict_id, incident.act, incident.is_aggregate, incident.place_id,
            incident.place_wording, incident.place_precision)
        IS DISTINCT FROM (was_incident.conflict_id, was_incident.act, was_incident.is_aggregate,
            was_incident.place_id, was_incident.place_wording, was_incident.place_precision)
    UNION
    SELECT number FROM changed JOIN sources_citationhistory AS history USING (record_id)
    WHERE pgh_context_id IS NULL OR pgh_context_id NOT IN (SELECT id FROM by_import)
    UNION
    SELECT number FROM changed
    JOIN sources_citation AS citation USING (record_id)
    JOIN sources_figurehistory AS history ON history.citation_id = citation.id
    WHERE pgh_context_id IS NULL OR pgh_context_id NOT IN (SELECT id FROM by_import)
    UNION
    SELECT number FROM changed JOIN ceasefire_incidentpartyhistory AS history ON incident_id = record_id
    WHERE pgh_context_id IS NULL OR pgh_context_id NOT IN (SELECT id FROM by_import)
    UNION
    SELECT number FROM changed JOIN ceasefire_incidenttargethistory AS history ON incident_id = record_id
    WHERE pgh_context_id IS NULL OR pgh_context_id NOT IN (SELECT id FROM by_import)
    UNION
    SELECT number FROM changed JOIN ceasefire_attributionhistory AS history ON incident_id = record_id
    WHERE pgh_context_id IS NULL OR pgh_context_id NOT IN (SELECT id FROM by_import)
    UNION
    -- Not an incident: an editor gave the id to a record of another kind.
    SELECT number FROM changed
    WHERE NOT EXISTS (SELECT FROM ceasefire_incident AS incident WHERE incident.record_id = changed.record_id)
)
UPDATE incoming SET outcome = 'conflict', why = 'The record was edited here; the edit stands.'
FROM edited WHERE edited.number = incoming.number;

-- A row of our own table that bears a record's id is that record, and changes nothing of it.
WITH compared AS (
    SELECT number, record.id AS record_id, concat_ws(
        ', ',
        CASE WHEN record.title <> incoming.title THEN 'title' END,
        CASE WHEN record.summary <> incoming.summary THEN 'summary' END,
        CASE WHEN record.extent <> incoming.extent THEN 'extent' END,
        CASE WHEN record.earliest IS DISTINCT FROM sources_edtf_earliest(incoming.when_edtf) THEN 'date_earliest' END,
        CASE WHEN record.latest IS DISTINCT FROM sources_edtf_latest(incoming.when_edtf) THEN 'date_latest' END,
        CASE WHEN incident.act <> incoming.act THEN 'act' END
    ) AS otherwise
    FROM incoming
    JOIN sources_record AS record ON record.public_id = value
    LEFT JOIN ceasefire_incident AS incident ON incident.record_id = record.id
    WHERE %(scheme)s = 'truceline' AND number > %(after)s
)
UPDATE incoming SET
    record_id = compared.record_id,
    outcome = CASE otherwise WHEN '' THEN 'unchanged' ELSE 'conflict' END,
    why = CASE otherwise
        WHEN '' THEN ''
        ELSE format('The record says otherwise (%%s) and stands: change it on its own page.', otherwise)
    END
FROM compared WHERE compared.number = incoming.number;

-- What is no incident cannot be made of a row.
INSERT INTO incoming_fault (number, value, raw, findings)
SELECT number, value, raw, jsonb_build_array(jsonb_build_object(
    'column', 'id', 'value', value, 'is_fault', true, 'reason',
    'No record here has this id, and only incidents can be made from a row of a table.'
)) || remarks
FROM incoming JOIN incoming_raw USING (number)
WHERE outcome = 'created' AND act = '' AND number > %(after)s;
DELETE FROM incoming WHERE outcome = 'created' AND act = '' AND number > %(after)s;

-- From here on only these matter. The keys are given after the sort, and so in this order.
INSERT INTO new_record
SELECT number, value, digest, part, title, summary, when_edtf, when_wording, extent,
    sources_edtf_earliest(when_edtf) AS earliest, sources_edtf_latest(when_edtf) AS latest,
    conflict, act, is_aggregate, place, place_wording, place_precision, parties, targets, outcome,
    coalesce(record_id, nextval(pg_get_serial_sequence('sources_record', 'id'))) AS record_id
FROM incoming WHERE outcome IN ('created', 'updated') AND number > %(after)s ORDER BY number;
