-- In:  scope_tie(id).  Out: wanted_membership, one row a published tie `member_of` in scope.
-- A tie that lacks its beginning or its end takes it from the pair's other ties: docs/verdict.md.
INSERT INTO wanted_membership (
    record_id, party_id, umbrella_id, since_earliest, since_latest, until_earliest, until_latest
)
WITH tie AS (
    SELECT tie.*, record.extent, record.earliest, record.latest,
        coalesce(since_earliest, since_latest) IS NOT NULL AS has_since,
        coalesce(tie.until_earliest, tie.until_latest) IS NOT NULL AS has_until
    FROM talks_partytie AS tie
    JOIN sources_record AS record ON record.id = tie.record_id
    WHERE tie.tie = 'member_of' AND record.status = 'published'
        AND tie.party_id IS NOT NULL AND tie.other_party_id IS NOT NULL
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
        AND (tie.until_latest IS NULL OR other.since_earliest IS NULL OR other.since_earliest <= tie.until_latest)
    ORDER BY other.since_earliest DESC NULLS LAST, other.record_id LIMIT 1
) AS begun ON true
LEFT JOIN LATERAL (
    SELECT other.* FROM tie AS other
    WHERE NOT tie.has_until AND other.has_until
        AND other.party_id = tie.party_id AND other.other_party_id = tie.other_party_id
        AND (tie.since_earliest IS NULL OR other.until_latest IS NULL OR other.until_latest >= tie.since_earliest)
    ORDER BY other.until_latest NULLS LAST, other.record_id LIMIT 1
) AS ended ON true;
