-- The numbers that the citations of some lines claim, as rows of a file. None of them wins.
-- In:  what the parts say. The names in braces stand for the parts and for the cells.
-- Out: a row a figure, in the order of the chunk, of the citation and of its figures.
WITH {file_chunk}, cite AS MATERIALIZED (
    SELECT line, row_number() OVER () AS nth, public_id, kind, each.*
    FROM chunk
    CROSS JOIN LATERAL jsonb_to_recordset(citations) AS each(
        id bigint, confidential boolean, stance text, source bigint, outlet bigint, origin text,
        attributed_outlet bigint, attributed_speaker text, figures jsonb
    )
    WHERE figures <> '[]'
), {file_passages}
SELECT {cells}
FROM passage
CROSS JOIN LATERAL jsonb_array_elements(figures) WITH ORDINALITY AS claimed(figure, number)
ORDER BY line, nth, number
