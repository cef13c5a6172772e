"""Lines of the CSV that are kept: the bytes are what they would be if they were made anew."""

from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from django.core.cache import cache
from django.db.models import F
from django.test import Client
from django.utils import translation

from ceasefire.models import Incident
from sources.enums import Visibility
from sources.models import Record, Source
from talks.models import Party
from tests.factories.ceasefire import AttributionFactory, IncidentFactory, TruceFactory
from tests.factories.sources import SourceFactory, cite
from tests.processes import database_address
from tests.timeline.file_oracle import csv_of
from tests.timeline.file_worlds import REVISIONS, write_timeline
from timeline import builder, tasks
from timeline.exports import timeline_csv
from timeline.models import KeptAsOf, KeptLine, Redaction, Revision
from timeline.models.entry import REPORTED_ON
from timeline.queries import kept_lines, reading
from timeline.services import keeping
from timeline.services.lock import LINES

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    """Keep nothing of another test's revision 1."""
    cache.clear()
    yield
    cache.clear()


def csv(host: str = "localhost", **query: str) -> bytes:
    response: Any = Client().get("/timeline.csv", query, headers={"host": host})
    assert response.status_code == 200
    return b"".join(response.streaming_content)


def keep(number: int) -> int:
    """Keep the lines of a revision; return how many had to be made."""
    return sum(timeline_csv.keeping_lines(Revision.objects.get(number=number)))


def afresh(host: str = "localhost", **query: str) -> bytes:
    """Return the CSV without any help of what is kept."""
    KeptAsOf.objects.update(form="another")
    try:
        return csv(host, **query)
    finally:
        KeptAsOf.objects.update(form=timeline_csv.form_of(1))


@pytest.mark.parametrize(
    ("seed", "order"), [(0, "-date"), (1, "date"), (2, "-reported"), (3, "reported")]
)
def test_kept_lines_say_what_the_pages_say_as_of_any_revision(
    seed: int, order: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_timeline(seed)
    # Some pieces are whole, some are not, and the last one is short.
    monkeypatch.setattr(kept_lines, "PIECE", 7)
    towards, name = ("-", order[1:]) if order.startswith("-") else ("", order)
    key = {"date": F("sort_on"), "reported": REPORTED_ON}[name]

    for kept_as_of in (1, 2, REVISIONS):
        keep(kept_as_of)
        for revision in range(1, REVISIONS + 1):
            with reading(revision) as found, translation.override("en"):
                entries = found.entries().annotate(day=key)
                entries = entries.order_by(f"{towards}day", f"{towards}record_id")
                expected = csv_of(found, found.lines(entries), site="http://localhost/")
            assert csv(as_of=str(revision), order=order) == expected
            assert csv("testserver", as_of=str(revision), order=order) == expected.replace(
                b"http://localhost/", b"http://testserver/"
            )
        assert keep(kept_as_of) == 0
    assert KeptLine.objects.count() == len(csv(kind="", order="date").split(b"/records/")) - 1


def test_an_edit_leaves_the_other_lines_kept() -> None:
    truce = TruceFactory.create(title="A truce", published=True)
    incidents: list[Incident] = [
        IncidentFactory.create(title=f"Incident {n}", conflict=truce.conflict, published=True)
        for n in range(4)
    ]
    AttributionFactory.create(incident=incidents[3], accused__name="Accused")
    builder.build()
    tasks.keep_lines()
    assert not KeptLine.objects.exists()
    # A moment later.
    Revision.objects.update(created_at=F("created_at") - 2 * tasks.CALM)
    tasks.keep_lines()
    mark(b"Incident 0", b"Kept by us")

    edits: tuple[Callable[[], int], ...] = (
        lambda: Record.objects.filter(pk=incidents[1].pk).update(title="Another title"),
        lambda: Party.objects.filter(name="Accused").update(name="A party renamed"),
        lambda: Record.objects.filter(pk=truce.pk).update(status="withdrawn"),
        lambda: Record.objects.filter(pk=incidents[2].pk).update(status="withdrawn"),
    )
    for edit in edits:
        whole = csv()
        edit()
        builder.build()
        for _ in range(2):
            assert csv().replace(b"Kept by us", b"Incident 0") == afresh()
            assert csv(as_of="1").replace(b"Kept by us", b"Incident 0") == afresh(as_of="1")
            assert csv() != whole
            tasks.keep_lines()
    # Nobody can see it in the bytes but so: the line of a truce that went was made anew.
    assert b"Kept by us" not in csv()
    assert KeptAsOf.objects.get().is_complete


def mark(words: bytes, others: bytes) -> None:
    """Change a kept line, so that it tells whether it was read."""
    (line,) = (line for line in KeptLine.objects.all() if words in bytes(line.cells))
    KeptLine.objects.filter(pk=line.pk).update(cells=bytes(line.cells).replace(words, others))


def test_what_was_kept_before_a_redaction_is_read_by_nobody() -> None:
    """Even where the builder died between its revision and the forgetting of lines."""
    incident = IncidentFactory.create(published=True)
    source = SourceFactory.create(title="A hidden title")
    cite(incident, source)
    builder.build()
    keep(1)
    kept = KeptAsOf.objects.get()
    lines = list(KeptLine.objects.all())
    assert any(b"A hidden title" in bytes(line.cells) for line in lines)

    Source.objects.filter(pk=source.pk).update(visibility=Visibility.RESTRICTED)
    builder.build()
    assert not KeptLine.objects.exists()
    # One who keeps lines has begun before, and is late.
    keeping.keep(kept, [line.pk for line in lines], [bytes(line.cells) for line in lines])
    assert not KeptLine.objects.exists()
    kept.save(force_insert=True)
    KeptLine.objects.bulk_create(lines)

    assert Redaction.objects.count() == 1
    for number in (1, 2):
        assert b"hidden" not in csv(as_of=str(number))
    keep(2)
    assert not any(b"hidden" in bytes(line.cells) for line in KeptLine.objects.all())


def test_lines_are_kept_by_one_worker_at_a_time_who_may_stop_at_any_time() -> None:
    tasks.keep_lines()
    assert not KeptAsOf.objects.exists()
    write_timeline(5, lines=10)
    with psycopg.connect(database_address()) as another:
        another.execute("SELECT pg_advisory_lock(%s)", [LINES])
        tasks.keep_lines()
        another.execute("SELECT pg_advisory_unlock(%s)", [LINES])
    assert not KeptAsOf.objects.exists()

    next(timeline_csv.keeping_lines(Revision.objects.latest("number")))
    assert not KeptAsOf.objects.get().is_complete
    whole = csv()
    tasks.keep_lines()
    assert KeptAsOf.objects.get().is_complete
    assert csv() == whole


def test_many_changes_are_not_passed_over_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    write_timeline(6)
    keep(REVISIONS)
    monkeypatch.setattr(kept_lines, "MOST_STALE", 1)
    monkeypatch.setattr(keeping, "FEW", 1)
    assert csv(as_of="1") == afresh(as_of="1")
    keep(1)
    assert keep(2) > 0
    assert csv(as_of="2") == afresh(as_of="2")
