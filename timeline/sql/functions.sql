-- Whether something that held from `since` to `until` applies to what happened between `ie` and
-- `il`: yes, no or maybe. “Not recorded” is that both bounds are missing. docs/verdict.md.
CREATE OR REPLACE FUNCTION timeline_applies(
    since_earliest date, since_latest date, until_earliest date, until_latest date, ie date, il date
) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN since_earliest > il OR until_latest < ie THEN 'no'
    WHEN (coalesce(since_earliest, since_latest) IS NULL OR since_latest <= ie)
        AND (coalesce(until_earliest, until_latest) IS NULL OR until_earliest > il) THEN 'yes'
    ELSE 'maybe'
END;

-- A place and everything that it lies in, from itself up to the root.
CREATE OR REPLACE FUNCTION timeline_place_path(of_place bigint) RETURNS bigint[]
LANGUAGE sql STABLE PARALLEL SAFE
RETURN (
    WITH RECURSIVE path(id, parent_id, depth) AS (
        SELECT id, parent_id, 1 FROM talks_place WHERE id = of_place
        UNION ALL
        SELECT place.id, place.parent_id, depth + 1
        FROM path JOIN talks_place AS place ON place.id = path.parent_id
        -- The tree holds no circle; this is for the length of a transaction that is yet to be refused.
        WHERE depth < 50
    )
    SELECT array_agg(id ORDER BY depth) FROM path
);

-- How strong the origins of a statement are together: timeline.enums.Evidence.
CREATE OR REPLACE FUNCTION timeline_evidence(is_verified boolean, independent bigint, is_known boolean)
RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN is_verified THEN 'verified'
    WHEN independent >= 2 THEN 'corroborated'
    WHEN is_known THEN 'single_origin'
    ELSE 'origin_unknown'
END;

-- Distinct ids in order, without NULL: how a projection collects what an entry mentions.
CREATE OR REPLACE FUNCTION timeline_ids(VARIADIC ids bigint[]) RETURNS bigint[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (SELECT coalesce(array_agg(DISTINCT id ORDER BY id), '{}') FROM unnest(ids) AS id WHERE id IS NOT NULL);

-- What an entry mentions, as topic and ref: what has a label while it is mentioned.
CREATE OR REPLACE FUNCTION timeline_mentions(
    conflict_id bigint, process_ids bigint[], party_ids bigint[], person_ids bigint[],
    place_ids bigint[], outlet_ids bigint[], source_ids bigint[]
) RETURNS TABLE (topic text, ref bigint)
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT 'conflict'::text, conflict_id
    UNION ALL SELECT 'process', unnest(process_ids)
    UNION ALL SELECT 'party', unnest(party_ids)
    UNION ALL SELECT 'person', unnest(person_ids)
    UNION ALL SELECT 'place', unnest(place_ids)
    UNION ALL SELECT 'outlet', unnest(outlet_ids)
    UNION ALL SELECT 'source', unnest(source_ids);
END;
