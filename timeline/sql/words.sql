-- Which labels have a word of a search at the beginning of one of their words.
-- In:   revision, words (text[]), topics (text[]).
-- Out:  a row a word and topic: its place among the words, the word folded, the topic, the ids;
--       topic NULL where no label has it.
-- Cost: one look into the trigrams of the labels a word.
SELECT given.place, folded.word, label.topic, array_agg(label.ref ORDER BY label.ref)
FROM unnest(%(words)s::text[]) WITH ORDINALITY AS given(word, place)
CROSS JOIN LATERAL (SELECT timeline_fold(given.word) AS word) AS folded
LEFT JOIN timeline_label AS label
    ON label.folded ~ ('(^|[^[:alnum:]])' || regexp_replace(folded.word, '([^[:alnum:]])', '\\\1', 'g'))
    AND label.topic = ANY (%(topics)s)
    AND label.revision_from <= %(revision)s
    AND (label.revision_to IS NULL OR label.revision_to > %(revision)s)
GROUP BY given.place, folded.word, label.topic
ORDER BY given.place, label.topic;
