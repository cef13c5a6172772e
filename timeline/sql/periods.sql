-- The first day of a day's month; NULL of NULL.
CREATE FUNCTION timeline_month(day date) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN make_date(extract(year FROM day)::integer, extract(month FROM day)::integer, 1);

-- Where an entry's beginning and end are counted: in its month, its year, and ever.
CREATE FUNCTION timeline_periods(earliest date, latest date)
RETURNS TABLE (period text, starts_on date, begun integer, ended integer, undated integer)
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT 'ever'::text, date '0001-01-01', (coalesce(earliest, latest) IS NOT NULL)::integer,
        (latest IS NOT NULL)::integer, (coalesce(earliest, latest) IS NULL)::integer
    UNION ALL
    SELECT 'year', make_date(extract(year FROM coalesce(earliest, latest))::integer, 1, 1), 1, 0, 0
    WHERE coalesce(earliest, latest) IS NOT NULL
    UNION ALL
    SELECT 'year', make_date(extract(year FROM latest)::integer, 1, 1), 0, 1, 0
    WHERE latest IS NOT NULL
    UNION ALL
    SELECT 'month', timeline_month(coalesce(earliest, latest)), 1, 0, 0
    WHERE coalesce(earliest, latest) IS NOT NULL
    UNION ALL
    SELECT 'month', timeline_month(latest), 0, 1, 0 WHERE latest IS NOT NULL;
END;
