-- Everything that is, and everything that is shown, to be derived again.
INSERT INTO scope_record
SELECT id FROM sources_record UNION SELECT record_id FROM timeline_entry WHERE revision_to IS NULL;

INSERT INTO scope_tie
SELECT record_id FROM talks_partytie
UNION SELECT record_id FROM timeline_membership WHERE revision_to IS NULL;

-- With every incident in scope, so is every truce that one is judged against.
INSERT INTO scope_incident
SELECT record_id FROM ceasefire_incident
UNION SELECT incident_id FROM timeline_assessment WHERE revision_to IS NULL;

INSERT INTO scope_label SELECT topic, ref FROM timeline_label WHERE revision_to IS NULL;
