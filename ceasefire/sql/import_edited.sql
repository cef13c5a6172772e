-- Which of the changed rows of a part of the file an editor has changed since: the edit stands.
--
-- In:  incoming, of which the rows behind %(after)s are meant.
-- Out: incoming.outcome, why.
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
