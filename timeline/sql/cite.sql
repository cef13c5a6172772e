-- In:  live(id), the published records in scope.
-- Out: cited, one row each: its citations as readers may know them, whose knowledge they are, its
--      evidence, and the records tied to it; toll, its figures over all of them.
-- A restricted source lends its stance, its fields and its figures, and nothing else of itself.
-- Cost: the citations and figures of those records, each read and grouped once.

INSERT INTO passage (
    id, record_id, stance, fields, locator, quote, source_id, source_outlet_id, is_public,
    published_edtf, published_earliest, published_latest, origin, attributed_outlet_id,
    attributed_speaker, is_verification, origin_key, origin_outlet_id, is_aligned
)
SELECT citation.id, citation.record_id, stance, fields, locator, quote,
    source.id, source.outlet_id, source.visibility = 'public',
    source.published_edtf, source.published_earliest, source.published_latest,
    origin, attributed_outlet_id, attributed_speaker, is_verification,
    CASE origin
        WHEN 'outlet' THEN 'outlet:' || source.outlet_id
        WHEN 'other_outlet' THEN 'outlet:' || citation.attributed_outlet_id
        WHEN 'speaker' THEN 'speaker:' || attributed_speaker
        ELSE 'unknown'
    END,
    outlet.id,
    CASE origin
        WHEN 'speaker' THEN is_speaker_aligned
        WHEN 'unknown' THEN true
        ELSE outlet.kind = 'party_affiliated'
    END
FROM live
JOIN sources_citation AS citation ON citation.record_id = live.id
JOIN sources_source AS source ON source.id = citation.source_id
LEFT JOIN sources_outlet AS outlet ON outlet.id = CASE origin
    WHEN 'outlet' THEN source.outlet_id
    WHEN 'other_outlet' THEN citation.attributed_outlet_id
END;

INSERT INTO figure
SELECT figure.id, record_id, citation_id, stance = 'supports', "group", side, harm, low, best, high,
    as_of_edtf,
    EXISTS (SELECT FROM sources_figure AS later WHERE later.supersedes_id = figure.id)
FROM passage JOIN sources_figure AS figure ON figure.citation_id = passage.id;

-- What each passage claims of each harm: the whole where it counts people (or does not say whom),
-- else the sum of the parts that it counts, which has no upper bound. Over all claimants: the least
-- that any claims, the most if none leaves it open, a best only where all that give one agree. No
-- claim wins.
INSERT INTO toll
WITH counted AS (
    SELECT record_id, citation_id, harm, "group", best,
        coalesce(low, best) AS least, coalesce(high, best) AS most,
        "group" = 'people' OR bool_and("group" = 'unknown') OVER (PARTITION BY citation_id, harm) AS is_whole
    FROM figure WHERE supports AND NOT is_superseded
), claimed AS (
    SELECT record_id, citation_id, harm,
        coalesce(min(least) FILTER (WHERE is_whole), sum(least)) AS low,
        max(best) FILTER (WHERE is_whole) AS best,
        CASE WHEN bool_and(most IS NOT NULL) FILTER (WHERE is_whole) THEN max(most) FILTER (WHERE is_whole) END AS high,
        min(least) FILTER (WHERE "group" = 'civilians') AS civilians_low,
        CASE WHEN bool_and(most IS NOT NULL) FILTER (WHERE "group" = 'civilians')
            THEN max(most) FILTER (WHERE "group" = 'civilians') END AS civilians_high,
        bool_or("group" = 'civilians') AS counts_civilians
    FROM counted GROUP BY record_id, citation_id, harm
), over_all AS (
    SELECT record_id, harm, min(low) AS low,
        CASE WHEN min(best) = max(best) THEN min(best) END AS best,
        CASE WHEN bool_and(high IS NOT NULL) THEN max(high) END AS high,
        min(civilians_low) AS civilians_low,
        CASE WHEN bool_and(civilians_high IS NOT NULL) FILTER (WHERE counts_civilians)
            THEN max(civilians_high) END AS civilians_high
    FROM claimed GROUP BY record_id, harm
)
SELECT record_id,
    min(low) FILTER (WHERE harm = 'killed'),
    min(best) FILTER (WHERE harm = 'killed'),
    min(high) FILTER (WHERE harm = 'killed'),
    min(civilians_low) FILTER (WHERE harm = 'killed'),
    min(civilians_high) FILTER (WHERE harm = 'killed'),
    min(low) FILTER (WHERE harm = 'injured'), min(high) FILTER (WHERE harm = 'injured'),
    min(low) FILTER (WHERE harm = 'displaced'), min(high) FILTER (WHERE harm = 'displaced')
FROM over_all GROUP BY record_id;

INSERT INTO cited (
    record_id, citations, outlet_ids, origins, source_ids, words,
    reported_edtf, reported_earliest, reported_latest, evidence, evidence_who, links
)
WITH counted AS (
    SELECT citation_id, jsonb_agg(
        jsonb_build_object(
            'group', "group", 'side', side, 'harm', harm, 'low', low, 'best', best, 'high', high,
            'as_of', as_of, 'superseded', is_superseded
        ) ORDER BY id
    ) AS list
    FROM figure GROUP BY citation_id
), told AS (
    SELECT record_id,
        jsonb_agg(
            CASE WHEN is_public THEN jsonb_build_object(
                'id', id, 'confidential', false, 'stance', stance, 'fields', to_jsonb(fields),
                'source', source_id, 'outlet', source_outlet_id, 'locator', locator, 'quote', quote,
                'origin', origin, 'attributed_outlet', attributed_outlet_id,
                'attributed_speaker', attributed_speaker, 'aligned', is_aligned AND origin <> 'unknown',
                'verification', is_verification, 'figures', coalesce(counted.list, '[]')
            ) ELSE jsonb_build_object(
                'id', id, 'confidential', true, 'stance', stance, 'fields', to_jsonb(fields),
                'figures', coalesce(counted.list, '[]')
            ) END
            ORDER BY id
        ) AS citations,
        array_agg(DISTINCT origin_key ORDER BY origin_key)
            FILTER (WHERE is_public AND stance = 'supports') AS origins,
        array_agg(DISTINCT source_id ORDER BY source_id) FILTER (WHERE is_public) AS source_ids,
        string_agg(concat_ws(' ', quote, attributed_speaker), ' ' ORDER BY id)
            FILTER (WHERE is_public) AS words
    FROM passage LEFT JOIN counted ON counted.citation_id = passage.id
    GROUP BY record_id
), heard AS (
    SELECT record_id, array_agg(DISTINCT outlet_id ORDER BY outlet_id) AS outlet_ids
    FROM passage CROSS JOIN LATERAL (VALUES (source_outlet_id), (attributed_outlet_id)) AS outlet (outlet_id)
    WHERE is_public AND outlet_id IS NOT NULL
    GROUP BY record_id
), reported AS (
    SELECT DISTINCT ON (record_id) record_id, published_edtf, published_earliest, published_latest
    FROM passage WHERE is_public AND stance = 'supports' AND published_edtf <> ''
    ORDER BY record_id, coalesce(published_earliest, published_latest), published_edtf
), verified AS (
    -- By an outlet of a body that monitors a truce under which the incident was judged.
    SELECT DISTINCT passage.id
    FROM passage
    JOIN timeline_assessment AS assessment ON assessment.incident_id = passage.record_id
    JOIN ceasefire_truceparty AS monitor ON monitor.truce_id = assessment.truce_id
    JOIN talks_party AS party ON party.id = monitor.party_id
    WHERE is_verification AND assessment.revision_to IS NULL
        AND monitor.role = 'monitor' AND party.outlet_id = passage.origin_outlet_id
), ascribing AS (
    SELECT DISTINCT passage.id
    FROM passage
    JOIN ceasefire_attribution AS attribution ON attribution.incident_id = passage.record_id
    WHERE attribution.citation_id = passage.id
        OR 'attributions' = ANY (passage.fields)
        OR (attribution.citation_id IS NULL AND passage.fields = '{}')
), witness AS (
    SELECT record_id, origin_key, is_aligned,
        verified.id IS NOT NULL AS is_verified, ascribing.id IS NOT NULL AS says_who
    FROM passage
    LEFT JOIN verified USING (id)
    LEFT JOIN ascribing USING (id)
    WHERE stance = 'supports'
), believed AS (
    -- Two questions of evidence: that it happened, and who did it.
    SELECT record_id,
        timeline_evidence(
            bool_or(is_verified), count(DISTINCT origin_key) FILTER (WHERE NOT is_aligned),
            bool_or(origin_key <> 'unknown')
        ) AS happened,
        CASE WHEN bool_or(says_who) THEN timeline_evidence(
            bool_or(is_verified) FILTER (WHERE says_who),
            count(DISTINCT origin_key) FILTER (WHERE says_who AND NOT is_aligned),
            bool_or(origin_key <> 'unknown') FILTER (WHERE says_who)
        ) END AS who
    FROM witness GROUP BY record_id
), linked AS (
    SELECT link.id AS record_id, jsonb_agg(
        jsonb_build_object(
            'kind', link.kind, 'direction', direction, 'record', other.id, 'public_id', other.public_id,
            'kind_of_record', other.kind, 'title', other.title, 'note', note
        ) ORDER BY link_id
    ) AS links
    FROM (
        SELECT live.id, link.id AS link_id, link.kind, note, 'from' AS direction, to_record_id AS other_id
        FROM live JOIN talks_recordlink AS link ON from_record_id = live.id
        UNION ALL
        SELECT live.id, link.id, link.kind, note, 'to', from_record_id
        FROM live JOIN talks_recordlink AS link ON to_record_id = live.id
    ) AS link
    JOIN sources_record AS other ON other.id = link.other_id AND other.status = 'published'
    GROUP BY link.id
)
SELECT live.id,
    coalesce(told.citations, '[]'), coalesce(heard.outlet_ids, '{}'), coalesce(told.origins, '{}'),
    coalesce(told.source_ids, '{}'), coalesce(told.words, ''),
    coalesce(reported.published_edtf, ''), reported.published_earliest, reported.published_latest,
    coalesce(believed.happened, 'origin_unknown'), coalesce(believed.who, ''),
    coalesce(linked.links, '[]')
FROM live
LEFT JOIN told ON told.record_id = live.id
LEFT JOIN heard ON heard.record_id = live.id
LEFT JOIN reported ON reported.record_id = live.id
LEFT JOIN believed ON believed.record_id = live.id
LEFT JOIN linked ON linked.record_id = live.id;
