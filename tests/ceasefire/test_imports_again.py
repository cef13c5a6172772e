"""What another import of the same changes, and what one that dies leaves."""

import io
import os
import signal
import time
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from ceasefire.enums import ImportState, RowOutcome
from ceasefire.models import ImportRun
from ceasefire.services import imports
from sources import services as records
from sources.enums import Status
from sources.models import Figure, PendingChange, Record
from talks.models import Place
from tests.ceasefire.ged import DEIR_QANOON, findings, import_rows, incident, row, table
from tests.processes import Process

pytestmark = pytest.mark.django_db


@pytest.mark.django_db(transaction=True)
def test_a_second_import_changes_only_what_changed_and_nobody_has_edited() -> None:
    rows = [row(id=number, where_coordinates=f"Town {number} town") for number in range(1, 7)]
    import_rows(*rows)
    PendingChange.objects.all().delete()

    again = import_rows(*rows)

    assert again.counts["unchanged"] == 6
    assert not PendingChange.objects.exists()

    kept = incident("1").citations.order_by("pk")[1].pk
    Record.objects.filter(pk=incident("2").pk).update(title="An editor's words")
    records.delete(incident("3"), by=None)
    records.withdraw(incident("4"), by=None)
    changed = [one | {"best": "14", "high": "15"} for one in rows[:4]]
    changed[0] |= {"side_b": "Another group", "side_b_new_id": "77"}

    third = import_rows(*changed, rows[4])

    names = ("updated", "conflicts", "unchanged", "withdrawn", "created")
    assert [third.counts[name] for name in names] == [2, 2, 1, 1, 0]
    first = incident("1")
    assert sorted(one.party.name for one in first.parties.all()) == [
        "Another group",
        "Government of Syria",
    ]
    assert first.citations.order_by("pk")[1].pk == kept
    people = Figure.objects.get(citation__record=first.pk, group="people")
    assert (people.low, people.best, people.high) == (12, 14, 15)
    assert [reason for *_, reason in findings(third)] == [
        "The record was edited here; the edit stands.",
        "The record was deleted here; it is not made again.",
    ]
    assert incident("2").title == "An editor's words"
    assert incident("4").status == Status.WITHDRAWN
    assert incident("6").status == Status.PUBLISHED
    assert third.rows.get(outcome=RowOutcome.WITHDRAWN).value == "6"


@pytest.mark.django_db(transaction=True)
def test_a_check_says_what_the_import_does_and_writes_no_row_of_it() -> None:
    call_command("load_sample", verbosity=0, stdout=io.StringIO())
    import_rows(row(), row(id=2))
    Record.objects.filter(pk=incident("2").pk).update(title="An editor's words")
    PendingChange.objects.all().delete()
    rows = [row(best="14", high="15"), row(id=2, best="3"), row(id=3), DEIR_QANOON]
    before = last_figure()

    checked = import_rows(*rows, scope=None)

    assert checked.state == ImportState.CHECKED
    assert (last_figure(), PendingChange.objects.count()) == (before, 0)
    names = ("created", "updated", "conflicts", "possible_duplicates")
    assert [checked.counts[name] for name in names] == [2, 1, 1, 1]
    assert import_rows(*rows).counts == checked.counts
    assert last_figure() > before


def last_figure() -> int:
    """Return the last key that a figure was given, be it taken back."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT last_value FROM sources_figure_id_seq")
        return int(cursor.fetchone()[0])


@pytest.mark.django_db(transaction=True)
def test_an_import_that_is_killed_has_written_nothing_and_says_so(tmp_path: Path) -> None:
    file = tmp_path / "events.csv"
    file.write_bytes(table(*(row(id=number) for number in range(3_000))))
    PendingChange.objects.all().delete()
    program = Process(
        ["manage", "import_events", "--format", "ucdp-ged", str(file)], tmp_path / "log"
    )
    program.start()
    deadline = time.monotonic() + 60
    while not ImportRun.objects.filter(done_steps__gte=4).exists():
        assert time.monotonic() < deadline, program.log.read_text()
        time.sleep(0.01)
    os.kill(program.pid, signal.SIGKILL)
    assert program.popen is not None
    program.popen.wait()

    # The server notices that nobody is there once it is done with the statement.
    while not imports.mark_interrupted():
        assert time.monotonic() < deadline
        time.sleep(0.05)

    run = ImportRun.objects.get()
    assert (run.state, run.message) == (
        ImportState.INTERRUPTED,
        "The process that worked on it ended before it was done.",
    )
    assert not Record.objects.exists()
    assert not Place.objects.exists()
    assert not PendingChange.objects.exists()
