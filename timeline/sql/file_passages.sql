-- Part of the files' statements: who says so, and in what.
-- In:  cite(line, nth, confidential, stance, source, outlet, origin, attributed_outlet,
--      attributed_speaker): citations as the timeline holds them.
-- Out: passage, each with its origin and its source in words; a confidential one says only that.
outlet AS MATERIALIZED (
    SELECT ref, slug, name FROM timeline_label
    WHERE topic = 'outlet'
        AND ref IN (SELECT outlet FROM cite UNION SELECT attributed_outlet FROM cite)
        AND revision_from <= %(revision)s AND (revision_to IS NULL OR revision_to > %(revision)s)
), source AS MATERIALIZED (
    SELECT ref, slug, name, data FROM timeline_label
    -- As one array, which the index reads in one pass: there are more sources than anything else.
    WHERE topic = 'source' AND ref = ANY (ARRAY(SELECT source FROM cite))
        AND revision_from <= %(revision)s AND (revision_to IS NULL OR revision_to > %(revision)s)
), passage AS (
    SELECT cite.*, outlet.name AS outlet_name, source.slug AS source_slug,
        source.name AS source_title, source.data AS document,
        CASE
            WHEN confidential THEN %(confidential)s
            WHEN origin = 'other_outlet' THEN coalesce(other.name, %(another_outlet)s)
            WHEN origin = 'speaker' THEN attributed_speaker
            WHEN origin = 'outlet' AND outlet.ref IS NOT NULL THEN outlet.name
            ELSE %(origin_unknown)s
        END AS whose
    FROM cite
    LEFT JOIN outlet ON outlet.ref = cite.outlet
    LEFT JOIN outlet AS other ON other.ref = cite.attributed_outlet
    LEFT JOIN source ON source.ref = cite.source
)
