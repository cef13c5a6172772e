-- The one exception to “a revision never changes”: a source that is restricted is taken out of
-- every older version too. What is closed stays closed; only its words go.
--
-- In:   touched(topic, ref); the current versions, which the projections have already made so.
-- Out:  every version of entries, sheets and labels without the title, address, quote, locator and
--       attributed-to of the sources concerned.
-- Cost: the versions that ever cited them, by index; nothing where none did. It runs only where a restricted
--       source was touched, or everything was.

-- What readers were ever shown has a label, or had one.
CREATE TEMP TABLE hidden ON COMMIT DROP AS
SELECT DISTINCT source.id, source.outlet_id
FROM timeline_label AS label
JOIN sources_source AS source ON source.id = label.ref
WHERE label.topic = 'source' AND visibility = 'restricted'
    AND (
        EXISTS (SELECT FROM touched WHERE topic = 'everything')
        OR source.id IN (SELECT ref FROM touched WHERE topic = 'source')
    );

CREATE TEMP TABLE hidden_citation ON COMMIT DROP AS
SELECT DISTINCT entry.record_id, (citation ->> 'id')::bigint AS id,
    (citation ->> 'outlet')::bigint AS outlet_id,
    (citation ->> 'attributed_outlet')::bigint AS attributed_outlet_id
FROM timeline_entry AS entry
CROSS JOIN LATERAL jsonb_array_elements(entry.citations) AS citation
WHERE entry.source_ids && ARRAY(SELECT id FROM hidden)
    AND (citation ->> 'source')::bigint IN (SELECT id FROM hidden);

-- Who ascribes an incident to whom goes with the passage that says so.
UPDATE timeline_sheet AS sheet
SET doc = jsonb_set(doc, '{attributions}', (
    SELECT coalesce(jsonb_agg(
        CASE WHEN (attribution ->> 'citation')::bigint IN (SELECT id FROM hidden_citation)
            OR attribution -> 'citation' = 'null'
        THEN attribution || '{"claimed_by": "", "claimed_by_party": null, "confidential": true}'
        ELSE attribution END
        ORDER BY place
    ), '[]')
    FROM jsonb_array_elements(doc -> 'attributions') WITH ORDINALITY AS each (attribution, place)
))
WHERE sheet.record_id IN (SELECT record_id FROM hidden_citation)
    AND revision_to IS NOT NULL AND doc ? 'attributions';

UPDATE timeline_entry AS entry
SET citations = kept.citations,
    source_ids = kept.source_ids,
    outlet_ids = kept.outlet_ids,
    origins = kept.origins,
    reported_edtf = CASE WHEN kept.origins = '{}' THEN '' ELSE reported_edtf END,
    reported_earliest = CASE WHEN kept.origins <> '{}' THEN reported_earliest END,
    reported_latest = CASE WHEN kept.origins <> '{}' THEN reported_latest END,
    -- Which of them rested on the passage an old version does not say, so all of them go.
    accuser_ids = CASE WHEN kind = 'incident' THEN '{}' ELSE accuser_ids END,
    party_ids = CASE WHEN kind = 'incident' THEN ARRAY(
        SELECT id FROM unnest(party_ids) AS id
        WHERE id <> ALL (accuser_ids) OR id = ANY (accused_ids || target_ids) ORDER BY id
    ) ELSE party_ids END,
    search = to_tsvector('simple', timeline_fold(concat_ws(' ', title, summary, when_wording)))
FROM (
    SELECT entry.id,
        jsonb_agg(
            CASE WHEN is_hidden THEN jsonb_build_object(
                'id', citation -> 'id', 'confidential', true, 'stance', citation -> 'stance',
                'fields', citation -> 'fields', 'figures', citation -> 'figures'
            ) ELSE citation END
            ORDER BY place
        ) AS citations,
        timeline_ids(VARIADIC coalesce(array_agg((citation ->> 'source')::bigint)
            FILTER (WHERE NOT is_hidden), '{}')) AS source_ids,
        timeline_ids(VARIADIC coalesce(array_agg((citation ->> 'outlet')::bigint)
            FILTER (WHERE NOT is_hidden), '{}')
            || coalesce(array_agg((citation ->> 'attributed_outlet')::bigint)
            FILTER (WHERE NOT is_hidden), '{}')
            -- The outlet of a tally is no matter of its citations.
            || ARRAY(
                SELECT (doc ->> 'counted_by')::bigint FROM timeline_sheet AS sheet
                WHERE sheet.record_id = entry.record_id AND entry.kind = 'tally'
            )) AS outlet_ids,
        coalesce(array_agg(DISTINCT CASE citation ->> 'origin'
            WHEN 'outlet' THEN 'outlet:' || (citation ->> 'outlet')
            WHEN 'other_outlet' THEN 'outlet:' || (citation ->> 'attributed_outlet')
            WHEN 'speaker' THEN 'speaker:' || (citation ->> 'attributed_speaker')
            ELSE 'unknown'
        END) FILTER (
            WHERE NOT is_hidden AND NOT (citation ->> 'confidential')::boolean
                AND citation ->> 'stance' = 'supports'
        ), '{}') AS origins
    FROM timeline_entry AS entry
    CROSS JOIN LATERAL jsonb_array_elements(entry.citations) WITH ORDINALITY AS each (citation, place)
    CROSS JOIN LATERAL (
        SELECT coalesce((citation ->> 'source')::bigint IN (SELECT id FROM hidden), false) AS is_hidden
    ) AS hiding
    WHERE entry.source_ids && ARRAY(SELECT id FROM hidden)
    GROUP BY entry.id
) AS kept
WHERE kept.id = entry.id;

DELETE FROM timeline_label WHERE topic = 'source' AND ref IN (SELECT id FROM hidden);

-- An outlet that only they named was never there; one that others name as well stays.
DELETE FROM timeline_label
WHERE topic = 'outlet'
    AND ref IN (
        SELECT outlet_id FROM hidden
        UNION SELECT outlet_id FROM hidden_citation
        UNION SELECT attributed_outlet_id FROM hidden_citation
    )
    AND NOT EXISTS (SELECT FROM timeline_entry WHERE outlet_ids @> ARRAY[timeline_label.ref]);

-- A party whose only mention was as the one who said so.
DELETE FROM timeline_label
WHERE topic = 'party' AND EXISTS (SELECT FROM hidden_citation)
    AND revision_to IS NOT NULL
    AND NOT EXISTS (SELECT FROM timeline_entry WHERE party_ids @> ARRAY[timeline_label.ref]);

-- What older revisions counted of origins and parties no longer holds; they count the entries now.
DELETE FROM timeline_mentioncount
WHERE revision_to IS NOT NULL AND EXISTS (SELECT FROM hidden_citation);

UPDATE timeline_mentioncount SET revision_from = %(number)s
WHERE EXISTS (SELECT FROM hidden_citation);

DELETE FROM timeline_mentionyearcount
WHERE revision_to IS NOT NULL AND EXISTS (SELECT FROM hidden_citation);

UPDATE timeline_mentionyearcount SET revision_from = %(number)s
WHERE EXISTS (SELECT FROM hidden_citation);

-- Readers are told that something was taken out, and everything that is kept for them is named anew.
INSERT INTO timeline_redaction (redacted_at, reason, revision, by, note)
SELECT now(), 'restricted', %(number)s - 1, '', '' WHERE EXISTS (SELECT FROM hidden);
