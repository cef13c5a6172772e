-- Whether the record has a row in the table of its kind.
-- One short statement a kind: a single one over all twelve tables costs five times as much to begin.
CREATE OR REPLACE FUNCTION ceasefire_record_has_child(of_kind text, of_record bigint) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
BEGIN
    CASE of_kind
        WHEN 'decision' THEN RETURN EXISTS (SELECT FROM talks_delegationdecision WHERE record_id = of_record);
        WHEN 'delegation' THEN RETURN EXISTS (SELECT FROM talks_delegation WHERE record_id = of_record);
        WHEN 'development' THEN RETURN EXISTS (SELECT FROM talks_development WHERE record_id = of_record);
        WHEN 'incident' THEN RETURN EXISTS (SELECT FROM ceasefire_incident WHERE record_id = of_record);
        WHEN 'office' THEN RETURN EXISTS (SELECT FROM talks_office WHERE record_id = of_record);
        WHEN 'round' THEN RETURN EXISTS (SELECT FROM talks_round WHERE record_id = of_record);
        WHEN 'statement' THEN RETURN EXISTS (SELECT FROM talks_statement WHERE record_id = of_record);
        WHEN 'tally' THEN RETURN EXISTS (SELECT FROM ceasefire_tally WHERE record_id = of_record);
        WHEN 'tie' THEN RETURN EXISTS (SELECT FROM talks_partytie WHERE record_id = of_record);
        WHEN 'truce' THEN RETURN EXISTS (SELECT FROM ceasefire_truce WHERE record_id = of_record);
        WHEN 'truce_event' THEN RETURN EXISTS (SELECT FROM ceasefire_truceevent WHERE record_id = of_record);
        WHEN 'violation' THEN RETURN EXISTS (SELECT FROM ceasefire_violation WHERE record_id = of_record);
        ELSE RETURN false;
    END CASE;
END
$$;
