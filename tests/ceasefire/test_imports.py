"""What an import makes of a file, and what it leaves alone."""

import csv
import gzip
import io
import lzma
import os
import signal
import time
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from ceasefire.enums import ImportFormat, ImportScope, ImportState, ProposalState, RowOutcome
from ceasefire.models import Attribution, DuplicateProposal, ImportRow, ImportRun, Incident
from ceasefire.services import imports
from ceasefire.services.imports import duplicates
from config import embedded
from sources import services as records
from sources.enums import Status
from sources.models import Figure, Outlet, PendingChange, Record
from talks.models import Conflict, Party, Place, RecordLink
from tests.ceasefire.ged import DEIR_QANOON, import_file, import_rows, row, table
from tests.factories.talks import ConflictFactory, PlaceFactory
from tests.processes import Process
from timeline import builder

pytestmark = pytest.mark.django_db

#: Where the dataset lies, if anywhere: TRUCELINE_DATA, or shared/data beside a folder above this.
REAL = Path(
    os.environ.get("TRUCELINE_DATA")
    or next(
        (
            found
            for each in embedded.CHECKOUT.parents
            if (found := each / "shared" / "data").is_dir()
        ),
        "",
    )
)


def findings(run: ImportRun) -> list[tuple[int | None, str, str, str]]:
    return [
        (row.number, finding["column"], finding["value"], finding["reason"])
        for row in run.rows.in_order()
        for finding in row.findings
    ]


def incident(value: str) -> Incident:
    return Incident.objects.get(external_ids__value=value)


# --- One row ----------------------------------------------------------------------------------


def test_a_row_becomes_an_incident_that_accuses_nobody() -> None:
    import_rows(DEIR_QANOON)

    found = incident("241879")
    assert (found.status, found.when_edtf, found.act) == ("published", "2017-01-15", "hostilities")
    assert [one.party.name for one in found.parties.order_by("pk")] == [
        "Government of Syria",
        "Syrian insurgents",
    ]
    assert not Attribution.objects.exists()
    assert not found.targets.exists()
    assert not found.is_aggregate


def test_its_place_is_no_more_exact_than_the_dataset_is() -> None:
    import_rows(
        DEIR_QANOON,
        row(id=2, where_prec=4, where_coordinates="Rif Dimashq Governorate", latitude=33.5),
        row(id=3, where_prec=6, where_coordinates="Syria", adm_1="", adm_2=""),
        row(id=4, where_prec=2, where_coordinates="Dayr Qanun village"),
    )

    found = incident("241879")
    names = []
    place: Any = found.place
    while place is not None:
        names.append((place.name, place.kind, place.precision))
        place = place.parent
    assert names == [
        ("Dayr Qanun village", "settlement", 1),
        ("Mintaqat az Zabadani district", "district", None),
        ("Rif Dimashq Governorate", "region", 4),
        ("Syria", "country", 6),
    ]
    assert (found.place_precision, incident("4").place_precision) == (1, 2)
    assert incident("4").place == found.place
    assert str(incident("2").place) == "Rif Dimashq Governorate, Syria"
    assert str(incident("3").place) == "Syria"


def test_its_numbers_are_the_datasets_and_its_sources_are_each_a_citation() -> None:
    import_rows(DEIR_QANOON)

    own, first, second = incident("241879").citations.order_by("pk")
    assert own.source.licence == "CC BY 4.0"
    assert (own.locator, own.origin, str(own.attributed_outlet)) == (
        "event 241879",
        "other_outlet",
        "SOHR",
    )
    numbers = own.figures.order_by("pk").values_list("group", "side", "low", "best", "high")
    assert list(numbers) == [
        ("people", "", 12, 12, 12),
        ("side", "Government of Syria", None, 0, None),
        ("side", "Syrian insurgents", None, 0, None),
        ("civilians", "", None, 12, None),
        ("unknown", "", None, 0, None),
    ]
    # It relies on itself: the outlet's own reporting.
    assert {(one.origin, one.source.outlet.name) for one in (first, second)} == {("outlet", "SOHR")}
    assert second.source.title == "Syria rebel factions to attend Russia, Turkey-backed talks"
    assert second.source.published_edtf == "2017-01-17"
    assert second.locator == "named by UCDP GED, event 241879, as source 2 of 2"
    assert not Figure.objects.exclude(citation=own).exists()


@pytest.mark.parametrize(
    ("original", "expected"),
    [
        ("", [("unknown", ""), ("outlet", ""), ("outlet", "")]),
        ("A medic", [("speaker", "A medic")] * 3),
        ("A medic; A nurse", [("unknown", ""), ("speaker", "A medic"), ("speaker", "A nurse")]),
        ("A; B; C", [("speaker", "A; B; C"), ("unknown", ""), ("unknown", "")]),
    ],
)
def test_originals_are_allocated_only_where_that_is_said(
    original: str, expected: list[tuple[str, str]]
) -> None:
    article = '"Paper,2017-02-01,One";"Wire,2017-02-01,Two"'
    import_rows(row(source_article=article, number_of_sources=2, source_original=original))

    found = incident("1").citations.order_by("pk").values_list("origin", "attributed_speaker")
    assert list(found) == expected


def test_violence_against_civilians_has_them_as_its_target_and_accuses_nobody() -> None:
    import_rows(row(type_of_violence=3, side_b="Civilians", side_b_new_id=1))

    found = incident("1")
    assert found.act == "attack_on_civilians"
    assert [one.population for one in found.targets.all()] == ["civilians"]
    assert [one.party.name for one in found.parties.all()] == ["Government of Syria"]
    assert not Party.objects.filter(name="Civilians").exists()
    assert not Attribution.objects.exists()


def test_a_date_is_as_exact_as_the_dataset_and_lumped_events_are_an_aggregate() -> None:
    import_rows(row(date_end="2017-02-20", date_prec=4, event_clarity=2))

    found = incident("1")
    assert (found.when_edtf, found.when.precision) == ("2017-02-01/2017-02-20", "month")
    assert found.when_wording == "2017-02-01 to 2017-02-20 (within a month)"
    assert found.is_aggregate


def test_numbers_out_of_order_stand_beside_each_other_with_a_remark() -> None:
    run = import_rows(row(low=5, best=3, high=9))

    assert findings(run) == [(2, "low", "5", "It is above best, 3.")]
    people = Figure.objects.filter(group="people").order_by("pk")
    assert list(people.values_list("low", "best", "high")) == [(5, None, 9), (None, 3, None)]


def test_strictly_such_a_row_is_refused() -> None:
    run = import_rows(row(low=5, best=3), is_strict=True)

    assert (run.state, run.counts["refused"]) == (ImportState.REFUSED, 1)
    assert not Incident.objects.exists()


def test_the_raw_row_is_kept() -> None:
    import_rows(DEIR_QANOON)

    kept = ImportRow.objects.get(value="241879")
    assert (kept.raw, kept.number, kept.outcome) == (DEIR_QANOON, 2, "created")


# --- Whose it is ------------------------------------------------------------------------------


def test_what_is_here_is_found_and_not_made_again() -> None:
    call_command("load_sample", verbosity=0, stdout=io.StringIO())

    run = import_rows(
        DEIR_QANOON, row(id=2, where_coordinates="Aleppo town", adm_1="Aleppo Governorate")
    )

    assert Conflict.objects.get().dataset_ids.get(scheme="ucdp_conflict").value == "299"
    assert run.report["conflicts"][0]["how"] == "named like its country"
    assert Party.objects.get(slug="government-of-syria").dataset_ids.get().value == "118"
    assert str(incident("2").place) == "Aleppo, Syria"
    assert incident("2").place_wording == "Aleppo town"
    assert not Outlet.objects.filter(name="SOHR").exists()
    assert run.report["made"]["parties"] == ["Syrian insurgents"]


@pytest.mark.django_db(transaction=True)
def test_the_chosen_conflict_takes_what_is_tied_to_none() -> None:
    other = ConflictFactory.create(name="Elsewhere")

    import_rows(row(), conflict=other)
    import_rows(row(id=2))

    assert {incident("1").conflict, incident("2").conflict} == {other}


def test_the_sample_and_the_dataset_tell_of_one_shelling() -> None:
    call_command("load_sample", verbosity=0, stdout=io.StringIO())

    run = import_rows(DEIR_QANOON, row(id=2, date_start="2017-01-15", date_end="2017-01-15"))

    proposal = DuplicateProposal.objects.get()
    assert run.counts["possible_duplicates"] == 1
    assert (proposal.incident, proposal.other.public_id) == (incident("241879"), "astana-f8")
    link = RecordLink.objects.get(kind="possible_duplicate")
    assert (link.from_record_id, link.to_record_id) == (proposal.incident_id, proposal.other_id)

    duplicates.join(proposal, by=None)

    assert Record.objects.get(pk=proposal.incident_id).status == Status.WITHDRAWN
    assert incident("241879").public_id == "astana-f8"
    assert proposal.other.citations.count() == 4
    assert not RecordLink.objects.filter(kind="possible_duplicate").exists()


def test_two_events_stay_two() -> None:
    call_command("load_sample", verbosity=0, stdout=io.StringIO())
    import_rows(DEIR_QANOON)
    proposal = DuplicateProposal.objects.get()

    duplicates.keep_apart(proposal, by=None)

    assert proposal.state == ProposalState.REJECTED
    assert not RecordLink.objects.filter(kind="possible_duplicate").exists()
    assert Record.objects.get(pk=proposal.incident_id).status == Status.PUBLISHED


# --- What is wrong with a file ----------------------------------------------------------------


def test_every_fault_of_every_row_is_told_and_nothing_is_written() -> None:
    run = import_rows(
        row(id=1),
        row(id="x", date_start="2017-02-31", latitude=95, best="many", where_prec=9),
        row(id=1, date_end="2017-01-01", side_a="", country=""),
    )

    assert findings(run) == [
        (3, "id", "x", "This is not a whole number."),
        (3, "where_prec", "9", "There is no code 9; there is 1, 2, 3, 4, 5, 6 or 7."),
        (3, "date_start", "2017-02-31", "There is no such day."),
        (3, "latitude", "95", "This must be from −90 to 90."),
        (3, "best", "many", "This is not a whole number."),
        (4, "date_end", "2017-01-01", "It is before date_start, 2017-02-01."),
        (4, "country", "", "This is empty."),
        (4, "side_a", "", "This is empty."),
        (4, "id", "1", "Row 2 has this id already."),
    ]
    assert (run.state, run.counts["refused"], run.counts["faults"]) == ("refused", 2, 9)
    assert not Record.objects.exists()
    assert not Place.objects.exists()


def test_the_good_rows_alone_go_in_and_the_others_come_back_with_the_reasons() -> None:
    run = import_rows(row(), row(id=2, date_start="="), scope=ImportScope.GOOD_ROWS)

    assert (run.state, run.counts["created"], run.counts["refused"]) == ("done", 1, 1)
    (back,) = csv.DictReader(io.StringIO("".join(imports.rejected_csv(run))))
    assert back["date_start"] == "'="
    assert back["longitude"] == DEIR_QANOON["longitude"]
    assert back["reasons"] == "date_start “=”: This is not a date such as 2017-01-15."


@pytest.mark.django_db(transaction=True)
def test_what_came_back_is_read_again_once_corrected() -> None:
    run = import_rows(row(date_start="31/31/2017", where_coordinates="@town"), scope=None)

    corrected = "".join(imports.rejected_csv(run)).replace("31/31/2017", "2017-02-01")
    again = import_file(corrected.encode())

    assert again.state == ImportState.DONE
    assert str(incident("1").place).partition(", ")[0] == "@town"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty."),
        (b"\r\n", "The file has no header: its first row is empty."),
        (table(row()).replace(b"region", b"regoin", 1), "Column “regoin” is not known"),
        (table(row()).replace(b"date_start,date_end", b"relid,code_status", 1), "“date_end” are"),
        (table(row()).replace(b"adm_1", b"adm_2", 1), "Column “adm_2” is there more than once."),
        (table(row()) + b'"', "Row 3 is not CSV: a quotation mark is opened and never closed."),
        (table(row()).decode().encode("utf-16"), "The file is in UTF-16. Save it as UTF-8."),
        (table(row()) + b"\x00", "The file is not text: it holds bytes that are zero."),
        (table(row()) + "ü".encode("cp1252") + b"\x81", "neither UTF-8 nor Windows-1252"),
        (lzma.compress(table(row()))[:-20], "The file is damaged"),
        (gzip.compress(table(row()))[:-20], "The file is damaged"),
    ],
)
def test_a_file_that_is_no_such_table_is_told_in_a_sentence(content: bytes, sentence: str) -> None:
    run = import_file(content)

    assert run.state == ImportState.REFUSED
    assert sentence in run.message


def test_an_unknown_encoding_is_told_in_a_sentence() -> None:
    run = import_file(table(row()), encoding="klingon")

    assert run.message.startswith("“klingon” is not an encoding known here.")


ACCENTED = row(where_coordinates="Café “Zoë” town")
HXL = {name: f"#{name}" for name in DEIR_QANOON}


@pytest.mark.parametrize(
    "content",
    [
        table(ACCENTED),
        table(ACCENTED, encoding="utf-8-sig"),
        table(ACCENTED, encoding="cp1252"),
        table(ACCENTED, delimiter=";"),
        table(ACCENTED, delimiter="\t"),
        table(HXL, ACCENTED),
        gzip.compress(table(ACCENTED)),
        lzma.compress(table(ACCENTED)),
        table(ACCENTED | {"id": "1.0", "where_coordinates": " Café\n“Zoë” town "}),
        table(ACCENTED | {"where_description": "x" * 20_000, "source_original": "y" * 20_000}),
        table(ACCENTED | {"date_start": "2/1/2017 12:00:00 AM", "date_end": "2017-02-01 00:00"}),
    ],
)
def test_a_file_is_read_in_each_of_its_usual_forms(content: bytes) -> None:
    run = import_file(content)

    assert run.state == ImportState.DONE, run.message
    assert str(incident("1").place).partition(", ")[0] == "Café “Zoë” town"


@pytest.mark.django_db(transaction=True)
def test_dates_with_slashes_are_read_where_another_row_tells_how() -> None:
    day_first = [row(id=1, date_start="03/02/2017", date_end="03/02/2017")]

    alone = import_rows(*day_first)
    import_rows(*day_first, row(id=2, date_start="25/02/2017", date_end="25/02/2017"))

    assert [(column, reason[:35]) for _, column, _, reason in findings(alone)] == [
        ("date_start", "This can be read as day/month or as"),
        ("date_end", "This can be read as day/month or as"),
    ]
    assert (incident("1").when_edtf, incident("2").when_edtf) == ("2017-02-03", "2017-02-25")


# --- Once more --------------------------------------------------------------------------------


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
def test_our_own_table_brought_back_changes_nothing(client: Client) -> None:
    call_command("load_sample", verbosity=0, stdout=io.StringIO())
    builder.build()
    exported = b"".join(client.get("/timeline.csv").streaming_content)  # type: ignore[attr-defined]
    PendingChange.objects.all().delete()

    run = import_file(exported, format=ImportFormat.TRUCELINE_CSV)

    assert (run.state, run.message) == ("done", "")
    assert (run.counts["unchanged"], findings(run)) == (31, [])
    assert not PendingChange.objects.exists()

    edited = exported.replace(b"At least nine civilians", b"At least ninety civilians")
    run = import_file(edited, format=ImportFormat.TRUCELINE_CSV)

    assert (run.counts["unchanged"], run.counts["conflicts"]) == (30, 1)
    assert findings(run)[0][3].startswith("The record says otherwise (title) and stands")
    assert not PendingChange.objects.exists()


OURS = {
    "id": "theirs-1",
    "kind": "incident",
    "conflict": "Syria",
    "date_earliest": "2017-02-01",
    "date_latest": "2017-02-03",
    "title": "'=A shelling",
    "place": "Somewhere",
    "place_precision": "3",
    "parties": "Government of Syria; A group",
    "act": "shelling",
    "killed_low": "3",
}


def our_table(*rows: dict[str, str]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(OURS))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def test_a_row_of_another_site_becomes_an_incident() -> None:
    place = PlaceFactory.create(name="Somewhere", parent=PlaceFactory.create(name="Syria"))

    run = import_file(our_table(OURS), format=ImportFormat.TRUCELINE_CSV)

    assert run.counts["created"] == 1, run.message
    found = incident("theirs-1")
    assert (found.title, found.when_edtf) == ("=A shelling", "2017-02-01/2017-02-03")
    assert (found.place, found.place_precision, found.act) == (place, 3, "shelling")
    assert sorted(one.party.name for one in found.parties.all()) == [
        "A group",
        "Government of Syria",
    ]
    (citation,) = found.citations.all()
    assert citation.origin == "unknown"
    assert [str(figure) for figure in citation.figures.all()] == ["killed, people: 3 or more"]


def test_faults_of_our_own_table_are_told() -> None:
    run = import_file(
        our_table(
            OURS | {"kind": "truce"},
            OURS | {"id": "2", "act": "dancing", "killed_low": "-1", "conflict": ""},
        ),
        format=ImportFormat.TRUCELINE_CSV,
    )

    assert findings(run) == [
        (
            2,
            "id",
            "theirs-1",
            "No record here has this id, and only incidents can be made from a row of a table.",
        ),
        (3, "conflict", "", "This is empty."),
        (3, "act", "dancing", "There is no act “dancing”."),
        (3, "killed_low", "-1", "This must be from 0 to 2147483647."),
    ]


# --- A process that dies ----------------------------------------------------------------------


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


# --- The real thing ---------------------------------------------------------------------------


@pytest.mark.skipif(
    not list(REAL.glob("ucdp_ged_*.xz")), reason="the dataset is not beside the checkout"
)
def test_rows_of_the_real_file_go_in() -> None:
    with lzma.open(REAL / "ucdp_ged_syria_2016_2019.csv.xz", "rt", encoding="utf-8") as file:
        slice_ = "".join(line for _, line in zip(range(400), file, strict=False))

    run = import_file(slice_.encode())

    assert run.state == ImportState.DONE, run.message
    assert (run.counts["created"], run.counts["refused"]) == (run.counts["rows"], 0)
