-- Rule: a published record has at least one supporting citation.
--
-- Plain SQL, because pgtrigger would ask for every row whether it is to be ignored. Deferred, so
-- that a record and its citations may be written in any order within a transaction. The record is
-- locked before its citations are counted: two transactions that each delete one of the last two
-- citations meet at the lock, and the second sees what the first has done.

CREATE OR REPLACE FUNCTION sources_require_citation(of_record bigint) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    its_title text;
BEGIN
    SELECT title INTO its_title FROM sources_record
    WHERE id = of_record AND status = 'published'
    FOR NO KEY UPDATE;
    IF FOUND AND NOT EXISTS (
        SELECT FROM sources_citation WHERE record_id = of_record AND stance = 'supports'
    ) THEN
        RAISE EXCEPTION 'A published record needs at least one supporting citation: "%" has none.', its_title
            USING ERRCODE = 'check_violation', CONSTRAINT = 'sources_record_published_is_cited';
    END IF;
END
$$;

CREATE OR REPLACE FUNCTION sources_record_published_is_cited() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM sources_require_citation(NEW.id);
    RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION sources_citation_published_is_cited() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM sources_require_citation(OLD.record_id);
    RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER published_is_cited_insert
AFTER INSERT ON sources_record
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
WHEN (NEW.status = 'published')
EXECUTE FUNCTION sources_record_published_is_cited();

CREATE CONSTRAINT TRIGGER published_is_cited_update
AFTER UPDATE OF status ON sources_record
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
WHEN (NEW.status = 'published')
EXECUTE FUNCTION sources_record_published_is_cited();

CREATE CONSTRAINT TRIGGER published_is_cited
AFTER DELETE OR UPDATE OF record_id, stance ON sources_citation
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
EXECUTE FUNCTION sources_citation_published_is_cited();
