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

-- A record without its child is refused. The kind that comes by the ten thousand is asked for here: to
-- call a function for it takes as long again.
CREATE OR REPLACE FUNCTION ceasefire_record_has_its_child() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.kind = 'incident' AND EXISTS (SELECT FROM ceasefire_incident WHERE record_id = NEW.id) THEN
        RETURN NULL;
    END IF;
    IF NOT ceasefire_record_has_child(NEW.kind, NEW.id)
        AND EXISTS (SELECT FROM sources_record WHERE id = NEW.id AND kind = NEW.kind)
    THEN
        RAISE EXCEPTION 'The record "%" is of kind % but has no row of that kind.', NEW.title, NEW.kind
            USING ERRCODE = 'check_violation', CONSTRAINT = 'sources_record_has_its_child';
    END IF;
    RETURN NULL;
END
$$;
