-- In:  scope_record(id).
-- Out: live(id, kind), the published records among them; place_path(id, path), each place of theirs
--      and everything that it lies in, from itself up to the root.
INSERT INTO live
SELECT DISTINCT record.id, record.kind
FROM scope_record JOIN sources_record AS record USING (id) WHERE record.status = 'published';

INSERT INTO place_path
WITH place AS (
    SELECT place_id AS id FROM live JOIN ceasefire_incident ON record_id = live.id
    UNION SELECT place_id FROM live JOIN talks_development ON record_id = live.id
    UNION SELECT venue_id FROM live JOIN talks_round ON record_id = live.id
    UNION SELECT place_id FROM live JOIN ceasefire_trucearea ON truce_id = live.id
)
SELECT id, timeline_place_path(id) FROM place WHERE id IS NOT NULL;
