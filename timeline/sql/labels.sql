-- In:  scope_label(topic, ref); timeline_usage, which says what current entries mention.
-- Out: wanted_label, for what is mentioned and may be shown.
INSERT INTO wanted_label (topic, ref, slug, name, names, folded, data)
WITH mentioned AS (
    -- Both what was touched and what came into use asks for a label.
    SELECT DISTINCT topic, ref FROM scope_label JOIN timeline_usage USING (topic, ref) WHERE uses > 0
), named AS (
    SELECT 'conflict' AS topic, id AS ref, slug, name, ARRAY[name] AS names,
        '{}'::jsonb AS data
    FROM talks_conflict JOIN mentioned ON topic = 'conflict' AND ref = id
    UNION ALL
    SELECT 'process', id, slug, name, ARRAY[name], jsonb_build_object('conflict', conflict_id)
    FROM talks_process JOIN mentioned ON topic = 'process' AND ref = id
    UNION ALL
    SELECT 'party', party.id, slug, name,
        ARRAY[name] || nullif(ARRAY[short_name], ARRAY['']::varchar[])
            || ARRAY(SELECT text FROM talks_partyname WHERE party_id = party.id ORDER BY id),
        jsonb_build_object(
            'kind', kind, 'short_name', short_name, 'outlet', outlet_id,
            'names', (
                SELECT coalesce(jsonb_agg(jsonb_build_object(
                    'text', text, 'kind', kind, 'language', language, 'script', script,
                    'since', since_edtf, 'until', until_edtf
                ) ORDER BY coalesce(since_earliest, since_latest) NULLS FIRST, id), '[]')
                FROM talks_partyname WHERE party_id = party.id
            )
        )
    FROM talks_party AS party JOIN mentioned ON topic = 'party' AND ref = party.id
    UNION ALL
    SELECT 'person', id, slug, name, name || other_names, '{}'::jsonb
    FROM talks_person JOIN mentioned ON topic = 'person' AND ref = id
    UNION ALL
    SELECT 'place', id, slug, name, name || other_names,
        jsonb_build_object(
            'kind', kind, 'parent', parent_id, 'path', to_jsonb(timeline_place_path(id)),
            'latitude', latitude, 'longitude', longitude, 'precision', precision
        )
    FROM talks_place JOIN mentioned ON topic = 'place' AND ref = id
    UNION ALL
    SELECT 'outlet', id, slug, name, name || other_names,
        jsonb_build_object(
            'kind', kind, 'affiliation', affiliation, 'covers', covers, 'url', url, 'aligned', kind = 'party_affiliated'
        )
    FROM sources_outlet JOIN mentioned ON topic = 'outlet' AND ref = id
    UNION ALL
    SELECT 'source', id, public_id, title, ARRAY[title],
        jsonb_build_object(
            'outlet', outlet_id, 'url', url, 'author', author, 'language', language,
            'published', published_edtf, 'published_wording', published_wording,
            'accessed_on', accessed_on, 'licence', licence, 'attribution', attribution,
            'archive_url', archive_url, 'archive_sha256', archive_sha256
        )
    FROM sources_source JOIN mentioned ON topic = 'source' AND ref = id
    WHERE visibility = 'public'
)
SELECT topic, ref, slug, name, names, timeline_fold(array_to_string(names, E'\n')), data FROM named;
