-- What the builder does now: nothing (no row), or for how long it has been at work, and whether it
-- waits for a lock that somebody else holds.
-- In:   the two halves of the number of the builders' lock.
-- Out:  seconds, is_blocked.
-- Cost: a look at the server's own tables.
SELECT extract(epoch FROM clock_timestamp() - coalesce(activity.xact_start, activity.state_change))::float8,
    coalesce(activity.wait_event_type = 'Lock', false)
FROM pg_locks AS held
JOIN pg_stat_activity AS activity USING (pid)
WHERE held.locktype = 'advisory' AND held.classid = %(high)s AND held.objid = %(low)s AND held.objsubid = 1
    AND held.granted AND held.database = (SELECT oid FROM pg_database WHERE datname = current_database());
