-- In:  live(id), the published records in scope.
-- Out: cited, one row each: its citations as readers may know them, whose knowledge they are, its
--      figures over all of them, and the records tied to it.
-- A restricted source lends its stance, its fields and its figures, and nothing else of itself.

CREATE TEMP TABLE passage ON COMMIT DROP AS
SELECT citation.*, source.visibility = 'public' AS is_public, source.outlet_id AS source_outlet_id,
    source.published_edtf, source.published_earliest, source.published_latest,
    CASE origin
        WHEN 'outlet' THEN 'outlet:' || source.outlet_id
        WHEN 'other_outlet' THEN 'outlet:' || citation.attributed_outlet_id
        WHEN 'speaker' THEN 'speaker:' || attributed_speaker
        ELSE 'unknown'
    END AS origin_key,
    CASE origin
        WHEN 'speaker' THEN is_speaker_aligned
        WHEN 'unknown' THEN true
        ELSE outlet.kind = 'party_affiliated'
    END AS is_aligned,
    outlet.id AS origin_outlet_id
FROM live
JOIN sources_citation AS citation ON citation.record_id = live.id
JOIN sources_source AS source ON source.id = citation.source_id
LEFT JOIN sources_outlet AS outlet ON outlet.id = CASE origin
    WHEN 'outlet' THEN source.outlet_id
    WHEN 'other_outlet' THEN citation.attributed_outlet_id
END;

CREATE INDEX ON passage (record_id);
ANALYZE passage;

-- Two questions of evidence: that it happened, and who did it.
CREATE TEMP TABLE witness ON COMMIT DROP AS
SELECT record_id, origin_key, is_aligned,
    is_verification AND EXISTS (
        SELECT FROM timeline_assessment AS assessment
        JOIN ceasefire_truceparty AS monitor ON monitor.truce_id = assessment.truce_id
        JOIN talks_party AS party ON party.id = monitor.party_id
        WHERE assessment.revision_to IS NULL AND assessment.incident_id = passage.record_id
            AND monitor.role = 'monitor' AND party.outlet_id = passage.origin_outlet_id
    ) AS is_verified,
    EXISTS (
        SELECT FROM ceasefire_attribution AS attribution
        WHERE attribution.incident_id = passage.record_id
            AND (
                attribution.citation_id = passage.id
                OR 'attributions' = ANY (passage.fields)
                OR (attribution.citation_id IS NULL AND passage.fields = '{}')
            )
    ) AS says_who
FROM passage WHERE stance = 'supports';
CREATE INDEX ON witness (record_id);
ANALYZE witness;

-- What each passage claims of each harm: the whole where it counts people (or does not say whom),
-- else the sum of the parts that it counts, which has no upper bound.
CREATE TEMP TABLE claimed ON COMMIT DROP AS
WITH figure AS (
    SELECT passage.record_id, citation_id, harm, "group", low, best, high,
        coalesce(low, best) AS least, coalesce(high, best) AS most,
        "group" = 'people' OR bool_and("group" = 'unknown') OVER (PARTITION BY citation_id, harm) AS is_whole
    FROM passage
    JOIN sources_figure AS figure ON figure.citation_id = passage.id
    WHERE stance = 'supports'
        AND NOT EXISTS (SELECT FROM sources_figure AS later WHERE later.supersedes_id = figure.id)
)
SELECT record_id, citation_id, harm,
    coalesce(min(least) FILTER (WHERE is_whole), sum(least)) AS low,
    max(best) FILTER (WHERE is_whole) AS best,
    CASE WHEN bool_and(most IS NOT NULL) FILTER (WHERE is_whole) THEN max(most) FILTER (WHERE is_whole) END AS high,
    min(least) FILTER (WHERE "group" = 'civilians') AS civilians_low,
    CASE WHEN bool_and(most IS NOT NULL) FILTER (WHERE "group" = 'civilians')
        THEN max(most) FILTER (WHERE "group" = 'civilians') END AS civilians_high,
    bool_or("group" = 'civilians') AS counts_civilians
FROM figure GROUP BY record_id, citation_id, harm;
ANALYZE claimed;

-- Over all claimants: the least that any claims, the most if none leaves it open, a best only where
-- all that give one agree. No claim wins.
CREATE TEMP TABLE toll ON COMMIT DROP AS
SELECT record_id, harm, min(low) AS low,
    CASE WHEN min(best) = max(best) THEN min(best) END AS best,
    CASE WHEN bool_and(high IS NOT NULL) THEN max(high) END AS high,
    min(civilians_low) AS civilians_low,
    CASE WHEN bool_and(civilians_high IS NOT NULL) FILTER (WHERE counts_civilians)
        THEN max(civilians_high) END AS civilians_high
FROM claimed GROUP BY record_id, harm;

CREATE TEMP TABLE cited ON COMMIT DROP AS
SELECT live.id AS record_id,
    coalesce(told.citations, '[]') AS citations,
    coalesce(told.outlet_ids, '{}') AS outlet_ids,
    coalesce(told.origins, '{}') AS origins,
    coalesce(told.source_ids, '{}') AS source_ids,
    coalesce(told.words, '') AS words,
    coalesce(reported.published_edtf, '') AS reported_edtf,
    reported.published_earliest AS reported_earliest,
    reported.published_latest AS reported_latest,
    coalesce(evidence.happened, 'origin_unknown') AS evidence,
    coalesce(evidence.who, '') AS evidence_who,
    coalesce(linked.links, '[]') AS links
FROM live
LEFT JOIN LATERAL (
    SELECT
        jsonb_agg(
            CASE WHEN is_public THEN jsonb_build_object(
                'id', passage.id, 'confidential', false, 'stance', stance, 'fields', to_jsonb(fields),
                'source', source_id, 'outlet', source_outlet_id, 'locator', locator, 'quote', quote,
                'origin', origin, 'attributed_outlet', attributed_outlet_id,
                'attributed_speaker', attributed_speaker, 'aligned', is_aligned AND origin <> 'unknown',
                'verification', is_verification, 'figures', coalesce(figures.list, '[]')
            ) ELSE jsonb_build_object(
                'id', passage.id, 'confidential', true, 'stance', stance, 'fields', to_jsonb(fields),
                'figures', coalesce(figures.list, '[]')
            ) END
            ORDER BY passage.id
        ) AS citations,
        array_agg(DISTINCT origin_key ORDER BY origin_key)
            FILTER (WHERE is_public AND stance = 'supports') AS origins,
        array_agg(DISTINCT source_id ORDER BY source_id) FILTER (WHERE is_public) AS source_ids,
        string_agg(concat_ws(' ', quote, attributed_speaker), ' ' ORDER BY passage.id)
            FILTER (WHERE is_public) AS words,
        (
            SELECT array_agg(DISTINCT outlet_id ORDER BY outlet_id) FROM passage AS each
            CROSS JOIN LATERAL unnest(ARRAY[each.source_outlet_id, each.attributed_outlet_id]) AS outlet_id
            WHERE each.record_id = live.id AND each.is_public AND outlet_id IS NOT NULL
        ) AS outlet_ids
    FROM passage
    LEFT JOIN LATERAL (
        SELECT jsonb_agg(
            jsonb_build_object(
                'group', "group", 'side', side, 'harm', harm, 'low', low, 'best', best, 'high', high,
                'as_of', as_of_edtf, 'superseded',
                EXISTS (SELECT FROM sources_figure AS later WHERE later.supersedes_id = figure.id)
            ) ORDER BY figure.id
        ) AS list
        FROM sources_figure AS figure WHERE figure.citation_id = passage.id
    ) AS figures ON true
    WHERE passage.record_id = live.id
) AS told ON true
LEFT JOIN LATERAL (
    SELECT published_edtf, published_earliest, published_latest FROM passage
    WHERE passage.record_id = live.id AND is_public AND stance = 'supports' AND published_edtf <> ''
    ORDER BY coalesce(published_earliest, published_latest), published_edtf LIMIT 1
) AS reported ON true
LEFT JOIN LATERAL (
    SELECT
        timeline_evidence(
            bool_or(is_verified), count(DISTINCT origin_key) FILTER (WHERE NOT is_aligned),
            bool_or(origin_key <> 'unknown')
        ) AS happened,
        CASE WHEN bool_or(says_who) THEN timeline_evidence(
            bool_or(is_verified) FILTER (WHERE says_who),
            count(DISTINCT origin_key) FILTER (WHERE says_who AND NOT is_aligned),
            bool_or(origin_key <> 'unknown') FILTER (WHERE says_who)
        ) END AS who
    FROM witness WHERE witness.record_id = live.id
) AS evidence ON true
LEFT JOIN LATERAL (
    SELECT jsonb_agg(
        jsonb_build_object(
            'kind', link.kind, 'direction', direction, 'record', other.id, 'public_id', other.public_id,
            'kind_of_record', other.kind, 'title', other.title, 'note', note
        ) ORDER BY link.id
    ) AS links
    FROM (
        SELECT id, kind, note, 'from' AS direction, to_record_id AS other_id
        FROM talks_recordlink WHERE from_record_id = live.id
        UNION ALL
        SELECT id, kind, note, 'to', from_record_id FROM talks_recordlink WHERE to_record_id = live.id
    ) AS link
    JOIN sources_record AS other ON other.id = link.other_id AND other.status = 'published'
) AS linked ON true;
CREATE INDEX ON cited (record_id);
