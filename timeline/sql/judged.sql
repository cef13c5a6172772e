-- In:  diff_assessment.
-- Out: scope_record, with the incidents whose verdicts changed.
INSERT INTO scope_record SELECT DISTINCT incident_id FROM diff_assessment;
