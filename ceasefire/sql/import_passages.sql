-- The passages of a part of the file, and the figures that those of new records claim.
--
-- In:  new_record, incoming_passage, incoming_number and new_document, of which the rows behind %(after)s
--      are meant; our_outlet; %(dataset)s and %(dataset_outlet)s, the ids of the dataset's
--      own source and of its outlet.
-- Out: new_passage, of changed records too.
-- Figures come before the citations that they hang on, which wait for the whole file
-- (import_citations.sql); the key that ties the two is checked at the end.

INSERT INTO new_passage
SELECT passage.number, position, record_id, outcome, passage.title, locator, told_by, is_unallocated,
    coalesce(new_document.id, %(dataset)s),
    coalesce(our_outlet.id, %(dataset_outlet)s),
    -- Given after the sort, and so in this order.
    CASE WHEN outcome = 'created' THEN nextval((SELECT pg_get_serial_sequence('public.sources_citation', 'id')::regclass)) END
FROM (SELECT * FROM incoming_passage WHERE number > %(after)s) AS passage
JOIN (SELECT * FROM new_record WHERE number > %(after)s) AS record USING (number)
LEFT JOIN our_outlet ON our_outlet.ref = outlet
LEFT JOIN (SELECT * FROM new_document WHERE number > %(after)s) AS new_document
    ON (new_document.outlet_id, new_document.title, new_document.published, new_document.url)
        = (our_outlet.id, passage.title, passage.published, passage.url)
ORDER BY passage.number, position;

-- The dataset does not say as of when: with that said in full, no trigger need work it out.
INSERT INTO sources_figure (
    citation_id, "group", side, harm, low, best, high, as_of_edtf, as_of_precision
)
SELECT citation_id, "group", side, harm, low, best, high, '', 'unknown'
FROM (SELECT * FROM incoming_number WHERE number > %(after)s) AS claimed
JOIN (SELECT * FROM new_passage WHERE number > %(after)s) AS passage USING (number, position)
WHERE citation_id IS NOT NULL ORDER BY citation_id, place_in_passage;
