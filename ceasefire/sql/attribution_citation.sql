-- Rule: an attribution rests on a citation of its own incident; so a citation that an attribution
-- rests on does not move to another record.

CREATE OR REPLACE FUNCTION ceasefire_citation_stays_with_attribution() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM ceasefire_attribution AS attribution
        JOIN sources_citation AS citation ON citation.id = attribution.citation_id
        WHERE citation.id = NEW.id AND citation.record_id <> attribution.incident_id
    ) THEN
        RAISE EXCEPTION 'An attribution rests on this citation, which would be of another record.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ceasefire_attribution_cites_its_incident';
    END IF;
    RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER stays_with_attribution
AFTER UPDATE OF record_id ON sources_citation
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
EXECUTE FUNCTION ceasefire_citation_stays_with_attribution();
