"""Every rule that the database holds, and one attempt to break each, past every form."""

import datetime
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import pgtrigger
import psycopg
import pytest
from django.db import DatabaseError, DataError, IntegrityError, connection, models, transaction

from ceasefire.models import (
    Attribution,
    DuplicateProposal,
    Incident,
    IncidentParty,
    IncidentTarget,
    IncidentTruce,
    Tally,
    Truce,
    TruceArea,
    TruceEvent,
    TruceLink,
    TruceParty,
    TruceTerm,
    TruceWindow,
    Violation,
)
from sources.fields import PartialDateField
from sources.models import Citation, ExternalId, Figure, Outlet, Record, Source
from talks.models import (
    Conflict,
    ConflictId,
    DecisionParty,
    Delegation,
    DelegationDecision,
    DelegationMember,
    DelegationParty,
    Development,
    DevelopmentParty,
    Office,
    Party,
    PartyId,
    PartyName,
    PartyTie,
    Person,
    Place,
    PlaceId,
    Process,
    RecordLink,
    Round,
    RoundRole,
    Statement,
    StatementSubject,
)
from tests.factories.ceasefire import (
    AttributionFactory,
    IncidentFactory,
    TruceFactory,
    TrucePartyFactory,
)
from tests.factories.sources import OutletFactory, cite
from tests.factories.talks import (
    DelegationDecisionFactory,
    DelegationFactory,
    PartyFactory,
    PartyNameFactory,
    PersonFactory,
    PlaceFactory,
    RoundFactory,
)
from tests.processes import database_address
from tests.rows import ROWS, execute, key, owned_models, table

Model = type[models.Model]
Values = dict[str, Any]
NONSENSE = "x"
NINE = datetime.time(9)
NOTHING = {"low": None, "best": None, "high": None}
BACKWARDS = {"earliest": datetime.date(2017, 1, 2), "latest": datetime.date(2017, 1, 1)}


@dataclass(frozen=True)
class Attempt:
    """What to do, and the name of the constraint that is to stop it."""

    constraint: str
    act: Callable[[], object]


def update(model: Model, **values: Any) -> Callable[[], object]:
    """Return the act of putting values into a valid row; a callable is called for its value."""

    def act() -> None:
        row = ROWS[model].make()
        made = {name: value() if callable(value) else value for name, value in values.items()}
        model._default_manager.filter(pk=row.pk).update(**made)

    return act


def set_to_own(model: Model, column: str, other: str) -> Callable[[], object]:
    """Return the act of letting a row refer to itself, or to one thing twice."""

    def act() -> None:
        row = ROWS[model].make()
        model._default_manager.filter(pk=row.pk).update(**{column: models.F(other)})

    return act


def twice(model: Model, *, but: Values | None = None, first: Values | None = None) -> Any:
    """Return the act of inserting a row's copy; `but` is what the copy has otherwise.

    `but` gives new values to unique columns that are not the ones under test.
    """

    def act() -> None:
        row = ROWS[model].make()
        for name, value in (first or {}).items():
            setattr(row, name, value() if callable(value) else value)
        row.save()
        row.pk = None
        for name, value in (but or {}).items():
            setattr(row, name, value() if callable(value) else value)
        model._default_manager.bulk_create([row])

    return act


def out_of_order(model: Model, prefix: str) -> Callable[[], object]:
    """Return the act of swapping a date's bounds while the trigger that derives them is off."""

    def act() -> None:
        row = ROWS[model].make()
        # The savepoint is rolled back before the trigger is turned on again.
        with pgtrigger.ignore(f"{model._meta.label}:keep_partial_dates"), transaction.atomic():
            model._default_manager.filter(pk=row.pk).update(
                **{f"{prefix}{name}": value for name, value in BACKWARDS.items()}
            )

    return act


def choices(model: Model, *fields: str, **names: str) -> list[Attempt]:
    """Return attempts to leave the code lists of these fields."""
    return [
        Attempt(
            f"{model._meta.db_table}_{names.get(field, field)}_is_known",
            update(model, **{field: 9 if "precision" in field else NONSENSE}),
        )
        for field in (*fields, *names)
    ]


def dates(model: Model, *prefixes: str) -> list[Attempt]:
    return [
        Attempt(f"{model._meta.db_table}_{prefix}dates_in_order", out_of_order(model, prefix))
        for prefix in prefixes
    ]


def bounds(model: Model) -> list[Attempt]:
    name = model._meta.db_table
    return [
        Attempt(f"{name}_bounds_in_order", update(model, low=3, best=2, high=4)),
        Attempt(f"{name}_has_a_number", update(model, **NOTHING)),
        *(
            Attempt(f"{name}_{bound}_check", update(model, **{**NOTHING, bound: -1}))
            for bound in NOTHING
        ),
    ]


def second_role(truce_party: TruceParty, **values: Any) -> None:
    TrucePartyFactory.create(truce=truce_party.truce, party=truce_party.party, **values)


def bound_and_excluded() -> None:
    second_role(TrucePartyFactory.create(role="bound"), role="excluded")


def two_official_names() -> None:
    name = PartyNameFactory.create(kind="official", until_edtf="2016-07")
    PartyNameFactory.create(party=name.party, kind="official", since_edtf="2016-05")


ATTEMPTS = [
    # sources
    *choices(Outlet, "kind", "reliability"),
    Attempt("sources_outlet_url_is_web", update(Outlet, url="javascript:alert(1)")),
    Attempt("sources_outlet_name_key", twice(Outlet, but={"slug": "other"})),
    Attempt("sources_outlet_slug_key", twice(Outlet, but={"name": "Other"})),
    *choices(Source, "visibility"),
    *dates(Source, "published_"),
    Attempt("sources_source_url_is_web", update(Source, url="ftp://example.org/")),
    Attempt("sources_source_archive_url_is_web", update(Source, archive_url="data:,x")),
    Attempt("sources_source_archive_sha256_is_hex", update(Source, archive_sha256="abc")),
    Attempt("sources_source_public_id_key", twice(Source)),
    *choices(Record, "kind", "status", "extent"),
    Attempt(
        "sources_record_time_zone_is_known",
        update(Record, when_edtf="2017-01-15", time_of_day=NINE, time_zone=NONSENSE),
    ),
    *dates(Record, ""),
    Attempt("sources_record_time_has_zone", update(Record, time_zone="Asia/Damascus")),
    Attempt(
        "sources_record_time_has_day",
        update(Record, when_edtf="2017-01", time_of_day=NINE, time_zone="UTC"),
    ),
    Attempt("sources_record_public_id_key", twice(Record)),
    *choices(Citation, "stance"),
    Attempt("sources_citation_origin_is_named", update(Citation, origin="other_outlet")),
    Attempt("sources_citation_aligned_is_speaker", update(Citation, is_speaker_aligned=True)),
    Attempt("sources_citation_credibility_is_graded", update(Citation, credibility=7)),
    Attempt("sources_citation_credibility_check", update(Citation, credibility=-1)),
    *choices(Figure, "group", "harm"),
    *dates(Figure, "as_of_"),
    *bounds(Figure),
    Attempt("sources_figure_side_is_named", update(Figure, side="the government's")),
    Attempt("sources_figure_supersedes_another", set_to_own(Figure, "supersedes", "pk")),
    Attempt("sources_externalid_unique_in_scheme", twice(ExternalId)),
    # talks
    Attempt("talks_conflict_name_key", twice(Conflict, but={"slug": "other"})),
    Attempt("talks_conflict_slug_key", twice(Conflict, but={"name": "Other"})),
    Attempt("talks_conflictid_unique_in_scheme", twice(ConflictId)),
    Attempt("talks_partyid_unique_in_scheme", twice(PartyId)),
    Attempt("talks_placeid_unique_in_scheme", twice(PlaceId)),
    *choices(Place, "kind", "precision"),
    Attempt("talks_place_precision_check", update(Place, precision=-1)),
    Attempt("talks_place_point_is_on_earth", update(Place, latitude=34)),
    Attempt("talks_place_lies_in_another", set_to_own(Place, "parent", "pk")),
    Attempt("talks_place_unique_in_parent", twice(Place, but={"slug": "other"})),
    Attempt("talks_place_slug_key", twice(Place, but={"name": "Other"})),
    *choices(Party, "kind"),
    Attempt("talks_party_name_key", twice(Party, but={"slug": "other"})),
    Attempt("talks_party_slug_key", twice(Party, but={"name": "Other"})),
    Attempt(
        "talks_party_outlet_id_key",
        twice(
            Party,
            first={"outlet": OutletFactory.create},
            but={"name": "Other", "slug": "other"},
        ),
    ),
    *choices(PartyName, "kind"),
    *dates(PartyName, "since_", "until_"),
    Attempt("talks_partyname_given_once", twice(PartyName)),
    Attempt("talks_partyname_official_names_apart", two_official_names),
    Attempt(
        "talks_partyname_since_before_until",
        update(PartyName, since_edtf="2017", until_edtf="2016"),
    ),
    Attempt("talks_person_slug_key", twice(Person)),
    Attempt("talks_process_named_once", twice(Process, but={"slug": "other"})),
    Attempt("talks_process_slug_key", twice(Process, but={"name": "Other"})),
    *choices(Round, "format", round_status="status"),
    *choices(RoundRole, "role"),
    Attempt("talks_roundrole_given_once", twice(RoundRole)),
    *choices(Delegation, "capacity", "attendance"),
    Attempt("talks_delegationparty_is_named", update(DelegationParty, party=None)),
    Attempt("talks_delegationparty_represented_once", twice(DelegationParty)),
    Attempt("talks_delegationmember_sits_once", twice(DelegationMember)),
    *choices(DelegationDecision, "decision"),
    Attempt("talks_decisionparty_is_named", update(DecisionParty, party=None)),
    Attempt("talks_decisionparty_decides_once", twice(DecisionParty)),
    Attempt("talks_statement_has_a_speaker", update(Statement, anonymous_role="")),
    Attempt("talks_statement_named_or_anonymous", update(Statement, speaker=PersonFactory.create)),
    Attempt("talks_statementsubject_named_once", twice(StatementSubject)),
    Attempt(
        "talks_statementsubject_is_of_another", set_to_own(StatementSubject, "record", "statement")
    ),
    *choices(Development, "development"),
    Attempt("talks_developmentparty_named_once", twice(DevelopmentParty)),
    *choices(Office, "phase"),
    *dates(Office, "since_", "until_"),
    Attempt(
        "talks_office_since_before_until", update(Office, since_edtf="2017", until_edtf="2016")
    ),
    *choices(PartyTie, "tie", "phase"),
    *dates(PartyTie, "since_", "until_"),
    Attempt("talks_partytie_parties_are_named", update(PartyTie, other_party=None)),
    Attempt("talks_partytie_is_with_another", set_to_own(PartyTie, "other_party", "party")),
    Attempt(
        "talks_partytie_since_before_until", update(PartyTie, since_edtf="2017", until_edtf="2016")
    ),
    *choices(RecordLink, "kind"),
    Attempt("talks_recordlink_drawn_once", twice(RecordLink)),
    Attempt("talks_recordlink_is_with_another", set_to_own(RecordLink, "to_record", "from_record")),
    # ceasefire
    *choices(
        Truce,
        "truce_class",
        "side",
        "form",
        "outcome",
        "mediated",
        "monitored",
        "enforcement",
        "coverage",
        "bound_recorded",
        "terms_recorded",
        "effective_zone",
    ),
    Attempt("ceasefire_truce_purposes_are_known", update(Truce, purposes=["holiday", NONSENSE])),
    *dates(Truce, "declared_", "effective_", "end_", "last_attested_"),
    Attempt(
        "ceasefire_truce_declared_before_end", update(Truce, declared_edtf="2017", end_edtf="2016")
    ),
    Attempt(
        "ceasefire_truce_effective_before_end",
        update(Truce, declared_edtf="", effective_edtf="2017", end_edtf="2016"),
    ),
    Attempt(
        "ceasefire_truce_hour_has_day_and_zone",
        update(
            Truce,
            effective_edtf="2017-01",
            effective_time=NINE,
            effective_zone="UTC",
        ),
    ),
    *choices(TruceArea, "relation"),
    Attempt("ceasefire_trucearea_listed_once", twice(TruceArea)),
    *choices(TruceWindow, "time_zone"),
    Attempt("ceasefire_trucewindow_given_once", twice(TruceWindow)),
    Attempt("ceasefire_trucewindow_has_a_zone", update(TruceWindow, time_zone="")),
    Attempt(
        "ceasefire_trucewindow_starts_before_end",
        update(TruceWindow, ends_at=datetime.time(8)),
    ),
    *choices(TruceLink, "kind"),
    Attempt("ceasefire_trucelink_drawn_once", twice(TruceLink)),
    Attempt("ceasefire_trucelink_is_with_another", set_to_own(TruceLink, "to_truce", "from_truce")),
    *choices(TruceParty, "role", "binds_members", "outcome"),
    Attempt(
        "ceasefire_truceparty_exclusion_basis_is_known",
        update(TruceParty, role="excluded", exclusion_basis=NONSENSE),
    ),
    *dates(TruceParty, "designation_as_of_", "joined_", "left_"),
    Attempt(
        "ceasefire_truceparty_given_once",
        # Brokers may not be given twice either, and no exclusion constraint steps in for them.
        twice(TruceParty, first={"role": "broker"}),
    ),
    Attempt("ceasefire_truceparty_bound_or_excluded", bound_and_excluded),
    Attempt(
        "ceasefire_truceparty_joined_before_left",
        update(TruceParty, joined_edtf="2017", left_edtf="2016"),
    ),
    Attempt(
        "ceasefire_truceparty_basis_is_of_exclusion", update(TruceParty, exclusion_basis="named")
    ),
    *choices(TruceTerm, "rule", "act"),
    Attempt("ceasefire_truceterm_given_once", twice(TruceTerm)),
    *choices(TruceEvent, "event"),
    *choices(Incident, "act", "place_precision"),
    Attempt("ceasefire_incident_place_precision_check", update(Incident, place_precision=-1)),
    Attempt("ceasefire_incidentparty_named_once", twice(IncidentParty)),
    *choices(IncidentTarget, "population"),
    Attempt(
        "ceasefire_incidenttarget_party_or_population",
        update(IncidentTarget, party=PartyFactory.create),
    ),
    Attempt("ceasefire_incidenttarget_named_once", twice(IncidentTarget)),
    Attempt("ceasefire_incidenttruce_linked_once", twice(IncidentTruce)),
    *choices(DuplicateProposal, "state"),
    Attempt("ceasefire_duplicateproposal_made_once", twice(DuplicateProposal)),
    Attempt(
        "ceasefire_duplicateproposal_is_of_two", set_to_own(DuplicateProposal, "other", "incident")
    ),
    *choices(Attribution, "standing", "justification"),
    Attempt("ceasefire_attribution_accused_is_named", update(Attribution, accused=None)),
    Attempt("ceasefire_attribution_made_once", twice(Attribution)),
    *choices(Tally, "counted"),
    *bounds(Tally),
    *choices(Violation, "standing"),
    Attempt("ceasefire_violation_has_an_accuser", update(Violation, accuser_wording="")),
]

# --- Rules between rows, held by triggers --------------------------------------------------------

IS_CITED = "sources_record_published_is_cited"
HAS_ITS_CHILD = "sources_record_has_its_child"


def publish_uncited() -> None:
    Record.objects.filter(pk=RoundFactory.create().pk).update(status="published")


def publish_with_context_only() -> None:
    round_ = RoundFactory.create()
    cite(round_, stance="context")
    Record.objects.filter(pk=round_.pk).update(status="published")


def lose_the_citation() -> None:
    RoundFactory.create(published=True)
    execute("DELETE FROM sources_citation")


def turn_the_citation() -> None:
    RoundFactory.create(published=True)
    Citation.objects.update(stance="contradicts")


def move_the_citation() -> None:
    other = RoundFactory.create()
    RoundFactory.create(published=True)
    Citation.objects.update(record=other)


def truncate_the_citations() -> None:
    RoundFactory.create(published=True)
    execute("SET CONSTRAINTS ALL IMMEDIATE")
    execute("TRUNCATE sources_citation CASCADE")


def take_the_child(model: Model) -> Callable[[], object]:
    def act() -> None:
        row = ROWS[model].make()
        execute(f"DELETE FROM {table(model)} WHERE {key(model)} = %s", row.pk)

    return act


def put_under_another_kind(model: Model) -> Callable[[], object]:
    def act() -> None:
        row = ROWS[model].make()
        other = RoundFactory.create() if model is not Round else TruceFactory.create()
        execute(f"UPDATE {table(model)} SET record_id = %s WHERE record_id = %s", other.pk, row.pk)

    return act


def sit_at_a_round_to_come() -> None:
    DelegationFactory.create(attendance="sat")


def call_off_a_round_that_was_sat_at() -> None:
    delegation = DelegationFactory.create(round__round_status="held", attendance="sat")
    delegation.round.round_status = "cancelled"
    delegation.round.save()


def decide_for_a_delegation_elsewhere() -> None:
    DelegationDecisionFactory.create(delegation=DelegationFactory.create())


def send_the_delegation_elsewhere() -> None:
    delegation = DelegationFactory.create()
    DelegationDecisionFactory.create(round=delegation.round, delegation=delegation)
    delegation.round = RoundFactory.create()
    delegation.save()


def lie_in_a_circle() -> None:
    country = PlaceFactory.create()
    town = PlaceFactory.create(parent=PlaceFactory.create(parent=country))
    Place.objects.filter(pk=country.pk).update(parent=town)


def name_a_field_of_another_kind() -> None:
    cite(RoundFactory.create(), fields=["title", "coverage"])


def attribute_on_another_records_citation() -> None:
    AttributionFactory.create(citation=cite(IncidentFactory.create()))


def move_an_attributions_citation() -> None:
    incident = IncidentFactory.create()
    AttributionFactory.create(incident=incident, citation=cite(incident))
    Citation.objects.update(record=IncidentFactory.create())


CHILDREN = Record.__subclasses__()

#: By table and trigger. More than one way to break a rule has a remark behind its key.
RULES: dict[str, Attempt] = {
    "sources_record.published_is_cited_insert": Attempt(
        IS_CITED, lambda: RoundFactory.create(status="published")
    ),
    "sources_record.published_is_cited_update": Attempt(IS_CITED, publish_uncited),
    "sources_record.published_is_cited_update/context": Attempt(
        IS_CITED, publish_with_context_only
    ),
    "sources_citation.published_is_cited": Attempt(IS_CITED, lose_the_citation),
    "sources_citation.published_is_cited/stance": Attempt(IS_CITED, turn_the_citation),
    "sources_citation.published_is_cited/record": Attempt(IS_CITED, move_the_citation),
    "sources_citation.published_is_cited_truncate": Attempt(IS_CITED, truncate_the_citations),
    "sources_record.has_its_child": Attempt(
        HAS_ITS_CHILD, lambda: Record.objects.create(kind="truce", title="No truce")
    ),
    "sources_record.has_its_child/kind": Attempt(HAS_ITS_CHILD, update(Record, kind="truce")),
    **{
        f"{child._meta.db_table}.is_of_kind": Attempt(HAS_ITS_CHILD, put_under_another_kind(child))
        for child in CHILDREN
    },
    **{
        f"{child._meta.db_table}.goes_with_record": Attempt(HAS_ITS_CHILD, take_the_child(child))
        for child in CHILDREN
    },
    "talks_delegation.sat_only_if_held": Attempt(
        "talks_delegation_sat_only_if_held", sit_at_a_round_to_come
    ),
    "talks_round.sat_only_if_held": Attempt(
        "talks_delegation_sat_only_if_held", call_off_a_round_that_was_sat_at
    ),
    "talks_delegationdecision.is_of_its_round": Attempt(
        "talks_delegationdecision_is_of_its_round", decide_for_a_delegation_elsewhere
    ),
    "talks_delegation.is_of_its_round": Attempt(
        "talks_delegationdecision_is_of_its_round", send_the_delegation_elsewhere
    ),
    "talks_place.is_a_tree": Attempt("talks_place_is_a_tree", lie_in_a_circle),
    "sources_citation.names_fields": Attempt(
        "sources_citation_names_fields", name_a_field_of_another_kind
    ),
    "ceasefire_attribution.cites_its_incident": Attempt(
        "ceasefire_attribution_cites_its_incident", attribute_on_another_records_citation
    ),
    "sources_citation.stays_with_attribution": Attempt(
        "ceasefire_attribution_cites_its_incident", move_an_attributions_citation
    ),
}


# --- The tests -----------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    "attempt",
    [
        *(pytest.param(attempt, id=attempt.constraint) for attempt in ATTEMPTS),
        *(pytest.param(attempt, id=rule) for rule, attempt in RULES.items()),
    ],
)
def test_constraint_cannot_be_broken(attempt: Attempt) -> None:
    with pytest.raises(IntegrityError) as refused, transaction.atomic():  # noqa: PT012  # either may
        attempt.act()
        execute("SET CONSTRAINTS ALL IMMEDIATE")

    assert constraint_of(refused.value) == attempt.constraint


@pytest.mark.django_db
def test_every_constraint_of_the_database_has_an_attempt() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT conname FROM pg_constraint
            WHERE contype IN ('c', 'u', 'x') AND conrelid::regclass::text = ANY(%(tables)s)
            UNION
            SELECT indexrelid::regclass::text FROM pg_index
            WHERE indisunique AND NOT indisprimary AND indrelid::regclass::text = ANY(%(tables)s)
            """,
            {"tables": [model._meta.db_table for model in owned_models()]},
        )
        names = {name for (name,) in cursor.fetchall()}

    assert {attempt.constraint for attempt in ATTEMPTS} == names


def test_every_constraint_of_a_model_has_an_attempt() -> None:
    names = {constraint.name for constraint in every_constraint()}

    assert names - {attempt.constraint for attempt in ATTEMPTS} == set()


@pytest.mark.django_db
def test_every_rule_of_the_database_has_an_attempt() -> None:
    with connection.cursor() as cursor:
        # Django's own foreign keys are internal; the triggers of pgtrigger have its prefix.
        cursor.execute(
            """
            SELECT tgrelid::regclass::text || '.' || tgname FROM pg_trigger
            WHERE NOT tgisinternal AND NOT starts_with(tgname, 'pgtrigger_')
                AND tgrelid::regclass::text = ANY(%s)
            """,
            [[model._meta.db_table for model in owned_models()]],
        )
        names = {name for (name,) in cursor.fetchall()}

    assert {rule.partition("/")[0] for rule in RULES} == names


def every_constraint() -> list[models.BaseConstraint]:
    return [constraint for model in owned_models() for constraint in model._meta.constraints]


@pytest.mark.parametrize("constraint", every_constraint(), ids=lambda constraint: constraint.name)
def test_constraint_says_in_words_what_is_wrong(constraint: models.BaseConstraint) -> None:
    message = str(constraint.violation_error_message)

    assert message != str(models.BaseConstraint.default_violation_error_message)
    assert message[0].isupper()
    assert message.endswith(".")


@pytest.mark.parametrize("model", owned_models())
def test_constraint_is_named_after_its_model(model: Model) -> None:
    names = [constraint.name for constraint in model._meta.constraints]

    assert [name for name in names if not name.startswith(f"{model._meta.db_table}_")] == []
    assert [name for name in names if len(name) > 63] == []


PARTIAL_DATES = [
    (model, field.name)
    for model in owned_models()
    for field in model._meta.local_concrete_fields
    if isinstance(field, PartialDateField)
]


@pytest.mark.django_db
@pytest.mark.parametrize(("model", "field"), PARTIAL_DATES)
@pytest.mark.parametrize("text", ["2017-02-30", "next week", "2017-01-16/2016-12-30"])
def test_text_that_is_no_date_is_refused(model: Model, field: str, text: str) -> None:
    with pytest.raises(DataError) as refused, transaction.atomic():
        update(model, **{field: text})()

    assert refused.value.__cause__.sqlstate == "22007"  # type: ignore[union-attr]  # psycopg's


# --- Rules that two transactions could only break together ----------------------------------------


def race(first: str, second: str) -> BaseException | None:
    """Return what stops the second statement when each is right without the other.

    The first checks its rules and waits; the second begins; only when it waits for the first, or
    is through, does the first commit.
    """

    def second_transaction() -> None:
        with psycopg.connect(database_address()) as connected:
            connected.execute(second)
            connected.execute("SET CONSTRAINTS ALL IMMEDIATE")

    with ThreadPoolExecutor(1) as threads:
        with psycopg.connect(database_address()) as connected:
            connected.execute(first)
            connected.execute("SET CONSTRAINTS ALL IMMEDIATE")
            running = threads.submit(second_transaction)
            wait_until(lambda: running.done() or is_waiting())
        return running.exception(timeout=10)


def is_waiting() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_stat_activity "
            "WHERE wait_event_type = 'Lock' AND datname = current_database())"
        )
        return bool(cursor.fetchone()[0])


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.005)


@pytest.mark.django_db(transaction=True)
def test_two_transactions_cannot_delete_the_last_two_citations() -> None:
    round_ = RoundFactory.create(published=True)
    other = cite(round_)

    error = race(
        f"DELETE FROM sources_citation WHERE id <> {other.pk}",
        f"DELETE FROM sources_citation WHERE id = {other.pk}",
    )

    assert constraint_of(error) == IS_CITED
    assert round_.citations.get() == other


@pytest.mark.django_db(transaction=True)
def test_publishing_and_deleting_the_citation_cannot_both_succeed() -> None:
    round_ = RoundFactory.create()
    cite(round_)

    error = race(
        "UPDATE sources_record SET status = 'published'",
        "DELETE FROM sources_citation",
    )

    assert constraint_of(error) == IS_CITED
    assert round_.citations.count() == 1


@pytest.mark.django_db(transaction=True)
def test_sitting_and_calling_off_the_round_cannot_both_succeed() -> None:
    DelegationFactory.create(round__round_status="held")

    error = race(
        "UPDATE talks_delegation SET attendance = 'sat'",
        "UPDATE talks_round SET round_status = 'cancelled'",
    )

    assert constraint_of(error) == "talks_delegation_sat_only_if_held"


@pytest.mark.django_db(transaction=True)
def test_two_transactions_cannot_close_a_circle_of_places() -> None:
    one, other = PlaceFactory.create(), PlaceFactory.create()
    in_one, in_other = PlaceFactory.create(parent=one), PlaceFactory.create(parent=other)

    error = race(
        f"UPDATE talks_place SET parent_id = {in_other.pk} WHERE id = {one.pk}",
        f"UPDATE talks_place SET parent_id = {in_one.pk} WHERE id = {other.pk}",
    )

    assert constraint_of(error) == "talks_place_is_a_tree"


def constraint_of(error: BaseException | None) -> str | None:
    """Return the constraint that an error of psycopg, or Django's around it, names."""
    found = error.__cause__ if isinstance(error, DatabaseError) else error
    assert isinstance(found, psycopg.Error)
    return found.diag.constraint_name
