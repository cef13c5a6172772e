-- What the dataset now says otherwise of records that an import wrote and nobody has edited since.
--
-- In:  writing, our_conflict, our_place, involved, citation, figure; %(scheme)s, %(version)s,
--      %(claimed_by)s.
-- Rows that are no longer so go, what is new comes, and what stays is not touched.

CREATE TEMP TABLE changing ON COMMIT DROP AS
SELECT writing.*, our_conflict.id AS conflict_id, our_place.id AS place_id,
    CASE WHEN writing.place_wording = our_place.name THEN '' ELSE writing.place_wording END AS wording
FROM writing
JOIN our_conflict ON our_conflict.ref = conflict
LEFT JOIN our_place ON our_place.ref = place
WHERE outcome = 'updated';
CREATE UNIQUE INDEX ON changing (record_id);
ANALYZE changing;

UPDATE sources_record AS record SET
    title = changing.title, summary = changing.summary, when_edtf = changing.when_edtf,
    when_wording = changing.when_wording
FROM changing
WHERE record.id = record_id
    AND (record.title, record.summary, record.when_edtf, record.when_wording)
        IS DISTINCT FROM (changing.title, changing.summary, changing.when_edtf, changing.when_wording);

UPDATE ceasefire_incident AS incident SET
    conflict_id = changing.conflict_id, act = changing.act, is_aggregate = changing.is_aggregate,
    place_id = changing.place_id, place_wording = wording, place_precision = changing.place_precision
FROM changing
WHERE incident.record_id = changing.record_id
    AND (incident.conflict_id, incident.act, incident.is_aggregate, incident.place_id,
            incident.place_wording, incident.place_precision)
        IS DISTINCT FROM (changing.conflict_id, changing.act, changing.is_aggregate, changing.place_id,
            wording, changing.place_precision);

UPDATE sources_externalid AS known SET dataset_version = %(version)s
FROM changing
WHERE known.scheme = %(scheme)s AND known.value = changing.value AND dataset_version <> %(version)s;

DELETE FROM ceasefire_incidentparty AS have USING changing
WHERE have.incident_id = changing.record_id AND NOT EXISTS (
    SELECT FROM involved
    WHERE (involved.record_id, involved.party_id, involved.wording)
        = (have.incident_id, have.party_id, have.wording)
);
INSERT INTO ceasefire_incidentparty (incident_id, party_id, wording)
SELECT record_id, party_id, involved.wording FROM involved JOIN changing USING (record_id)
WHERE NOT EXISTS (
    SELECT FROM ceasefire_incidentparty AS have
    WHERE (have.incident_id, have.party_id) = (involved.record_id, involved.party_id)
)
ORDER BY record_id, involved.place;

DELETE FROM ceasefire_incidenttarget AS have USING changing
WHERE have.incident_id = changing.record_id AND have.population <> ALL (targets);
INSERT INTO ceasefire_incidenttarget (incident_id, population, claimed_by)
SELECT record_id, target, %(claimed_by)s FROM changing CROSS JOIN LATERAL unnest(targets) AS target
WHERE NOT EXISTS (
    SELECT FROM ceasefire_incidenttarget AS have
    WHERE (have.incident_id, have.population) = (changing.record_id, target)
)
ORDER BY record_id;

-- A citation stays if it says the same of the same document in the same words.
CREATE TEMP TABLE kept ON COMMIT DROP AS
SELECT DISTINCT ON (have.id) have.id, citation.number, position
FROM citation
JOIN changing USING (record_id)
JOIN sources_citation AS have
    ON (have.record_id, have.source_id, have.locator, have.origin, have.attributed_speaker,
            have.is_speaker_aligned)
        = (citation.record_id, citation.source_id, citation.locator, citation.origin,
            citation.attributed_speaker, citation.is_speaker_aligned)
    AND have.attributed_outlet_id IS NOT DISTINCT FROM citation.attributed_outlet_id
ORDER BY have.id, position;

UPDATE citation SET id = coalesce(
    (SELECT id FROM kept WHERE (kept.number, kept.position) = (citation.number, citation.position)),
    nextval(pg_get_serial_sequence('sources_citation', 'id'))
)
FROM changing WHERE changing.number = citation.number;
UPDATE figure SET citation_id = citation.id FROM citation
WHERE citation_id IS NULL AND (citation.number, citation.position) = (figure.number, figure.position);

DELETE FROM sources_figure AS have USING sources_citation AS citation, changing
WHERE citation.id = have.citation_id AND citation.record_id = changing.record_id AND NOT EXISTS (
    SELECT FROM figure
    WHERE (figure.citation_id, figure."group", figure.side, figure.harm)
            = (have.citation_id, have."group", have.side, have.harm)
        AND (figure.low, figure.best, figure.high) IS NOT DISTINCT FROM (have.low, have.best, have.high)
);
DELETE FROM sources_citation AS have USING changing
WHERE have.record_id = changing.record_id AND have.id NOT IN (SELECT id FROM kept);

INSERT INTO sources_citation (
    id, record_id, source_id, locator, quote, stance, origin, attributed_outlet_id, attributed_speaker,
    is_speaker_aligned, is_verification, fields
)
SELECT id, record_id, source_id, locator, '', 'supports', origin, attributed_outlet_id,
    attributed_speaker, is_speaker_aligned, false, '{}'
FROM citation JOIN changing USING (record_id)
WHERE id NOT IN (SELECT id FROM kept) ORDER BY id;

INSERT INTO sources_figure (citation_id, "group", side, harm, low, best, high, as_of_edtf)
SELECT citation_id, "group", side, harm, low, best, high, ''
FROM figure JOIN changing USING (number)
WHERE NOT EXISTS (
    SELECT FROM sources_figure AS have
    WHERE (have.citation_id, have."group", have.side, have.harm)
            = (figure.citation_id, figure."group", figure.side, figure.harm)
        AND (have.low, have.best, have.high) IS NOT DISTINCT FROM (figure.low, figure.best, figure.high)
)
ORDER BY citation_id, place_in_passage;
