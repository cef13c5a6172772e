"""Every write that a reader could notice queues a pending change, in its own transaction."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import models, transaction

from ceasefire import models as ceasefire
from sources.models import Citation, ExternalId, Figure, Outlet, PendingChange, Record, Source
from talks import models as talks
from tests.factories.ceasefire import IncidentFactory, TruceFactory, ViolationFactory
from tests.factories.sources import FigureFactory, cite
from tests.factories.talks import DelegationPartyFactory, PartyNameFactory, RoundFactory
from tests.rows import Door, every_write, execute, owned_models, table

Queued = set[tuple[str, int | None]]

#: For imports: no reader sees them. Of a proposed duplicate readers see the link.
UNSEEN = {
    ExternalId,
    talks.ConflictId,
    talks.PartyId,
    talks.PlaceId,
    ceasefire.DuplicateProposal,
}

#: The topic that each model queues, and the columns (or paths) of the ids that go with it.
TOPICS: dict[type[models.Model], tuple[str, tuple[str, ...]]] = {
    Outlet: ("outlet", ("pk",)),
    Source: ("source", ("pk",)),
    Record: ("record", ("pk",)),
    Citation: ("record", ("record_id",)),
    Figure: ("record", ("citation__record_id",)),
    talks.Conflict: ("conflict", ("pk",)),
    talks.Place: ("place", ("pk",)),
    talks.Party: ("party", ("pk",)),
    talks.PartyName: ("party", ("party_id",)),
    talks.Person: ("person", ("pk",)),
    talks.Process: ("process", ("pk",)),
    talks.Round: ("record", ("pk",)),
    talks.RoundRole: ("record", ("round_id",)),
    talks.Delegation: ("record", ("pk",)),
    talks.DelegationParty: ("record", ("delegation_id",)),
    talks.DelegationMember: ("record", ("delegation_id",)),
    talks.DelegationDecision: ("record", ("pk",)),
    talks.DecisionParty: ("record", ("decision_id",)),
    talks.Statement: ("record", ("pk",)),
    talks.StatementSubject: ("record", ("statement_id", "record_id")),
    talks.Development: ("record", ("pk",)),
    talks.DevelopmentParty: ("record", ("development_id",)),
    talks.Office: ("record", ("pk",)),
    talks.PartyTie: ("record", ("pk",)),
    talks.RecordLink: ("record", ("from_record_id", "to_record_id")),
    ceasefire.Truce: ("record", ("pk",)),
    ceasefire.TruceArea: ("record", ("truce_id",)),
    ceasefire.TruceWindow: ("record", ("truce_id",)),
    ceasefire.TruceLink: ("record", ("from_truce_id", "to_truce_id")),
    ceasefire.TruceParty: ("record", ("truce_id",)),
    ceasefire.TruceTerm: ("record", ("truce_id",)),
    ceasefire.TruceEvent: ("record", ("pk", "truce_id")),
    ceasefire.Incident: ("record", ("pk",)),
    ceasefire.IncidentParty: ("record", ("incident_id",)),
    ceasefire.IncidentTarget: ("record", ("incident_id",)),
    ceasefire.IncidentTruce: ("record", ("incident_id",)),
    ceasefire.Attribution: ("record", ("incident_id",)),
    ceasefire.Tally: ("record", ("pk",)),
    ceasefire.Violation: ("record", ("pk", "incident_id")),
}


@pytest.fixture(autouse=True)
def _roll_back(db: None) -> Iterator[None]:
    yield
    # Some doors leave a record without its child, which could not be committed.
    transaction.set_rollback(True)


def queued_by(write: Callable[[], Any]) -> Queued:
    """Return what a write queues, each topic and id once."""
    PendingChange.objects.all().delete()
    write()
    return set(PendingChange.objects.values_list("topic", "ref"))


def referred(model: type[models.Model]) -> Queued:
    """Return the topics and ids of every row that there is of the model."""
    topic, paths = TOPICS[model]
    rows = model._default_manager.values_list(*paths)
    return {(topic, ref) for refs in rows for ref in refs if ref is not None}


@pytest.mark.parametrize(
    ("model", "operation", "door"), [row for row in every_write() if row[0] not in UNSEEN]
)
def test_write_queues_its_record(model: type[models.Model], operation: str, door: Door) -> None:
    write = door(model)
    before = referred(model)

    queued = queued_by(write)

    # Each door makes one row: what there was and what there is are all that it touched.
    assert queued == before | referred(model)
    assert queued != set()


@pytest.mark.parametrize("model", TOPICS)
def test_truncate_queues_everything(model: type[models.Model]) -> None:
    queued = queued_by(lambda: execute(f"TRUNCATE {table(model)} CASCADE"))

    assert queued == {("everything", None)}


def test_moved_figure_queues_both_records() -> None:
    one, other = RoundFactory.create(), RoundFactory.create()
    FigureFactory.create(citation=cite(one))
    new_home = cite(other)

    queued = queued_by(lambda: Figure.objects.update(citation=new_home))

    assert queued == {("record", one.pk), ("record", other.pk)}


def test_moved_citation_queues_both_records() -> None:
    one, other = RoundFactory.create(), RoundFactory.create()
    cite(one)

    queued = queued_by(lambda: Citation.objects.update(record=other))

    assert queued == {("record", one.pk), ("record", other.pk)}


def test_moved_row_of_a_record_queues_both_records() -> None:
    row = DelegationPartyFactory.create()
    other = DelegationPartyFactory.create().delegation

    queued = queued_by(
        lambda: talks.DelegationParty.objects.filter(pk=row.pk).update(delegation=other)
    )

    assert queued == {("record", row.delegation_id), ("record", other.pk)}


def test_moved_name_queues_both_parties() -> None:
    row, other = PartyNameFactory.create(), PartyNameFactory.create()

    queued = queued_by(lambda: talks.PartyName.objects.filter(pk=row.pk).update(party=other.party))

    assert queued == {("party", row.party_id), ("party", other.party_id)}


def test_moved_violation_queues_both_incidents() -> None:
    violation = ViolationFactory.create(incident=IncidentFactory.create())
    other = IncidentFactory.create()

    queued = queued_by(lambda: ceasefire.Violation._base_manager.update(incident=other))

    assert queued == {("record", pk) for pk in (violation.pk, violation.incident_id, other.pk)}


def test_published_record_queues_itself() -> None:
    truce = TruceFactory.create()
    cite(truce)

    queued = queued_by(lambda: Record.objects.update(status="published"))

    assert queued == {("record", truce.pk)}


def test_one_statement_queues_each_record_once() -> None:
    truce = TruceFactory.create()
    for _ in range(3):
        cite(truce)
    PendingChange.objects.all().delete()

    Citation.objects.update(quote="changed")

    assert list(PendingChange.objects.values_list("topic", "ref")) == [("record", truce.pk)]


def test_write_of_no_row_queues_nothing() -> None:
    assert queued_by(lambda: Outlet.objects.filter(name="nobody").update(name="x")) == set()


def test_pending_change_is_rolled_back_with_the_write() -> None:
    truce = TruceFactory.create()
    PendingChange.objects.all().delete()

    with transaction.atomic():
        Record.objects.filter(pk=truce.pk).update(title="changed")
        inside = PendingChange.objects.count()
        transaction.set_rollback(True)

    assert (inside, PendingChange.objects.count()) == (1, 0)


def test_every_model_has_a_topic() -> None:
    assert set(TOPICS) == set(owned_models()) - UNSEEN
