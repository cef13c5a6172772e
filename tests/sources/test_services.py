import pytest
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import transaction
from django.db.models import ProtectedError

from ceasefire.models import Attribution, Incident, IncidentTarget, TruceParty
from sources import queries, services
from sources.enums import Stance, Status, Visibility
from sources.models import Citation, Figure, Record
from tests.factories.ceasefire import (
    AttributionFactory,
    IncidentFactory,
    TruceEventFactory,
    TruceFactory,
    TrucePartyFactory,
)
from tests.factories.sources import FigureFactory, OutletFactory, SourceFactory, cite
from tests.factories.talks import ConflictFactory, PartyFactory, RoundFactory

pytestmark = pytest.mark.django_db


def shelling(**values: object) -> Incident:
    """Return an incident that is not saved yet."""
    return Incident(
        conflict=ConflictFactory.create(),
        title="A village is shelled",
        act="shelling",
        when_edtf="2017-01-15",
        **values,
    )


def status_of(record: Record) -> str:
    return Record.objects.get(pk=record.pk).status


def test_create_saves_record_citations_figures_and_rows_together() -> None:
    citation = Citation(source=SourceFactory.create(), fields=["act"])
    figure = Figure(group="civilians", harm="killed", low=9)
    accused = PartyFactory.create()
    attribution = Attribution(accused=accused, claimed_by="SOHR", citation=citation)
    target = IncidentTarget(population="civilians")

    record = services.create(
        shelling(), citations=[(citation, [figure])], parts=[attribution, target], by=None
    )

    incident = Incident.objects.get(pk=record.pk)
    assert list(incident.citations.all()) == [citation]
    assert list(citation.figures.all()) == [figure]
    assert incident.attributions.get().citation == citation
    assert incident.targets.get() == target
    assert incident.status == Status.DRAFT


def test_create_saves_nothing_where_one_row_is_wrong() -> None:
    wrong = Citation(source=SourceFactory.create(), fields=["speaker"])

    with pytest.raises(ValidationError) as refusal:
        services.create(shelling(), citations=[wrong], by=None)

    assert "has no field “speaker”" in str(refusal.value)
    assert Record.objects.count() == 0


def test_create_refuses_a_published_record_without_citation() -> None:
    with pytest.raises(ValidationError) as refusal:
        services.create(shelling(status=Status.PUBLISHED), citations=[], by=None)

    (sentence,) = refusal.value.messages
    assert sentence == (
        'A published record needs at least one supporting citation: "A village is shelled" has '
        "none."
    )
    assert Record.objects.count() == 0


def test_create_refuses_a_part_of_something_else() -> None:
    with pytest.raises(TypeError, match="A TruceParty is no part of a Incident"):
        services.create(
            shelling(),
            citations=[],
            parts=[TruceParty(party=PartyFactory.create(), role="bound")],
            by=None,
        )


def test_a_contributor_creates_drafts_only(contributor: User) -> None:
    services.create(shelling(), citations=[], by=contributor)

    with pytest.raises(services.NotAllowed):
        services.create(
            shelling(status=Status.PUBLISHED),
            citations=[Citation(source=SourceFactory.create())],
            by=contributor,
        )

    assert [record.status for record in Record.objects.all()] == [Status.DRAFT]


def test_a_record_goes_through_the_review(contributor: User, editor: User) -> None:
    record = IncidentFactory.create()
    cite(record)
    seen = []

    for step, by in (
        (services.submit, contributor),
        (services.return_to_draft, contributor),
        (services.submit, contributor),
        (services.publish, editor),
        (services.withdraw, editor),
        (services.publish, editor),
    ):
        step(record, by=by)
        seen.append(status_of(record))

    assert seen == ["in_review", "draft", "in_review", "published", "withdrawn", "published"]
    assert record.status == Status.PUBLISHED


@pytest.mark.parametrize(
    ("status", "step"),
    [
        (Status.PUBLISHED, services.submit),
        (Status.PUBLISHED, services.publish),
        (Status.PUBLISHED, services.return_to_draft),
        (Status.DRAFT, services.withdraw),
        (Status.IN_REVIEW, services.submit),
        (Status.WITHDRAWN, services.withdraw),
    ],
)
def test_a_step_out_of_turn_is_refused(status: str, step: object, editor: User) -> None:
    record = IncidentFactory.create(published=True)
    Record.objects.filter(pk=record.pk).update(status=status)

    with pytest.raises(services.NotPossible, match="cannot become"):
        step(record, by=editor)  # type: ignore[operator]  # one of the services above

    assert status_of(record) == status


@pytest.mark.parametrize("stance", [None, Stance.CONTRADICTS, Stance.CONTEXT])
def test_publish_needs_a_supporting_citation(stance: str | None, editor: User) -> None:
    record = IncidentFactory.create(title="A village is shelled")
    if stance:
        cite(record, stance=stance)

    with pytest.raises(services.NotPublishable) as refusal:
        services.publish(record, by=editor)

    assert str(refusal.value) == (
        "A published record needs at least one supporting citation: “A village is shelled” has "
        "none."
    )
    assert status_of(record) == Status.DRAFT


def test_publish_is_refused_where_another_rule_is_broken() -> None:
    record = IncidentFactory.create()
    cite(record)

    # Left to be checked at the commit, or by the service.
    Record.objects.filter(pk=record.pk).update(kind="round")

    with pytest.raises(services.NotPublishable, match="no row of that kind"):
        services.publish(record, by=None)
    Record.objects.filter(pk=record.pk).update(kind="incident")


@pytest.mark.parametrize("step", [services.publish, services.withdraw])
def test_a_contributor_neither_publishes_nor_withdraws(step: object, contributor: User) -> None:
    record = IncidentFactory.create(published=step is services.withdraw)
    before = status_of(record)

    with pytest.raises(services.NotAllowed, match="Only an editor"):
        step(record, by=contributor)  # type: ignore[operator]  # one of the services above

    assert status_of(record) == before


def test_a_contributor_does_not_touch_what_was_published(contributor: User) -> None:
    record = IncidentFactory.create(published=True)

    with pytest.raises(services.NotAllowed, match="Only an editor can change a record that is pub"):
        services.return_to_draft(record, by=contributor)
    with pytest.raises(services.NotAllowed, match="Only an editor can delete a record that is pub"):
        services.delete(record, by=contributor)


def test_delete_takes_rows_citations_and_figures_along() -> None:
    record = IncidentFactory.create()
    citation = cite(record)
    FigureFactory.create(citation=citation)
    AttributionFactory.create(incident=record, citation=citation)
    other = IncidentFactory.create()
    cite(other)

    services.delete(record, by=None)

    assert [found.pk for found in Record.objects.all()] == [other.pk]
    assert Citation.objects.get().record_id == other.pk
    assert Figure.objects.count() == Attribution.objects.count() == 0


def test_delete_is_refused_where_another_record_rests_on_it() -> None:
    truce = TruceFactory.create()
    cite(truce)
    TruceEventFactory.create(truce=truce)

    with pytest.raises(ProtectedError):
        services.delete(truce, by=None)

    assert truce.citations.count() == 1


def test_only_an_administrator_restricts_a_source(editor: User, administrator: User) -> None:
    source = SourceFactory.create()

    with pytest.raises(services.NotAllowed):
        services.restrict(source, by=editor)
    assert source.visibility == Visibility.PUBLIC
    services.restrict(source, by=administrator)

    source.refresh_from_db()
    assert source.visibility == Visibility.RESTRICTED


@pytest.mark.django_db(transaction=True)
def test_the_history_names_who_and_why(editor: User) -> None:
    record = IncidentFactory.create()
    cite(record)

    services.publish(record, by=editor, reason="checked against the source")

    latest = queries.history_of(record)[0]
    assert (latest.who, latest.door, latest.reason) == (
        "editor",
        "command",
        "checked against the source",
    )
    assert [
        (change.model, change.done, [(one.name, one.before, one.after) for one in change.fields])
        for change in latest.changes
    ] == [("Record", "changed", [("status", "draft", "published")])]


@pytest.mark.django_db(transaction=True)
def test_the_history_keeps_what_was_deleted() -> None:
    record = TruceFactory.create()
    party = TrucePartyFactory.create(truce=record)
    party.delete()

    (occasion, *_) = queries.history_of(record, rows=[(TruceParty, "truce")])

    assert [(change.model, change.done) for change in occasion.changes] == [
        ("Truce party", "deleted")
    ]
    assert (occasion.who, occasion.door) == ("the system", "database")


def test_check_rules_lets_the_transaction_go_on() -> None:
    with transaction.atomic():
        record = IncidentFactory.create(title="One")
        Record.objects.filter(pk=record.pk).update(status=Status.PUBLISHED)
        with pytest.raises(ValidationError):
            services.check_rules()
        cite(record)
        services.check_rules()

    assert status_of(record) == Status.PUBLISHED


def test_a_broken_constraint_is_told_in_its_own_words() -> None:
    truce = TruceFactory.create()
    party = PartyFactory.create()
    TrucePartyFactory.create(truce=truce, party=party, role="bound")

    with pytest.raises(ValidationError) as refusal, services.rules_in_plain_words():
        TrucePartyFactory.create(truce=truce, party=party, role="excluded")

    assert refusal.value.messages == [
        "A party cannot be bound and excluded by one truce at one time."
    ]


def test_a_taken_name_is_told_with_the_name() -> None:
    OutletFactory.create(name="BBC", slug="bbc")

    with pytest.raises(ValidationError) as refusal, services.rules_in_plain_words():
        OutletFactory.create(name="Another", slug="bbc")

    assert refusal.value.messages == ["This is already taken. Key (slug)=(bbc) already exists."]


def test_a_date_that_is_none_is_told_by_the_database() -> None:
    record = RoundFactory.create()

    with pytest.raises(ValidationError) as refusal, services.rules_in_plain_words():
        Record.objects.filter(pk=record.pk).update(when_edtf="2017-02-30")

    assert refusal.value.messages == ["2017-02-30 does not exist."]


def test_ensure_roles_corrects_what_was_changed(roles: None) -> None:
    group = Group.objects.get(name="contributor")
    before = set(group.permissions.values_list("codename", flat=True))
    group.permissions.clear()

    call_command("ensure_roles", verbosity=0)

    assert set(group.permissions.values_list("codename", flat=True)) == before
    assert Group.objects.count() == 3


def test_roles_hold_what_they_are_for(contributor: User, editor: User) -> None:
    def held(user: User) -> list[bool]:
        return [
            user.has_perm(name)
            for name in (
                "ceasefire.add_truce",
                "sources.change_citation",
                "talks.change_party",
                "sources.publish_record",
                "sources.restrict_source",
                "sources.change_recordhistory",
                "sources.delete_pendingchange",
                "auth.change_user",
            )
        ]

    assert held(contributor) == [True, True, False, False, False, False, False, False]
    assert held(editor) == [True, True, True, True, False, False, False, False]
