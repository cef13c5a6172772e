-- Which outlets tell of incidents both before a truce and after it: the sources that can be compared.
-- In:   the incidents of the days concerned, as a query put in for the name in braces: record_id,
--       when_edtf, earliest, latest, outlet_ids; before_first, before_last, after_first, after_last;
--       most: how many sources may be compared.
-- Out:  outlet, before, after (incidents that are certainly of these days and that it publishes or
--       is quoted in), is_compared, carries: the fewest outlets, the most frequent first, through
--       which every incident of the compared ones is found.
-- Cost: the incidents of those days, once.
WITH reported AS MATERIALIZED (
    {entries}
), told AS (
    SELECT record_id, unnest(outlet_ids) AS outlet,
        CASE
            WHEN when_edtf ~ '[~?%%]' THEN NULL
            WHEN earliest >= %(before_first)s AND latest <= %(before_last)s THEN 'before'
            WHEN earliest >= %(after_first)s AND latest <= %(after_last)s THEN 'after'
        END AS period
    FROM reported
), counted AS (
    SELECT outlet,
        count(*) FILTER (WHERE period = 'before') AS before,
        count(*) FILTER (WHERE period = 'after') AS after
    FROM told GROUP BY outlet
), compared AS (
    SELECT outlet, row_number() OVER (ORDER BY before + after DESC, outlet) AS place
    FROM counted WHERE before > 0 AND after > 0
    ORDER BY place LIMIT %(most)s
), carrier AS (
    SELECT DISTINCT min(place) AS place
    FROM told JOIN compared USING (outlet) GROUP BY record_id
)
SELECT outlet, before, after, compared.place IS NOT NULL AS is_compared,
    carrier.place IS NOT NULL AS carries
FROM counted
LEFT JOIN compared USING (outlet)
LEFT JOIN carrier ON carrier.place = compared.place
WHERE before + after > 0
ORDER BY compared.place, before + after DESC, outlet;
