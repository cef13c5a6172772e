"""One valid row of every model that editors own, and every door by which it can be written."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import connection, models

from ceasefire import models as ceasefire
from sources.models import Citation, ExternalId, Figure, Outlet, PendingChange, Record, Source
from talks import models as talks
from tests.factories import ceasefire as make_ceasefire
from tests.factories import talks as make
from tests.factories.sources import (
    CitationFactory,
    ExternalIdFactory,
    FigureFactory,
    OutletFactory,
    SourceFactory,
)

APPS = ("sources", "talks", "ceasefire")
#: What programs keep for themselves.
BOOKKEEPING = (PendingChange, ceasefire.ImportRun, ceasefire.ImportFile, ceasefire.ImportRow)


@dataclass(frozen=True)
class Row:
    """How to make a row of a model, and values that differ from what it then has."""

    make: Callable[[], models.Model]
    change: dict[str, Any] = field(default_factory=dict)


def make_record() -> Record:
    return Record.objects.get(pk=make.RoundFactory.create().pk)


def make_citation() -> Citation:
    return CitationFactory.create(record=make_record())


ROWS: dict[type[models.Model], Row] = {
    Outlet: Row(OutletFactory.create, {"affiliation": "changed"}),
    Source: Row(SourceFactory.create, {"author": "changed"}),
    Record: Row(make_record, {"title": "changed"}),
    Citation: Row(make_citation, {"quote": "changed"}),
    Figure: Row(lambda: FigureFactory.create(citation=make_citation()), {"low": 8}),
    ExternalId: Row(
        lambda: ExternalIdFactory.create(record=make_record()), {"dataset_version": "changed"}
    ),
    talks.Conflict: Row(make.ConflictFactory.create, {"name": "changed"}),
    talks.ConflictId: Row(make.ConflictIdFactory.create, {"name": "changed"}),
    talks.PartyId: Row(make.PartyIdFactory.create, {"name": "changed"}),
    talks.PlaceId: Row(make.PlaceIdFactory.create, {"name": "changed"}),
    talks.Place: Row(make.PlaceFactory.create, {"name": "changed"}),
    talks.Party: Row(make.PartyFactory.create, {"name": "changed"}),
    talks.PartyName: Row(make.PartyNameFactory.create, {"text": "changed"}),
    talks.Person: Row(make.PersonFactory.create, {"name": "changed"}),
    talks.Process: Row(make.ProcessFactory.create, {"name": "changed"}),
    talks.Round: Row(make.RoundFactory.create, {"label": "changed"}),
    talks.RoundRole: Row(make.RoundRoleFactory.create, {"role": "mediator"}),
    talks.Delegation: Row(make.DelegationFactory.create, {"capacity": "observer"}),
    talks.DelegationParty: Row(make.DelegationPartyFactory.create, {"wording": "changed"}),
    talks.DelegationMember: Row(make.DelegationMemberFactory.create, {"role": "changed"}),
    talks.DelegationDecision: Row(make.DelegationDecisionFactory.create, {"decision": "boycotts"}),
    talks.DecisionParty: Row(make.DecisionPartyFactory.create, {"wording": "changed"}),
    talks.Statement: Row(make.StatementFactory.create, {"position": "changed"}),
    talks.StatementSubject: Row(
        make.StatementSubjectFactory.create,
        {"record_id": lambda: make.RoundFactory.create().pk},
    ),
    talks.Development: Row(make.DevelopmentFactory.create, {"development": "toll"}),
    talks.DevelopmentParty: Row(make.DevelopmentPartyFactory.create, {"role": "changed"}),
    talks.Office: Row(make.OfficeFactory.create, {"post": "changed"}),
    talks.PartyTie: Row(make.PartyTieFactory.create, {"party_wording": "changed"}),
    talks.RecordLink: Row(make.RecordLinkFactory.create, {"note": "changed"}),
    ceasefire.Truce: Row(make_ceasefire.TruceFactory.create, {"coverage_wording": "changed"}),
    ceasefire.TruceArea: Row(make_ceasefire.TruceAreaFactory.create, {"relation": "left_out"}),
    ceasefire.TruceWindow: Row(make_ceasefire.TruceWindowFactory.create, {"time_zone": "UTC"}),
    ceasefire.TruceLink: Row(make_ceasefire.TruceLinkFactory.create, {"kind": "extends"}),
    ceasefire.TruceParty: Row(make_ceasefire.TrucePartyFactory.create, {"wording": "changed"}),
    ceasefire.TruceTerm: Row(make_ceasefire.TruceTermFactory.create, {"wording": "changed"}),
    ceasefire.TruceEvent: Row(make_ceasefire.TruceEventFactory.create, {"event": "signed"}),
    ceasefire.Incident: Row(make_ceasefire.IncidentFactory.create, {"place_wording": "changed"}),
    ceasefire.IncidentParty: Row(
        make_ceasefire.IncidentPartyFactory.create, {"wording": "changed"}
    ),
    ceasefire.IncidentTarget: Row(
        make_ceasefire.IncidentTargetFactory.create, {"claimed_by": "changed"}
    ),
    ceasefire.IncidentTruce: Row(
        make_ceasefire.IncidentTruceFactory.create,
        {"truce_id": lambda: make_ceasefire.TruceFactory.create().pk},
    ),
    ceasefire.DuplicateProposal: Row(
        make_ceasefire.DuplicateProposalFactory.create, {"reasons": "changed"}
    ),
    ceasefire.Attribution: Row(
        make_ceasefire.AttributionFactory.create, {"accused_wording": "changed"}
    ),
    ceasefire.Tally: Row(make_ceasefire.TallyFactory.create, {"best": 43}),
    ceasefire.Violation: Row(make_ceasefire.ViolationFactory.create, {"note": "changed"}),
}


#: Prepares a row of the model and returns the write itself, which returns the row's primary key.
Door = Callable[[type[models.Model]], Callable[[], Any]]


def insert_by_save(model: type[models.Model]) -> Callable[[], Any]:
    row = ROWS[model].make()
    take_out(row)

    def write() -> Any:
        row.save(force_insert=True)
        return row.pk

    return write


def insert_by_bulk_create(model: type[models.Model]) -> Callable[[], Any]:
    row = ROWS[model].make()
    take_out(row)

    def write() -> Any:
        model._default_manager.bulk_create([row])
        return row.pk

    return write


def insert_by_sql(model: type[models.Model]) -> Callable[[], Any]:
    row = ROWS[model].make()
    execute("DROP TABLE IF EXISTS spare")
    execute(
        f"CREATE TEMP TABLE spare AS SELECT * FROM {table(model)} WHERE {key(model)} = %s", row.pk
    )
    execute(f"DELETE FROM {table(model)} WHERE {key(model)} = %s", row.pk)

    def write() -> Any:
        execute(f"INSERT INTO {table(model)} SELECT * FROM spare")
        return row.pk

    return write


def update_by_save(model: type[models.Model]) -> Callable[[], Any]:
    row = ROWS[model].make()
    change = changed(model)

    def write() -> Any:
        for name, value in change.items():
            setattr(row, name, value)
        row.save()
        return row.pk

    return write


def update_by_queryset(model: type[models.Model]) -> Callable[[], Any]:
    row = ROWS[model].make()
    change = changed(model)

    def write() -> Any:
        model._default_manager.filter(pk=row.pk).update(**change)
        return row.pk

    return write


def update_by_sql(model: type[models.Model]) -> Callable[[], Any]:
    row = ROWS[model].make()
    change = changed(model)

    def write() -> Any:
        for name, value in change.items():
            execute(f"UPDATE {table(model)} SET {name} = %s WHERE {key(model)} = %s", value, row.pk)
        return row.pk

    return write


def delete_by_instance(model: type[models.Model]) -> Callable[[], Any]:
    row = ROWS[model].make()
    its_key = row.pk

    def write() -> Any:
        row.delete()
        return its_key

    return write


def delete_by_queryset(model: type[models.Model]) -> Callable[[], Any]:
    row = ROWS[model].make()

    def write() -> Any:
        model._default_manager.filter(pk=row.pk).delete()
        return row.pk

    return write


def delete_by_sql(model: type[models.Model]) -> Callable[[], Any]:
    row = ROWS[model].make()

    def write() -> Any:
        execute(f"DELETE FROM {table(model)} WHERE {key(model)} = %s", row.pk)
        return row.pk

    return write


#: By the operation that each door is for. Django has no bulk_create for a record's child.
DOORS: dict[str, tuple[Door, ...]] = {
    "insert": (insert_by_save, insert_by_bulk_create, insert_by_sql),
    "update": (update_by_save, update_by_queryset, update_by_sql),
    "delete": (delete_by_instance, delete_by_queryset, delete_by_sql),
}


def every_write() -> list[tuple[type[models.Model], str, Door]]:
    """Return every model with every operation and every door that it has."""
    return [
        (model, operation, door)
        for model in ROWS
        for operation, doors in DOORS.items()
        for door in doors
        if door is not insert_by_bulk_create or not model._meta.parents
    ]


def owned_models() -> list[type[models.Model]]:
    """Return every model of facts: not the histories, the queue and the log of imports."""
    return [
        model
        for label in APPS
        for model in apps.get_app_config(label).get_models()
        if model not in BOOKKEEPING and not hasattr(model, "pgh_tracked_model")
    ]


def changed(model: type[models.Model]) -> dict[str, Any]:
    """Return the model's `change`, with the rows that it refers to made."""
    return {
        name: value() if callable(value) else value for name, value in ROWS[model].change.items()
    }


def take_out(row: models.Model) -> None:
    """Delete the row, and its parent's, so that the instance can be inserted."""
    for model in (type(row), *type(row)._meta.parents):
        execute(f"DELETE FROM {table(model)} WHERE {key(model)} = %s", row.pk)


def execute(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def table(model: type[models.Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def key(model: type[models.Model]) -> str:
    """Return the column of the primary key."""
    return connection.ops.quote_name(str(model._meta.pk.column))
