"""The CSV: its columns, its form, and what a spreadsheet must not run."""

import csv
import io
import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from tests.factories.timeline import make_citation, make_entry, make_label, make_revision
from timeline.enums import REASONS, Question
from timeline.exports import ENTRIES
from timeline.models import Assessment, Sheet
from timeline.queries import selection

COLUMNS = [
    "id",
    "kind",
    "conflict",
    "date_earliest",
    "date_latest",
    "date_precision",
    "date_reported",
    "extent",
    "title",
    "summary",
    "place",
    "place_precision",
    "latitude",
    "longitude",
    "parties",
    "accused",
    "truce",
    "round",
    "act",
    "verdict",
    "verdict_reasons",
    "evidence",
    "killed_low",
    "killed_best",
    "killed_high",
    "civilians_killed_low",
    "civilians_killed_high",
    "injured_low",
    "injured_high",
    "displaced_low",
    "displaced_high",
    "citations",
    "origins",
    "sources",
    "url",
]

committed = pytest.mark.django_db(transaction=True)
"""A reading has a transaction of its own, so it sees only rows that are committed."""


def get_csv(query: str = "") -> tuple[Any, bytes]:
    response = Client().get(f"/timeline.csv{query}", headers={"host": "localhost"})
    if response.streaming:
        return response, b"".join(response.streaming_content)  # type: ignore[attr-defined]
    return response, response.content


def rows_of(body: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body.decode(), newline="")))


def test_columns_stand_in_the_order_of_the_design() -> None:
    assert [column.name for column in ENTRIES.columns] == COLUMNS


def test_every_column_says_what_it_is() -> None:
    assert [column.name for column in ENTRIES.columns if not column.help.endswith(".")] == []


def test_every_code_of_the_definition_has_its_words() -> None:
    page = (settings.BASE_DIR / "docs" / "verdict.md").read_text()
    found = {}
    for question in Question:
        number = list(Question).index(question) + 1
        section = page.split(f"\n## {number}. ")[1].split("\n## ")[0]
        codes = set(re.findall(r"\(`([a-z_]+)`\)", section))
        for line in section.splitlines():
            if line.startswith("|"):
                codes |= set(re.findall(r"`([a-z_]+)`", line.split("|")[-2]))
            elif re.match(r"\d+\. `", line):
                codes.add(line.split("`")[1])
        # What the standing of section 3 is called is no code where the table names an outcome.
        found[question] = codes

    assert found == {question: set(REASONS[question]) for question in Question}


@committed
def test_row_holds_what_the_entry_says() -> None:
    make_revision(1)
    make_label("conflict", 1, "north", "North")
    make_label("place", 3, "hill", "Hill", data={"latitude": -33.5, "longitude": 36.25})
    make_label("outlet", 1, "radio", "Radio")
    make_label("outlet", 2, "wire", "Wire")
    source = {"outlet": 1, "url": "https://radio.example/1", "published": "2017-01-16"}
    make_label("source", 1, "radio-1", "Shells, it says", data=source)
    names = [
        {"text": name, "kind": "official", "language": "en", "since": since, "until": until}
        for name, since, until in (("Old Front", "", "2016-07"), ("New Front", "2016-07", ""))
    ]
    make_label("party", 5, "front", "The Front", data={"names": names})
    make_entry(11, kind="truce", when="2016-01-01", party_ids=[5])
    make_entry(
        12,
        when="2017-01-15",
        reported="2017-01-16?",
        title="=HYPERLINK(1)",
        summary='Two\r\nlines, “quoted” and "quoted"',
        place_id=3,
        place_precision=2,
        party_ids=[5],
        accused_ids=[5],
        truce_ids=[11],
        act="shelling",
        verdict="possible",
        killed_low=9,
        killed_best=0,
        citations=[
            make_citation(1, origin="other_outlet", attributed_outlet=2),
            make_citation(2, stance="contradicts"),
            {"id": 3, "confidential": True, "stance": "supports", "fields": [], "figures": []},
        ],
    )
    Sheet.objects.create(
        record_id=12, revision_from=1, doc={"attributions": [{"id": 7, "accused": 5}]}
    )
    Assessment.objects.create(
        revision_from=1,
        truce_id=11,
        incident_id=12,
        attribution_id=7,
        period="yes",
        period_why="within",
        area="undetermined",
        area_why="coverage_not_recorded",
        bound="undetermined",
        bound_why="no_bound_party_recorded",
        protected="yes",
        protected_why="population",
        prohibited="undetermined",
        prohibited_why="terms_not_recorded",
        verdict="possible",
        counts_as="possible",
        standing="upheld",
    )

    response, body = get_csv()
    truce, incident = rows_of(body)

    assert response["Content-Type"] == "text/csv; charset=utf-8; header=present"
    assert response["Content-Disposition"] == 'attachment; filename="truceline-revision-1.csv"'
    assert response["X-Truceline-Revision"] == "1"
    assert truce["parties"] == "Old Front"
    assert {name: value for name, value in incident.items() if value} == {
        "id": "record-12",
        "kind": "incident",
        "conflict": "North",
        "date_earliest": "2017-01-15",
        "date_latest": "2017-01-15",
        "date_precision": "day",
        "date_reported": "2017-01-16?",
        "extent": "within",
        "title": "'=HYPERLINK(1)",
        "summary": 'Two\r\nlines, “quoted” and "quoted"',
        "place": "Hill",
        "place_precision": "2",
        "latitude": "-33.5",
        "longitude": "36.25",
        "parties": "New Front",
        "accused": "New Front",
        "truce": "record-11",
        "act": "shelling",
        "verdict": "possible",
        "verdict_reasons": (
            "truce record-11, accused The Front: possible violation; "
            "period yes (while the truce was in force); "
            "area undetermined (coverage not recorded); "
            "bound party undetermined (no bound party recorded); "
            "protected target yes (those hit are protected by any truce); "
            "prohibited act undetermined (terms not recorded); claim upheld"
        ),
        "evidence": "single_origin",
        "killed_low": "9",
        "killed_best": "0",
        "citations": "3",
        "origins": "Wire; confidential source",
        "sources": "Shells, it says <https://radio.example/1>; confidential source",
        "url": "http://localhost/records/record-12/",
    }


@committed
def test_form_is_that_of_rfc_4180() -> None:
    make_revision(1)
    make_entry(1, title='a "b", c')
    make_entry(2, title="line\nbreak", when="")

    _, body = get_csv()
    records = body.split(b"\r\n")

    assert records[0].decode().split(",") == COLUMNS
    assert b'"a ""b"", c"' in records[1]
    assert b'"line\nbreak"' in records[2]
    assert records[3:] == [b""]


@committed
def test_rows_come_oldest_first_and_ties_by_record() -> None:
    make_revision(1)
    for record_id, when in ((5, "2017-02"), (3, "2017-01-01"), (4, ""), (1, "2017-02-01")):
        make_entry(record_id, when=when)

    ids = [row["id"] for row in rows_of(get_csv()[1])]
    newest = [row["id"] for row in rows_of(get_csv("?order=-date")[1])]

    assert ids == ["record-3", "record-1", "record-5", "record-4"]
    assert newest == ids[::-1]


@committed
def test_chunks_join_without_a_seam(monkeypatch: pytest.MonkeyPatch) -> None:
    make_revision(1)
    for record_id in range(1, 8):
        make_entry(record_id, when=f"2017-01-0{record_id // 3 + 1}")
    _, whole = get_csv()

    for size in (1, 2, 3, 7):
        monkeypatch.setattr(selection, "FIRST_CHUNK", size)
        monkeypatch.setattr(selection, "CHUNK", size)
        assert get_csv()[1] == whole
    assert len(rows_of(whole)) == 7


@committed
def test_stream_keeps_its_revision_while_the_timeline_moves_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make_revision(1)
    old = [make_entry(record_id) for record_id in range(1, 4)]
    _, before = get_csv()
    monkeypatch.setattr(selection, "FIRST_CHUNK", 1)
    monkeypatch.setattr(selection, "CHUNK", 1)
    response = Client().get("/timeline.csv", headers={"host": "localhost"})
    stream = iter(response.streaming_content)  # type: ignore[attr-defined]
    begun = next(stream) + next(stream)

    make_revision(2)
    for entry in old:
        entry.revision_to = 2
        entry.save()
    make_entry(9, revision_from=2)

    assert begun + b"".join(stream) == before
    assert get_csv("?as_of=1")[1] == before
    assert [row["id"] for row in rows_of(get_csv()[1])] == ["record-9"]


@committed
def test_before_the_first_revision_there_is_only_the_header() -> None:
    response, body = get_csv()

    assert response["X-Truceline-Revision"] == "0"
    assert body.decode() == ",".join(COLUMNS) + "\r\n"


@committed
def test_whoever_has_the_file_already_gets_304() -> None:
    make_revision(1)
    make_label("conflict", 1, "north", "North")
    make_entry(1)
    response, _ = get_csv("?conflict=north")
    etag = response["ETag"]
    header = {"host": "localhost", "if-none-match": etag}
    ask = Client().get

    same = ask("/timeline.csv?conflict=north&order=date&as_of=1", headers=header)
    other = ask("/timeline.csv?order=-date&conflict=north", headers=header)
    make_revision(2)
    later = ask("/timeline.csv?conflict=north", headers=header)

    assert (same.status_code, same.content) == (304, b"")
    assert (other.status_code, later.status_code) == (200, 200)
    assert response["Cache-Control"] == "no-cache"
    assert response["Content-Disposition"] == 'attachment; filename="truceline-revision-1-part.csv"'
