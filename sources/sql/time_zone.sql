-- Whether a text names a time zone that PostgreSQL knows; the empty text (none) passes. Held by
-- checks, because a name it does not know would stop the builder when it compares two hours.
CREATE OR REPLACE FUNCTION sources_is_time_zone(zone text) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
    -- Not a WHERE: the planner works out the conversion of a constant before it reads one.
    IF zone <> '' THEN
        PERFORM timestamp '2000-01-01' AT TIME ZONE zone;
    END IF;
    RETURN true;
EXCEPTION WHEN invalid_parameter_value THEN
    RETURN false;
END
$$;
