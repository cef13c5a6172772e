-- Partial dates: the rules of sources/partial_dates.py in SQL, for triggers and set-based work.
--
-- In:    the EDTF text of a date (levels 0 and 1, as accepted by PartialDate.parse).
-- Out:   its earliest and latest possible day, NULL where open or not known; its precision.
-- Error: SQLSTATE 22007 (invalid_datetime_format) where the text is no such date.
-- Cost:  about a microsecond for most exact days and their intervals, some twelve for anything else.

-- The text without the white space around it, as Python's str.strip() leaves it.
CREATE OR REPLACE FUNCTION sources_edtf_text(value text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN btrim(value, E' \t\n\u000b\f\r\u001c\u001d\u001e\u001f\u0085\u00a0\u1680\u2000\u2001\u2002'
    '\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000');

-- The bounds of one date: a whole text without "/", or one end of an interval.
CREATE OR REPLACE FUNCTION sources_edtf_point(value text, OUT earliest date, OUT latest date)
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
AS $$
DECLARE
    is_approximate boolean := right(value, 1) IN ('~', '%');
    bare text := rtrim(value, '~?%');
    year_from integer;
    year_to integer;
    in_month integer;
    on_day integer;
    unit interval;
BEGIN
    IF value !~ '^([0-9]{4}(-[0-9]{2}(-([0-9]{2}|XX))?|-XX(-XX)?)?|[0-9]{3}X|[0-9]{2}XX)[~?%]?$' THEN
        RAISE EXCEPTION '"%" is not a date such as 2017, 2017-01, 2017-01-16 or 2017-01/2017-03.', value
            USING ERRCODE = 'invalid_datetime_format';
    END IF;
    year_from := replace(left(bare, 4), 'X', '0');
    year_to := replace(left(bare, 4), 'X', '9');
    in_month := nullif(nullif(substr(bare, 6, 2), ''), 'XX');
    on_day := nullif(nullif(substr(bare, 9, 2), ''), 'XX');
    IF year_from = 0 THEN
        RAISE EXCEPTION 'Years run from 0001 to 9999.' USING ERRCODE = 'invalid_datetime_format';
    ELSIF in_month NOT BETWEEN 1 AND 12 THEN
        RAISE EXCEPTION 'There is no month %.', in_month USING ERRCODE = 'invalid_datetime_format';
    END IF;

    earliest := make_date(year_from, coalesce(in_month, 1), 1);
    latest := make_date(year_to, coalesce(in_month, 12), 1) + interval '1 month - 1 day';
    unit := CASE
        WHEN on_day IS NOT NULL THEN interval '1 day'
        WHEN in_month IS NOT NULL THEN interval '1 month'
        ELSE make_interval(years => year_to - year_from + 1)
    END;
    IF on_day IS NOT NULL THEN
        IF on_day NOT BETWEEN 1 AND extract(day FROM latest) THEN
            RAISE EXCEPTION '% does not exist.', value USING ERRCODE = 'invalid_datetime_format';
        END IF;
        earliest := earliest + (on_day - 1);
        latest := earliest;
    END IF;
    IF is_approximate THEN
        earliest := greatest(earliest - unit, date '0001-01-01');
        -- By way of the next day, so that the end of a month stays the end of a month.
        latest := least(latest + 1 + unit - interval '1 day', date '9999-12-31');
    END IF;
END
$$;

-- The bounds of a whole text.
CREATE OR REPLACE FUNCTION sources_edtf_bounds(value text, OUT earliest date, OUT latest date)
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
AS $$
DECLARE
    content text := sources_edtf_text(value);
    halves text[];
BEGIN
    IF content = '' OR content IS NULL THEN
        RETURN;
    END IF;
    halves := string_to_array(content, '/');
    IF cardinality(halves) = 1 THEN
        SELECT point.earliest, point.latest INTO earliest, latest
        FROM sources_edtf_point(content) AS point;
        RETURN;
    ELSIF cardinality(halves) > 2 THEN
        RAISE EXCEPTION 'An interval has one / between its beginning and its end.'
            USING ERRCODE = 'invalid_datetime_format';
    END IF;
    IF halves[1] NOT IN ('', '..') THEN
        earliest := (sources_edtf_point(halves[1])).earliest;
    END IF;
    IF halves[2] NOT IN ('', '..') THEN
        latest := (sources_edtf_point(halves[2])).latest;
    END IF;
    IF earliest IS NULL AND latest IS NULL THEN
        RAISE EXCEPTION 'An interval needs a beginning or an end.'
            USING ERRCODE = 'invalid_datetime_format';
    ELSIF earliest > latest THEN
        RAISE EXCEPTION 'The interval % ends before it begins.', content
            USING ERRCODE = 'invalid_datetime_format';
    END IF;
END
$$;

-- The first day on which the date can have been. A day that exists in every year, and an interval of
-- two such days, are read at once, within the statement that asks; all else goes the long way.
CREATE OR REPLACE FUNCTION sources_edtf_earliest(value text) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN length(value) = 10 AND value ~ '^[12][0-9]{3}-((0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])|(0[13-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31)$'
        OR length(value) = 21 AND value ~ '^[12][0-9]{3}-((0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])|(0[13-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31)/[12][0-9]{3}-((0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])|(0[13-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31)$' AND left(value, 10) <= right(value, 10)
    THEN make_date(substr(value, 1, 4)::integer, substr(value, 6, 2)::integer, substr(value, 9, 2)::integer)
    ELSE (sources_edtf_bounds(value)).earliest
END;

-- The last day on which the date can have been.
CREATE OR REPLACE FUNCTION sources_edtf_latest(value text) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN length(value) = 10 AND value ~ '^[12][0-9]{3}-((0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])|(0[13-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31)$'
    THEN make_date(substr(value, 1, 4)::integer, substr(value, 6, 2)::integer, substr(value, 9, 2)::integer)
    WHEN length(value) = 21 AND value ~ '^[12][0-9]{3}-((0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])|(0[13-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31)/[12][0-9]{3}-((0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])|(0[13-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31)$' AND left(value, 10) <= right(value, 10)
    THEN make_date(substr(value, 12, 4)::integer, substr(value, 17, 2)::integer, substr(value, 20, 2)::integer)
    ELSE (sources_edtf_bounds(value)).latest
END;

-- The class of the distance between two bounds: sources.enums.Precision.
CREATE OR REPLACE FUNCTION sources_date_precision(earliest date, latest date) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN earliest IS NULL AND latest IS NULL THEN 'unknown'
    WHEN earliest IS NULL OR latest IS NULL THEN 'open'
    WHEN latest - earliest <= 0 THEN 'day'
    WHEN latest - earliest <= 5 THEN 'days'
    WHEN latest - earliest <= 6 THEN 'week'
    WHEN latest - earliest <= 30 THEN 'month'
    WHEN latest - earliest <= 365 THEN 'year'
    ELSE 'longer'
END;
