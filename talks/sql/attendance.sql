-- Rules between a round and what is sent to it. Deferred, so that all may be written in any order
-- within a transaction. The round is locked first: of two transactions that would break a rule
-- only together, the second sees what the first has done. This file can be run again.

-- Rule: a delegation sat only at a round that was held.
CREATE OR REPLACE FUNCTION talks_sat_only_if_held() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    of_round bigint := CASE TG_TABLE_NAME
        WHEN 'talks_round' THEN (to_jsonb(NEW) ->> 'record_id')::bigint
        ELSE (to_jsonb(NEW) ->> 'round_id')::bigint
    END;
BEGIN
    PERFORM FROM talks_round WHERE record_id = of_round FOR NO KEY UPDATE;
    IF EXISTS (
        SELECT FROM talks_delegation
        JOIN talks_round ON talks_round.record_id = talks_delegation.round_id
        WHERE talks_round.record_id = of_round AND attendance = 'sat' AND round_status <> 'held'
    ) THEN
        RAISE EXCEPTION 'A delegation cannot have sat at a round that is not recorded as held.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'talks_delegation_sat_only_if_held';
    END IF;
    RETURN NULL;
END
$$;

DROP TRIGGER IF EXISTS sat_only_if_held ON talks_delegation;
CREATE CONSTRAINT TRIGGER sat_only_if_held
AFTER INSERT OR UPDATE ON talks_delegation
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
WHEN (NEW.attendance = 'sat')
EXECUTE FUNCTION talks_sat_only_if_held();

DROP TRIGGER IF EXISTS sat_only_if_held ON talks_round;
CREATE CONSTRAINT TRIGGER sat_only_if_held
AFTER UPDATE OF round_status ON talks_round
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
WHEN (NEW.round_status <> 'held')
EXECUTE FUNCTION talks_sat_only_if_held();
