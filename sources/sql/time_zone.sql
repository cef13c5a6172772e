-- Whether a text names a time zone that PostgreSQL knows; the empty text (none) passes. Held by
-- checks, because a name it does not know would stop the builder when it compares two hours.
CREATE OR REPLACE FUNCTION sources_is_time_zone(zone text) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
    -- Apart from the lookup, which the planner may try even where a WHERE would forbid it.
    IF zone <> '' THEN
        PERFORM timestamp '2000-01-01' AT TIME ZONE zone;
    END IF;
    RETURN true;
EXCEPTION WHEN invalid_parameter_value THEN
    RETURN false;
END
$$;
