-- The citations of some lines as rows of a file, each with its source in words.
-- In:  what the parts say. The names in braces stand for the parts and for the cells.
-- Out: a row a citation, in the order of the chunk. A confidential one says only what it does.
WITH {file_chunk}, cite AS MATERIALIZED (
    SELECT line, row_number() OVER () AS nth, public_id, kind, each.*
    FROM chunk
    CROSS JOIN LATERAL jsonb_to_recordset(citations) AS each(
        id bigint, confidential boolean, stance text, fields jsonb, source bigint, outlet bigint,
        origin text, attributed_outlet bigint, attributed_speaker text, locator text, quote text,
        aligned boolean, verification boolean
    )
), {file_passages}
SELECT {cells} FROM passage ORDER BY line, nth
