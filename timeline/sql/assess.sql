-- The verdict, over sets. The definition is docs/verdict.md; the order here is its order.
--
-- In:   pair, truce_fact, as pairs.sql found them; act_path(act, falls_under, distance), which says
--       under which wider acts each act falls; current timeline_membership.
-- Out:  wanted_assessment, one row a truce × incident × attribution.
-- Cost: the pairs in scope.

-- From when to when a truce was suspended.
INSERT INTO suspension
WITH event AS (
    SELECT truce_id, event, earliest, latest, record.id
    FROM ceasefire_truceevent AS event
    JOIN sources_record AS record ON record.id = event.record_id AND record.status = 'published'
    WHERE truce_id IN (SELECT id FROM truce_fact) AND event IN ('suspended', 'in_force')
        AND coalesce(earliest, latest) IS NOT NULL
)
SELECT suspended.truce_id,
    coalesce(suspended.earliest, suspended.latest) AS first_day,
    resumed.last_day
FROM event AS suspended
LEFT JOIN LATERAL (
    SELECT coalesce(latest, earliest) AS last_day FROM event AS resumption
    WHERE truce_id = suspended.truce_id AND event = 'in_force'
        AND coalesce(earliest, latest) > coalesce(suspended.latest, suspended.earliest)
    ORDER BY coalesce(earliest, latest), id LIMIT 1
) AS resumed ON true
WHERE suspended.event = 'suspended';

-- 3. Period.
INSERT INTO period_answer
WITH timed AS (
    SELECT pair.id AS pair_id, truce_id, ie, il, extent, happened_at, truce.*,
        coalesce(
            s1 = s2 AND ie = il AND ie = s1 AND happened_at IS NOT NULL AND starts_at IS NOT NULL, false
        ) AS to_the_hour
    FROM pair JOIN truce_fact AS truce ON truce.id = pair.truce_id
), core AS (
    SELECT timed.*,
        CASE WHEN to_the_hour THEN s2 ELSE s2 + 1 END AS core_from,
        certain_until AS core_to
    FROM timed
), placed AS (
    SELECT core.*,
        coalesce(CASE
            WHEN ie IS NOT NULL AND il IS NOT NULL AND extent = 'throughout'
                THEN greatest(ie, core_from) <= least(il, core_to)
            WHEN ie IS NOT NULL AND il IS NOT NULL THEN ie >= core_from AND il <= core_to
            WHEN extent = 'throughout' THEN coalesce(ie, il) BETWEEN core_from AND core_to
            ELSE false
        END, false) AS in_core,
        EXISTS (
            SELECT FROM suspension
            WHERE suspension.truce_id = core.truce_id
                AND (il IS NULL OR il >= first_day) AND (ie IS NULL OR last_day IS NULL OR ie <= last_day)
        ) AS is_suspended
    FROM core
), answered AS (
    SELECT placed.*,
        CASE
            WHEN never_took_effect THEN 'no never_took_effect'
            WHEN ie IS NULL AND il IS NULL THEN 'undetermined incident_undated'
            WHEN il < s1 THEN 'no before_start'
            WHEN ie > e2 THEN 'no after_end'
            WHEN to_the_hour AND happened_at < starts_at THEN 'no before_start'
            WHEN s2 IS NULL THEN 'undetermined start_not_recorded'
            WHEN core_to IS NULL THEN 'undetermined not_attested'
            WHEN in_core AND is_suspended THEN 'undetermined suspended'
            WHEN in_core AND basis = 'declared' THEN 'yes within_from_declaration'
            WHEN in_core THEN 'yes within'
            WHEN (il IS NULL OR s1 IS NULL OR il >= s1) AND (ie IS NULL OR ie <= s2)
                THEN 'undetermined start_day'
            WHEN e1 IS NOT NULL OR e2 IS NOT NULL THEN 'undetermined end_day'
            ELSE 'undetermined after_last_attested'
        END AS answer
    FROM placed
)
SELECT pair_id,
    CASE
        WHEN has_hours AND starts_with(answer, 'yes') AND happened_at IS NULL THEN 'undetermined hour_not_recorded'
        WHEN has_hours AND starts_with(answer, 'yes') AND NOT EXISTS (
            SELECT FROM ceasefire_trucewindow AS hours
            WHERE hours.truce_id = answered.truce_id
                AND (happened_at AT TIME ZONE hours.time_zone)::time >= hours.starts_at
                AND (happened_at AT TIME ZONE hours.time_zone)::time < hours.ends_at
        ) THEN 'no outside_hours'
        ELSE answer
    END AS answer
FROM answered;

-- 4. Area, once for each place under each truce.
INSERT INTO area_answer
WITH spot AS (
    SELECT DISTINCT truce_id, place_id FROM pair
), path AS (
    SELECT id AS place_id, timeline_place_path(id) AS path
    FROM talks_place
    WHERE id IN (
        SELECT place_id FROM spot WHERE place_id IS NOT NULL
        UNION SELECT place_id FROM ceasefire_trucearea WHERE truce_id IN (SELECT truce_id FROM spot)
    )
), above AS (
    -- What the truce says of the nearest place that this one is or lies in.
    SELECT DISTINCT ON (spot.truce_id, spot.place_id) spot.truce_id, spot.place_id, relation
    FROM spot
    JOIN path ON path.place_id = spot.place_id
    JOIN ceasefire_trucearea AS listed
        ON listed.truce_id = spot.truce_id AND listed.place_id = ANY (path.path)
    ORDER BY spot.truce_id, spot.place_id, array_position(path.path, listed.place_id)
), below AS (
    -- What it says of places that lie in this one.
    SELECT truce_id, place_id, bool_or(relation = 'left_out') AS leaves_out,
        bool_or(relation = 'covered') AS covers
    FROM (
        SELECT truce_id, relation, listed.place_id AS itself, unnest(path.path) AS place_id
        FROM ceasefire_trucearea AS listed JOIN path ON path.place_id = listed.place_id
        WHERE truce_id IN (SELECT truce_id FROM spot)
    ) AS inside
    WHERE place_id <> itself
    GROUP BY truce_id, place_id
), located AS (
    SELECT spot.truce_id, spot.place_id, truce.coverage, truce.lists_places, truce.leaves_out,
        above.relation AS nearest, coalesce(below.leaves_out, false) AS leaves_out_below,
        coalesce(below.covers, false) AS covers_below
    FROM spot
    JOIN truce_fact AS truce ON truce.id = spot.truce_id
    LEFT JOIN above ON above.truce_id = spot.truce_id AND above.place_id = spot.place_id
    LEFT JOIN below ON below.truce_id = spot.truce_id AND below.place_id = spot.place_id
)
SELECT truce_id, coalesce(place_id, 0),
    CASE
        WHEN place_id IS NULL AND coverage = 'all' AND NOT leaves_out THEN 'yes whole_area'
        WHEN place_id IS NULL AND coverage = '' AND NOT lists_places
            THEN 'undetermined coverage_not_recorded'
        WHEN place_id IS NULL THEN 'undetermined place_not_recorded'
        WHEN nearest = 'left_out' THEN 'no left_out'
        WHEN (nearest = 'covered' OR coverage = 'all') AND leaves_out_below
            THEN 'undetermined partly_left_out'
        WHEN nearest = 'covered' THEN 'yes listed_place'
        WHEN coverage = 'all' THEN 'yes whole_area'
        WHEN coverage = '' THEN 'undetermined coverage_not_recorded'
        WHEN covers_below THEN 'undetermined place_too_wide'
        ELSE 'no outside'
    END AS answer
FROM located;

-- 5. Where each party that a pair names stands to the truce at the incident's date. What the truce
-- says of itself goes before what it says of an umbrella, and exclusion before being bound.
INSERT INTO standing_of_party
WITH judged AS MATERIALIZED (
    SELECT DISTINCT truce_id FROM pair
), rule AS (
    SELECT truce_id, party_id, true AS is_own, role, contested_by, true AS binds,
        joined_earliest, joined_latest, left_earliest, left_latest,
        NULL::date AS since_earliest, NULL::date AS since_latest,
        NULL::date AS until_earliest, NULL::date AS until_latest
    FROM ceasefire_truceparty
    WHERE truce_id IN (SELECT truce_id FROM judged) AND role IN ('bound', 'excluded')
    UNION ALL
    SELECT truce_id, member.party_id, false, role, contested_by, binds_members = 'yes',
        joined_earliest, joined_latest, left_earliest, left_latest,
        since_earliest, since_latest, until_earliest, until_latest
    FROM ceasefire_truceparty AS umbrella
    JOIN timeline_membership AS member ON member.umbrella_id = umbrella.party_id
    WHERE truce_id IN (SELECT truce_id FROM judged) AND role IN ('bound', 'excluded')
        AND binds_members <> 'no' AND member.revision_to IS NULL
), named AS (
    SELECT pair.id AS pair_id, truce_id, ie, il, accused_id AS party_id
    FROM pair JOIN ceasefire_attribution USING (incident_id) WHERE accused_id IS NOT NULL
    UNION ALL
    SELECT pair.id, truce_id, ie, il, party_id FROM pair JOIN ceasefire_incidentparty USING (incident_id)
    UNION ALL
    SELECT pair.id, truce_id, ie, il, party_id FROM pair JOIN ceasefire_incidenttarget USING (incident_id)
    WHERE party_id IS NOT NULL
), applied AS (
    SELECT pair_id, named.party_id, truce_id, is_own, role, contested_by,
        timeline_applies(joined_earliest, joined_latest, left_earliest, left_latest, ie, il) AS applies,
        CASE
            WHEN is_own THEN 'yes'
            WHEN since_earliest > il OR until_latest < ie THEN 'no'
            WHEN binds AND since_latest <= ie
                AND (coalesce(until_earliest, until_latest) IS NULL OR until_earliest > il) THEN 'yes'
            ELSE 'maybe'
        END AS belongs
    FROM named LEFT JOIN rule USING (truce_id, party_id)
), ranked AS (
    SELECT pair_id, party_id, truce_id, min(
        CASE
            WHEN applies = 'yes' AND belongs = 'yes' AND contested_by = '' AND role = 'excluded' THEN 1
            WHEN applies = 'yes' AND belongs = 'yes' AND contested_by = '' AND role = 'bound' THEN 2
            WHEN applies <> 'no' AND belongs <> 'no' AND role = 'excluded' THEN 3
            WHEN applies <> 'no' AND belongs <> 'no' AND role = 'bound' THEN 4
            WHEN is_own THEN 5
        END + CASE WHEN is_own THEN 0 ELSE 5 END
    ) AS rank
    FROM applied GROUP BY pair_id, party_id, truce_id
)
SELECT pair_id, party_id,
    CASE
        WHEN rank IN (1, 6) THEN 'excluded'
        WHEN rank IN (2, 7) THEN 'bound'
        WHEN rank IN (3, 8) THEN 'exclusion_unclear'
        WHEN rank IN (4, 9) THEN 'bound_unclear'
        WHEN rank = 5 THEN 'not_then'
        WHEN truce.bound_recorded = 'complete' THEN 'not_bound'
        WHEN truce.binds_any THEN 'not_listed'
        ELSE 'no_bound_party_recorded'
    END
FROM ranked JOIN truce_fact AS truce ON truce.id = truce_id;

INSERT INTO involved_answer
SELECT pair.id,
    CASE
        WHEN count(standing) = 0 THEN 'undetermined nobody_accused'
        WHEN bool_and(standing = 'bound') THEN 'yes all_involved_bound'
        WHEN bool_and(standing IN ('excluded', 'not_then', 'not_bound')) THEN 'no none_involved_bound'
        ELSE 'undetermined involved_not_all_bound'
    END AS answer
FROM pair
LEFT JOIN ceasefire_incidentparty AS involved USING (incident_id)
LEFT JOIN standing_of_party AS stands
    ON stands.pair_id = pair.id AND stands.party_id = involved.party_id
GROUP BY pair.id;

-- 6. Protected target.
INSERT INTO target_answer
SELECT pair.id,
    CASE
        WHEN count(target.id) = 0 THEN 'undetermined target_not_recorded'
        WHEN bool_or(population NOT IN ('', 'combatants')) THEN 'yes population'
        WHEN bool_or(standing = 'bound') THEN 'yes target_bound'
        WHEN bool_and(coalesce(standing, '') IN ('excluded', 'not_then', 'not_bound'))
            THEN CASE WHEN bool_or(standing = 'excluded') THEN 'no target_excluded' ELSE 'no target_not_bound' END
        ELSE 'undetermined target_unclear'
    END AS answer
FROM pair
LEFT JOIN ceasefire_incidenttarget AS target USING (incident_id)
LEFT JOIN standing_of_party AS stands
    ON stands.pair_id = pair.id AND stands.party_id = target.party_id
GROUP BY pair.id;

-- 7. Prohibited act, once for each act and justification under each truce.
INSERT INTO act_answer
WITH deed AS (
    SELECT DISTINCT truce_id, act, coalesce(justification, '') AS justification
    FROM pair LEFT JOIN ceasefire_attribution USING (incident_id)
), matched AS (
    SELECT deed.*, term.rule, distance,
        min(distance) FILTER (WHERE rule IN ('prohibits', 'permits', 'exempts'))
            OVER (PARTITION BY deed.truce_id, deed.act, deed.justification) AS narrowest
    FROM deed
    LEFT JOIN (
        ceasefire_truceterm AS term JOIN act_path ON act_path.falls_under = term.act
    ) ON term.truce_id = deed.truce_id AND act_path.act = deed.act
)
SELECT truce_id, act, justification,
    CASE
        WHEN prohibits AND permits THEN 'undetermined terms_conflict'
        WHEN prohibits AND is_allowed_for_reason THEN 'undetermined justification_claimed'
        WHEN prohibits THEN 'yes prohibited'
        WHEN permits THEN 'no permitted'
        WHEN truce.terms_recorded = 'complete' THEN 'no not_mentioned'
        WHEN truce.terms_recorded = 'partial' OR truce.has_terms THEN 'undetermined act_not_mentioned'
        ELSE 'undetermined terms_not_recorded'
    END AS answer
FROM (
    SELECT truce_id, act, justification,
        coalesce(bool_or(rule = 'prohibits' AND distance = narrowest), false) AS prohibits,
        coalesce(bool_or(rule IN ('permits', 'exempts') AND distance = narrowest), false) AS permits,
        coalesce(
            bool_or(rule = justification AND justification IN ('self_defence', 'retaliation')), false
        ) AS is_allowed_for_reason
    FROM matched GROUP BY truce_id, act, justification
) AS ruled
JOIN truce_fact AS truce ON truce.id = truce_id;

-- 8. What cited violation records say of each pair.
INSERT INTO claim
SELECT pair.id,
    CASE
        WHEN bool_or(standing = 'upheld') AND bool_or(standing = 'rejected') THEN 'disputed'
        WHEN bool_or(standing = 'upheld') THEN 'upheld'
        WHEN bool_or(standing = 'rejected') THEN 'rejected'
        ELSE 'alleged'
    END AS standing
FROM pair
JOIN ceasefire_violation AS violation USING (incident_id, truce_id)
JOIN sources_record AS record ON record.id = violation.record_id AND record.status = 'published'
GROUP BY pair.id;

-- 9. The five answers, and what they come to.
INSERT INTO wanted_assessment (
    truce_id, incident_id, attribution_id,
    period, period_why, area, area_why, bound, bound_why, protected, protected_why,
    prohibited, prohibited_why, verdict, standing, counts_as
)
WITH answered AS (
    SELECT pair.truce_id, pair.incident_id, coalesce(attribution.id, 0) AS attribution_id,
        period.answer AS period, area.answer AS area,
        CASE
            WHEN attribution.accused_id IS NULL THEN involved.answer
            WHEN stands.standing = 'bound' THEN 'yes bound'
            WHEN stands.standing IN ('excluded', 'not_then', 'not_bound') THEN 'no ' || stands.standing
            ELSE 'undetermined ' || stands.standing
        END AS bound,
        target.answer AS protected, act.answer AS prohibited,
        coalesce(claim.standing, '') AS standing
    FROM pair
    LEFT JOIN ceasefire_attribution AS attribution ON attribution.incident_id = pair.incident_id
    JOIN period_answer AS period ON period.pair_id = pair.id
    JOIN area_answer AS area
        -- 0 for no place: what may be NULL cannot be joined by hash.
        ON area.truce_id = pair.truce_id AND area.place_id = coalesce(pair.place_id, 0)
    JOIN involved_answer AS involved ON involved.pair_id = pair.id
    JOIN target_answer AS target ON target.pair_id = pair.id
    JOIN act_answer AS act
        ON act.truce_id = pair.truce_id AND act.act = pair.act
        AND act.justification = coalesce(attribution.justification, '')
    LEFT JOIN standing_of_party AS stands
        ON stands.pair_id = pair.id AND stands.party_id = attribution.accused_id
    LEFT JOIN claim ON claim.pair_id = pair.id
), split AS (
    SELECT truce_id, incident_id, attribution_id, standing,
        split_part(period, ' ', 1) AS period, split_part(period, ' ', 2) AS period_why,
        split_part(area, ' ', 1) AS area, split_part(area, ' ', 2) AS area_why,
        split_part(bound, ' ', 1) AS bound, split_part(bound, ' ', 2) AS bound_why,
        split_part(protected, ' ', 1) AS protected, split_part(protected, ' ', 2) AS protected_why,
        split_part(prohibited, ' ', 1) AS prohibited, split_part(prohibited, ' ', 2) AS prohibited_why
    FROM answered
), judged AS (
    SELECT split.*,
        CASE
            WHEN 'no' IN (period, area, bound, protected, prohibited) THEN 'not_covered'
            WHEN 'undetermined' IN (period, area, bound, protected, prohibited) THEN 'possible'
            ELSE 'violation'
        END AS verdict
    FROM split
)
SELECT truce_id, incident_id, attribution_id,
    period, period_why, area, area_why, bound, bound_why, protected, protected_why,
    prohibited, prohibited_why, verdict, standing,
    CASE standing WHEN 'upheld' THEN 'violation' WHEN 'rejected' THEN 'not_covered' ELSE verdict END
FROM judged;
