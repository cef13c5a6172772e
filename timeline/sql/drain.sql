-- In:  the pending changes that this transaction sees, which it takes.
-- Out: touched(topic, ref), each thing once.
WITH drained AS (
    DELETE FROM sources_pendingchange RETURNING topic, ref
)
INSERT INTO touched SELECT DISTINCT topic, ref FROM drained;
