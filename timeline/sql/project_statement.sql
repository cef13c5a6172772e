-- Statements: who said what. A statement belongs to the rounds and truces that it is about.
INSERT INTO fact (
    record_id, conflict_id, party_ids, person_ids, truce_ids, round_ids, process_ids, words, doc
)
SELECT statement.record_id, statement.conflict_id, timeline_ids(speaker_party_id), timeline_ids(speaker_id),
    timeline_ids(VARIADIC subjects.truces), timeline_ids(VARIADIC subjects.rounds),
    timeline_ids(VARIADIC ARRAY(
        SELECT process_id FROM talks_round WHERE record_id = ANY (subjects.rounds)
    )),
    concat_ws(' ', position, conditions, audience, anonymous_role),
    jsonb_build_object(
        'speaker', speaker_id, 'speaker_party', speaker_party_id, 'anonymous_role', anonymous_role,
        'position', position, 'conditions', conditions, 'audience', audience,
        'subjects', to_jsonb(subjects.ids)
    )
FROM live
JOIN talks_statement AS statement ON statement.record_id = live.id
CROSS JOIN LATERAL (
    SELECT coalesce(array_agg(subject.id ORDER BY subject.id), '{}') AS ids,
        coalesce(array_agg(subject.id) FILTER (WHERE subject.kind = 'truce'), '{}') AS truces,
        coalesce(array_agg(subject.id) FILTER (WHERE subject.kind = 'round'), '{}') AS rounds
    FROM talks_statementsubject AS about
    JOIN sources_record AS subject ON subject.id = about.record_id AND subject.status = 'published'
    WHERE about.statement_id = live.id
) AS subjects;
