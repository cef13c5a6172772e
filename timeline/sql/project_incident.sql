-- Incidents: what was done, to whom, by whose account; with the gravest of its verdicts.
-- Who ascribes it is hidden where that rests on a restricted source.
-- Cost: each child table is read and grouped once for all incidents in scope.
INSERT INTO fact (
    record_id, detail, conflict_id, place_id, place_ids, place_precision, party_ids, accused_ids,
    accuser_ids, target_ids, targets, truce_ids, act, is_aggregate, verdict, words, doc
)
WITH incident AS (
    SELECT incident.* FROM live JOIN ceasefire_incident AS incident ON incident.record_id = live.id
), involved AS (
    SELECT incident_id, array_agg(party_id) AS ids, string_agg(wording, ' ' ORDER BY id) AS words,
        jsonb_agg(jsonb_build_object('party', party_id, 'wording', wording) ORDER BY id) AS list
    FROM incident JOIN ceasefire_incidentparty ON incident_id = incident.record_id
    GROUP BY incident_id
), hit AS (
    SELECT incident_id,
        array_agg(DISTINCT party_id ORDER BY party_id) FILTER (WHERE party_id IS NOT NULL) AS ids,
        array_agg(DISTINCT population::text) FILTER (WHERE population <> '') AS populations,
        jsonb_agg(jsonb_build_object(
            'party', party_id, 'population', population, 'claimed_by', claimed_by
        ) ORDER BY id) AS list
    FROM incident JOIN ceasefire_incidenttarget ON incident_id = incident.record_id
    GROUP BY incident_id
), shown AS (
    SELECT record_id, bool_or(is_public) AS any_public FROM passage GROUP BY record_id
), attribution AS (
    -- Without a citation of its own an attribution rests on all of the record's.
    SELECT attribution.*,
        NOT coalesce(CASE WHEN citation_id IS NULL THEN any_public ELSE own.is_public END, false)
            AS is_confidential
    FROM incident
    JOIN ceasefire_attribution AS attribution ON incident_id = incident.record_id
    LEFT JOIN shown ON shown.record_id = incident_id
    LEFT JOIN passage AS own ON own.id = citation_id AND own.record_id = incident_id
), blamed AS (
    SELECT incident_id,
        array_agg(DISTINCT accused_id ORDER BY accused_id) FILTER (WHERE accused_id IS NOT NULL) AS accused,
        array_agg(DISTINCT claimed_by_party_id ORDER BY claimed_by_party_id)
            FILTER (WHERE claimed_by_party_id IS NOT NULL AND NOT is_confidential) AS accusers,
        string_agg(concat_ws(' ', accused_wording, CASE WHEN NOT is_confidential THEN claimed_by END), ' ' ORDER BY id) AS words,
        jsonb_agg(jsonb_build_object(
            'id', id, 'accused', accused_id, 'accused_wording', accused_wording,
            'claimed_by', CASE WHEN is_confidential THEN '' ELSE claimed_by END,
            'claimed_by_party', CASE WHEN NOT is_confidential THEN claimed_by_party_id END,
            'citation', citation_id, 'standing', standing, 'justification', justification,
            'justification_wording', justification_wording, 'confidential', is_confidential
        ) ORDER BY id) AS list
    FROM attribution GROUP BY incident_id
), judged AS (
    SELECT incident_id, array_agg(DISTINCT truce_id) AS truces,
        CASE
            WHEN bool_or(counts_as = 'violation') THEN 'violation'
            WHEN bool_or(counts_as = 'possible') THEN 'possible'
            WHEN bool_or(counts_as = 'not_covered') THEN 'not_covered'
        END AS verdict
    FROM incident JOIN timeline_assessment ON incident_id = incident.record_id
    WHERE revision_to IS NULL
    GROUP BY incident_id
), held AS (
    SELECT incident_id, array_agg(truce_id ORDER BY truce_id) AS truces
    FROM incident
    JOIN ceasefire_incidenttruce ON incident_id = incident.record_id
    JOIN sources_record AS truce ON truce.id = truce_id AND truce.status = 'published'
    GROUP BY incident_id
)
SELECT incident.record_id, act, conflict_id, place_id, coalesce(place_path.path, '{}'), place_precision,
    ARRAY(
        SELECT DISTINCT party FROM unnest(involved.ids || blamed.accused || blamed.accusers || hit.ids) AS party
        ORDER BY party
    ),
    coalesce(blamed.accused, '{}'), coalesce(blamed.accusers, '{}'), coalesce(hit.ids, '{}'),
    coalesce(hit.populations, '{}'),
    ARRAY(SELECT DISTINCT truce FROM unnest(judged.truces || held.truces) AS truce ORDER BY truce),
    act, is_aggregate, coalesce(judged.verdict, ''),
    concat_ws(' ', place_wording, blamed.words, involved.words),
    jsonb_build_object(
        'act', act, 'is_aggregate', is_aggregate, 'place_wording', place_wording,
        'place_precision', place_precision, 'parties', coalesce(involved.list, '[]'),
        'targets', coalesce(hit.list, '[]'), 'attributions', coalesce(blamed.list, '[]'),
        'truces', to_jsonb(coalesce(held.truces, '{}'))
    )
FROM incident
LEFT JOIN place_path ON place_path.id = incident.place_id
LEFT JOIN involved ON involved.incident_id = incident.record_id
LEFT JOIN hit ON hit.incident_id = incident.record_id
LEFT JOIN blamed ON blamed.incident_id = incident.record_id
LEFT JOIN judged ON judged.incident_id = incident.record_id
LEFT JOIN held ON held.incident_id = incident.record_id;
