-- Rules that bind a record to its child, the row of its kind. They stand here because only this
-- app can see every kind.

-- Whether the record has a row in the table of its kind.
CREATE OR REPLACE FUNCTION ceasefire_record_has_child(of_kind text, of_record bigint) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN CASE of_kind
        WHEN 'decision' THEN EXISTS (SELECT FROM talks_delegationdecision WHERE record_id = of_record)
        WHEN 'delegation' THEN EXISTS (SELECT FROM talks_delegation WHERE record_id = of_record)
        WHEN 'development' THEN EXISTS (SELECT FROM talks_development WHERE record_id = of_record)
        WHEN 'incident' THEN EXISTS (SELECT FROM ceasefire_incident WHERE record_id = of_record)
        WHEN 'office' THEN EXISTS (SELECT FROM talks_office WHERE record_id = of_record)
        WHEN 'round' THEN EXISTS (SELECT FROM talks_round WHERE record_id = of_record)
        WHEN 'statement' THEN EXISTS (SELECT FROM talks_statement WHERE record_id = of_record)
        WHEN 'tally' THEN EXISTS (SELECT FROM ceasefire_tally WHERE record_id = of_record)
        WHEN 'tie' THEN EXISTS (SELECT FROM talks_partytie WHERE record_id = of_record)
        WHEN 'truce' THEN EXISTS (SELECT FROM ceasefire_truce WHERE record_id = of_record)
        WHEN 'truce_event' THEN EXISTS (SELECT FROM ceasefire_truceevent WHERE record_id = of_record)
        WHEN 'violation' THEN EXISTS (SELECT FROM ceasefire_violation WHERE record_id = of_record)
        ELSE false
    END;
END
$$;

-- The fields and groups of rows that a citation of a record of this kind may name: what
-- `citable_fields()` of its model says.
CREATE OR REPLACE FUNCTION ceasefire_citable_fields(of_kind text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN ARRAY['when', 'extent', 'title', 'summary', 'time_of_day'] || CASE of_kind
    WHEN 'decision' THEN ARRAY['round', 'delegation', 'decision', 'named_head', 'parties']
    WHEN 'delegation' THEN ARRAY['round', 'capacity', 'attendance', 'head', 'parties',
        'members']
    WHEN 'development' THEN ARRAY['conflict', 'development', 'place', 'parties', 'figures']
    WHEN 'incident' THEN ARRAY['conflict', 'act', 'is_aggregate', 'place', 'parties', 'targets',
        'attributions', 'figures']
    WHEN 'office' THEN ARRAY['conflict', 'person', 'party', 'post', 'phase', 'since', 'until']
    WHEN 'round' THEN ARRAY['process', 'label', 'round_status', 'format', 'venue', 'roles']
    WHEN 'statement' THEN ARRAY['conflict', 'speaker', 'speaker_party', 'anonymous_role',
        'position', 'conditions', 'audience', 'subjects']
    WHEN 'tally' THEN ARRAY['conflict', 'truce', 'counted_by', 'counted', 'accused', 'low',
        'best', 'high']
    WHEN 'tie' THEN ARRAY['conflict', 'tie', 'phase', 'party', 'other_party', 'since', 'until']
    WHEN 'truce' THEN ARRAY['conflict', 'truce_class', 'side', 'form', 'purposes', 'declared',
        'effective', 'end', 'last_attested', 'outcome', 'mediated', 'monitored', 'enforcement',
        'coverage', 'windows', 'bound', 'excluded', 'brokers', 'guarantors', 'monitors',
        'terms']
    WHEN 'truce_event' THEN ARRAY['truce', 'event']
    WHEN 'violation' THEN ARRAY['truce', 'incident', 'accused', 'accuser', 'standing', 'note']
    ELSE ARRAY[]::text[]
END;

-- Rule: each record has exactly one child, of its kind. At most one follows from the second
-- trigger: every child checks that its record is of its kind.
CREATE OR REPLACE FUNCTION ceasefire_record_has_its_child() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF NOT ceasefire_record_has_child(NEW.kind, NEW.id)
        AND EXISTS (SELECT FROM sources_record WHERE id = NEW.id AND kind = NEW.kind)
    THEN
        RAISE EXCEPTION 'The record "%" is of kind % but has no row of that kind.', NEW.title, NEW.kind
            USING ERRCODE = 'check_violation', CONSTRAINT = 'sources_record_has_its_child';
    END IF;
    RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER has_its_child
AFTER INSERT OR UPDATE OF kind ON sources_record
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
EXECUTE FUNCTION ceasefire_record_has_its_child();

CREATE OR REPLACE FUNCTION ceasefire_child_is_of_kind() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    its_kind text;
BEGIN
    SELECT kind INTO its_kind FROM sources_record WHERE id = NEW.record_id;
    IF its_kind IS DISTINCT FROM TG_ARGV[0] THEN
        RAISE EXCEPTION 'A record of kind % cannot have a row in %.', its_kind, TG_TABLE_NAME
            USING ERRCODE = 'check_violation', CONSTRAINT = 'sources_record_has_its_child';
    END IF;
    RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION ceasefire_child_goes_with_record() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM sources_record WHERE id = OLD.record_id) AND NOT EXISTS (
        SELECT FROM sources_record AS record
        WHERE id = OLD.record_id AND ceasefire_record_has_child(record.kind, record.id)
    ) THEN
        RAISE EXCEPTION 'The row in % cannot go while its record stays.', TG_TABLE_NAME
            USING ERRCODE = 'check_violation', CONSTRAINT = 'sources_record_has_its_child';
    END IF;
    RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER is_of_kind AFTER INSERT OR UPDATE OF record_id ON talks_delegationdecision
FOR EACH ROW EXECUTE FUNCTION ceasefire_child_is_of_kind('decision');
CREATE CONSTRAINT TRIGGER goes_with_record AFTER DELETE OR UPDATE OF record_id ON talks_delegationdecision
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ceasefire_child_goes_with_record();
CREATE CONSTRAINT TRIGGER is_of_kind AFTER INSERT OR UPDATE OF record_id ON talks_delegation
FOR EACH ROW EXECUTE FUNCTION ceasefire_child_is_of_kind('delegation');
CREATE CONSTRAINT TRIGGER goes_with_record AFTER DELETE OR UPDATE OF record_id ON talks_delegation
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ceasefire_child_goes_with_record();
CREATE CONSTRAINT TRIGGER is_of_kind AFTER INSERT OR UPDATE OF record_id ON talks_development
FOR EACH ROW EXECUTE FUNCTION ceasefire_child_is_of_kind('development');
CREATE CONSTRAINT TRIGGER goes_with_record AFTER DELETE OR UPDATE OF record_id ON talks_development
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ceasefire_child_goes_with_record();
CREATE CONSTRAINT TRIGGER is_of_kind AFTER INSERT OR UPDATE OF record_id ON ceasefire_incident
FOR EACH ROW EXECUTE FUNCTION ceasefire_child_is_of_kind('incident');
CREATE CONSTRAINT TRIGGER goes_with_record AFTER DELETE OR UPDATE OF record_id ON ceasefire_incident
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ceasefire_child_goes_with_record();
CREATE CONSTRAINT TRIGGER is_of_kind AFTER INSERT OR UPDATE OF record_id ON talks_office
FOR EACH ROW EXECUTE FUNCTION ceasefire_child_is_of_kind('office');
CREATE CONSTRAINT TRIGGER goes_with_record AFTER DELETE OR UPDATE OF record_id ON talks_office
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ceasefire_child_goes_with_record();
CREATE CONSTRAINT TRIGGER is_of_kind AFTER INSERT OR UPDATE OF record_id ON talks_round
FOR EACH ROW EXECUTE FUNCTION ceasefire_child_is_of_kind('round');
CREATE CONSTRAINT TRIGGER goes_with_record AFTER DELETE OR UPDATE OF record_id ON talks_round
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ceasefire_child_goes_with_record();
CREATE CONSTRAINT TRIGGER is_of_kind AFTER INSERT OR UPDATE OF record_id ON talks_statement
FOR EACH ROW EXECUTE FUNCTION ceasefire_child_is_of_kind('statement');
CREATE CONSTRAINT TRIGGER goes_with_record AFTER DELETE OR UPDATE OF record_id ON talks_statement
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ceasefire_child_goes_with_record();
CREATE CONSTRAINT TRIGGER is_of_kind AFTER INSERT OR UPDATE OF record_id ON ceasefire_tally
FOR EACH ROW EXECUTE FUNCTION ceasefire_child_is_of_kind('tally');
CREATE CONSTRAINT TRIGGER goes_with_record AFTER DELETE OR UPDATE OF record_id ON ceasefire_tally
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ceasefire_child_goes_with_record();
CREATE CONSTRAINT TRIGGER is_of_kind AFTER INSERT OR UPDATE OF record_id ON talks_partytie
FOR EACH ROW EXECUTE FUNCTION ceasefire_child_is_of_kind('tie');
CREATE CONSTRAINT TRIGGER goes_with_record AFTER DELETE OR UPDATE OF record_id ON talks_partytie
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ceasefire_child_goes_with_record();
CREATE CONSTRAINT TRIGGER is_of_kind AFTER INSERT OR UPDATE OF record_id ON ceasefire_truce
FOR EACH ROW EXECUTE FUNCTION ceasefire_child_is_of_kind('truce');
CREATE CONSTRAINT TRIGGER goes_with_record AFTER DELETE OR UPDATE OF record_id ON ceasefire_truce
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ceasefire_child_goes_with_record();
CREATE CONSTRAINT TRIGGER is_of_kind AFTER INSERT OR UPDATE OF record_id ON ceasefire_truceevent
FOR EACH ROW EXECUTE FUNCTION ceasefire_child_is_of_kind('truce_event');
CREATE CONSTRAINT TRIGGER goes_with_record AFTER DELETE OR UPDATE OF record_id ON ceasefire_truceevent
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ceasefire_child_goes_with_record();
CREATE CONSTRAINT TRIGGER is_of_kind AFTER INSERT OR UPDATE OF record_id ON ceasefire_violation
FOR EACH ROW EXECUTE FUNCTION ceasefire_child_is_of_kind('violation');
CREATE CONSTRAINT TRIGGER goes_with_record AFTER DELETE OR UPDATE OF record_id ON ceasefire_violation
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ceasefire_child_goes_with_record();

-- Rule: a citation names only fields that its record has.
CREATE OR REPLACE FUNCTION ceasefire_citation_names_fields() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    its_kind text;
BEGIN
    SELECT kind INTO its_kind FROM sources_record WHERE id = NEW.record_id;
    IF NOT NEW.fields::text[] <@ ceasefire_citable_fields(its_kind) THEN
        RAISE EXCEPTION 'A citation of a % cannot name the fields %.', its_kind, NEW.fields
            USING ERRCODE = 'check_violation', CONSTRAINT = 'sources_citation_names_fields';
    END IF;
    RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER names_fields AFTER INSERT OR UPDATE OF fields, record_id ON sources_citation
FOR EACH ROW WHEN (NEW.fields <> '{}')
EXECUTE FUNCTION ceasefire_citation_names_fields();

-- Rule: an attribution rests on a citation of its own incident.
CREATE OR REPLACE FUNCTION ceasefire_attribution_cites_its_incident() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM ceasefire_attribution AS attribution
        JOIN sources_citation AS citation ON citation.id = attribution.citation_id
        WHERE attribution.id = NEW.id AND citation.record_id <> attribution.incident_id
    ) THEN
        RAISE EXCEPTION 'An attribution cites a passage about another record.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ceasefire_attribution_cites_its_incident';
    END IF;
    RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER cites_its_incident
AFTER INSERT OR UPDATE OF citation_id, incident_id ON ceasefire_attribution
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.citation_id IS NOT NULL)
EXECUTE FUNCTION ceasefire_attribution_cites_its_incident();
