-- Whose line in the CSV may differ between two revisions although its entry is the same in both.
--
-- In:   since and until, two revisions, the earlier one first; most, how many to look for.
-- Out:  ids of entries that both show and that mention what changed in between: a name, a verdict,
--       who is accused, a truce or a round.
-- Cost: what changed, by index, and what mentions it, by index.
WITH renamed AS MATERIALIZED (
    SELECT topic, ref FROM timeline_label
    WHERE revision_from > %(since)s AND revision_from <= %(until)s
    UNION
    SELECT topic, ref FROM timeline_label
    WHERE revision_to > %(since)s AND revision_to <= %(until)s
), judged_anew AS (
    SELECT incident_id AS record_id FROM timeline_assessment
    WHERE revision_from > %(since)s AND revision_from <= %(until)s
    UNION
    SELECT incident_id FROM timeline_assessment
    WHERE revision_to > %(since)s AND revision_to <= %(until)s
    UNION
    SELECT record_id FROM timeline_sheet
    WHERE revision_from > %(since)s AND revision_from <= %(until)s
    UNION
    SELECT record_id FROM timeline_sheet
    WHERE revision_to > %(since)s AND revision_to <= %(until)s
), moved AS MATERIALIZED (
    SELECT record_id FROM timeline_entry
    WHERE revision_from > %(since)s AND revision_from <= %(until)s AND kind IN ('truce', 'round')
    UNION
    SELECT record_id FROM timeline_entry
    WHERE revision_to > %(since)s AND revision_to <= %(until)s AND kind IN ('truce', 'round')
), stale AS (
    SELECT id, revision_from, revision_to FROM timeline_entry
    WHERE record_id IN (SELECT record_id FROM judged_anew)
    UNION
    SELECT id, revision_from, revision_to FROM timeline_entry
    WHERE conflict_id = ANY (ARRAY(SELECT ref FROM renamed WHERE topic = 'conflict'))
    UNION
    SELECT id, revision_from, revision_to FROM timeline_entry
    WHERE place_id = ANY (ARRAY(SELECT ref FROM renamed WHERE topic = 'place'))
    UNION
    SELECT id, revision_from, revision_to FROM timeline_entry
    WHERE party_ids && ARRAY(SELECT ref FROM renamed WHERE topic = 'party')
    UNION
    SELECT id, revision_from, revision_to FROM timeline_entry
    WHERE outlet_ids && ARRAY(SELECT ref FROM renamed WHERE topic = 'outlet')
    UNION
    SELECT id, revision_from, revision_to FROM timeline_entry
    WHERE source_ids && ARRAY(SELECT ref FROM renamed WHERE topic = 'source')
    UNION
    SELECT id, revision_from, revision_to FROM timeline_entry
    WHERE truce_ids && ARRAY(SELECT record_id FROM moved)
    UNION
    SELECT id, revision_from, revision_to FROM timeline_entry
    WHERE round_ids && ARRAY(SELECT record_id FROM moved)
)
SELECT id FROM stale
WHERE revision_from <= %(since)s AND (revision_to IS NULL OR revision_to > %(until)s)
LIMIT %(most)s
