-- Rule: places form a tree; none lies in itself, however far up. Transactions that move places
-- check one after the other: each alone could be right and both together a circle. This file can
-- be run again.

CREATE OR REPLACE FUNCTION talks_place_is_a_tree() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('talks_place_is_a_tree', 0));
    IF EXISTS (
        WITH RECURSIVE above(id) AS (
            SELECT NEW.parent_id
            UNION
            SELECT place.parent_id FROM talks_place AS place JOIN above ON above.id = place.id
            WHERE place.parent_id IS NOT NULL
        )
        SELECT FROM above WHERE id = NEW.id
    ) THEN
        RAISE EXCEPTION 'The place "%" would lie in itself.', NEW.name
            USING ERRCODE = 'check_violation', CONSTRAINT = 'talks_place_is_a_tree';
    END IF;
    RETURN NULL;
END
$$;

DROP TRIGGER IF EXISTS is_a_tree ON talks_place;
CREATE CONSTRAINT TRIGGER is_a_tree
AFTER INSERT OR UPDATE OF parent_id ON talks_place
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
WHEN (NEW.parent_id IS NOT NULL)
EXECUTE FUNCTION talks_place_is_a_tree();
