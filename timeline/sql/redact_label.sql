-- Takes out of older revisions how they named one thing, and what else they said of it.
--
-- In:   topic, ref.
-- Out:  every older version of its label says what the present one says; a thing that readers see no
--       more has no name in any revision.
-- Cost: the versions of one label, by index.
UPDATE timeline_label AS label
SET slug = present.slug, name = present.name, names = present.names, folded = present.folded, data = present.data
FROM timeline_label AS present
WHERE label.topic = %(topic)s AND label.ref = %(ref)s AND label.revision_to IS NOT NULL
    AND present.topic = %(topic)s AND present.ref = %(ref)s AND present.revision_to IS NULL;

DELETE FROM timeline_label
WHERE topic = %(topic)s AND ref = %(ref)s AND NOT EXISTS (
    SELECT FROM timeline_label AS present
    WHERE present.topic = %(topic)s AND present.ref = %(ref)s AND present.revision_to IS NULL
)
