-- The part of a period that is certain: from the latest day on which it can have begun to the
-- earliest on which it can have ended. A bound that is not recorded leaves that side open; a
-- period whose bounds cross has no certain part.
CREATE OR REPLACE FUNCTION sources_certain_core(since_latest date, until_earliest date)
RETURNS daterange
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN since_latest > until_earliest THEN 'empty'::daterange
    ELSE daterange(since_latest, until_earliest, '[)')
END;
