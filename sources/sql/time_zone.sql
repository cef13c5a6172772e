-- Whether a text names a time zone that PostgreSQL knows; the empty text (none) passes. Held by
-- checks, because a name it does not know would stop the builder when it compares two hours.
CREATE OR REPLACE FUNCTION sources_is_time_zone(zone text) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
    -- Apart, as most have none, and a block that may catch an error is a transaction of its own.
    IF zone = '' THEN
        RETURN true;
    END IF;
    -- Apart from the answer, as the planner may try a lookup even where a WHERE would forbid it.
    BEGIN
        PERFORM timestamp '2000-01-01' AT TIME ZONE zone;
        RETURN true;
    EXCEPTION WHEN invalid_parameter_value THEN
        RETURN false;
    END;
END
$$;
