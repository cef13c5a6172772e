-- In:  fact (what the projections of the kinds said), cited, toll.
-- Out: wanted_entry and wanted_sheet.
INSERT INTO wanted_entry (
    record_id, public_id, kind, detail, conflict_id, when_edtf, when_wording, earliest, latest, precision,
    extent, time_of_day, time_zone, sort_on, reported_edtf, reported_earliest, reported_latest,
    title, summary, place_id, place_ids, place_precision, party_ids, accused_ids, accuser_ids,
    target_ids, targets, person_ids, truce_ids, round_ids, process_ids, act, is_aggregate, verdict,
    evidence, evidence_who, killed_low, killed_best, killed_high, civilians_killed_low,
    civilians_killed_high, injured_low, injured_high, displaced_low, displaced_high,
    citations, outlet_ids, origins, source_ids, links, search
)
SELECT
    record.id, public_id, kind, detail, conflict_id, when_edtf, when_wording, earliest, latest, precision,
    extent, time_of_day, time_zone, coalesce(earliest, latest, date '9999-12-31'),
    reported_edtf, reported_earliest, reported_latest,
    title, summary, place_id, place_ids, place_precision, party_ids, accused_ids, accuser_ids,
    target_ids, targets, person_ids, truce_ids, round_ids, process_ids, act, is_aggregate, verdict,
    evidence, evidence_who, killed_low, killed_best, killed_high, civilians_killed_low,
    civilians_killed_high, injured_low, injured_high, displaced_low, displaced_high,
    citations,
    CASE WHEN own_outlet_ids = '{}' THEN outlet_ids
        ELSE timeline_ids(VARIADIC outlet_ids || own_outlet_ids) END,
    origins, source_ids, links,
    to_tsvector('simple', timeline_fold(concat_ws(' ', title, summary, when_wording, words, cited_words)))
FROM (
    SELECT fact.record_id, detail, conflict_id, place_id, place_ids, place_precision, party_ids,
        accused_ids, accuser_ids, target_ids, targets, person_ids, truce_ids, round_ids, process_ids,
        fact.outlet_ids AS own_outlet_ids, act, is_aggregate, verdict, fact.words,
        citations, cited.outlet_ids, origins, source_ids, cited.words AS cited_words, reported_edtf,
        reported_earliest, reported_latest, evidence, evidence_who, links,
        killed_low, killed_best, killed_high, civilians_killed_low, civilians_killed_high,
        injured_low, injured_high, displaced_low, displaced_high
    FROM fact
    JOIN cited ON cited.record_id = fact.record_id
    LEFT JOIN toll ON toll.record_id = fact.record_id
    -- Joined first: together with the records the planner would take them to be next to none.
    OFFSET 0
) AS known
JOIN sources_record AS record ON record.id = known.record_id;

INSERT INTO wanted_sheet (record_id, doc) SELECT record_id, doc FROM fact;
