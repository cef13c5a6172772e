"""Every file of a filter: what is in it, that it is valid, and what it never claims."""

import hashlib
import http.client
import io
import json
import re
import zipfile
from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from icalendar import Calendar

from tests.factories.timeline import make_citation, make_entry, make_label, make_revision
from tests.timeline.file_worlds import write_timeline
from timeline.exports import workbook
from timeline.exports.files import FILES, File
from timeline.models import Entry, Sheet
from timeline.queries import selection

pytestmark = pytest.mark.django_db(transaction=True)

EXCEL = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    """Keep nothing of another test's revision 1."""
    cache.clear()
    yield
    cache.clear()


def get(path: str, **query: str) -> tuple[Any, bytes]:
    response: Any = Client().get(path, query, headers={"host": "localhost"})
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return response, body


def body_of(path: str, **query: str) -> bytes:
    response, body = get(path, **query)
    assert response.status_code == 200, body
    return body


def test_file_keeps_to_its_address_and_its_filter() -> None:
    """Walk every address: an empty site, a filter, a bad one, what is known already, the past."""
    for file in FILES:
        assert get(f"/{file.path}")[0].status_code == 200
    write_timeline(7, lines=40)
    for file in FILES:
        walk(file)


def walk(file: File) -> None:
    path = f"/{file.path}"
    response, whole = get(path)
    part, narrowed = get(path, kind="statement", order="-date")
    strange, reason = get(path, kidn="truce")
    paged, _ = get(path, limit="10")
    asked = {"host": "localhost", "if-none-match": response["ETag"]}
    again = Client().get(f"{path}?as_of=3&order=date", headers=asked)
    head: Any = Client().head(path, headers={"host": "localhost"})

    assert response["Content-Type"] == file.content_type
    extension = file.path.rpartition("/")[2].partition(".")[2]
    if file.is_saved:
        assert re.fullmatch(
            rf'attachment; filename="truceline-([a-z]+-)?revision-3\.{extension}"',
            response["Content-Disposition"],
        )
        assert part["Content-Disposition"].endswith(f'-part.{extension}"')
    assert part["ETag"] != response["ETag"]
    assert narrowed != whole
    assert (strange.status_code, reason[:5]) == (400, b"kidn:")
    assert paged.status_code == 400
    assert (again.status_code, again.content) == (304, b"")
    assert (head.content, head["ETag"]) == (b"", response["ETag"])
    assert whole == body_of(path)
    assert body_of(path, as_of="1") != whole


def test_manifest_proves_that_a_copy_is_whole() -> None:
    write_timeline(8, lines=20)
    copy = body_of("/timeline.csv", kind="incident,truce")

    response, body = get("/timeline/manifest.json", kind="truce,incident")
    cache.clear()
    _, afresh = get("/timeline/manifest.json", kind="truce,incident")
    found = json.loads(body)

    assert body == afresh
    assert found["sha256"] == hashlib.sha256(copy).hexdigest()
    assert (found["bytes"], found["revision"]) == (len(copy), 3)
    assert found["rows"] == copy.count(b"http://localhost/records/")
    assert found["url"] == ("http://localhost/timeline.csv?as_of=3&kind=incident,truce&order=date")
    assert body_of(f"/{found['url'].partition('localhost/')[2]}") == copy
    assert found["redactions"] == []
    assert "ETag" in response
    assert get("/timeline/manifest.json", kidn="x")[0].status_code == 400


def test_stream_that_breaks_ends_as_broken(site: str) -> None:
    """The client of a real server is told when the third chunk of a file cannot be read.

    The second is read while the first one is sent.
    """
    make_revision(1)
    first = make_entry(1)
    last = selection.FIRST_CHUNK + selection.CHUNK + 1
    Entry.objects.bulk_create(copied(first, record_id) for record_id in range(2, last + 1))
    # At either end more than what the sockets between the two hold.
    large = Entry.objects.exclude(
        record_id__range=(selection.FIRST_CHUNK + 1, last - selection.FIRST_CHUNK)
    )
    large.update(summary="x" * 60_000)
    address = urlsplit(site)
    client = http.client.HTTPConnection(address.hostname or "", address.port, timeout=30)
    client.request("GET", "/timeline.csv")
    response = client.getresponse()
    begun = response.read(1_000)
    rename("timeline_revision", "timeline_revision_gone")
    try:
        with pytest.raises((http.client.IncompleteRead, ConnectionError)):
            response.read()
    finally:
        rename("timeline_revision_gone", "timeline_revision")
        client.close()

    assert begun.startswith(b"id,kind,")
    assert response.getheader("Content-Length") is None
    assert response.getheader("Transfer-Encoding") == "chunked"


def copied(entry: Entry, record_id: int) -> Entry:
    """Return an entry like another, unsaved."""
    copy = deepcopy(entry)
    copy.pk, copy.record_id, copy.public_id = None, record_id, f"record-{record_id}"
    return copy


def rename(table: str, name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} RENAME TO {name}")


def test_geojson_has_points_and_says_where_there_is_none() -> None:
    write_timeline(9)
    found = json.loads(body_of("/timeline.geojson"))
    rows = [json.loads(line) for line in body_of("/timeline.jsonl").splitlines()]

    assert (found["type"], found["revision"]) == ("FeatureCollection", 3)
    assert [feature["properties"] for feature in found["features"]] == rows
    geometries = []
    for feature in found["features"]:
        assert set(feature) == {"type", "id", "geometry", "properties"}
        assert feature["type"] == "Feature"
        at = (feature["properties"]["longitude"], feature["properties"]["latitude"])
        point = {"type": "Point", "coordinates": [*at]}
        assert feature["geometry"] == (None if None in at else point)
        geometries.append(feature["geometry"])
    assert None in geometries
    assert found["place_precision"]["3"] == "3 · district"
    assert (
        json.loads(
            body_of("/timeline.geojson", kind="office,tie", verdict="violation", act="looting")
        )["features"]
        == []
    )


def test_workbook_reads_back_as_what_the_table_says() -> None:
    make_revision(1)
    make_label("conflict", 1, "north", "North")
    make_entry(1, title="=1+1", summary="x" * 40_000, killed_low=-0, killed_best=7)
    make_entry(2, title="https://example.org/ and more", act="shelling")

    first, second = body_of("/timeline.xlsx"), body_of("/timeline.xlsx")
    with zipfile.ZipFile(io.BytesIO(first)) as book:
        sheet = ET.fromstring(book.read("xl/worksheets/sheet1.xml"))
        names = re.findall(r'<sheet name="([^"]*)"', book.read("xl/workbook.xml").decode())
    rows = [
        {cell.get("r"): "".join(cell.itertext()) for cell in row}
        for row in sheet.iter(f"{EXCEL}row")
    ]

    assert first == second
    assert names == ["Timeline", "Columns", "About"]
    assert (rows[0]["A1"], rows[0]["I1"]) == ("id", "title")
    assert rows[1]["I2"] == "=1+1"
    assert sheet.find(f".//{EXCEL}f") is None
    assert sheet.find(f".//{EXCEL}hyperlink") is None
    assert len(rows[1]["J2"]) == workbook.MOST_CHARACTERS
    assert rows[1]["J2"].endswith("the CSV has all of it]")
    assert (rows[1]["W2"], rows[1]["X2"]) == ("0", "7")


def test_workbook_refuses_what_excel_cannot_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    make_revision(1)
    for record_id in range(1, 4):
        make_entry(record_id)
    (excel,) = (file for file in FILES if file.path == "timeline.xlsx")
    assert excel.most_lines == 1_048_575
    monkeypatch.setattr(excel.__class__, "__setattr__", object.__setattr__)
    monkeypatch.setattr(excel, "most_lines", 2)

    response, body = get("/timeline.xlsx")

    assert response.status_code == 400
    assert body.decode() == (
        "xlsx: The filter finds more lines than the 2 that such a file can hold below its header. "
        "Narrow it, or take /timeline.csv, which holds any number.\n"
    )


def test_calendar_holds_what_is_known_and_no_more() -> None:
    make_revision(1)
    for record_id, status, when in (
        (1, "held", "2017-01-23/2017-01-24"),
        (2, "expected", "2017-02-15"),
        (3, "cancelled", "2017-03-01"),
        (4, "held", "2017-04"),
        (5, "expected", "../2017-05-01"),
        (6, "announced", ""),
        (9, "held", "9999-12-31"),
    ):
        extent = "throughout" if "/" in when else "within"
        make_entry(record_id, kind="round", detail=status, when=when, extent=extent, title="Talks")
    make_entry(7, kind="truce", when="2016-12-29", title="Truce")
    Sheet.objects.create(
        record_id=7,
        revision_from=1,
        doc={
            "declared": "2016-12-29",
            "effective": "2016-12-30",
            "effective_time": "00:00:00",
            "effective_zone": "Asia/Damascus",
            "end": "",
            "last_attested": "2017-01~",
        },
    )
    make_entry(8, kind="incident", when="2017-01-15")

    calendar: Any = Calendar.from_ical(body_of("/timeline.ics"))
    events = {str(event["uid"]).partition("@")[0]: event for event in calendar.walk("VEVENT")}
    shown = {
        uid: (str(event["summary"]), str(event["status"]), event["dtstart"].dt.isoformat())
        for uid, event in events.items()
    }

    assert shown == {
        "record-1": ("Talks", "CONFIRMED", "2017-01-23"),
        "record-2": ("Talks", "TENTATIVE", "2017-02-15"),
        "record-3": ("Talks", "CANCELLED", "2017-03-01"),
        "record-4": ("Talks (April 2017)", "TENTATIVE", "2017-04-01"),
        "record-7-declared": ("Truce: declared", "CONFIRMED", "2016-12-29"),
        "record-7-effective": (
            "Truce: takes effect",
            "CONFIRMED",
            "2016-12-29T22:00:00+00:00",
        ),
        "record-7-last_attested": (
            "Truce: last spoken of as in place (about January 2017)",
            "TENTATIVE",
            "2016-12-01",
        ),
        "record-9": ("Talks", "CONFIRMED", "9999-12-31"),
    }
    assert events["record-1"]["dtend"].dt == date(2017, 1, 25)
    assert "expected; not recorded as held" in str(events["record-2"]["description"])
    assert str(events["record-2"]["url"]) == "http://localhost/rounds/record-2/"


def test_bibliography_has_each_document_once() -> None:
    make_revision(1)
    make_label("outlet", 1, "wire", "Wire & Sons", data={"kind": "wire_agency"})
    published = {2: "2017-01-16", 3: "2017-01~", 4: "", 5: "2017-01-16/2017-01-18", 6: "201X"}
    for ref, when in published.items():
        data = {"outlet": 1, "url": f"https://wire.example/{ref}_x", "published": when}
        data |= {"author": "A. Writer", "language": "en", "accessed_on": "2017-02-01"}
        make_label("source", ref, f"src-{ref}", f"100% of {{it}} {ref}", data=data)
    make_entry(1, when="2017-01-02", source_ids=[3, 2], citations=[make_citation(1, source=2)])
    make_entry(2, when="2017-01-01", source_ids=[2, 4, 5, 6, 5_000])

    bibtex = body_of("/timeline/sources.bib").decode()
    items = json.loads(body_of("/timeline/sources.csl.json"))

    assert re.findall(r"@misc\{(.*),", bibtex) == ["src-2", "src-4", "src-5", "src-6", "src-3"]
    assert "title = {{100\\% of \\{it\\} 2}}" in bibtex
    assert "howpublished = {Wire \\& Sons}" in bibtex
    assert "month = jan" in bibtex
    assert "url = {https://wire.example/2_x}" in bibtex
    assert [item["id"] for item in items] == ["src-2", "src-4", "src-5", "src-6", "src-3"]
    assert items[0] == {
        "id": "src-2",
        "type": "article-newspaper",
        "title": "100% of {it} 2",
        "author": [{"literal": "A. Writer"}],
        "container-title": "Wire & Sons",
        "issued": {"date-parts": [[2017, 1, 16]]},
        "accessed": {"date-parts": [[2017, 2, 1]]},
        "URL": "https://wire.example/2_x",
        "language": "en",
        "note": "Truceline, revision 1: http://localhost/sources/src-2/",
    }
    assert [item.get("issued") for item in items[1:]] == [
        None,
        {"date-parts": [[2017, 1, 16], [2017, 1, 18]]},
        {"literal": "201X"},
        {"date-parts": [[2017, 1]], "circa": True},
    ]
    assert json.loads(body_of("/timeline/sources.csl.json", kind="office")) == []


def test_story_escapes_what_it_shows_as_html() -> None:
    make_revision(1)
    make_entry(1, title="<b>Shelling</b>", when="2017-01-15", verdict="possible")
    make_entry(2, when="../2017-01-16", kind="statement")
    make_entry(3, when="2017-01")
    make_entry(4, when="")

    story = json.loads(body_of("/timeline.timelinejs.json"))

    assert [event["unique_id"] for event in story["events"]] == ["record-3", "record-1", "record-2"]
    month, day, by = story["events"]
    assert month["end_date"] == {"year": 2017, "month": 1, "day": 31}
    assert day["text"]["headline"] == "&lt;b&gt;Shelling&lt;/b&gt;"
    assert "Possible violation." in day["text"]["text"]
    assert (by["display_date"], by["start_date"]["day"]) == ("by 16 January 2017", 16)


def test_evidence_tables_hide_what_is_confidential() -> None:
    make_revision(1)
    make_label("outlet", 1, "radio", "Radio")
    source = {"outlet": 1, "url": "https://radio.example/1", "published": "2017-01-16"}
    make_label("source", 1, "radio-1", "Shells, it says", data=source)
    figure = {"group": "civilians", "side": "", "harm": "killed", "low": 9, "best": None}
    figure |= {"high": None, "as_of": "", "superseded": False}
    hidden = {"id": 2, "confidential": True, "stance": "supports", "fields": ["when"]}
    make_entry(
        12,
        citations=[make_citation(1, quote="=9", figures=[figure]), {**hidden, "figures": [figure]}],
    )

    citations = body_of("/timeline/citations.csv").decode().splitlines()
    figures = body_of("/timeline/figures.csv").decode().splitlines()

    page = "http://localhost/records/record-12/#passage"
    shown = 'Radio,radio-1,"Shells, it says"'
    document = "Radio,,,2017-01-16,https://radio.example/1,,"
    hidden_figure = "record-12,incident,2,supports,killed,civilians,,9,,,,false,confidential source"
    assert citations[1:] == [
        f"record-12,incident,1,supports,,{shown},outlet,false,false,{document},'=9,false,{page}-1",
        f"record-12,incident,2,supports,when,confidential source,,,,,,,,,,,,,,true,{page}-2",
    ]
    assert figures[1:] == [
        f"record-12,incident,1,supports,killed,civilians,,9,,,,false,{shown},false,{page}-1",
        f"{hidden_figure},,,true,{page}-2",
    ]
