-- In:  scope_tie(id).  Out: wanted_membership, one row a published tie `member_of` in scope.
-- A record of the beginning or of the end dates that itself; a tie that lacks either takes it from
-- the pair's other ties: docs/verdict.md.
INSERT INTO wanted_membership (
    record_id, party_id, umbrella_id, since_earliest, since_latest, until_earliest, until_latest
)
WITH recorded AS (
    SELECT tie.record_id, party_id, other_party_id, extent, earliest, latest,
        coalesce(since_earliest, since_latest) IS NULL AND phase = 'begins' AS dates_since,
        coalesce(until_earliest, until_latest) IS NULL AND phase = 'ends' AS dates_until,
        since_earliest, since_latest, until_earliest, until_latest
    FROM talks_partytie AS tie
    JOIN sources_record AS record ON record.id = tie.record_id
    WHERE tie.tie = 'member_of' AND record.status = 'published'
        AND tie.party_id IS NOT NULL AND tie.other_party_id IS NOT NULL
), own AS (
    SELECT record_id, party_id, other_party_id, extent, earliest, latest,
        CASE WHEN dates_since THEN earliest ELSE since_earliest END AS since_earliest,
        CASE WHEN dates_since THEN latest ELSE since_latest END AS since_latest,
        CASE WHEN dates_until THEN earliest ELSE until_earliest END AS until_earliest,
        CASE WHEN dates_until THEN latest ELSE until_latest END AS until_latest
    FROM recorded
), tie AS (
    SELECT own.*,
        coalesce(since_earliest, since_latest) IS NOT NULL AS has_since,
        coalesce(until_earliest, until_latest) IS NOT NULL AS has_until
    FROM own
)
SELECT
    tie.record_id, tie.party_id, tie.other_party_id,
    CASE WHEN tie.has_since THEN tie.since_earliest ELSE begun.since_earliest END,
    CASE
        WHEN tie.has_since THEN tie.since_latest
        WHEN begun.record_id IS NOT NULL THEN begun.since_latest
        WHEN tie.extent = 'throughout' THEN tie.earliest
        ELSE tie.latest
    END,
    CASE WHEN tie.has_until THEN tie.until_earliest ELSE ended.until_earliest END,
    CASE WHEN tie.has_until THEN tie.until_latest ELSE ended.until_latest END
FROM tie
JOIN scope_tie ON scope_tie.id = tie.record_id
LEFT JOIN LATERAL (
    SELECT other.* FROM tie AS other
    WHERE NOT tie.has_since AND other.has_since
        AND other.party_id = tie.party_id AND other.other_party_id = tie.other_party_id
        AND coalesce(other.since_earliest <= least(tie.until_latest, tie.latest), true)
    ORDER BY other.since_earliest DESC NULLS LAST, other.record_id LIMIT 1
) AS begun ON true
LEFT JOIN LATERAL (
    SELECT other.* FROM tie AS other
    WHERE NOT tie.has_until AND other.has_until
        AND other.party_id = tie.party_id AND other.other_party_id = tie.other_party_id
        AND coalesce(other.until_latest >= greatest(tie.since_earliest, tie.earliest), true)
    ORDER BY other.until_latest NULLS LAST, other.record_id LIMIT 1
) AS ended ON true;
