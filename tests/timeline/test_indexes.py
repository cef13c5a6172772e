"""The indexes of the derived tables, which a large first build makes after the rows."""

from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection
from django.test import Client

from ceasefire.models import Incident
from tests.factories.ceasefire import IncidentFactory
from tests.processes import database_address
from timeline import builder, tasks
from timeline.models import Entry, Revision
from timeline.sql.session import Session

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def incident(monkeypatch: pytest.MonkeyPatch) -> Incident:
    """One incident, which is many; no revision yet."""
    monkeypatch.setattr(builder, "MANY", 1)
    made: Incident = IncidentFactory.create(published=True)
    return made


@pytest.fixture
def definitions() -> Iterator[dict[str, str]]:
    """The definitions of all indexes of derived tables; another test has them, too."""
    found = defined()
    yield found
    assert defined() == found


def defined() -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexname, indexdef FROM pg_indexes WHERE tablename ~ '^timeline_'")
        return dict(cursor.fetchall())


def fail(*_: object) -> None:
    raise RuntimeError("half-way")


def test_the_first_build_makes_every_index_as_it_was(definitions: dict[str, str]) -> None:
    assert builder.build() == [1]

    assert defined() == definitions
    assert Entry.objects.current().count() == 1
    assert builder.verify().is_empty


def test_who_reads_meanwhile_need_not_wait(
    definitions: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """All is written, and its indexes made, but not committed."""
    seen = []

    def look(session: Session, rows: str) -> bool:
        if rows == builder._RESTRICTED:
            with psycopg.connect(database_address(), autocommit=True) as reader:
                reader.execute("SET lock_timeout = '1s'")
                seen.append(reader.execute("SELECT count(*) FROM timeline_entry").fetchone())
        return holds(session, rows)

    holds = Session.holds
    monkeypatch.setattr(Session, "holds", look)

    assert builder.build() == [1]
    assert seen == [(0,)]


def test_a_first_build_that_fails_leaves_the_indexes_to_the_next(
    definitions: dict[str, str], monkeypatch: pytest.MonkeyPatch, client: Client
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(builder, "_project", fail)
        with pytest.raises(RuntimeError, match="half-way"):
            builder.build()
    assert len(defined()) < len(definitions)
    assert not Revision.objects.exists()
    assert client.get("/timeline/").status_code == 200
    monkeypatch.undo()

    assert builder.build() == [1]
    assert defined() == definitions


def test_who_reads_an_empty_table_for_long_keeps_its_indexes(definitions: dict[str, str]) -> None:
    with psycopg.connect(database_address()) as reader:
        reader.execute("SELECT FROM timeline_entry")

        assert builder.build() == [1]
        assert defined() == definitions


def test_a_later_build_leaves_the_indexes_alone(
    definitions: dict[str, str], monkeypatch: pytest.MonkeyPatch, incident: Incident
) -> None:
    builder.build()
    monkeypatch.setattr("timeline.sql.indexes.take_off", fail)
    Incident.objects.filter(pk=incident.pk).update(place_wording="a village")

    assert builder.build() == [2]


def waiting() -> int:
    """Take in the keys that wait beside an index, and return how many pages of them there were."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(gin_clean_pending_list(indexrelid)) FROM pg_index "
            "JOIN pg_class ON pg_class.oid = indexrelid JOIN pg_am ON pg_am.oid = relam "
            "WHERE amname = 'gin' AND indrelid::regclass::text ~ '^timeline_'"
        )
        return int(cursor.fetchone()[0])


def test_a_worker_takes_in_what_the_builder_left_for_later(incident: Incident) -> None:
    for title in ("One", "Two"):
        Incident.objects.filter(pk=incident.pk).update(title=title)
        builder.build()

    tasks.take_in_keys()

    assert waiting() == 0
    Incident.objects.filter(pk=incident.pk).update(title="Three")
    builder.build()
    assert waiting() > 0
