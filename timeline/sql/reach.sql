-- Which parties a search for a party also finds, and when: its members, theirs, and so on.
-- In:   revision, parties (bigint[]).
-- Out:  party_id, since, until: the days on which the membership may have held; NULL: open.
-- Cost: the memberships below these parties.
WITH RECURSIVE shown AS (
    SELECT party_id, umbrella_id, since_earliest AS since, until_latest AS until
    FROM timeline_membership
    WHERE revision_from <= %(revision)s AND (revision_to IS NULL OR revision_to > %(revision)s)
), member AS (
    SELECT party_id, since, until FROM shown WHERE umbrella_id = ANY (%(parties)s)
    -- UNION, so that a circle of memberships comes to an end.
    UNION
    SELECT shown.party_id, greatest(member.since, shown.since), least(member.until, shown.until)
    FROM member JOIN shown ON shown.umbrella_id = member.party_id
    WHERE (member.since > shown.until OR shown.since > member.until) IS NOT TRUE
)
SELECT DISTINCT party_id, since, until FROM member ORDER BY since, until, party_id;
