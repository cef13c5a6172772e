-- Links of an older version, with the present title of one record; without it where it has none.
CREATE FUNCTION timeline_retitled(links jsonb, of_record bigint) RETURNS jsonb
LANGUAGE sql STABLE PARALLEL SAFE
RETURN (
    SELECT coalesce(jsonb_agg(
        CASE WHEN (link ->> 'record')::bigint = of_record
        THEN link || jsonb_build_object('title', present.title, 'public_id', present.public_id)
        ELSE link END
        ORDER BY place
    ), '[]')
    FROM jsonb_array_elements(links) WITH ORDINALITY AS each (link, place)
    LEFT JOIN timeline_entry AS present ON present.record_id = of_record AND present.revision_to IS NULL
    WHERE (link ->> 'record')::bigint <> of_record OR present.id IS NOT NULL
);
