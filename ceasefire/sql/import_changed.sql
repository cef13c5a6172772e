-- What the dataset now says otherwise of records that an import wrote and nobody has edited since.
--
-- In:  new_record, our_conflict, our_place, new_party, new_citation, incoming_number; %(scheme)s,
--      %(version)s, %(claimed_by)s.
-- Rows that are no longer so go, what is new comes, and what stays is not touched.

CREATE TEMP TABLE changed_record ON COMMIT DROP AS
SELECT new_record.*, our_conflict.id AS conflict_id, our_place.id AS place_id,
    CASE WHEN new_record.place_wording = our_place.name THEN '' ELSE new_record.place_wording END AS wording
FROM new_record
JOIN our_conflict ON our_conflict.ref = conflict
LEFT JOIN our_place ON our_place.ref = place
WHERE outcome = 'updated';
CREATE UNIQUE INDEX ON changed_record (record_id);
ANALYZE changed_record;
ANALYZE new_citation (number, position, record_id);

UPDATE sources_record AS record SET
    title = changed_record.title, summary = changed_record.summary, when_edtf = changed_record.when_edtf,
    when_wording = changed_record.when_wording, extent = changed_record.extent
FROM changed_record
WHERE record.id = record_id
    AND (record.title, record.summary, record.when_edtf, record.when_wording, record.extent)
        IS DISTINCT FROM (changed_record.title, changed_record.summary, changed_record.when_edtf, changed_record.when_wording, changed_record.extent);

UPDATE ceasefire_incident AS incident SET
    conflict_id = changed_record.conflict_id, act = changed_record.act, is_aggregate = changed_record.is_aggregate,
    place_id = changed_record.place_id, place_wording = wording, place_precision = changed_record.place_precision
FROM changed_record
WHERE incident.record_id = changed_record.record_id
    AND (incident.conflict_id, incident.act, incident.is_aggregate, incident.place_id,
            incident.place_wording, incident.place_precision)
        IS DISTINCT FROM (changed_record.conflict_id, changed_record.act, changed_record.is_aggregate, changed_record.place_id,
            wording, changed_record.place_precision);

UPDATE sources_externalid AS known SET dataset_version = %(version)s
FROM changed_record
WHERE known.scheme = %(scheme)s AND known.value = changed_record.value AND dataset_version <> %(version)s;

DELETE FROM ceasefire_incidentparty AS have USING changed_record
WHERE have.incident_id = changed_record.record_id AND NOT EXISTS (
    SELECT FROM new_party
    WHERE (new_party.record_id, new_party.party_id, new_party.wording)
        = (have.incident_id, have.party_id, have.wording)
);
INSERT INTO ceasefire_incidentparty (incident_id, party_id, wording)
SELECT record_id, party_id, new_party.wording FROM new_party JOIN changed_record USING (record_id)
WHERE NOT EXISTS (
    SELECT FROM ceasefire_incidentparty AS have
    WHERE (have.incident_id, have.party_id) = (new_party.record_id, new_party.party_id)
)
ORDER BY record_id, new_party.place;

DELETE FROM ceasefire_incidenttarget AS have USING changed_record
WHERE have.incident_id = changed_record.record_id AND have.population <> ALL (targets);
INSERT INTO ceasefire_incidenttarget (incident_id, population, claimed_by)
SELECT record_id, target, %(claimed_by)s FROM changed_record CROSS JOIN LATERAL unnest(targets) AS target
WHERE NOT EXISTS (
    SELECT FROM ceasefire_incidenttarget AS have
    WHERE (have.incident_id, have.population) = (changed_record.record_id, target)
)
ORDER BY record_id;

-- A citation stays if it says the same of the same document in the same words.
CREATE TEMP TABLE kept_citation ON COMMIT DROP AS
SELECT DISTINCT ON (have.id) have.id, new_citation.number, position
FROM new_citation
JOIN changed_record USING (record_id)
JOIN sources_citation AS have
    ON (have.record_id, have.source_id, have.locator, have.origin, have.attributed_speaker,
            have.is_speaker_aligned)
        = (new_citation.record_id, new_citation.source_id, new_citation.locator, new_citation.origin,
            new_citation.attributed_speaker, new_citation.is_speaker_aligned)
    AND have.attributed_outlet_id IS NOT DISTINCT FROM new_citation.attributed_outlet_id
ORDER BY have.id, position;

UPDATE new_citation SET id = coalesce(
    (SELECT id FROM kept_citation WHERE (kept_citation.number, kept_citation.position) = (new_citation.number, new_citation.position)),
    nextval((SELECT pg_get_serial_sequence('public.sources_citation', 'id')::regclass))
)
FROM changed_record WHERE changed_record.number = new_citation.number;
CREATE TEMP TABLE changed_figure ON COMMIT DROP AS
SELECT new_citation.id AS citation_id, place_in_passage, "group", side, harm, low, best, high
FROM changed_record
JOIN new_citation USING (number)
JOIN incoming_number USING (number, position);

DELETE FROM sources_figure AS have USING sources_citation AS cited, changed_record
WHERE cited.id = have.citation_id AND cited.record_id = changed_record.record_id AND NOT EXISTS (
    SELECT FROM changed_figure
    WHERE (changed_figure.citation_id, changed_figure."group", changed_figure.side, changed_figure.harm)
            = (have.citation_id, have."group", have.side, have.harm)
        AND (changed_figure.low, changed_figure.best, changed_figure.high) IS NOT DISTINCT FROM (have.low, have.best, have.high)
);
DELETE FROM sources_citation AS have USING changed_record
WHERE have.record_id = changed_record.record_id AND have.id NOT IN (SELECT id FROM kept_citation);

INSERT INTO sources_citation (
    id, record_id, source_id, locator, quote, stance, origin, attributed_outlet_id, attributed_speaker,
    is_speaker_aligned, is_verification, fields
)
SELECT id, record_id, source_id, locator, '', 'supports', origin, attributed_outlet_id,
    attributed_speaker, is_speaker_aligned, false, '{}'
FROM new_citation JOIN changed_record USING (record_id)
WHERE id NOT IN (SELECT id FROM kept_citation) ORDER BY id;

INSERT INTO sources_figure (
    citation_id, "group", side, harm, low, best, high, as_of_edtf, as_of_precision
)
SELECT citation_id, "group", side, harm, low, best, high, '', 'unknown'
FROM changed_figure
WHERE NOT EXISTS (
    SELECT FROM sources_figure AS have
    WHERE (have.citation_id, have."group", have.side, have.harm)
            = (changed_figure.citation_id, changed_figure."group", changed_figure.side, changed_figure.harm)
        AND (have.low, have.best, have.high) IS NOT DISTINCT FROM (changed_figure.low, changed_figure.best, changed_figure.high)
)
ORDER BY citation_id, place_in_passage;
