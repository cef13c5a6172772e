-- Whether the kept counts reach back to a revision.
-- In:   revision, its number.
-- Out:  one boolean.
-- Cost: four looks, in one statement, as every page of a list asks.
SELECT EXISTS (SELECT FROM timeline_periodcount WHERE revision_from <= %(revision)s)
    AND EXISTS (SELECT FROM timeline_monthcount WHERE revision_from <= %(revision)s)
    AND EXISTS (SELECT FROM timeline_mentioncount WHERE revision_from <= %(revision)s)
    AND EXISTS (SELECT FROM timeline_mentionyearcount WHERE revision_from <= %(revision)s);
