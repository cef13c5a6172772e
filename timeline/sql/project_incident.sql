-- Incidents: what was done, to whom, by whose account; with the gravest of its verdicts.
-- Who ascribes it is hidden where that rests on a restricted source.
INSERT INTO fact (
    record_id, detail, conflict_id, place_id, place_ids, place_precision, party_ids, accused_ids,
    accuser_ids, target_ids, targets, truce_ids, act, is_aggregate, verdict, words, doc
)
SELECT incident.record_id, act, conflict_id, place_id, coalesce(timeline_place_path(place_id), '{}'),
    place_precision,
    timeline_ids(VARIADIC involved.ids || blamed.accused || blamed.accusers || hit.ids),
    timeline_ids(VARIADIC blamed.accused), timeline_ids(VARIADIC blamed.accusers),
    timeline_ids(VARIADIC hit.ids), hit.populations,
    timeline_ids(VARIADIC judged.truces || held.truces),
    act, is_aggregate, coalesce(judged.verdict, ''),
    concat_ws(' ', place_wording, blamed.words, involved.words),
    jsonb_build_object(
        'act', act, 'is_aggregate', is_aggregate, 'place_wording', place_wording,
        'place_precision', place_precision, 'parties', involved.list, 'targets', hit.list,
        'attributions', blamed.list, 'truces', to_jsonb(held.truces)
    )
FROM live
JOIN ceasefire_incident AS incident ON incident.record_id = live.id
CROSS JOIN LATERAL (
    SELECT coalesce(array_agg(party_id), '{}') AS ids, string_agg(wording, ' ') AS words,
        coalesce(jsonb_agg(jsonb_build_object('party', party_id, 'wording', wording) ORDER BY id), '[]') AS list
    FROM ceasefire_incidentparty WHERE incident_id = live.id
) AS involved
CROSS JOIN LATERAL (
    SELECT coalesce(array_agg(party_id) FILTER (WHERE party_id IS NOT NULL), '{}') AS ids,
        coalesce(array_agg(DISTINCT population::text) FILTER (WHERE population <> ''), '{}') AS populations,
        coalesce(jsonb_agg(jsonb_build_object(
            'party', party_id, 'population', population, 'claimed_by', claimed_by
        ) ORDER BY id), '[]') AS list
    FROM ceasefire_incidenttarget WHERE incident_id = live.id
) AS hit
CROSS JOIN LATERAL (
    SELECT coalesce(array_agg(accused_id) FILTER (WHERE accused_id IS NOT NULL), '{}') AS accused,
        coalesce(array_agg(claimed_by_party_id)
            FILTER (WHERE claimed_by_party_id IS NOT NULL AND NOT is_confidential), '{}') AS accusers,
        string_agg(concat_ws(' ', accused_wording, CASE WHEN NOT is_confidential THEN claimed_by END), ' ') AS words,
        coalesce(jsonb_agg(jsonb_build_object(
            'id', id, 'accused', accused_id, 'accused_wording', accused_wording,
            'claimed_by', CASE WHEN is_confidential THEN '' ELSE claimed_by END,
            'claimed_by_party', CASE WHEN NOT is_confidential THEN claimed_by_party_id END,
            'citation', citation_id, 'standing', standing, 'justification', justification,
            'justification_wording', justification_wording, 'confidential', is_confidential
        ) ORDER BY id), '[]') AS list
    FROM (
        -- Without a citation of its own an attribution rests on all of the record's.
        SELECT attribution.*, NOT EXISTS (
            SELECT FROM sources_citation AS citation
            JOIN sources_source AS source ON source.id = citation.source_id
            WHERE citation.record_id = live.id AND source.visibility = 'public'
                AND (citation.id = attribution.citation_id OR attribution.citation_id IS NULL)
        ) AS is_confidential
        FROM ceasefire_attribution AS attribution WHERE incident_id = live.id
    ) AS attribution
) AS blamed
CROSS JOIN LATERAL (
    SELECT coalesce(array_agg(DISTINCT truce_id), '{}') AS truces,
        CASE
            WHEN bool_or(counts_as = 'violation') THEN 'violation'
            WHEN bool_or(counts_as = 'possible') THEN 'possible'
            WHEN bool_or(counts_as = 'not_covered') THEN 'not_covered'
        END AS verdict
    FROM timeline_assessment WHERE revision_to IS NULL AND incident_id = live.id
) AS judged
CROSS JOIN LATERAL (
    SELECT coalesce(array_agg(truce_id ORDER BY truce_id), '{}') AS truces
    FROM ceasefire_incidenttruce AS held
    JOIN sources_record AS truce ON truce.id = held.truce_id AND truce.status = 'published'
    WHERE incident_id = live.id
) AS held;
