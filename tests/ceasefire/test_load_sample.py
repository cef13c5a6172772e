"""The sample: every fact of the report is there, as the report has it, and can be restored."""

from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Model

from ceasefire.enums import Act, Coverage, TermRule, TruceRole
from ceasefire.management.commands import load_sample
from ceasefire.models import (
    Attribution,
    Incident,
    Truce,
    TruceArea,
    TruceEvent,
    TruceParty,
    TruceTerm,
    Violation,
)
from sources import services as records
from sources.enums import Stance, Status
from sources.models import Citation, ExternalId, Figure, PendingChange, Record, Source
from talks.models import (
    Conflict,
    Delegation,
    DelegationDecision,
    Office,
    Party,
    PartyName,
    PartyTie,
    Place,
    RecordLink,
    Round,
    Statement,
)

OfKind = TypeVar("OfKind", bound=Record)

SOURCE = "astana-bbc-2017-01-16"
BBC = ("outlet", "")
UNKNOWN = ("unknown", "")
AFP = ("other_outlet", "AFP")
REUTERS = ("other_outlet", "Reuters")
SOHR = ("other_outlet", "Syrian Observatory for Human Rights")
SHAAM = ("other_outlet", "Shaam News Network")
ALLOUSH = ("speaker", "Mohammed Alloush")
HNC = ("speaker", "High Negotiations Committee")


class Fact(NamedTuple):
    value: str
    kind: str
    when: str
    extent: str
    origin: tuple[str, str]
    wording: str = ""


FACTS = [
    # The report's passage on F1 gives no day; the one on F9, the same decision, does.
    Fact("F1", "decision", "2017-01-16", "within", BBC),
    Fact("F2", "round", "2017-01-23/2017-01-29", "within", BBC, "next week"),
    Fact("F3", "delegation", "../2017-01-16", "within", ALLOUSH),
    Fact("F4a", "statement", "../2017-01-16", "within", AFP),
    Fact("F4b", "statement", "../2017-01-16", "within", AFP),
    Fact("F5", "truce", "2016-12-30", "within", BBC),
    Fact("F5/agreed", "truce_event", "2016-12-30", "within", BBC),
    Fact("F6", "truce_event", "2016-12-30/2017-01-16", "within", BBC),
    Fact("F7", "incident", "../2017-01-16", "within", UNKNOWN),
    Fact("F8", "incident", "2017-01-15", "within", SOHR),
    Fact("F9", "decision", "2017-01-16", "within", BBC),
    Fact("F10", "statement", "../2017-01-16", "within", REUTERS),
    Fact("F10/accusation", "violation", "../2017-01-16", "within", REUTERS),
    Fact("F11", "decision", "../2017-01-16", "within", SHAAM, "earlier"),
    Fact("F12", "round", "2016-01~", "within", BBC, "a year ago"),
    Fact("F12/delegation", "delegation", "2016-01~", "within", BBC, "a year ago"),
    Fact("F13", "office", "2016-05", "within", BBC),
    Fact("F13/statement", "statement", "2016-05", "within", BBC),
    Fact("F14", "statement", "2017-01-14", "within", HNC),
    Fact("F15", "statement", "../2017-01-16", "within", BBC),
    Fact("F16", "statement", "../2017-01-16", "within", UNKNOWN),
    Fact("F17", "development", "2016-12-22", "within", BBC),
    Fact("F18", "tie", "2016-07", "within", BBC),
    Fact("F19", "development", "2011~/2017-01-16", "throughout", BBC, "almost six years"),
    Fact("F20", "development", "../2017-01-16", "throughout", SHAAM),
    Fact("F21", "round", "2017-01-16/..", "within", HNC),
    Fact("P1/president", "office", "../2017-01-16", "within", BBC),
    Fact("P2/political-head", "office", "../2017-01-16", "within", BBC),
    Fact("P3/banner", "tie", "../2017-01-16", "within", BBC),
    Fact("P5/backs", "tie", "../2017-01-16", "within", BBC),
    Fact("P6/backs", "tie", "../2017-01-16", "within", BBC),
    Fact("P13/backs", "tie", "../2017-01-16", "within", BBC),
]


def load() -> str:
    output = StringIO()
    call_command("load_sample", stdout=output)
    return output.getvalue()


def snapshot() -> dict[str, list[str]]:
    """Return what all rows say, with records by their public ids, without what only counts rows."""
    public_ids = dict(Record.objects.values_list("pk", "public_id"))

    def said(row: Model) -> str:
        return str(
            [
                public_ids.get(value) if issubclass(found.related_model or Model, Record) else value
                for found in row._meta.concrete_fields
                if found.name not in ("id", "created_at", "citation")
                for value in [getattr(row, found.attname)]
            ]
        )

    return {
        model.__name__: sorted(said(row) for row in model._default_manager.all())
        for app in ("sources", "talks", "ceasefire")
        for model in apps.get_app_config(app).get_models()
        if not model.__name__.endswith("History") and model is not PendingChange
    }


def written() -> dict[str, int]:
    """Return how many rows of history there are, and how many pending changes."""
    return {
        model.__name__: model._default_manager.count()
        for model in apps.get_models()
        if model.__name__.endswith("History") or model is PendingChange
    }


def fact(value: str) -> Record:
    return ExternalId.objects.get(scheme="truceline_sample", value=value).record


def child(model: type[OfKind], value: str) -> OfKind:
    found: Any = model._default_manager.get(pk=fact(value).pk)
    assert isinstance(found, model)
    return found


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """Load the sample once; each test then works, and is undone, inside this transaction."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load()
        transaction.set_rollback(True)


@pytest.fixture
def sample(loaded: str, db: None) -> str:
    return loaded


# --- What is there ----------------------------------------------------------------------------


@pytest.mark.parametrize("expected", FACTS, ids=lambda expected: expected.value)
def test_fact_is_published_and_cited_as_the_report_has_it(sample: str, expected: Fact) -> None:
    record = fact(expected.value)
    assert (record.kind, record.when_edtf, record.extent, record.when_wording, record.status) == (
        expected.kind,
        expected.when,
        expected.extent,
        expected.wording,
        Status.PUBLISHED,
    )
    citations = list(record.citations.all())
    assert {
        (
            citation.origin,
            citation.attributed_speaker
            or (citation.attributed_outlet.name if citation.attributed_outlet else ""),
        )
        for citation in citations
    } == {expected.origin}
    assert {citation.source.public_id for citation in citations} == {SOURCE}
    assert {citation.stance for citation in citations} == {Stance.SUPPORTS}
    assert all(citation.locator and not citation.quote for citation in citations)


def test_no_fact_is_missing_and_none_is_added(sample: str) -> None:
    assert sorted(ExternalId.objects.values_list("value", flat=True)) == sorted(
        expected.value for expected in FACTS
    )
    assert Record.objects.count() == len(FACTS) - 1  # F1 and F9 are one decision
    assert not Record.objects.exclude(public_id__startswith="astana-").exists()


def test_source_says_that_its_date_is_inferred(sample: str) -> None:
    source = Source.objects.get()
    assert (source.public_id, source.outlet.name, source.published_edtf) == (
        SOURCE,
        "BBC",
        "2017-01-16?",
    )
    assert (source.published_wording, source.url) == ("not printed; inferred", "")


def test_decision_rests_on_two_passages_of_which_one_dates_it(sample: str) -> None:
    decision = child(DelegationDecision, "F9")
    assert decision == child(DelegationDecision, "F1")
    assert (decision.decision, decision.round_id) == ("confirms", fact("F2").pk)
    assert (decision.delegation_id, str(decision.named_head)) == (fact("F3").pk, "Mohammed Alloush")
    assert ["when" in citation.fields for citation in decision.citations.order_by("pk")] == [
        False,
        True,
    ]


def test_round_is_announced_and_not_held(sample: str) -> None:
    talks = child(Round, "F2")
    assert (talks.process.slug, talks.round_status, str(talks.venue)) == (
        "astana",
        "announced",
        "Astana, Kazakhstan",
    )
    assert {str(role) for role in talks.roles.all()} == {"Russia, organiser", "Turkey, organiser"}
    delegation = child(Delegation, "F3")
    assert (delegation.round_id, delegation.attendance, str(delegation.head)) == (
        talks.pk,
        "announced",
        "Mohammed Alloush",
    )
    assert child(Round, "F12").round_status == "held"
    assert child(Round, "F21").round_status == "expected"


def test_truce_leaves_unsaid_what_the_report_does(sample: str) -> None:
    truce = child(Truce, "F5")
    assert sorted(
        (row.role, row.party.name, row.exclusion_basis) for row in truce.parties.all()
    ) == [
        ("broker", "Russia", ""),
        ("broker", "Turkey", ""),
        ("excluded", "Islamic State", "named"),
        ("excluded", "Jabhat Fateh al-Sham", "named"),
    ]
    assert (truce.declared_edtf, truce.last_attested_edtf) == ("2016-12-30", "2017-01-16")
    unsaid = (
        "effective_edtf",
        "end_edtf",
        "coverage",
        "bound_recorded",
        "terms_recorded",
        "outcome",
    )
    assert [getattr(truce, name) for name in unsaid] == [""] * len(unsaid)
    assert not truce.terms.exists()
    assert not truce.areas.exists()
    events = [child(TruceEvent, value) for value in ("F5/agreed", "F6")]
    assert [(event.event, event.truce_id) for event in events] == [
        ("agreed", truce.pk),
        ("strained", truce.pk),
    ]


def test_shelling_has_a_low_figure_and_no_high_one(sample: str) -> None:
    shelling = child(Incident, "F8")
    figure = Figure.objects.get(citation__record=shelling)
    assert (figure.group, figure.harm, figure.low, figure.best, figure.high) == (
        "civilians",
        "killed",
        9,
        None,
        None,
    )
    attribution = shelling.attributions.get()
    assert (str(attribution.accused), attribution.claimed_by, attribution.standing) == (
        "Government of Syria",
        "Syrian Observatory for Human Rights",
        "alleged",
    )
    assert attribution.citation == shelling.citations.get()
    assert [str(target) for target in shelling.targets.all()] == ["civilians"]
    assert (shelling.place and shelling.place.slug, shelling.place_precision) == ("wadi-barada", 2)
    assert not Violation.objects.filter(incident=shelling).exists()


def test_aggregate_report_is_marked_as_one(sample: str) -> None:
    report = child(Incident, "F7")
    assert (report.is_aggregate, report.attributions.exists()) == (True, False)


def test_accusation_is_general(sample: str) -> None:
    accusation = child(Violation, "F10/accusation")
    assert (accusation.truce_id, accusation.incident_id, accusation.standing) == (
        fact("F5").pk,
        None,
        "alleged",
    )
    assert (str(accusation.accused), str(accusation.accuser_party)) == (
        "Government of Syria",
        "Free Syrian Army",
    )


def test_accounts_that_disagree_are_linked_and_neither_wins(sample: str) -> None:
    assert set(
        RecordLink.objects.filter(to_record=fact("F4a")).values_list(
            "from_record__public_id", "kind"
        )
    ) == {("astana-f11", "contradicts"), ("astana-f11", "earlier_account_of")}
    assert {fact("F4a").status, fact("F11").status} == {Status.PUBLISHED}
    assert child(DelegationDecision, "F11").parties.get().party is None


def test_toll_has_only_low_figures_of_people(sample: str) -> None:
    assert set(
        Figure.objects.filter(citation__record=fact("F19")).values_list(
            "group", "harm", "low", "best", "high"
        )
    ) == {
        ("people", "killed", 300_000, None, None),
        ("people", "displaced", 11_000_000, None, None),
    }


def test_names_ties_and_offices_hold_for_a_period(sample: str) -> None:
    assert list(
        PartyName.objects.filter(kind="official")
        .order_by("pk")
        .values_list("text", "since_edtf", "until_edtf")
    ) == [("al-Nusra Front", "", "2016-07"), ("Jabhat Fateh al-Sham", "2016-07", "")]
    tie = child(PartyTie, "F18")
    assert (tie.tie, tie.phase, tie.until_edtf) == ("formal_ties", "ends", "2016-07")
    office = child(Office, "F13")
    assert (str(office.person), office.phase, office.until_edtf) == (
        "Mohammed Alloush",
        "ends",
        "2016-05",
    )


def test_hearsay_keeps_its_condition_and_audience(sample: str) -> None:
    statement = child(Statement, "F16")
    assert (str(statement.speaker), statement.audience) == ("Bashar al-Assad", "French politicians")
    assert "insertion" in statement.conditions


# --- Loading it again -------------------------------------------------------------------------


def test_first_run_says_what_it_created(sample: str) -> None:
    assert sample == (
        "Records: 31 created, 0 restored, 0 unchanged.\n"
        "Parties, places, outlets and the like: 32 created, 0 restored, 0 unchanged.\n"
    )


def test_second_run_writes_nothing(sample: str) -> None:
    before = written()
    output = load()
    assert written() == before
    assert output == (
        "Records: 0 created, 0 restored, 31 unchanged.\n"
        "Parties, places, outlets and the like: 0 created, 0 restored, 32 unchanged.\n"
    )


def bind_the_government() -> None:
    truce = child(Truce, "F5")
    government = Party.objects.get(slug="government-of-syria")
    TruceParty.objects.create(truce=truce, party=government, role=TruceRole.BOUND)
    TruceTerm.objects.create(truce=truce, rule=TermRule.PROHIBITS, act=Act.SHELLING)
    TruceArea.objects.create(truce=truce, place=Place.objects.get(slug="syria"))
    truce.coverage = Coverage.LISTED
    truce.effective_edtf = "2016-12-30"
    truce.save()
    Citation.objects.create(record=truce, source=Source.objects.get(), fields=["bound", "terms"])


def exclude_the_government() -> None:
    TruceParty.objects.create(
        truce=child(Truce, "F5"),
        party=Party.objects.get(slug="government-of-syria"),
        role=TruceRole.EXCLUDED,
    )


def edit_the_exclusions() -> None:
    parties = child(Truce, "F5").parties
    parties.filter(role=TruceRole.EXCLUDED).update(contested_by="somebody")
    parties.filter(role=TruceRole.BROKER).delete()


def edit_words_and_date() -> None:
    Record.objects.filter(pk=fact("F8").pk).update(
        title="Another", when_edtf="2017-01-14", extent="throughout"
    )


def edit_a_figure() -> None:
    Figure.objects.filter(citation__record=fact("F8")).update(high=20)


def edit_a_citation_that_an_attribution_rests_on() -> None:
    Citation.objects.filter(record=fact("F8")).update(locator="elsewhere")
    Attribution.objects.filter(incident_id=fact("F8").pk).update(standing="confirmed")


def loosen_an_attribution() -> None:
    Attribution.objects.filter(incident_id=fact("F8").pk).update(citation=None)
    Citation.objects.filter(record=fact("F8")).update(quote="elsewhere")


def withdraw_a_record() -> None:
    records.withdraw(fact("F2"), by=None)


def delete_a_record() -> None:
    records.delete(fact("F8"), by=None)


def remove_a_link() -> None:
    RecordLink.objects.filter(from_record=fact("F11")).delete()


def change_external_ids() -> None:
    ExternalId.objects.filter(value="F9").update(value="F99")


def restrict_the_source() -> None:
    records.restrict(Source.objects.get(), by=None)
    Source.objects.update(url="https://example.org/")


def rename_what_is_shared() -> None:
    Party.objects.filter(slug="free-syrian-army").update(name="Another army")
    Place.objects.filter(slug="aleppo").update(kind="region", other_names=[])
    PartyName.objects.filter(text="al-Nusra Front").update(text="Nusra", until_edtf="2016")
    PartyName.objects.filter(text="الجيش السوري الحر").update(since_edtf="2011")


EDITS = [
    bind_the_government,
    exclude_the_government,
    edit_the_exclusions,
    edit_words_and_date,
    edit_a_figure,
    edit_a_citation_that_an_attribution_rests_on,
    loosen_an_attribution,
    withdraw_a_record,
    delete_a_record,
    remove_a_link,
    change_external_ids,
    restrict_the_source,
    rename_what_is_shared,
]


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
def test_edited_sample_is_restored(sample: str, edit: Callable[[], None]) -> None:
    before = snapshot()
    edit()
    assert snapshot() != before
    load()
    assert snapshot() == before
    settled = written()
    load()
    assert written() == settled


def test_restored_truce_says_how_many_records_it_touched(sample: str) -> None:
    bind_the_government()
    assert load().splitlines()[0] == "Records: 0 created, 1 restored, 30 unchanged."


def test_history_gives_the_reason(sample: str) -> None:
    edit_words_and_date()
    load()
    history = apps.get_model("sources", "RecordHistory")._default_manager.latest("pgh_id")
    assert (history.title, history.pgh_context.metadata["reason"]) == (
        fact("F8").title,
        "load_sample",
    )


def test_what_is_not_the_samples_is_left_alone(sample: str) -> None:
    truce = child(Truce, "F5")
    conflict = Conflict.objects.get()
    other = records.create(
        Incident(conflict=conflict, title="Another", act=Act.SHELLING),
        citations=[Citation(source=Source.objects.get())],
        parts=[RecordLink(kind="follows", to_record=truce), ExternalId(scheme="x", value="1")],
        by=None,
    )
    Place.objects.create(name="Homs", slug="homs", kind="settlement")
    ExternalId.objects.create(record=truce, scheme="ged_event", value="7")
    before = snapshot()
    settled = written()
    load()
    assert snapshot() == before
    assert written() == settled
    assert other.citations.count() == 1


def test_what_was_added_to_a_shared_row_stays(sample: str) -> None:
    Party.objects.filter(slug="russia").update(short_name="RU")
    army = Party.objects.get(slug="free-syrian-army")
    PartyName.objects.create(party=army, text="the Free Army")
    Place.objects.filter(slug="aleppo").update(
        other_names=["Halab", "حلب"], latitude="36.2", longitude="37.16"
    )
    load()
    settled = written()
    load()
    assert written() == settled
    assert Party.objects.get(slug="russia").short_name == "RU"
    assert {name.text for name in army.names.all()} == {"the Free Army", "الجيش السوري الحر"}
    aleppo = Place.objects.get(slug="aleppo")
    assert (set(aleppo.other_names), str(aleppo.latitude)) == ({"Halab", "حلب"}, "36.20000")


def test_command_says_what_is_wrong_with_the_file(
    db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "sample.yaml"
    path.write_text("records: {}", encoding="utf-8")
    monkeypatch.setattr(load_sample, "SAMPLE", path)
    with pytest.raises(CommandError) as refusal:
        load()
    assert str(refusal.value) == (
        "The sample cannot be loaded. scheme: name the scheme of the records' external ids."
    )
