-- The tables that a build works in. What fills each and who reads it stands with the statements.
-- They live as long as the builder's session, so that its plans do too; each build empties them.
CREATE TEMP TABLE touched (topic text, ref bigint);
CREATE TEMP TABLE scope_record (id bigint);
CREATE TEMP TABLE scope_truce (id bigint);
CREATE TEMP TABLE scope_incident (id bigint);
CREATE TEMP TABLE scope_tie (id bigint);
CREATE TEMP TABLE scope_label (topic text, ref bigint);
CREATE TEMP TABLE moved_place (id bigint);

-- The verdict.
CREATE TEMP TABLE truce_fact (
    id bigint, conflict_id bigint, coverage text, bound_recorded text, terms_recorded text,
    never_took_effect boolean, basis text, s1 date, s2 date, starts_at timestamptz, e1 date, e2 date,
    certain_until date, binds_any boolean, has_terms boolean, lists_places boolean,
    leaves_out boolean, has_hours boolean
);
CREATE TEMP TABLE pair (
    id bigint, truce_id bigint, incident_id bigint, act text, place_id bigint, ie date, il date, extent text,
    happened_at timestamptz
);
CREATE TEMP TABLE suspension (truce_id bigint, first_day date, last_day date);
CREATE TEMP TABLE period_answer (pair_id bigint, answer text);
CREATE TEMP TABLE area_answer (truce_id bigint, place_id bigint, answer text);
CREATE TEMP TABLE standing_of_party (pair_id bigint, party_id bigint, standing text);
CREATE TEMP TABLE involved_answer (pair_id bigint, answer text);
CREATE TEMP TABLE target_answer (pair_id bigint, answer text);
CREATE TEMP TABLE act_answer (truce_id bigint, act text, justification text, answer text);
CREATE TEMP TABLE claim (pair_id bigint, standing text);
CREATE TEMP TABLE rejudged (id bigint, verdict text);

-- What records of every kind have in common.
CREATE TEMP TABLE live (id bigint, kind text);
CREATE TEMP TABLE place_path (id bigint, path bigint[]);
CREATE TEMP TABLE passage (
    id bigint, record_id bigint, stance text, fields varchar[], locator text, quote text,
    source_id bigint, source_outlet_id bigint, is_public boolean, published_edtf text,
    published_earliest date, published_latest date, origin text, attributed_outlet_id bigint,
    attributed_speaker text, is_verification boolean, origin_key text, origin_outlet_id bigint,
    is_aligned boolean
);
CREATE TEMP TABLE figure (
    id bigint, record_id bigint, citation_id bigint, supports boolean, "group" text, side text,
    harm text, low integer, best integer, high integer, as_of text, is_superseded boolean
);
CREATE TEMP TABLE toll (
    record_id bigint, killed_low integer, killed_best integer, killed_high integer,
    civilians_killed_low integer, civilians_killed_high integer, injured_low integer,
    injured_high integer, displaced_low integer, displaced_high integer
);
CREATE TEMP TABLE cited (
    record_id bigint, citations jsonb, outlet_ids bigint[], origins text[], source_ids bigint[],
    words text, reported_edtf text, reported_earliest date, reported_latest date, evidence text,
    evidence_who text, links jsonb
);
-- What the projection of a kind knows of a record. The defaults are what a kind does not have.
CREATE TEMP TABLE fact (
    record_id bigint,
    detail text NOT NULL DEFAULT '',
    conflict_id bigint NOT NULL,
    place_id bigint,
    place_ids bigint[] NOT NULL DEFAULT '{}',
    place_precision smallint,
    party_ids bigint[] NOT NULL DEFAULT '{}',
    accused_ids bigint[] NOT NULL DEFAULT '{}',
    accuser_ids bigint[] NOT NULL DEFAULT '{}',
    target_ids bigint[] NOT NULL DEFAULT '{}',
    targets text[] NOT NULL DEFAULT '{}',
    person_ids bigint[] NOT NULL DEFAULT '{}',
    truce_ids bigint[] NOT NULL DEFAULT '{}',
    round_ids bigint[] NOT NULL DEFAULT '{}',
    process_ids bigint[] NOT NULL DEFAULT '{}',
    outlet_ids bigint[] NOT NULL DEFAULT '{}',
    act text NOT NULL DEFAULT '',
    is_aggregate boolean NOT NULL DEFAULT false,
    verdict text NOT NULL DEFAULT '',
    words text,
    doc jsonb NOT NULL
);
-- Under which wider acts each act falls, itself at distance 0; filled once from the code list.
CREATE TEMP TABLE act_path (act text, falls_under text, distance integer);

-- What the counts of mentions change by.
CREATE TEMP TABLE recounted (mention text, ref bigint);
CREATE TEMP TABLE mentioned (
    mention text, ref bigint, conflict_id bigint, kind text, verdict text, evidence text,
    is_aggregate boolean, begun_in date, ended_in date, entries bigint
);
