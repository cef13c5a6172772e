"""What is wrong with a file or its rows, and in which forms a file is read."""

import csv
import gzip
import io
import lzma

import pytest

from ceasefire.enums import ImportScope, ImportState
from ceasefire.services import imports
from sources.models import Record
from talks.models import Place
from tests.ceasefire.ged import (
    DEIR_QANOON,
    findings,
    import_file,
    import_rows,
    incident,
    row,
    table,
)

pytestmark = pytest.mark.django_db


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


def test_a_fault_that_rows_have_alike_is_told_of_each() -> None:
    run = import_rows(row(latitude=95), row(id=2, latitude=95), row(id=3))

    assert [(number, column) for number, column, *_ in findings(run)] == [
        (2, "latitude"),
        (3, "latitude"),
    ]


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
