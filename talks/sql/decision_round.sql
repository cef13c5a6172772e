-- Rule: a decision that concerns a delegation is about the round to which that delegation is sent.
-- Deferred, so that both may be moved within a transaction.

CREATE OR REPLACE FUNCTION talks_decision_is_of_its_round() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM talks_delegationdecision AS decision
        JOIN talks_delegation AS delegation ON delegation.record_id = decision.delegation_id
        WHERE NEW.record_id IN (decision.record_id, delegation.record_id)
            AND delegation.round_id <> decision.round_id
    ) THEN
        RAISE EXCEPTION 'A decision concerns a delegation to another round.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'talks_delegationdecision_is_of_its_round';
    END IF;
    RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER is_of_its_round
AFTER INSERT OR UPDATE OF round_id, delegation_id ON talks_delegationdecision
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
WHEN (NEW.delegation_id IS NOT NULL)
EXECUTE FUNCTION talks_decision_is_of_its_round();

CREATE CONSTRAINT TRIGGER is_of_its_round
AFTER UPDATE OF round_id ON talks_delegation
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
EXECUTE FUNCTION talks_decision_is_of_its_round();
