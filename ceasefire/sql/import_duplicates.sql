-- Which of the incidents brought in are perhaps ones that were there before, from elsewhere.
--
-- In:  new_record, new_party, new_passage, incoming_number, our_conflict, our_place; %(scheme)s. What was
--      there is read in `public`, for a check puts tables of its own before it (import_trial.sql).
-- Out: likely_pair, with the reasons in words.
-- Cost: follows what is brought in and what the same conflicts hold in the same days.
-- Proposed is a pair of one conflict, neither an aggregate, on days that overlap within a week, with a
-- party in common, with numbers of killed that do not exclude each other, and near in place: the same
-- place, one in the other (below the country), two points a few kilometres apart, or the one's place
-- named in the headline of a source of the other. At most three for what was there, the nearest first.
-- A pair that was ever proposed is not proposed again.

CREATE TEMP TABLE our_incident ON COMMIT DROP AS
SELECT record_id, our_conflict.id AS conflict_id, earliest, latest, place.id AS place_id,
    place.name AS place_name, place.latitude, place.longitude
FROM new_record
JOIN our_conflict ON our_conflict.ref = conflict
LEFT JOIN our_place ON our_place.ref = place
LEFT JOIN talks_place AS place ON place.id = our_place.id
WHERE NOT is_aggregate AND latest - earliest <= 7;
ANALYZE our_incident;

-- Counted before their records are read: often none is left.
CREATE TEMP TABLE other_incident ON COMMIT DROP AS
SELECT record_id, conflict_id, place_id FROM public.ceasefire_incident AS incident
WHERE conflict_id = ANY (ARRAY(SELECT DISTINCT conflict_id FROM our_incident)) AND NOT is_aggregate
    AND NOT EXISTS (
        SELECT FROM public.sources_externalid AS known
        WHERE known.record_id = incident.record_id AND known.scheme = %(scheme)s
    );
ANALYZE other_incident;

CREATE TEMP TABLE their_incident ON COMMIT DROP AS
SELECT record_id, conflict_id, earliest, latest, place_id, place.name AS place_name,
    place.latitude, place.longitude
FROM other_incident
JOIN public.sources_record AS record ON record.id = record_id
LEFT JOIN talks_place AS place ON place.id = place_id
WHERE status <> 'withdrawn' AND latest - earliest <= 7
    AND earliest <= (SELECT max(latest) FROM our_incident) AND latest >= (SELECT min(earliest) FROM our_incident);
CREATE INDEX ON new_passage (record_id);
ANALYZE new_passage (record_id);
ANALYZE their_incident;

-- A party on a day: where both have one, the two are compared.
CREATE TEMP TABLE shared_party ON COMMIT DROP AS
WITH our_key AS (
    SELECT record_id, conflict_id, day::date, party_id FROM our_incident
    JOIN new_party USING (record_id)
    CROSS JOIN LATERAL generate_series(earliest, latest, interval '1 day') AS day
), their_party AS (
    SELECT incident_id, party_id FROM public.ceasefire_incidentparty
    WHERE incident_id IN (SELECT record_id FROM their_incident)
    UNION
    SELECT incident_id, accused_id FROM ceasefire_attribution
    WHERE incident_id IN (SELECT record_id FROM their_incident)
    UNION
    SELECT incident_id, party_id FROM public.ceasefire_incidenttarget
    WHERE incident_id IN (SELECT record_id FROM their_incident)
), their_key AS (
    SELECT record_id, conflict_id, day::date, party_id FROM their_incident
    JOIN their_party ON incident_id = record_id
    CROSS JOIN LATERAL generate_series(earliest, latest, interval '1 day') AS day
)
SELECT DISTINCT our_key.record_id AS incident_id, their_key.record_id AS other_id, party_id
FROM our_key JOIN their_key USING (conflict_id, day, party_id);
CREATE INDEX ON shared_party (incident_id, other_id);
ANALYZE shared_party;

CREATE TEMP TABLE likely_pair ON COMMIT DROP AS
WITH RECURSIVE above(place_id, id) AS (
    SELECT id, id FROM talks_place WHERE kind <> 'country'
    UNION
    SELECT above.place_id, place.parent_id FROM above
    JOIN talks_place AS place ON place.id = above.id
    JOIN talks_place AS parent ON parent.id = place.parent_id
    WHERE parent.kind <> 'country'
), near AS MATERIALIZED (
    SELECT incident_id, other_id, ours.earliest = ours.latest AS is_one_day,
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
                SELECT FROM public.sources_citation AS citation
                JOIN public.sources_source AS source ON source.id = citation.source_id
                WHERE citation.record_id = theirs.record_id AND length(ours.place_name) > 3
                    AND strpos(lower(source.title), lower(ours.place_name)) > 0
            ) THEN 4
        END AS nearness
    FROM (SELECT DISTINCT incident_id, other_id FROM shared_party) AS pair
    JOIN our_incident AS ours ON ours.record_id = incident_id
    JOIN their_incident AS theirs ON theirs.record_id = other_id
), killed AS (
    SELECT record_id, max(coalesce(low, best)) AS least,
        CASE WHEN bool_and(coalesce(high, best) IS NOT NULL) THEN max(coalesce(high, best)) END AS most
    FROM (
        SELECT record_id, low, best, high FROM incoming_number JOIN new_record USING (number)
        WHERE harm = 'killed' AND number = ANY (ARRAY(
            SELECT number FROM new_record
            WHERE record_id = ANY (ARRAY(SELECT incident_id FROM near WHERE nearness IS NOT NULL))
        ))
        UNION ALL
        SELECT record_id, low, best, high FROM public.sources_citation AS citation
        JOIN public.sources_figure AS figure ON figure.citation_id = citation.id
        WHERE harm = 'killed' AND stance = 'supports'
            AND record_id = ANY (ARRAY(SELECT other_id FROM near WHERE nearness IS NOT NULL))
    ) AS figure
    GROUP BY record_id
), chosen AS (
    SELECT near.*, our_dead.least AS our_least, their_dead.least AS their_least,
        row_number() OVER (
            PARTITION BY other_id
            ORDER BY nearness, abs(our_dead.least - their_dead.least) NULLS LAST, incident_id
        ) AS rank
    FROM near
    LEFT JOIN killed AS our_dead ON our_dead.record_id = incident_id
    LEFT JOIN killed AS their_dead ON their_dead.record_id = other_id
    WHERE nearness IS NOT NULL
        AND coalesce(their_dead.least <= our_dead.most, true)
        AND coalesce(our_dead.least <= their_dead.most, true)
)
SELECT incident_id, other_id, left(concat_ws(
    '; ',
    CASE WHEN is_one_day THEN 'the same day' ELSE 'days that overlap' END,
    (
        SELECT string_agg(party.name, ', ' ORDER BY party.name) FROM shared_party
        JOIN talks_party AS party ON party.id = shared_party.party_id
        WHERE (shared_party.incident_id, shared_party.other_id) = (chosen.incident_id, chosen.other_id)
    ),
    CASE nearness
        WHEN 1 THEN 'the same place'
        WHEN 2 THEN 'the one place lies in the other'
        WHEN 3 THEN 'places a few kilometres apart'
        ELSE 'the one''s place is named in a headline that the other cites'
    END,
    CASE WHEN our_least IS NOT NULL AND their_least IS NOT NULL THEN 'numbers of killed that fit' END
), 300) AS reasons
FROM chosen
WHERE rank <= 3 AND NOT EXISTS (
    SELECT FROM ceasefire_duplicateproposal AS known
    WHERE (known.incident_id, known.other_id) = (chosen.incident_id, chosen.other_id)
);
