-- The labels of some things, as a revision shows them.
-- In:   their topics and their ids (arrays of one length); the revision's number.
-- Out:  label.*
-- Cost: one look into an index for each. As a list of ids a topic, it took the planner longer to
--       weigh them than the database to find them.
SELECT label.*
FROM unnest(%s::text[], %s::bigint[]) AS wanted (topic, ref)
CROSS JOIN (SELECT %s::bigint AS number) AS shown
JOIN timeline_label AS label ON label.topic = wanted.topic AND label.ref = wanted.ref
    AND revision_from <= shown.number AND (revision_to IS NULL OR revision_to > shown.number);
