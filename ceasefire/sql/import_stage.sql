-- The tables of one import, which the end of its transaction drops. COPY fills the first five with
-- what the format read; `things.py` fills those that say which of ours each thing is.

-- Every row trigger asks whether it is to be ignored. While nothing is set, the question raises and
-- catches an error, which looks through all checks that wait for the commit: 3 ms a row at the end.
SET LOCAL pgtrigger.ignore = '{}';

-- One row each: an incident to be. `conflict`, `place` and `parties` are numbers of the importing
-- process for what the dataset names.
CREATE TEMP TABLE incoming (
    number integer NOT NULL,
    value text NOT NULL,
    digest text NOT NULL,
    part text NOT NULL,
    title text NOT NULL,
    summary text NOT NULL,
    when_edtf text NOT NULL,
    when_wording text NOT NULL,
    extent text NOT NULL,
    conflict integer NOT NULL,
    act text NOT NULL,
    is_aggregate boolean NOT NULL,
    place integer,
    place_wording text NOT NULL,
    place_precision smallint,
    parties integer[] NOT NULL,
    targets text[] NOT NULL,
    -- What becomes of it (ceasefire.enums.RowOutcome), of which record, and why if not as it says.
    outcome text NOT NULL DEFAULT 'created',
    record_id bigint,
    why text NOT NULL DEFAULT ''
) ON COMMIT DROP;

-- One row each: the row of the file as it stood there. Apart, because it is wide and read only once.
CREATE TEMP TABLE incoming_raw (
    number integer NOT NULL,
    raw jsonb NOT NULL,
    remarks jsonb NOT NULL
) ON COMMIT DROP;

-- One row each: a passage that an incident cites. Without an outlet: the dataset's own.
CREATE TEMP TABLE incoming_passage (
    number integer NOT NULL,
    position integer NOT NULL,
    outlet integer,
    title text NOT NULL,
    published text NOT NULL,
    published_wording text NOT NULL,
    url text NOT NULL,
    locator text NOT NULL,
    told_by integer,
    is_unallocated boolean NOT NULL
) ON COMMIT DROP;

-- One row each: a number that a passage claims.
CREATE TEMP TABLE incoming_number (
    number integer NOT NULL,
    position integer NOT NULL,
    place_in_passage integer NOT NULL,
    "group" text NOT NULL,
    side text NOT NULL,
    harm text NOT NULL,
    low integer,
    best integer,
    high integer
) ON COMMIT DROP;

-- One row each: a row of the file that cannot go in, with everything that is wrong with it.
CREATE TEMP TABLE incoming_fault (
    number integer NOT NULL,
    value text NOT NULL,
    raw jsonb NOT NULL,
    findings jsonb NOT NULL
) ON COMMIT DROP;

-- One row each: an incident that is to be written, with its record's id and its bounds.
CREATE TEMP TABLE new_record (
    number integer PRIMARY KEY,
    value text NOT NULL,
    digest text NOT NULL,
    part text NOT NULL,
    title text NOT NULL,
    summary text NOT NULL,
    when_edtf text NOT NULL,
    when_wording text NOT NULL,
    extent text NOT NULL,
    earliest date,
    latest date,
    conflict integer NOT NULL,
    act text NOT NULL,
    is_aggregate boolean NOT NULL,
    place integer,
    place_wording text NOT NULL,
    place_precision smallint,
    parties integer[] NOT NULL,
    targets text[] NOT NULL,
    outcome text NOT NULL,
    record_id bigint NOT NULL
) ON COMMIT DROP;

-- One row each: a document that the rows of a part cite, which of our sources it is, and the first row
-- of the part that cites it.
CREATE TEMP TABLE new_document (
    number integer NOT NULL,
    outlet_id bigint NOT NULL,
    title text NOT NULL,
    published text NOT NULL,
    published_wording text NOT NULL,
    url text NOT NULL,
    is_ours boolean NOT NULL,
    id bigint NOT NULL
) ON COMMIT DROP;

-- One row each: a passage of a row that is to be written, with its source, and with the id of its
-- citation if its record is new.
CREATE TEMP TABLE new_passage (
    number integer NOT NULL,
    position integer NOT NULL,
    record_id bigint NOT NULL,
    outcome text NOT NULL,
    title text NOT NULL,
    locator text NOT NULL,
    told_by integer,
    is_unallocated boolean NOT NULL,
    source_id bigint NOT NULL,
    outlet_id bigint NOT NULL,
    citation_id bigint
) ON COMMIT DROP;

CREATE TEMP TABLE our_conflict (ref integer PRIMARY KEY, id bigint NOT NULL) ON COMMIT DROP;
CREATE TEMP TABLE our_place (ref integer PRIMARY KEY, id bigint NOT NULL, name text NOT NULL) ON COMMIT DROP;
CREATE TEMP TABLE our_party (ref integer PRIMARY KEY, id bigint NOT NULL, name text NOT NULL) ON COMMIT DROP;
CREATE TEMP TABLE our_outlet (ref integer PRIMARY KEY, id bigint NOT NULL) ON COMMIT DROP;
-- On whom documents rely: an outlet that we know, or a speaker in the dataset's words.
CREATE TEMP TABLE our_origin (
    ref integer PRIMARY KEY, outlet_id bigint, speaker text NOT NULL, is_aligned boolean NOT NULL
) ON COMMIT DROP;
