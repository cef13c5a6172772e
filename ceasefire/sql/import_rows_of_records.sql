-- The parties that were involved in new incidents, and whom the dataset says that they hit.
--
-- In:  new_record, our_party; %(claimed_by)s, who says so.
-- Out: new_party, of changed ones too.

CREATE TEMP TABLE new_party ON COMMIT DROP AS
SELECT DISTINCT ON (record_id, our_party.id)
    record_id, outcome, our_party.id AS party_id, our_party.name AS wording, party.place
FROM new_record
CROSS JOIN LATERAL unnest(parties) WITH ORDINALITY AS party(ref, place)
JOIN our_party ON our_party.ref = party.ref
ORDER BY record_id, our_party.id, party.place;

INSERT INTO ceasefire_incidentparty (incident_id, party_id, wording)
SELECT record_id, party_id, wording FROM new_party WHERE outcome = 'created' ORDER BY record_id, place;

INSERT INTO ceasefire_incidenttarget (incident_id, population, claimed_by)
SELECT record_id, target, %(claimed_by)s FROM new_record CROSS JOIN LATERAL unnest(targets) AS target
WHERE outcome = 'created' ORDER BY record_id;
