-- Developments: battles, offensives, tolls.
INSERT INTO fact (record_id, detail, conflict_id, place_id, place_ids, party_ids, words, doc)
SELECT development.record_id, development, conflict_id, place_id,
    coalesce(place_path.path, '{}'),
    timeline_ids(VARIADIC ARRAY(SELECT party_id FROM talks_developmentparty WHERE development_id = live.id)),
    (SELECT string_agg(role, ' ' ORDER BY id) FROM talks_developmentparty WHERE development_id = live.id),
    jsonb_build_object(
        'development', development, 'place', place_id,
        'parties', (
            SELECT coalesce(jsonb_agg(jsonb_build_object('party', party_id, 'role', role) ORDER BY id), '[]')
            FROM talks_developmentparty WHERE development_id = live.id
        )
    )
FROM live
JOIN talks_development AS development ON development.record_id = live.id
LEFT JOIN place_path ON place_path.id = place_id;
