-- The tables of one build. What fills them and who reads them stands with each statement.
CREATE TEMP TABLE touched (topic text, ref bigint) ON COMMIT DROP;
CREATE TEMP TABLE scope_record (id bigint) ON COMMIT DROP;
CREATE TEMP TABLE scope_truce (id bigint) ON COMMIT DROP;
CREATE TEMP TABLE scope_incident (id bigint) ON COMMIT DROP;
CREATE TEMP TABLE scope_tie (id bigint) ON COMMIT DROP;
CREATE TEMP TABLE scope_label (topic text, ref bigint) ON COMMIT DROP;
CREATE TEMP TABLE act_path (act text, falls_under text, distance integer) ON COMMIT DROP;
CREATE TEMP TABLE live (id bigint PRIMARY KEY) ON COMMIT DROP;
-- What the projection of a kind knows of a record. The defaults are what a kind does not have.
CREATE TEMP TABLE fact (
    record_id bigint PRIMARY KEY,
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
) ON COMMIT DROP;
