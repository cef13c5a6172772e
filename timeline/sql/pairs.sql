-- Which pairs of truce and incident are judged. docs/verdict.md is the definition.
--
-- In:   scope_truce(id), scope_incident(id).
-- Out:  pair, one row a truce × incident in scope, numbered: of keys of two columns the planner
--       guesses far too few; truce_fact, what each of their truces says of time.
-- Cost: the truces in scope with the incidents of their days, found by index; for incidents in
--       scope also the truces of their conflicts. Never all pairs.

-- 1. What each truce says of time.
INSERT INTO truce_fact
WITH conflict AS MATERIALIZED (
    SELECT DISTINCT conflict_id FROM ceasefire_incident
    JOIN scope_incident ON scope_incident.id = record_id
), concerned AS (
    SELECT id FROM scope_truce
    UNION
    SELECT record_id FROM ceasefire_truce JOIN conflict USING (conflict_id)
), truce AS (
    SELECT truce.* FROM ceasefire_truce AS truce
    JOIN concerned ON concerned.id = truce.record_id
    JOIN sources_record AS record ON record.id = truce.record_id AND record.status = 'published'
), event AS NOT MATERIALIZED (
    -- Looked up by truce: read as one list, it would be read again for each.
    SELECT truce_id, event, extent, earliest, latest, coalesce(earliest, latest) AS rank, record.id
    FROM ceasefire_truceevent AS event
    JOIN sources_record AS record ON record.id = event.record_id AND record.status = 'published'
    WHERE coalesce(earliest, latest) IS NOT NULL
)
SELECT
    truce.record_id AS id,
    truce.conflict_id,
    truce.coverage,
    truce.bound_recorded,
    truce.terms_recorded,
    truce.outcome = 'never_took_effect' AS never_took_effect,
    start.basis,
    start.s1,
    start.s2,
    CASE WHEN start.basis = 'effective' AND start.s1 = start.s2
        THEN (start.s1 + truce.effective_time) AT TIME ZONE nullif(truce.effective_zone, '')
    END AS starts_at,
    ending.e1,
    ending.e2,
    CASE
        WHEN ending.e1 IS NOT NULL THEN ending.e1 - 1
        WHEN attested.latest IS NOT NULL THEN least(attested.latest, ending.e2 - 1)
    END AS certain_until,
    EXISTS (SELECT FROM ceasefire_truceparty WHERE truce_id = truce.record_id AND role = 'bound') AS binds_any,
    EXISTS (SELECT FROM ceasefire_truceterm WHERE truce_id = truce.record_id) AS has_terms,
    EXISTS (SELECT FROM ceasefire_trucearea WHERE truce_id = truce.record_id) AS lists_places,
    EXISTS (
        SELECT FROM ceasefire_trucearea WHERE truce_id = truce.record_id AND relation = 'left_out'
    ) AS leaves_out,
    EXISTS (SELECT FROM ceasefire_trucewindow WHERE truce_id = truce.record_id) AS has_hours
FROM truce
LEFT JOIN LATERAL (
    SELECT basis, s1, s2 FROM (
        SELECT 1 AS preference, 'effective' AS basis, effective_earliest AS s1, effective_latest AS s2,
            coalesce(effective_earliest, effective_latest) AS rank, 0::bigint AS id
        UNION ALL
        SELECT 2, 'in_force', earliest, latest, rank, event.id
        FROM event WHERE truce_id = truce.record_id AND event = 'in_force'
        UNION ALL
        SELECT 3, 'declared', declared_earliest, declared_latest,
            coalesce(declared_earliest, declared_latest), 0
    ) AS candidate
    WHERE rank IS NOT NULL ORDER BY preference, rank, id LIMIT 1
) AS start ON true
LEFT JOIN LATERAL (
    SELECT e1, e2 FROM (
        SELECT 1 AS preference, end_earliest AS e1, end_latest AS e2,
            coalesce(end_earliest, end_latest) AS rank, 0::bigint AS id
        UNION ALL
        SELECT 2, earliest, latest, rank, event.id
        FROM event
        WHERE truce_id = truce.record_id AND event IN ('collapsed', 'expired', 'superseded')
        UNION ALL
        SELECT 3, later.s1, later.s2, coalesce(later.s1, later.s2), later.id
        FROM ceasefire_trucelink AS link
        JOIN sources_record AS record
            ON record.id = link.from_truce_id AND record.status = 'published'
        JOIN LATERAL (
            SELECT record_id AS id,
                CASE WHEN coalesce(effective_earliest, effective_latest) IS NULL
                    THEN declared_earliest ELSE effective_earliest END AS s1,
                CASE WHEN coalesce(effective_earliest, effective_latest) IS NULL
                    THEN declared_latest ELSE effective_latest END AS s2
            FROM ceasefire_truce WHERE record_id = link.from_truce_id
        ) AS later ON true
        WHERE link.to_truce_id = truce.record_id AND link.kind = 'replaces'
    ) AS candidate
    WHERE rank IS NOT NULL ORDER BY preference, rank, id LIMIT 1
) AS ending ON true
LEFT JOIN LATERAL (
    SELECT greatest(
        truce.last_attested_earliest,
        max(CASE WHEN extent = 'throughout' THEN latest ELSE earliest END)
    ) AS latest
    FROM event
    WHERE truce_id = truce.record_id
        AND event IN ('announced', 'agreed', 'signed', 'in_force', 'extended', 'amended', 'strained')
) AS attested ON true;

-- 2. The incidents that may fall to them, with a day to spare on each side, or that an editor linked.
INSERT INTO pair
WITH truce AS (
    SELECT *,
        -- In more days, or without an end, more falls to other conflicts than to its own.
        coalesce(upper(days) - lower(days) <= 100, false) AS is_short
    FROM truce_fact CROSS JOIN LATERAL (
        -- Wide enough even where an end is recorded before the start; what follows is exact.
        SELECT daterange(
            CASE WHEN s1 IS NOT NULL THEN least(s1 - 1, e2 + 1) END,
            CASE WHEN e2 IS NOT NULL THEN greatest(s1 - 1, e2 + 1) END, '[]'
        ) AS days
    ) AS holding
), linked AS (
    SELECT truce_id, incident_id FROM ceasefire_incidenttruce
    WHERE truce_id IN (SELECT id FROM scope_truce)
    UNION SELECT truce_id, incident_id FROM ceasefire_incidenttruce
    WHERE incident_id IN (SELECT id FROM scope_incident)
    UNION SELECT truce_id, incident_id FROM ceasefire_violation AS violation
    JOIN sources_record AS record ON record.id = violation.record_id AND record.status = 'published'
    WHERE truce_id IN (SELECT id FROM scope_truce)
    UNION SELECT truce_id, incident_id FROM ceasefire_violation AS violation
    JOIN sources_record AS record ON record.id = violation.record_id AND record.status = 'published'
    WHERE incident_id IN (SELECT id FROM scope_incident)
), concerned AS MATERIALIZED (
    -- Each once, before it meets all the truces of its conflict.
    SELECT incident.*, earliest, latest, extent, time_of_day, time_zone
    FROM scope_incident
    JOIN sources_record AS record ON record.id = scope_incident.id AND record.status = 'published'
    JOIN ceasefire_incident AS incident ON incident.record_id = record.id
    WHERE NOT is_aggregate
), chosen AS (
    SELECT truce.id AS truce_id, incident.*, earliest, latest, extent, time_of_day, time_zone
    FROM scope_truce
    JOIN truce USING (id)
    JOIN sources_record AS record ON record.kind = 'incident' AND record.status = 'published'
        AND daterange(record.earliest, record.latest, '[]') && truce.days
    JOIN ceasefire_incident AS incident
        ON incident.record_id = record.id AND incident.conflict_id = truce.conflict_id
    WHERE truce.is_short
        AND (latest IS NULL OR s1 IS NULL OR latest >= s1 - 1)
        AND (earliest IS NULL OR e2 IS NULL OR earliest <= e2 + 1)
    UNION ALL
    SELECT truce.id, incident.*, earliest, latest, extent, time_of_day, time_zone
    FROM scope_truce
    JOIN truce USING (id)
    JOIN ceasefire_incident AS incident ON incident.conflict_id = truce.conflict_id
    JOIN sources_record AS record ON record.id = incident.record_id AND record.status = 'published'
    WHERE NOT truce.is_short
        AND (latest IS NULL OR s1 IS NULL OR latest >= s1 - 1)
        AND (earliest IS NULL OR e2 IS NULL OR earliest <= e2 + 1)
    UNION ALL
    SELECT truce.id, concerned.*
    FROM concerned
    JOIN truce USING (conflict_id)
    WHERE (latest IS NULL OR s1 IS NULL OR latest >= s1 - 1)
        AND (earliest IS NULL OR e2 IS NULL OR earliest <= e2 + 1)
        AND truce.id NOT IN (SELECT id FROM scope_truce)
    UNION ALL
    SELECT truce.id, incident.*, earliest, latest, extent, time_of_day, time_zone
    FROM linked
    JOIN truce ON truce.id = linked.truce_id
    JOIN sources_record AS record ON record.id = linked.incident_id AND record.status = 'published'
    JOIN ceasefire_incident AS incident
        ON incident.record_id = record.id AND incident.conflict_id = truce.conflict_id
    -- The others are among the above.
    WHERE latest < s1 - 1 OR earliest > e2 + 1
)
SELECT row_number() OVER (), truce_id, record_id, act, place_id, earliest, latest, extent,
    (earliest + time_of_day) AT TIME ZONE nullif(time_zone, '')
FROM chosen WHERE NOT is_aggregate;
