-- Rule: a delegation sat only at a round that was held. Deferred, so that both may be written in
-- any order within a transaction.

CREATE OR REPLACE FUNCTION talks_sat_only_if_held() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    of_round bigint := CASE TG_TABLE_NAME
        WHEN 'talks_round' THEN (to_jsonb(NEW) ->> 'record_id')::bigint
        ELSE (to_jsonb(NEW) ->> 'round_id')::bigint
    END;
BEGIN
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

CREATE CONSTRAINT TRIGGER sat_only_if_held
AFTER INSERT OR UPDATE ON talks_delegation
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
WHEN (NEW.attendance = 'sat')
EXECUTE FUNCTION talks_sat_only_if_held();

CREATE CONSTRAINT TRIGGER sat_only_if_held
AFTER UPDATE OF round_status ON talks_round
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
WHEN (NEW.round_status <> 'held')
EXECUTE FUNCTION talks_sat_only_if_held();
