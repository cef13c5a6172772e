"""A builder's session: what outlives a build, and what must not."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

import pghistory
import psycopg
import pytest
from django.db import DatabaseError, connection

from ceasefire.models import Incident
from sources.models import Record
from tests.factories.ceasefire import (
    AttributionFactory,
    IncidentFactory,
    IncidentTargetFactory,
    TruceFactory,
    TrucePartyFactory,
)
from tests.factories.sources import FigureFactory, cite, publish
from tests.factories.talks import ConflictFactory, PlaceFactory
from tests.processes import database_address
from timeline import builder
from timeline.models import Entry, Revision
from timeline.sql import session

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def incident() -> Incident:
    """One of three shellings under a truce, its revision written."""
    conflict = ConflictFactory.create()
    truce = TruceFactory.create(
        conflict=conflict, declared_edtf="2017-01-01", last_attested_edtf="2017-02-01"
    )
    TrucePartyFactory.create(truce=truce)
    publish(truce)
    for day in ("2017-01-10", "2017-01-12", "2017-01-15"):
        made: Incident = IncidentFactory.create(
            conflict=conflict, when_edtf=day, place=PlaceFactory.create()
        )
        IncidentTargetFactory.create(incident=made, population="civilians")
        citation = cite(made)
        FigureFactory.create(citation=citation)
        AttributionFactory.create(incident=made, citation=citation)
        publish(made)
    builder.build()
    return made


def edit(record: Record, title: str) -> None:
    Record.objects.filter(pk=record.pk).update(title=title)


def title_of(record: Record) -> str:
    return Entry.objects.current().get(record_id=record.pk).title


def work_tables() -> list[int]:
    """Return the ids of this connection's work tables."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT oid FROM pg_class WHERE relnamespace = pg_my_temp_schema() ORDER BY oid"
        )
        return [oid for (oid,) in cursor.fetchall()]


def fail(*_: object) -> None:
    raise RuntimeError("half-way")


def test_the_next_build_finds_the_tables_of_the_one_before(incident: Incident) -> None:
    edit(incident, "Second")
    builder.build()
    tables = work_tables()
    edit(incident, "Third")
    builder.build()

    assert tables
    assert work_tables() == tables
    assert title_of(incident) == "Third"


def test_a_build_that_fails_leaves_nothing_to_the_next(
    incident: Incident, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it drained and wrote is rolled back; on the same connection the next build is right."""
    edit(incident, "After")
    with monkeypatch.context() as patch:
        patch.setattr(builder, "_write", fail)
        with pytest.raises(RuntimeError, match="half-way"):
            builder.build()
    assert Revision.objects.count() == 1

    assert len(builder.build()) == 1
    assert title_of(incident) == "After"
    assert str(builder.verify()) == "no difference"


@pytest.mark.parametrize("statement", ["DISCARD ALL", "DROP TABLE live", "DEALLOCATE ALL"])
def test_a_session_that_was_spoiled_is_made_anew(incident: Incident, statement: str) -> None:
    """The build that meets it fails; the sweep's next one does not."""
    edit(incident, "Spoiled")
    with connection.cursor() as cursor:
        cursor.execute(statement)
    with pytest.raises(DatabaseError):
        builder.build()

    assert len(builder.build()) == 1
    assert title_of(incident) == "Spoiled"


@pytest.mark.parametrize(
    ("change", "back"),
    [
        ("ALTER COLUMN detail TYPE varchar(41)", "ALTER COLUMN detail TYPE varchar(40)"),
        ("ADD COLUMN spare text NOT NULL DEFAULT ''", "DROP COLUMN spare"),
    ],
)
def test_a_table_that_changes_under_a_session_is_written_on(
    incident: Incident, change: str, back: str
) -> None:
    """A migration runs while a worker lives."""
    edit(incident, "Before")
    builder.build()
    with psycopg.connect(database_address(), autocommit=True) as other:
        other.execute(f"ALTER TABLE timeline_entry {change}")
        try:
            edit(incident, "After")
            builder.build()
        finally:
            other.execute(f"ALTER TABLE timeline_entry {back}")

    assert title_of(incident) == "After"


@pytest.mark.parametrize("context", [nullcontext, pghistory.context])
def test_a_per_cent_sign_means_itself(
    context: Callable[[], AbstractContextManager[object]],
) -> None:
    """Inside a request, too, whose history gives every statement parameters."""
    with (
        context(),
        connection.cursor() as cursor,
        session.Session(cursor, builder.create_work_tables) as builders,
    ):
        builders.empty()
        builders.execute("some", "INSERT INTO touched VALUES ('50%', $1), ('%s %% %(x)s', $1)", 7)

        assert builders.holds("touched WHERE topic LIKE '%%(x)s'")
        cursor.execute("SELECT topic FROM touched WHERE ref = 7")
        assert cursor.fetchall() == [("50%",), ("%s %% %(x)s",)]


def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave it as it is: three incidents are few."""


def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take every row for many."""
    monkeypatch.setattr(session, "LARGE", 1)
    monkeypatch.setattr(builder, "LARGE", 1)


@pytest.mark.parametrize("size", [small, large])
def test_few_rows_and_many_come_to_the_same(
    incident: Incident,
    monkeypatch: pytest.MonkeyPatch,
    size: Callable[[pytest.MonkeyPatch], None],
) -> None:
    """What is written on the way of the one is what the other would write."""
    with connection.cursor() as cursor:
        cursor.execute(
            "TRUNCATE timeline_entry, timeline_sheet, timeline_label, timeline_assessment, "
            "timeline_membership, timeline_usage, timeline_revision, timeline_periodcount, "
            "timeline_monthcount, timeline_mentioncount, timeline_mentionyearcount CASCADE"
        )
    with monkeypatch.context() as patch:
        size(patch)
        assert not builder.rebuild().is_empty
        edit(incident, "After")
        assert len(builder.build()) == 1

    assert title_of(incident) == "After"
    assert str(builder.verify()) == "no difference"
    with monkeypatch.context() as patch:
        large(patch)
        assert str(builder.verify()) == "no difference"


def test_what_a_large_build_learned_goes_with_it(
    incident: Incident, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        large(patch)
        edit(incident, "Large")
        builder.build()
    tables = work_tables()
    edit(incident, "Small")
    builder.build()

    assert set(tables).isdisjoint(work_tables())
    assert title_of(incident) == "Small"
