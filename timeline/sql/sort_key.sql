-- Where an entry stands in the order by date, as one number: the days since the year 1, then the
-- record, for which forty bits are enough.
CREATE FUNCTION timeline_sort_key(sort_on date, record_id bigint) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (sort_on - date '0001-01-01')::bigint << 40 | record_id;
