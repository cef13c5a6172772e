"""What changed between revisions: the page, the CSV, the feed; and what never changes."""

import csv
import io
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ceasefire.models import Incident
from sources.models import Citation, Record
from tests.factories.ceasefire import IncidentFactory
from tests.factories.timeline import make_entry, make_label, make_revision
from timeline import builder, exports
from timeline.exports import columns, timeline_table
from timeline.exports.columns import code
from timeline.exports.files import FILES
from timeline.models import Entry, Revision, Sheet

pytestmark = pytest.mark.django_db(transaction=True)

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def body_of(path: str, **query: str) -> bytes:
    response: Any = Client().get(path, query, headers={"host": "localhost"})
    assert response.status_code == 200, path
    return b"".join(response.streaming_content) if response.streaming else response.content


def replace(before: Entry, number: int, **values: Any) -> Entry:
    """Write the version of an entry that follows another from a revision on."""
    Entry.objects.filter(pk=before.pk).update(revision_to=number)
    return make_entry(before.record_id, revision_from=number, **values)


@pytest.fixture
def history() -> None:
    """Four revisions: one line changes twice, one there and back, one goes, one comes."""
    for number in range(1, 5):
        make_revision(number)
    make_label("conflict", 1, "north", "North")
    make_label("place", 1, "hill", "Hill")
    make_label("place", 2, "dale", "Dale")
    one, two, three, four = (make_entry(n, place_id=1, act="shelling") for n in range(1, 5))
    one = replace(one, 2, place_id=2, act="shelling", verdict="possible")
    replace(one, 4, place_id=2, act="shelling", verdict="not_covered", killed_low=9)
    two = replace(two, 2, title="For a while", place_id=1, act="shelling")
    replace(two, 3, place_id=1, act="shelling")
    Entry.objects.filter(pk=three.pk).update(revision_to=3)
    make_entry(5, revision_from=3, kind="truce", title="=New")
    for begun, ends, words in ((1, 3, "old"), (3, None, "new")):
        doc = {"words": words}
        Sheet.objects.create(
            record_id=four.record_id, revision_from=begun, revision_to=ends, doc=doc
        )


def test_difference_says_what_changed_before_and_after(history: None) -> None:
    rows = list(
        csv.DictReader(io.StringIO(body_of("/revisions/1..4/changes.csv").decode(), newline=""))
    )
    page = body_of("/revisions/1..4/").decode()

    told = [(row["id"], row["what"], row["field"], row["before"], row["after"]) for row in rows]
    assert told == [
        ("record-1", "changed", "place", "Hill", "Dale"),
        ("record-1", "changed", "verdict", "", "not covered"),
        ("record-1", "changed", "killed", "", "9 or more"),
        ("record-3", "removed", "", "", ""),
        ("record-4", "changed", "page", "", ""),
        ("record-5", "added", "", "", ""),
    ]
    assert rows[-1]["title"] == "'=New"
    assert "1 added" in page
    assert "2 changed" in page
    assert "1 removed" in page
    assert "what its own page says" in page
    assert "For a while" not in page


def test_difference_between_any_two_revisions(history: None) -> None:
    def told(first: int, last: int) -> list[tuple[str, str]]:
        body = body_of(f"/revisions/{first}..{last}/changes.csv").decode()
        rows = csv.DictReader(io.StringIO(body, newline=""))
        return [(row["id"], row["what"]) for row in rows]

    assert told(0, 1) == [(f"record-{number}", "added") for number in range(1, 5)]
    assert told(1, 2) == [("record-1", "changed")] * 2 + [("record-2", "changed")]
    assert told(3, 4) == [("record-1", "changed")] * 2
    for path, status in (
        ("/revisions/4..1/", 400),
        ("/revisions/2..2/", 400),
        ("/revisions/4..1/changes.csv", 400),
        ("/revisions/1..9/", 404),
        (f"/revisions/1..{10**20}/changes.csv", 404),
        ("/revisions/1..4/?page=2", 400),
        ("/revisions/1..4/?pgae=1", 400),
    ):
        assert Client().get(path).status_code == status, path
    assert "/revisions/2..3/" in body_of("/revisions/3/").decode()


def test_difference_is_paged(history: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("timeline.views.differences.PER_PAGE", 3)

    with CaptureQueriesContext(connection) as queries:
        first = body_of("/revisions/1..4/").decode()
    statements = [query["sql"] for query in queries]
    second = body_of("/revisions/1..4/", page="2").decode()

    assert ("Record 1" in first, "=New" in first) == (True, False)
    assert ("Record 1" in second, "=New" in second) == (False, True)
    assert "?page=2" in first
    assert "?page=1" in second
    assert sum("FULL JOIN" in statement for statement in statements) == 1


def test_feed_tells_what_changed_for_its_filter(history: None) -> None:
    feed = ET.fromstring(body_of("/timeline.atom"))
    titles = [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]
    truces = ET.fromstring(body_of("/timeline.atom", kind="truce"))
    first = feed.find(f"{ATOM}entry")
    assert first is not None

    assert titles == [
        "Changed: Record 1",
        "Changed: Record 2",
        "Removed: Record 3",
        "Added: =New",
        "Changed: Record 1",
        "Changed: For a while",
        *(f"Added: Record {number}" for number in range(1, 5)),
    ]
    assert first.findtext(f"{ATOM}summary") == (
        "Incident, 15 January 2017. verdict: possible violation → not covered; "
        "killed: not recorded → 9 or more."
    )
    ids = [entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")]
    assert len(set(ids)) == len(ids)
    assert [entry.findtext(f"{ATOM}title") for entry in truces.iter(f"{ATOM}entry")] == [
        "Added: =New"
    ]
    assert feed.findtext(f"{ATOM}updated") == "2026-01-01T16:00:00+00:00"


def test_feed_leaves_out_what_only_a_new_projection_changed(history: None) -> None:
    Revision.objects.filter(number__gte=3).update(projection_version=2)

    feed = ET.fromstring(body_of("/timeline.atom"))

    titles = [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]
    assert titles[:2] == ["Changed: Record 1", "Changed: Record 1"]
    assert "Removed: Record 3" not in titles


def test_files_as_of_a_revision_stay_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a hundred edits, five deletions and a column added."""
    incidents = [
        IncidentFactory.create(title=f"Incident {number}", published=True) for number in range(12)
    ]
    builder.build()
    (frozen,) = Revision.objects.values_list("number", flat=True)
    paths = [f"/{file.path}" for file in FILES]
    before = {path: body_of(path, as_of=str(frozen)) for path in paths}
    manifest = body_of("/timeline/manifest.json", as_of=str(frozen))

    for turn in range(20):
        for incident in incidents[:5]:
            # Five edits a build, a hundred in all.
            Record.objects.filter(pk=incident.pk).update(summary=f"Edit {turn}")
        builder.build()
    with transaction.atomic():
        for incident in incidents[5:10]:
            Citation.objects.filter(record=incident).delete()
            Incident.objects.get(pk=incident.pk).delete()
    builder.build()
    added = code("kind_again", "The kind, once more.", sql="kind", since=exports.FORMAT + 1)
    grown = (*timeline_table.ENTRIES.columns, added)
    monkeypatch.setattr(exports, "FORMAT", exports.FORMAT + 1)
    monkeypatch.setattr(builder, "FORMAT", exports.FORMAT)
    object.__setattr__(timeline_table.ENTRIES, "columns", grown)
    try:
        Record.objects.filter(pk=incidents[0].pk).update(summary="Under the new format")
        builder.build()
        cache.clear()
        after = {path: body_of(path, as_of=str(frozen)) for path in paths}
        later = body_of("/timeline.csv")
        still = body_of("/timeline/manifest.json", as_of=str(frozen))
    finally:
        object.__setattr__(timeline_table.ENTRIES, "columns", grown[:-1])

    assert Revision.objects.count() == 23
    assert {path for path in paths if after[path] != before[path]} == set()
    assert still == manifest
    assert later.splitlines()[0].endswith(b",url,kind_again")
    assert later.count(b",incident\r\n") == 7


def test_builder_older_than_the_files_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    IncidentFactory.create(published=True)
    builder.build()
    Revision.objects.update(format_version=columns.FORMAT + 1)
    IncidentFactory.create(published=True)

    with pytest.raises(builder.BuilderTooOldError, match="files of format"):
        builder.build()
