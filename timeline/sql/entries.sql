-- In:  live(id), fact (what the projections of the kinds said), cited, toll.
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
    record.id, public_id, record.kind, fact.detail, fact.conflict_id, when_edtf, when_wording, earliest, latest,
    precision, extent, time_of_day, time_zone, coalesce(earliest, latest, date '9999-12-31'),
    reported_edtf, reported_earliest, reported_latest,
    title, summary, place_id, place_ids, place_precision, party_ids, accused_ids, accuser_ids,
    target_ids, targets, person_ids, truce_ids, round_ids, process_ids, act, is_aggregate, verdict,
    evidence, evidence_who, killed.low, killed.best, killed.high, killed.civilians_low,
    killed.civilians_high, injured.low, injured.high, displaced.low, displaced.high,
    citations,
    CASE WHEN fact.outlet_ids = '{}' THEN cited.outlet_ids
        ELSE timeline_ids(VARIADIC cited.outlet_ids || fact.outlet_ids) END,
    origins, source_ids, links,
    to_tsvector('simple', timeline_fold(concat_ws(' ', title, summary, when_wording, fact.words, cited.words)))
FROM live
JOIN sources_record AS record ON record.id = live.id
JOIN fact ON fact.record_id = live.id
JOIN cited ON cited.record_id = live.id
LEFT JOIN toll AS killed ON killed.record_id = live.id AND killed.harm = 'killed'
LEFT JOIN toll AS injured ON injured.record_id = live.id AND injured.harm = 'injured'
LEFT JOIN toll AS displaced ON displaced.record_id = live.id AND displaced.harm = 'displaced';

INSERT INTO wanted_sheet (record_id, doc) SELECT record_id, doc FROM fact;
