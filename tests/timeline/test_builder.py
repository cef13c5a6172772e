"""The builder: every door, every order, and what dies half-way."""

import threading
from collections.abc import Callable

import psycopg
import pytest
from django.db import OperationalError, connection, transaction

from ceasefire.enums import Act, AttributionStanding, Coverage, TermRule, TruceOutcome, TruceRole
from ceasefire.models import Attribution, Incident, Truce, TruceParty, TruceTerm
from sources.enums import FigureGroup, Harm, Status, Visibility
from sources.models import Citation, Figure, PendingChange, Record, Source
from talks.models import Party, Place
from tests.factories.ceasefire import (
    AttributionFactory,
    IncidentFactory,
    IncidentTargetFactory,
    TruceEventFactory,
    TruceFactory,
    TrucePartyFactory,
)
from tests.factories.sources import FigureFactory, OutletFactory, SourceFactory, cite, publish
from tests.factories.talks import ConflictFactory, PartyFactory, PlaceFactory
from tests.processes import database_address
from timeline import builder
from timeline.enums import Evidence, Mention, Verdict
from timeline.models import Assessment, Entry, Label, MentionCount, Revision, Sheet
from timeline.projections import VERSION

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def truce() -> Truce:
    """The truce of 30 December 2016, of which little is recorded."""
    created: Truce = TruceFactory.create(
        title="Truce brokered by Russia and Turkey",
        conflict=ConflictFactory.create(name="Syria"),
        when_edtf="2016-12-30",
        declared_edtf="2016-12-30",
        last_attested_edtf="2017-01-16",
        published=True,
    )
    return created


@pytest.fixture
def another_truce(truce: Truce) -> Truce:
    """One of the same days, of which as little is recorded."""
    created: Truce = TruceFactory.create(
        conflict=truce.conflict,
        when_edtf="2016-12-30",
        declared_edtf="2016-12-30",
        last_attested_edtf="2017-01-16",
        published=True,
    )
    return created


@pytest.fixture
def government() -> Party:
    created: Party = PartyFactory.create(name="Government of Syria")
    return created


@pytest.fixture
def shelling(truce: Truce, government: Party) -> Incident:
    """The shelling of 15 January 2017, ascribed to the government."""
    with transaction.atomic():
        incident: Incident = IncidentFactory.create(
            title="Shelling of a village",
            conflict=truce.conflict,
            act=Act.SHELLING,
            when_edtf="2017-01-15",
            place=PlaceFactory.create(name="Wadi Barada"),
        )
        IncidentTargetFactory.create(incident=incident, population="civilians")
        citation = cite(incident)
        FigureFactory.create(citation=citation)
        AttributionFactory.create(
            incident=incident,
            accused=government,
            citation=citation,
            standing=AttributionStanding.ALLEGED,
        )
        Record.objects.filter(pk=incident.pk).update(status=Status.PUBLISHED)
    builder.build()
    return incident


def entry_of(record: Record) -> Entry | None:
    return Entry.objects.current().filter(record_id=record.pk).first()


def assert_nothing_differs() -> None:
    assert str(builder.verify()) == "no difference"


def test_build_numbers_one_revision_for_what_changed(truce: Truce, shelling: Incident) -> None:
    revision = Revision.objects.get()

    assert (revision.number, revision.added, revision.changed, revision.removed) == (1, 2, 0, 0)
    assert PendingChange.objects.count() == 0
    assert_nothing_differs()


def test_build_without_a_difference_writes_no_revision(shelling: Incident) -> None:
    Record.objects.filter(pk=shelling.pk).update(title="Shelling of a village")

    assert PendingChange.objects.exists()
    assert builder.build() == []
    assert not PendingChange.objects.exists()
    assert Revision.objects.count() == 1


def test_a_truce_that_says_nothing_leaves_the_verdict_possible(shelling: Incident) -> None:
    entry = entry_of(shelling)
    assessment = Assessment.objects.current().get()

    assert entry is not None
    assert (entry.verdict, entry.evidence, entry.evidence_who) == (
        Verdict.POSSIBLE,
        Evidence.SINGLE_ORIGIN,
        Evidence.SINGLE_ORIGIN,
    )
    assert (entry.killed_low, entry.killed_best, entry.killed_high) == (9, None, None)
    assert (entry.civilians_killed_low, entry.civilians_killed_high) == (9, None)
    assert (assessment.period_why, assessment.area_why, assessment.bound_why) == (
        "within_from_declaration",
        "coverage_not_recorded",
        "no_bound_party_recorded",
    )
    assert (assessment.protected_why, assessment.prohibited_why) == (
        "population",
        "terms_not_recorded",
    )


def test_terms_make_it_a_violation_and_an_exclusion_not_covered(
    truce: Truce, shelling: Incident, government: Party
) -> None:
    with transaction.atomic():
        Truce.objects.filter(pk=truce.pk).update(coverage=Coverage.ALL)
        bound = TrucePartyFactory.create(truce=truce, party=government, role=TruceRole.BOUND)
        TruceTerm.objects.create(truce=truce, rule=TermRule.PROHIBITS, act=Act.SHELLING)
    builder.build()
    entry = entry_of(shelling)
    assert entry is not None
    assert entry.verdict == Verdict.VIOLATION

    TruceParty.objects.filter(pk=bound.pk).update(role=TruceRole.EXCLUDED)
    builder.build()
    entry = entry_of(shelling)
    assert entry is not None
    assert entry.verdict == Verdict.NOT_COVERED
    assert_nothing_differs()


def test_a_verdict_takes_nothing_else_of_a_line_along(
    truce: Truce, another_truce: Truce, shelling: Incident
) -> None:
    """The gravest counts: under one truce it was never covered, under the other it may be."""
    never, unknown = TruceOutcome.NEVER_TOOK_EFFECT, ""
    for outcomes, verdict in (
        ((never, unknown), Verdict.POSSIBLE),
        ((never, never), Verdict.NOT_COVERED),
        ((unknown, never), Verdict.POSSIBLE),
    ):
        for one, outcome in zip((truce, another_truce), outcomes, strict=True):
            Truce.objects.filter(pk=one.pk).update(outcome=outcome)
        builder.build()

        entry = entry_of(shelling)
        assert entry is not None
        assert entry.verdict == verdict
        assert_nothing_differs()
    versions = Entry.objects.filter(record_id=shelling.pk).order_by("pk")
    first, *others = versions.values(*Entry.derived_columns())
    assert [other | {"verdict": first["verdict"]} for other in others] == [first] * 2
    assert Sheet.objects.filter(record_id=shelling.pk).count() == 1


def raw_sql(incident: Incident) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE sources_record SET title = 'Changed' WHERE id = %s", [incident.pk])


def queryset_update(incident: Incident) -> None:
    Incident.objects.filter(pk=incident.pk).update(title="Changed")


def bulk_create(incident: Incident) -> None:
    citation = incident.citations.get()
    Figure.objects.bulk_create(
        [Figure(citation=citation, group=FigureGroup.PEOPLE, harm=Harm.INJURED, low=3)]
    )


def bulk_update(incident: Incident) -> None:
    figures = list(Figure.objects.filter(citation__record_id=incident.pk))
    for figure in figures:
        figure.low = 11
    Figure.objects.bulk_update(figures, ["low"])


def delete_row(incident: Incident) -> None:
    Attribution.objects.filter(incident=incident).delete()


def delete_record(incident: Incident) -> None:
    with transaction.atomic():
        Attribution.objects.filter(incident=incident).delete()
        Citation.objects.filter(record_id=incident.pk).delete()
        incident.delete()


def truncate(incident: Incident) -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE sources_figure CASCADE")


@pytest.mark.parametrize(
    "change",
    [raw_sql, queryset_update, bulk_create, bulk_update, delete_row, delete_record, truncate],
)
def test_every_door_reaches_the_timeline(
    shelling: Incident, change: Callable[[Incident], None]
) -> None:
    before = entry_of(shelling)
    assert before is not None

    change(shelling)
    assert len(builder.build()) == 1

    after = Entry.objects.current().filter(record_id=before.record_id).first()
    assert after is None or after.pk != before.pk
    assert_nothing_differs()


def test_withdrawing_removes_and_older_revisions_keep_it(shelling: Incident) -> None:
    Record.objects.filter(pk=shelling.pk).update(status=Status.WITHDRAWN)
    builder.build()

    assert entry_of(shelling) is None
    assert not Assessment.objects.current().exists()
    assert not Sheet.objects.current().filter(record_id=shelling.pk).exists()
    assert Entry.objects.as_of(1).filter(record_id=shelling.pk).count() == 1
    assert Revision.objects.get(number=2).removed == 1
    # Nothing else mentions these.
    assert (
        not Label.objects.current().filter(name__in=["Wadi Barada", "Government of Syria"]).exists()
    )
    assert_nothing_differs()


def test_renaming_a_party_is_one_row(shelling: Incident, government: Party) -> None:
    entries = set(Entry.objects.values_list("pk", flat=True))

    Party.objects.filter(pk=government.pk).update(name="Syrian government")
    builder.build()

    assert set(Entry.objects.values_list("pk", flat=True)) == entries
    assert Label.objects.current().get(topic="party").name == "Syrian government"
    assert Label.objects.as_of(1).get(topic="party").name == "Government of Syria"
    assert_nothing_differs()


def test_a_place_that_moves_takes_its_incidents_along(shelling: Incident) -> None:
    place = Place.objects.get(name="Wadi Barada")
    country = PlaceFactory.create(name="Syria", kind="country")

    Place.objects.filter(pk=place.pk).update(parent=country)
    builder.build()

    entry = entry_of(shelling)
    assert entry is not None
    assert entry.place_ids == [place.pk, country.pk]
    assert_nothing_differs()


def test_a_source_made_restricted_takes_its_words_along(shelling: Incident) -> None:
    source = Source.objects.get(citations__record_id=shelling.pk)

    Source.objects.filter(pk=source.pk).update(visibility=Visibility.RESTRICTED)
    builder.build()

    entry = entry_of(shelling)
    assert entry is not None
    assert [citation["confidential"] for citation in entry.citations] == [True]
    assert (entry.source_ids, entry.outlet_ids, entry.origins) == ([], [], [])
    assert not Label.objects.current().filter(topic="source", ref=source.pk).exists()
    assert_nothing_differs()


def test_independence_is_counted_over_origins(shelling: Incident) -> None:
    agency = OutletFactory.create(name="Agency")
    quoted = {"origin": "other_outlet", "attributed_outlet": agency}
    cite(shelling, SourceFactory.create(), **quoted)
    cite(shelling, SourceFactory.create(), **quoted)
    Citation.objects.filter(record_id=shelling.pk).update(
        origin="other_outlet", attributed_outlet=agency
    )
    builder.build()
    entry = entry_of(shelling)
    assert entry is not None
    assert entry.evidence == Evidence.SINGLE_ORIGIN

    cite(shelling, SourceFactory.create(), origin="unknown")
    builder.build()
    entry = entry_of(shelling)
    assert entry is not None
    assert entry.evidence == Evidence.SINGLE_ORIGIN

    cite(shelling, SourceFactory.create())
    builder.build()
    entry = entry_of(shelling)
    assert entry is not None
    assert entry.evidence == Evidence.CORROBORATED
    assert_nothing_differs()


def test_who_monitors_a_truce_verifies_from_then_on(truce: Truce, shelling: Incident) -> None:
    """No verdict changes with it, and yet the entries of the incidents do."""
    mission = OutletFactory.create(name="Mission")
    cite(shelling, SourceFactory.create(outlet=mission), is_verification=True)
    builder.build()
    entry = entry_of(shelling)
    assert entry is not None
    assert entry.evidence == Evidence.CORROBORATED

    monitor = TrucePartyFactory.create(
        truce=truce, party=PartyFactory.create(outlet=mission), role=TruceRole.MONITOR
    )
    builder.build()
    entry = entry_of(shelling)
    assert entry is not None
    assert entry.evidence == Evidence.VERIFIED
    assert_nothing_differs()

    monitor.delete()
    builder.build()
    entry = entry_of(shelling)
    assert entry is not None
    assert entry.evidence == Evidence.CORROBORATED
    assert_nothing_differs()


def test_figures_of_several_claimants_have_no_winner(shelling: Incident) -> None:
    FigureFactory.create(citation=cite(shelling), group=FigureGroup.PEOPLE, low=5, best=6, high=12)
    builder.build()

    entry = entry_of(shelling)
    assert entry is not None
    # “At least nine civilians” leaves the most open, and gives no best.
    assert (entry.killed_low, entry.killed_best, entry.killed_high) == (5, 6, None)


def test_two_transactions_that_commit_in_the_other_order_lose_nothing(shelling: Incident) -> None:
    """The first to begin is the last to commit, after a build that cannot see it."""
    early, late = (psycopg.connect(database_address()) for _ in range(2))
    with early, late:
        early.execute("UPDATE sources_record SET summary = 'early' WHERE id = %s", [shelling.pk])
        late.execute("UPDATE talks_place SET name = 'late' WHERE id = %s", [shelling.place_id])
        late.commit()
        builder.build()
        assert Label.objects.current().get(topic="place").name == "late"
        early.commit()
    builder.build()

    entry = entry_of(shelling)
    assert entry is not None
    assert entry.summary == "early"
    assert_nothing_differs()


def test_an_edit_made_while_the_builder_runs_arrives(
    shelling: Incident, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another connection commits after the builder has drained and before it is done."""
    project = builder._project

    def edit_then_project(cursor: object) -> None:
        with psycopg.connect(database_address()) as other:
            other.execute(
                "UPDATE sources_record SET summary = 'meanwhile' WHERE id = %s", [shelling.pk]
            )
        monkeypatch.setattr(builder, "_project", project)
        project(cursor)  # type: ignore[arg-type]  # passed on

    Record.objects.filter(pk=shelling.pk).update(title="First")
    monkeypatch.setattr(builder, "_project", edit_then_project)

    assert len(builder.build()) == 2
    entry = entry_of(shelling)
    assert entry is not None
    assert (entry.title, entry.summary) == ("First", "meanwhile")
    assert_nothing_differs()


def test_a_connection_that_dies_while_building_leaves_nothing_behind(
    shelling: Incident, monkeypatch: pytest.MonkeyPatch
) -> None:
    Record.objects.filter(pk=shelling.pk).update(title="Changed")

    def die(cursor: object) -> None:
        with psycopg.connect(database_address(), autocommit=True) as other:
            other.execute(
                "SELECT pg_terminate_backend(%s)", [connection.connection.info.backend_pid]
            )
        project(cursor)  # type: ignore[arg-type]  # passed on

    project = builder._project
    with monkeypatch.context() as patch:
        patch.setattr(builder, "_project", die)
        with pytest.raises(OperationalError):
            builder.build()
    connection.close()

    assert Revision.objects.count() == 1
    assert PendingChange.objects.exists()
    assert len(builder.build()) == 1
    assert_nothing_differs()


def test_two_builders_at_once_are_harmless(shelling: Incident) -> None:
    records = [shelling.pk]
    revisions: list[int] = []
    failures: list[Exception] = []

    def work() -> None:
        try:
            for _ in range(10):
                revisions.extend(builder.build())
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for number in range(20):
        Record.objects.filter(pk__in=records).update(title=f"Title {number}")
    for thread in threads:
        thread.join()
    builder.build()

    assert failures == []
    assert len(revisions) == len(set(revisions))
    entry = entry_of(shelling)
    assert entry is not None
    assert entry.title == "Title 19"
    assert_nothing_differs()


def test_a_builder_that_is_too_old_refuses(
    shelling: Incident, monkeypatch: pytest.MonkeyPatch
) -> None:
    Revision.objects.update(projection_version=VERSION + 1)
    Record.objects.filter(pk=shelling.pk).update(title="Changed")

    with pytest.raises(builder.BuilderTooOldError, match="deploy the newer version"):
        builder.build()
    assert PendingChange.objects.exists()


def test_a_newer_projection_derives_everything(
    shelling: Incident, monkeypatch: pytest.MonkeyPatch
) -> None:
    Entry.objects.update(title="What an older projection made of it")
    monkeypatch.setattr(builder, "VERSION", VERSION + 1)
    Record.objects.filter(pk=shelling.pk).update(title="Changed")
    builder.build()

    assert not Entry.objects.current().filter(title__startswith="What an older").exists()


def test_verify_reports_what_a_bypassed_trigger_left_out(shelling: Incident) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE sources_record DISABLE TRIGGER USER")
        cursor.execute("UPDATE sources_record SET title = 'Bypassed'")
        cursor.execute("ALTER TABLE sources_record ENABLE TRIGGER USER")

    assert builder.build() == []
    assert not builder.verify().is_empty
    assert not builder.rebuild().is_empty
    assert_nothing_differs()


def test_a_truce_event_rejudges(truce: Truce, shelling: Incident) -> None:
    """A published end moves the truce's period; so does its withdrawal."""
    event = TruceEventFactory.create(
        truce=truce, event="collapsed", when_edtf="2017-01-14", published=True
    )
    builder.build()
    assert Assessment.objects.current().get().period_why == "after_end"

    Record.objects.filter(pk=event.pk).update(status=Status.WITHDRAWN)
    builder.build()
    assert Assessment.objects.current().get().period_why == "within_from_declaration"
    assert_nothing_differs()


def test_a_draft_truce_is_held_against_nothing(shelling: Incident) -> None:
    draft = TruceFactory.create(conflict=shelling.conflict, declared_edtf="2017-01-01")
    builder.build()
    assert not Assessment.objects.filter(truce_id=draft.pk).exists()

    publish(draft)
    builder.build()
    assert Assessment.objects.current().filter(truce_id=draft.pk).count() == 1
    assert_nothing_differs()


def test_an_aggregate_is_not_judged(shelling: Incident) -> None:
    Incident.objects.filter(pk=shelling.pk).update(is_aggregate=True)
    builder.build()

    entry = entry_of(shelling)
    assert entry is not None
    assert entry.verdict == ""
    assert not Assessment.objects.current().exists()


def test_a_place_that_becomes_a_region_is_counted_as_one(shelling: Incident) -> None:
    """Its entries do not change with it; their counts by region do, there and back."""
    place = shelling.place
    assert place is not None
    for kind, counts in (("region", [1]), ("settlement", [])):
        Place.objects.filter(pk=place.pk).update(kind=kind)
        builder.build()

        regions = MentionCount.objects.current().of(Mention.REGION).filter(ref=place.pk)
        assert list(regions.values_list("entries", flat=True)) == counts
        assert_nothing_differs()
