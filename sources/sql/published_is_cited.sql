-- Rule: a published record has at least one supporting citation.
--
-- Plain SQL, because pgtrigger would ask for every row whether it is to be ignored. Deferred, so
-- that a record and its citations may be written in any order within a transaction. The record is
-- locked before its status is read and its citations are counted: two transactions that each
-- delete one of the last two citations, or of which one publishes while the other deletes, meet at
-- the lock, and the second sees what the first has done. This file can be run again.

CREATE OR REPLACE FUNCTION sources_require_citation(of_record bigint) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    its_title text;
    its_status text;
BEGIN
    SELECT title, status INTO its_title, its_status FROM sources_record
    WHERE id = of_record
    FOR NO KEY UPDATE;
    IF its_status = 'published' AND NOT EXISTS (
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

-- Nobody else sees a record before the transaction that made it ends, so one that is cited need not
-- be locked to say so: of tens of thousands at once that is most of the cost.
CREATE OR REPLACE FUNCTION sources_new_record_published_is_cited() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM sources_citation WHERE record_id = NEW.id AND stance = 'supports'
    ) THEN
        PERFORM sources_require_citation(NEW.id);
    END IF;
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

-- TRUNCATE shows no rows: it is refused unless it takes the published records too.
CREATE OR REPLACE FUNCTION sources_citations_stay() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM sources_record WHERE status = 'published') THEN
        RAISE EXCEPTION 'Published records need their citations: they cannot all be removed.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'sources_record_published_is_cited';
    END IF;
    RETURN NULL;
END
$$;

DROP TRIGGER IF EXISTS published_is_cited_insert ON sources_record;
CREATE CONSTRAINT TRIGGER published_is_cited_insert
AFTER INSERT ON sources_record
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
WHEN (NEW.status = 'published')
EXECUTE FUNCTION sources_new_record_published_is_cited();

DROP TRIGGER IF EXISTS published_is_cited_update ON sources_record;
CREATE CONSTRAINT TRIGGER published_is_cited_update
AFTER UPDATE OF status ON sources_record
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
WHEN (NEW.status = 'published')
EXECUTE FUNCTION sources_record_published_is_cited();

DROP TRIGGER IF EXISTS published_is_cited ON sources_citation;
CREATE CONSTRAINT TRIGGER published_is_cited
AFTER DELETE OR UPDATE OF record_id, stance ON sources_citation
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
EXECUTE FUNCTION sources_citation_published_is_cited();

CREATE OR REPLACE TRIGGER published_is_cited_truncate
AFTER TRUNCATE ON sources_citation
FOR EACH STATEMENT
EXECUTE FUNCTION sources_citations_stay();
