-- What entries of the difference mention, or with `everything` all entries: what the counts of
-- mentions (`count_mentions.sql`, `count_mention_years.sql`) are brought up to date by.
-- In:   $1, the revision; everything, true or false, put in for the name in braces; touched,
--       diff_membership, diff_entry.
-- Out:  recounted, the things whose counts are made afresh: an umbrella of which a membership changed,
--       a place that became a region or ceased to be one; and mentioned, how many entries of each sort
--       mention a thing by the years of their dates, those that were closed taken off; of what is
--       recounted all entries.
-- Cost: the entries of the difference, and every entry that mentions what is recounted.
INSERT INTO recounted
WITH RECURSIVE umbrella AS (
    -- Whom entries reach otherwise than before, though they did not change.
    SELECT umbrella_id FROM diff_membership WHERE NOT {everything}
    UNION
    SELECT above.umbrella_id FROM umbrella
    JOIN timeline_membership AS above ON above.party_id = umbrella.umbrella_id
    WHERE above.revision_from <= $1
        AND (above.revision_to IS NULL OR above.revision_to >= $1)
)
SELECT mention, umbrella_id
FROM umbrella CROSS JOIN (VALUES ('party'), ('accused')) AS named (mention)
UNION ALL
SELECT 'region', place.id FROM touched JOIN talks_place AS place ON place.id = ref
WHERE topic = 'place' AND NOT {everything} AND (place.kind = 'region') <> EXISTS (
    SELECT FROM timeline_mentioncount AS count
    WHERE count.mention = 'region' AND count.ref = place.id AND revision_to IS NULL
);

INSERT INTO mentioned
WITH RECURSIVE entry AS (
    SELECT 1 AS sign, id, conflict_id, kind, verdict, evidence, is_aggregate, earliest, latest,
        party_ids, accused_ids, origins, place_ids
    FROM timeline_entry WHERE {everything} AND revision_to IS NULL
    UNION ALL
    SELECT sign, entry.id, entry.conflict_id, kind, verdict, evidence, is_aggregate, earliest, latest,
        entry.party_ids, accused_ids, origins, entry.place_ids
    FROM diff_entry JOIN timeline_entry AS entry USING (id) WHERE NOT {everything}
), shown AS NOT MATERIALIZED (
    SELECT party_id, umbrella_id, since_earliest, until_latest FROM timeline_membership
    WHERE revision_from <= $1 AND (revision_to IS NULL OR revision_to > $1)
), member AS (
    -- Who belongs to whom, at any height, and on which days it may have.
    SELECT party_id, umbrella_id, since_earliest AS since, until_latest AS until FROM shown
    WHERE {everything}
        OR EXISTS (SELECT FROM recounted WHERE mention = 'party')
        OR party_id IN (SELECT unnest(party_ids || accused_ids) FROM entry)
    UNION
    SELECT member.party_id, above.umbrella_id,
        greatest(member.since, above.since_earliest), least(member.until, above.until_latest)
    FROM member
    JOIN shown AS above ON above.party_id = member.umbrella_id
    WHERE (member.since > above.until_latest OR above.since_earliest > member.until) IS NOT TRUE
), through AS (
    -- An entry that names two members of an umbrella mentions it once.
    SELECT DISTINCT sign, entry.id, mention, umbrella_id, conflict_id, kind, verdict, evidence,
        is_aggregate, earliest, latest
    FROM entry
    CROSS JOIN LATERAL (VALUES ('party', party_ids), ('accused', accused_ids)) AS named (mention, ids)
    CROSS JOIN LATERAL unnest(ids) AS party
    JOIN member ON member.party_id = party
    WHERE (since > latest OR until < earliest) IS NOT TRUE AND umbrella_id <> ALL (ids)
), named AS (
    SELECT sign, 'party' AS mention, unnest(party_ids) AS ref, conflict_id, kind, verdict, evidence,
        is_aggregate, earliest, latest
    FROM entry
    UNION ALL
    SELECT sign, 'accused', unnest(accused_ids), conflict_id, kind, verdict, evidence, is_aggregate,
        earliest, latest
    FROM entry
    UNION ALL
    SELECT sign, mention, umbrella_id, conflict_id, kind, verdict, evidence, is_aggregate,
        earliest, latest
    FROM through
    UNION ALL
    -- A speaker is an origin, too, but none that can be chosen.
    SELECT sign, 'origin', CASE WHEN origin <> 'unknown' THEN substr(origin, 8)::bigint ELSE 0 END,
        conflict_id, kind, verdict, evidence, is_aggregate, earliest, latest
    FROM entry CROSS JOIN LATERAL unnest(origins) AS origin
    WHERE origin = 'unknown' OR starts_with(origin, 'outlet:')
    UNION ALL
    SELECT sign, 'region', place.id, conflict_id, entry.kind, verdict, evidence, is_aggregate,
        earliest, latest
    FROM entry
    CROSS JOIN LATERAL unnest(place_ids) AS lies_in
    JOIN talks_place AS place ON place.id = lies_in AND place.kind = 'region'
), reached AS (
    SELECT DISTINCT entry.id, recounted.mention, recounted.ref, conflict_id, kind, verdict, evidence,
        is_aggregate, earliest, latest
    FROM recounted
    JOIN (
        SELECT ref, ref AS party_id, NULL::date AS since, NULL::date AS until
        FROM recounted WHERE mention = 'party'
        UNION
        SELECT umbrella_id, party_id, since, until FROM member
    ) AS reach ON reach.ref = recounted.ref
    JOIN timeline_entry AS entry ON entry.party_ids @> ARRAY[reach.party_id]
        AND revision_from <= $1 AND (revision_to IS NULL OR revision_to > $1)
    WHERE (since > latest OR until < earliest) IS NOT TRUE
        AND (recounted.mention = 'party' OR reach.party_id = ANY (accused_ids))
        AND recounted.mention <> 'region'
), each AS (
    SELECT mention, ref, conflict_id, kind, verdict, evidence, is_aggregate, earliest, latest, sign
    FROM named WHERE (mention, ref) NOT IN (SELECT mention, ref FROM recounted)
    UNION ALL
    SELECT mention, ref, conflict_id, kind, verdict, evidence, is_aggregate, earliest, latest, 1
    FROM reached
    UNION ALL
    SELECT 'region', place.id, conflict_id, entry.kind, verdict, evidence, is_aggregate,
        earliest, latest, 1
    FROM recounted
    JOIN talks_place AS place ON place.id = recounted.ref AND place.kind = 'region'
    JOIN timeline_entry AS entry ON entry.place_ids @> ARRAY[place.id]
        AND revision_from <= $1 AND (revision_to IS NULL OR revision_to > $1)
    WHERE recounted.mention = 'region'
)
SELECT mention, ref, conflict_id, kind, verdict, evidence, is_aggregate,
    timeline_year(coalesce(earliest, latest)), timeline_year(latest), sum(sign)
FROM each GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9 HAVING sum(sign) <> 0;
