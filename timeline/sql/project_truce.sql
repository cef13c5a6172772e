-- Truces: what they say, of whom, where; and, by leaving it empty, what they do not say.
INSERT INTO fact (
    record_id, detail, conflict_id, place_ids, party_ids, truce_ids, words, doc
)
SELECT truce.record_id, outcome, conflict_id,
    timeline_ids(VARIADIC ARRAY(
        SELECT unnest(path) FROM ceasefire_trucearea JOIN place_path ON place_path.id = place_id
        WHERE truce_id = live.id
    )),
    timeline_ids(VARIADIC ARRAY(SELECT party_id FROM ceasefire_truceparty WHERE truce_id = live.id)),
    ARRAY[live.id],
    concat_ws(' ', coverage_wording,
        (SELECT string_agg(concat_ws(' ', wording, designation, contested_by), ' ' ORDER BY id) FROM ceasefire_truceparty WHERE truce_id = live.id),
        (SELECT string_agg(wording, ' ' ORDER BY id) FROM ceasefire_truceterm WHERE truce_id = live.id)
    ),
    jsonb_build_object(
        'truce_class', truce_class, 'side', side, 'form', form, 'purposes', to_jsonb(purposes),
        'declared', declared_edtf, 'effective', effective_edtf, 'effective_time', effective_time,
        'effective_zone', effective_zone, 'end', end_edtf, 'last_attested', last_attested_edtf,
        'outcome', outcome, 'mediated', mediated, 'monitored', monitored, 'enforcement', enforcement,
        'coverage', coverage, 'coverage_wording', coverage_wording,
        'bound_recorded', bound_recorded, 'terms_recorded', terms_recorded
    ) || jsonb_build_object(
        'areas', (
            SELECT coalesce(jsonb_agg(jsonb_build_object('place', place_id, 'relation', relation) ORDER BY id), '[]')
            FROM ceasefire_trucearea WHERE truce_id = live.id
        ),
        'windows', (
            SELECT coalesce(jsonb_agg(jsonb_build_object(
                'starts_at', starts_at, 'ends_at', ends_at, 'time_zone', time_zone
            ) ORDER BY starts_at, id), '[]')
            FROM ceasefire_trucewindow WHERE truce_id = live.id
        ),
        'parties', (
            SELECT coalesce(jsonb_agg(jsonb_build_object(
                'party', party_id, 'role', role, 'wording', wording, 'binds_members', binds_members,
                'exclusion_basis', exclusion_basis, 'designation', designation,
                'designation_as_of', designation_as_of_edtf, 'contested_by', contested_by,
                'joined', joined_edtf, 'left', left_edtf, 'outcome', outcome
            ) ORDER BY id), '[]')
            FROM ceasefire_truceparty WHERE truce_id = live.id
        ),
        'terms', (
            SELECT coalesce(jsonb_agg(jsonb_build_object(
                'rule', rule, 'act', act, 'wording', wording
            ) ORDER BY id), '[]')
            FROM ceasefire_truceterm WHERE truce_id = live.id
        ),
        'links', (
            SELECT coalesce(jsonb_agg(jsonb_build_object(
                'kind', link.kind, 'direction', direction, 'record', other.id,
                'public_id', other.public_id, 'title', other.title
            ) ORDER BY link.id), '[]')
            FROM (
                SELECT id, kind, 'from' AS direction, to_truce_id AS other_id
                FROM ceasefire_trucelink WHERE from_truce_id = live.id
                UNION ALL
                SELECT id, kind, 'to', from_truce_id FROM ceasefire_trucelink WHERE to_truce_id = live.id
            ) AS link
            JOIN sources_record AS other ON other.id = link.other_id AND other.status = 'published'
        )
    )
FROM live JOIN ceasefire_truce AS truce ON truce.record_id = live.id;
