-- Part of the files' statements: parties by the official English names that they certainly bore at
-- the time, else by their usual ones; the rule of timeline.queries.lines.official_name.
-- In:  mention(line, nth, id, earliest, latest, is_accused): who is named where, and when that was.
-- Out: named(line, nth, is_accused, name).
party AS MATERIALIZED (
    SELECT ref, name, data FROM timeline_label
    WHERE topic = 'party' AND ref IN (SELECT id FROM mention)
        AND revision_from <= %(revision)s AND (revision_to IS NULL OR revision_to > %(revision)s)
), dated AS MATERIALIZED (
    SELECT ref, each ->> 'text' AS text,
        each ->> 'since' <> '' AS has_since, each ->> 'until' <> '' AS has_until,
        sources_edtf_latest(each ->> 'since') AS since,
        sources_edtf_earliest(each ->> 'until') AS until
    FROM party CROSS JOIN LATERAL jsonb_array_elements(data -> 'names') AS each
    WHERE each ->> 'kind' = 'official' AND each ->> 'language' = 'en'
        AND (each ->> 'since' <> '' OR each ->> 'until' <> '')
), named AS MATERIALIZED (
    SELECT line, nth, is_accused, coalesce(dated.text, party.name) AS name
    FROM mention
    JOIN party ON party.ref = mention.id
    -- One at most: official names do not overlap over the time for which they certainly held.
    LEFT JOIN dated ON dated.ref = mention.id
        AND (NOT has_since OR since <= earliest) AND (NOT has_until OR latest < until)
)
