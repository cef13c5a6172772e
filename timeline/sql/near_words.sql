-- Which names are near to a word that nothing bears: those that sound alike, else those that share
-- most of their letters.
-- In:   word (folded), revision, topics (text[]), most.
-- Out:  topic, ref, name, the nearest first.
-- Cost: one look into the sounds and one into the trigrams of the labels.
WITH near AS (
    SELECT topic, ref, name, strict_word_similarity(%(word)s, folded)
        + CASE WHEN timeline_sounds(folded) && timeline_sounds(%(word)s) THEN 1 ELSE 0 END AS nearness
    FROM timeline_label
    WHERE (timeline_sounds(folded) && timeline_sounds(%(word)s) OR %(word)s <<%% folded)
        AND length(%(word)s) >= 4
        AND topic = ANY (%(topics)s)
        AND revision_from <= %(revision)s AND (revision_to IS NULL OR revision_to > %(revision)s)
)
SELECT topic, ref, name FROM near
-- Near is near the nearest.
WHERE nearness > (SELECT max(nearness) FROM near) - 0.25
ORDER BY nearness DESC, name, topic, ref
LIMIT %(most)s;
