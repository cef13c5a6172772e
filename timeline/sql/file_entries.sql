-- A line of the timeline as a row of a file: its names, passages and verdicts as of one revision.
-- In:   what the parts say; words, the words of codes by list and code. The names in braces stand
--       for the parts and for the cells.
-- Out:  a row a line, in the order of the chunk.
-- Cost: some 20 microseconds a line, all of it set-wise; label and assessment by index.
WITH {file_chunk}, mention AS (
    SELECT line, each.nth, each.id, earliest, latest, nth > cardinality(party_ids) AS is_accused
    FROM chunk
    CROSS JOIN LATERAL unnest(party_ids || accused_ids) WITH ORDINALITY AS each(id, nth)
), {file_parties}, cast_of AS (
    SELECT line,
        array_agg(name ORDER BY nth) FILTER (WHERE NOT is_accused) AS parties,
        array_agg(name ORDER BY nth) FILTER (WHERE is_accused) AS accused
    FROM named GROUP BY line
), cite AS MATERIALIZED (
    SELECT chunk.line, row_number() OVER () AS nth, each.*
    FROM chunk
    CROSS JOIN LATERAL jsonb_to_recordset(citations) AS each(
        confidential boolean, stance text, source bigint, outlet bigint, origin text,
        attributed_outlet bigint, attributed_speaker text
    )
), {file_passages}, told AS (
    SELECT line, nth, CASE WHEN stance = 'supports' THEN whose END AS origin,
        CASE
            WHEN source_title IS NULL THEN
                -- The document is not named: the chain from the origin to what was read.
                whose || CASE
                    WHEN NOT confidential AND outlet_name <> whose THEN ', in ' || outlet_name
                    ELSE ''
                END
            WHEN document ->> 'url' <> ''
                THEN source_title || ' <' || (document ->> 'url') || '>'
            ELSE source_title
        END AS source
    FROM passage
), cited AS (
    SELECT line,
        array_agg(origin ORDER BY nth) FILTER (WHERE origin IS NOT NULL) AS origins,
        array_agg(source ORDER BY nth) FILTER (WHERE source IS NOT NULL) AS sources
    FROM (
        SELECT line, min(nth) AS nth, origin, NULL AS source FROM told
        WHERE origin IS NOT NULL GROUP BY line, origin
        UNION ALL
        SELECT line, min(nth), NULL, source FROM told GROUP BY line, source
    ) AS once GROUP BY line
), tie AS MATERIALIZED (
    SELECT line, 'truce' AS kind, each.nth, each.id
    FROM chunk CROSS JOIN LATERAL unnest(truce_ids) WITH ORDINALITY AS each(id, nth)
    UNION ALL
    SELECT line, 'round', each.nth, each.id
    FROM chunk CROSS JOIN LATERAL unnest(round_ids) WITH ORDINALITY AS each(id, nth)
), judged AS MATERIALIZED (
    SELECT chunk.line, assessment.*
    FROM chunk
    JOIN timeline_assessment AS assessment ON assessment.incident_id = chunk.record_id
    WHERE kind = 'incident'
        AND revision_from <= %(revision)s AND (revision_to IS NULL OR revision_to > %(revision)s)
), other AS MATERIALIZED (
    SELECT record_id, public_id FROM timeline_entry
    WHERE record_id IN (SELECT id FROM tie UNION SELECT truce_id FROM judged)
        AND revision_from <= %(revision)s AND (revision_to IS NULL OR revision_to > %(revision)s)
), tied AS (
    SELECT line,
        array_agg(public_id ORDER BY nth) FILTER (WHERE kind = 'truce') AS truces,
        array_agg(public_id ORDER BY nth) FILTER (WHERE kind = 'round') AS rounds
    FROM tie JOIN other ON other.record_id = tie.id GROUP BY line
), blamed AS MATERIALIZED (
    SELECT record_id, (attribution ->> 'id')::bigint AS id,
        (attribution ->> 'accused')::bigint AS accused
    FROM timeline_sheet AS sheet
    CROSS JOIN LATERAL jsonb_array_elements(doc -> 'attributions') AS attribution
    WHERE record_id IN (SELECT incident_id FROM judged WHERE attribution_id <> 0)
        AND revision_from <= %(revision)s AND (revision_to IS NULL OR revision_to > %(revision)s)
), blamed_party AS MATERIALIZED (
    SELECT ref, name FROM timeline_label
    WHERE topic = 'party' AND ref IN (SELECT accused FROM blamed)
        AND revision_from <= %(revision)s AND (revision_to IS NULL OR revision_to > %(revision)s)
), reasoned AS (
    SELECT judged.line, string_agg(
        format(
            'truce %%s%%s: %%s; %%s %%s (%%s); %%s %%s (%%s); %%s %%s (%%s); %%s %%s (%%s); %%s %%s (%%s)%%s',
            truce.public_id, ', accused ' || blamed_party.name, words -> 'verdict' ->> verdict,
            words -> 'question' ->> 'period',
            words -> 'answer' ->> period, words -> 'period' ->> period_why,
            words -> 'question' ->> 'area',
            words -> 'answer' ->> area, words -> 'area' ->> area_why,
            words -> 'question' ->> 'bound',
            words -> 'answer' ->> bound, words -> 'bound' ->> bound_why,
            words -> 'question' ->> 'protected',
            words -> 'answer' ->> protected, words -> 'protected' ->> protected_why,
            words -> 'question' ->> 'prohibited',
            words -> 'answer' ->> prohibited, words -> 'prohibited' ->> prohibited_why,
            '; claim ' || (words -> 'standing' ->> nullif(standing, ''))
        ), ' | ' ORDER BY truce_id, attribution_id
    ) AS reasons
    FROM judged
    CROSS JOIN (SELECT %(words)s::jsonb) AS meaning(words)
    JOIN other AS truce ON truce.record_id = judged.truce_id
    LEFT JOIN blamed ON blamed.record_id = judged.incident_id AND blamed.id = judged.attribution_id
    LEFT JOIN blamed_party ON blamed_party.ref = blamed.accused
    GROUP BY judged.line
), spot AS MATERIALIZED (
    SELECT ref, name, trim_scale((data ->> 'latitude')::numeric) AS latitude,
        trim_scale((data ->> 'longitude')::numeric) AS longitude
    FROM timeline_label
    WHERE topic = 'place' AND ref IN (SELECT place_id FROM chunk)
        AND revision_from <= %(revision)s AND (revision_to IS NULL OR revision_to > %(revision)s)
)
SELECT {cells}
FROM chunk
LEFT JOIN conflict ON conflict.ref = conflict_id
LEFT JOIN spot ON spot.ref = place_id
LEFT JOIN cast_of USING (line)
LEFT JOIN cited USING (line)
LEFT JOIN tied USING (line)
LEFT JOIN reasoned USING (line)
ORDER BY line
