-- From what changed to what must be derived again.
--
-- In:   touched(topic, ref), the drained pending changes.
-- Out:  scope_record(id)         entries and sheets to project again
--       scope_truce(id)          truces to judge again with all their incidents
--       scope_incident(id)       incidents to judge again with all their truces
--       scope_tie(id)            memberships to derive again
--       scope_label(topic, ref)  labels to derive again
--       moved_place(id)          places that moved in the tree, with all that lies in them
-- Cost: follows the change; what refers to a touched thing is found by index.

INSERT INTO scope_record
SELECT ref FROM touched WHERE topic = 'record'
-- What refers to a touched record shows something of it, if only that it is published.
UNION SELECT record_id FROM talks_delegation JOIN touched ON topic = 'record' AND ref = round_id
UNION SELECT record_id FROM talks_delegationdecision JOIN touched ON topic = 'record' AND ref = round_id
UNION SELECT record_id FROM talks_delegationdecision JOIN touched ON topic = 'record' AND ref = delegation_id
UNION SELECT statement_id FROM talks_statementsubject JOIN touched ON topic = 'record' AND ref = record_id
UNION SELECT record_id FROM ceasefire_truceevent JOIN touched ON topic = 'record' AND ref = truce_id
UNION SELECT record_id FROM ceasefire_tally JOIN touched ON topic = 'record' AND ref = truce_id
UNION SELECT record_id FROM ceasefire_violation JOIN touched ON topic = 'record' AND ref = truce_id
UNION SELECT record_id FROM ceasefire_violation JOIN touched ON topic = 'record' AND ref = incident_id
UNION SELECT incident_id FROM ceasefire_incidenttruce JOIN touched ON topic = 'record' AND ref = truce_id
UNION SELECT to_record_id FROM talks_recordlink JOIN touched ON topic = 'record' AND ref = from_record_id
UNION SELECT from_record_id FROM talks_recordlink JOIN touched ON topic = 'record' AND ref = to_record_id
UNION SELECT to_truce_id FROM ceasefire_trucelink JOIN touched ON topic = 'record' AND ref = from_truce_id
UNION SELECT from_truce_id FROM ceasefire_trucelink JOIN touched ON topic = 'record' AND ref = to_truce_id
-- A process that moved to another conflict takes its rounds, and what hangs on them, along.
UNION (
    WITH moved AS (
        SELECT process.id FROM talks_process AS process
        JOIN touched ON topic = 'process' AND ref = process.id
        JOIN timeline_label AS label ON label.topic = 'process' AND label.ref = process.id
            AND label.revision_to IS NULL
        WHERE (label.data ->> 'conflict')::bigint <> process.conflict_id
    ), moved_round AS (
        SELECT record_id FROM talks_round JOIN moved ON moved.id = process_id
    )
    SELECT record_id FROM moved_round
    UNION SELECT record_id FROM talks_delegation WHERE round_id IN (SELECT record_id FROM moved_round)
    UNION SELECT record_id FROM talks_delegationdecision WHERE round_id IN (SELECT record_id FROM moved_round)
    UNION SELECT statement_id FROM talks_statementsubject WHERE record_id IN (SELECT record_id FROM moved_round)
)
-- A source whose visibility, outlet or date changed speaks differently in every record that cites it.
UNION SELECT citation.record_id
FROM touched
JOIN sources_source AS source ON source.id = ref
JOIN sources_citation AS citation ON citation.source_id = source.id
LEFT JOIN timeline_label AS label ON label.topic = 'source' AND label.ref = source.id
    AND label.revision_to IS NULL
WHERE touched.topic = 'source' AND (
    (source.visibility = 'public') <> (label.id IS NOT NULL)
    OR (label.data ->> 'outlet')::bigint <> source.outlet_id
    OR label.data ->> 'published' <> source.published_edtf
)
-- An outlet that became, or ceased to be, a party's own counts differently as an origin.
UNION (
    WITH turned AS (
        SELECT outlet.id FROM sources_outlet AS outlet
        JOIN touched ON topic = 'outlet' AND ref = outlet.id
        JOIN timeline_label AS label ON label.topic = 'outlet' AND label.ref = outlet.id
            AND label.revision_to IS NULL
        WHERE (label.data ->> 'aligned')::boolean <> (outlet.kind = 'party_affiliated')
    )
    SELECT citation.record_id FROM turned
    JOIN sources_source AS source ON source.outlet_id = turned.id
    JOIN sources_citation AS citation ON citation.source_id = source.id
    UNION
    SELECT record_id FROM sources_citation JOIN turned ON turned.id = attributed_outlet_id
);

-- Places that moved in the tree, with all that lies in them.
INSERT INTO moved_place
WITH RECURSIVE moved(id) AS (
    SELECT place.id FROM talks_place AS place
    JOIN touched ON topic = 'place' AND ref = place.id
    JOIN timeline_label AS label ON label.topic = 'place' AND label.ref = place.id
        AND label.revision_to IS NULL
    WHERE (label.data ->> 'parent')::bigint IS DISTINCT FROM place.parent_id
    UNION
    SELECT place.id FROM talks_place AS place JOIN moved ON moved.id = place.parent_id
)
SELECT id FROM moved;

INSERT INTO scope_record
SELECT record_id FROM timeline_entry
WHERE revision_to IS NULL AND place_id IN (SELECT id FROM moved_place)
UNION SELECT truce_id FROM ceasefire_trucearea WHERE place_id IN (SELECT id FROM moved_place);

INSERT INTO scope_label
SELECT topic, ref FROM touched WHERE topic NOT IN ('record', 'everything')
UNION SELECT 'place', id FROM moved_place;

-- Ties: those touched, and the others of their pairs, before the change and after it.
INSERT INTO scope_tie
WITH pair AS (
    SELECT party_id, other_party_id AS umbrella_id
    FROM talks_partytie JOIN touched ON topic = 'record' AND ref = record_id
    UNION
    SELECT party_id, umbrella_id
    FROM timeline_membership JOIN touched ON topic = 'record' AND ref = record_id
    WHERE revision_to IS NULL
)
SELECT record_id FROM talks_partytie
JOIN pair ON pair.party_id = talks_partytie.party_id
    AND pair.umbrella_id = talks_partytie.other_party_id
UNION
SELECT record_id FROM timeline_membership JOIN pair USING (party_id, umbrella_id)
WHERE revision_to IS NULL;

INSERT INTO scope_truce
SELECT record_id FROM ceasefire_truce JOIN touched ON topic = 'record' AND ref = record_id
UNION SELECT truce_id FROM timeline_assessment JOIN touched ON topic = 'record' AND ref = truce_id
WHERE revision_to IS NULL
UNION SELECT truce_id FROM ceasefire_truceevent JOIN touched ON topic = 'record' AND ref = record_id
UNION SELECT to_truce_id FROM ceasefire_trucelink JOIN touched ON topic = 'record' AND ref = from_truce_id
WHERE kind = 'replaces'
-- An umbrella's members stand with it.
UNION SELECT truce_id FROM ceasefire_truceparty
WHERE role IN ('bound', 'excluded') AND party_id IN (
    SELECT other_party_id FROM talks_partytie JOIN scope_tie ON scope_tie.id = record_id
    UNION SELECT umbrella_id FROM timeline_membership JOIN scope_tie ON scope_tie.id = record_id
    WHERE revision_to IS NULL
)
-- What lies in what has changed for every truce that lists places.
UNION SELECT truce_id FROM ceasefire_trucearea WHERE EXISTS (SELECT FROM moved_place);

INSERT INTO scope_incident
SELECT record_id FROM ceasefire_incident JOIN touched ON topic = 'record' AND ref = record_id
UNION SELECT incident_id FROM timeline_assessment JOIN touched ON topic = 'record' AND ref = incident_id
WHERE revision_to IS NULL
UNION SELECT incident_id FROM ceasefire_violation JOIN touched ON topic = 'record' AND ref = record_id
WHERE incident_id IS NOT NULL
UNION SELECT record_id FROM ceasefire_incident WHERE place_id IN (SELECT id FROM moved_place);

-- Verification rests on who monitors: the incidents of the truces that somebody came to monitor or
-- ceased to, and of those that a touched party monitors.
INSERT INTO scope_record
WITH monitor AS (
    SELECT truce_id, party_id FROM scope_truce
    JOIN ceasefire_truceparty ON truce_id = scope_truce.id AND role = 'monitor'
), shown AS (
    SELECT record_id AS truce_id, (party ->> 'party')::bigint AS party_id
    FROM scope_truce
    JOIN timeline_sheet ON record_id = scope_truce.id AND revision_to IS NULL
    CROSS JOIN LATERAL jsonb_array_elements(doc -> 'parties') AS party
    WHERE party ->> 'role' = 'monitor'
), turned AS (
    (TABLE monitor EXCEPT TABLE shown) UNION (TABLE shown EXCEPT TABLE monitor)
)
SELECT incident_id FROM timeline_assessment
WHERE truce_id IN (SELECT truce_id FROM turned) AND revision_to IS NULL;

INSERT INTO scope_record
SELECT incident_id FROM timeline_assessment
JOIN ceasefire_truceparty AS monitor USING (truce_id)
JOIN touched ON touched.topic = 'party' AND touched.ref = monitor.party_id
JOIN talks_party AS party ON party.id = monitor.party_id
LEFT JOIN timeline_label AS label ON label.topic = 'party' AND label.ref = party.id
    AND label.revision_to IS NULL
WHERE timeline_assessment.revision_to IS NULL AND monitor.role = 'monitor'
    AND (label.data ->> 'outlet')::bigint IS DISTINCT FROM party.outlet_id;
