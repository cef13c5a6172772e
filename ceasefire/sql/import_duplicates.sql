-- Proposes that incidents just written are perhaps ones that were there before, from elsewhere.
--
-- In:  new_record, new_passage; %(scheme)s.
-- Out: proposals, and the links by which readers see them. Returns how many were proposed.
-- Proposed is a pair of one conflict, neither an aggregate, on days that overlap within a week, with a
-- party in common, with numbers of killed that do not exclude each other, and near in place: the same
-- place, one in the other (below the country), two points a few kilometres apart, or the one's place
-- named in the headline of a source of the other. At most three for what was there, the nearest first.
-- A pair that was ever proposed is not proposed again.
ANALYZE sources_record, ceasefire_incident, sources_externalid, ceasefire_incidentparty, sources_figure;

WITH RECURSIVE above(place_id, id) AS (
    SELECT id, id FROM talks_place WHERE kind <> 'country'
    UNION
    SELECT above.place_id, place.parent_id FROM above
    JOIN talks_place AS place ON place.id = above.id
    JOIN talks_place AS parent ON parent.id = place.parent_id
    WHERE parent.kind <> 'country'
), ours AS (
    SELECT incident.record_id, conflict_id, earliest, latest, incident.place_id, place.name AS place_name,
        place.latitude, place.longitude
    FROM new_record
    JOIN ceasefire_incident AS incident USING (record_id)
    JOIN sources_record AS record ON record.id = incident.record_id
    LEFT JOIN talks_place AS place ON place.id = incident.place_id
    WHERE NOT incident.is_aggregate AND latest - earliest <= 7
), theirs AS (
    SELECT incident.record_id, conflict_id, earliest, latest, incident.place_id, place.name AS place_name,
        place.latitude, place.longitude
    FROM ceasefire_incident AS incident
    JOIN sources_record AS record ON record.id = incident.record_id
    LEFT JOIN talks_place AS place ON place.id = incident.place_id
    WHERE NOT incident.is_aggregate AND status <> 'withdrawn' AND latest - earliest <= 7
        AND NOT EXISTS (
            SELECT FROM sources_externalid AS known
            WHERE known.record_id = incident.record_id AND known.scheme = %(scheme)s
        )
), pair AS (
    SELECT ours.record_id AS incident_id, theirs.record_id AS other_id, ours.earliest, ours.latest,
        (
            SELECT string_agg(party.name, ', ' ORDER BY party.name) FROM talks_party AS party
            WHERE id IN (SELECT party_id FROM ceasefire_incidentparty WHERE incident_id = ours.record_id)
                AND id IN (
                    SELECT party_id FROM ceasefire_incidentparty WHERE incident_id = theirs.record_id
                    UNION SELECT accused_id FROM ceasefire_attribution WHERE incident_id = theirs.record_id
                    UNION SELECT party_id FROM ceasefire_incidenttarget WHERE incident_id = theirs.record_id
                )
        ) AS parties,
        CASE
            WHEN ours.place_id = theirs.place_id THEN 1
            WHEN (ours.place_id, theirs.place_id) IN (SELECT place_id, id FROM above)
                OR (theirs.place_id, ours.place_id) IN (SELECT place_id, id FROM above) THEN 2
            WHEN abs(ours.latitude - theirs.latitude) < 0.1 AND abs(ours.longitude - theirs.longitude) < 0.1 THEN 3
            WHEN EXISTS (
                SELECT FROM new_passage
                WHERE new_passage.record_id = ours.record_id AND length(theirs.place_name) > 3
                    AND strpos(lower(new_passage.title), lower(theirs.place_name)) > 0
            ) OR EXISTS (
                SELECT FROM sources_citation AS citation
                JOIN sources_source AS source ON source.id = citation.source_id
                WHERE citation.record_id = theirs.record_id AND length(ours.place_name) > 3
                    AND strpos(lower(source.title), lower(ours.place_name)) > 0
            ) THEN 4
        END AS nearness,
        theirs.place_name
    FROM ours
    JOIN theirs ON theirs.conflict_id = ours.conflict_id
        AND theirs.earliest <= ours.latest AND theirs.latest >= ours.earliest
), killed AS (
    SELECT record_id, max(coalesce(low, best)) AS least,
        CASE WHEN bool_and(coalesce(high, best) IS NOT NULL) THEN max(coalesce(high, best)) END AS most
    FROM sources_citation AS citation
    JOIN sources_figure AS figure ON figure.citation_id = citation.id
    WHERE harm = 'killed' AND stance = 'supports'
        AND record_id IN (SELECT incident_id FROM pair UNION SELECT other_id FROM pair)
    GROUP BY record_id
), chosen AS (
    SELECT pair.*, our_dead.least AS our_least, their_dead.least AS their_least,
        row_number() OVER (
            PARTITION BY other_id
            ORDER BY nearness, abs(our_dead.least - their_dead.least) NULLS LAST, incident_id
        ) AS rank
    FROM pair
    LEFT JOIN killed AS our_dead ON our_dead.record_id = incident_id
    LEFT JOIN killed AS their_dead ON their_dead.record_id = other_id
    WHERE parties IS NOT NULL AND nearness IS NOT NULL
        AND coalesce(their_dead.least <= our_dead.most, true)
        AND coalesce(our_dead.least <= their_dead.most, true)
), proposed AS (
    INSERT INTO ceasefire_duplicateproposal (incident_id, other_id, state, reasons)
    SELECT incident_id, other_id, 'open', left(concat_ws(
        '; ',
        CASE WHEN earliest = latest THEN 'the same day' ELSE 'days that overlap' END,
        parties,
        CASE nearness
            WHEN 1 THEN 'the same place'
            WHEN 2 THEN 'the one place lies in the other'
            WHEN 3 THEN 'places a few kilometres apart'
            ELSE 'the one''s place is named in a headline that the other cites'
        END,
        CASE WHEN our_least IS NOT NULL AND their_least IS NOT NULL
            THEN 'numbers of killed that fit' END
    ), 300)
    FROM chosen WHERE rank <= 3
    ON CONFLICT (incident_id, other_id) DO NOTHING
    RETURNING incident_id, other_id, reasons
), linked AS (
    INSERT INTO talks_recordlink (from_record_id, kind, to_record_id, note)
    SELECT incident_id, 'possible_duplicate', other_id, left('Proposed by an import: ' || reasons, 300)
    FROM proposed
    ON CONFLICT (from_record_id, kind, to_record_id) DO NOTHING
)
SELECT count(*) FROM proposed;
