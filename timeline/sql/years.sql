-- The first day of a day's year; NULL of NULL.
CREATE FUNCTION timeline_year(day date) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN make_date(extract(year FROM day)::integer, 1, 1);
