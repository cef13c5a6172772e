"""The timeline as a workbook of Excel, written row by row in constant memory."""

import tempfile
from collections.abc import Iterator
from typing import Any, Final

from django.db import connection
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from timeline.exports.columns import Column
from timeline.exports.copying import columns_of, flat, values_of
from timeline.exports.tables import Table
from timeline.queries import Reading
from timeline.queries.chunks import Chunk
from timeline.queries.selection import Selection

#: What a sheet of Excel holds, its header among them.
MOST_ROWS: Final = 1_048_576
MOST_CHARACTERS: Final = 32_767
_CUT: Final = " … [cut: a cell of Excel holds no more; the CSV has all of it]"
_PIECE: Final = 256 * 1024


def workbook(selection: Selection, table: Table) -> Iterator[bytes]:
    """Stream a workbook with the table, its columns in words, and where it is from.

    It is whole before its first byte is sent: a workbook begins with its table of contents. Its
    rows must be fewer than MOST_ROWS.
    """
    columns = columns_of(table, selection)
    with tempfile.TemporaryFile() as file:
        book = Workbook(file, {"constant_memory": True, "in_memory": False})
        book.set_properties(
            {
                "title": f"Truceline: {table.label}, revision {selection.revision.number}",
                "subject": selection.title,
                # Not the clock: the same revision gives the same bytes.
                "created": selection.revision.created_at,
            }
        )
        bold = book.add_format({"bold": True})
        sheet = book.add_worksheet(table.label)
        sheet.freeze_panes(1, 1)
        for place, column in enumerate(columns):
            sheet.write_string(0, place, column.name, bold)
        for number, row in enumerate(_rows(selection, table, columns), 1):
            _write(sheet, number, row)
        _write_columns(book.add_worksheet("Columns"), columns, bold)
        _write_origin(book.add_worksheet("About"), selection)
        book.close()
        file.seek(0)
        while piece := file.read(_PIECE):
            yield piece


def _rows(
    selection: Selection, table: Table, columns: tuple[Column, ...]
) -> Iterator[tuple[Any, ...]]:
    cells = ", ".join(column.as_typed_cell for column in columns)
    statement = f"SELECT {cells} FROM ({flat(table, columns)}) AS value"  # noqa: S608 - our columns

    def take(found: Reading, lines: Chunk) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(statement, values_of(selection, lines))
            rows: list[tuple[Any, ...]] = cursor.fetchall()
            return rows

    for rows in selection.read(take):
        yield from rows


def _write(sheet: Worksheet, number: int, row: tuple[Any, ...]) -> None:
    """Write one row. Text is written as text, so that none of it is ever a formula or a link."""
    for place, value in enumerate(row):
        match value:
            case None:
                continue
            case str():
                sheet.write_string(number, place, _cut(value))
            case _:
                sheet.write_number(number, place, value)


def _cut(text: str) -> str:
    if len(text) <= MOST_CHARACTERS:
        return text
    return text[: MOST_CHARACTERS - len(_CUT)] + _CUT


def _write_columns(sheet: Worksheet, columns: tuple[Column, ...], bold: Any) -> None:
    for place, name in enumerate(("column", "what it is", "shape")):
        sheet.write_string(0, place, name, bold)
    for number, column in enumerate(columns, 1):
        for place, text in enumerate((column.name, column.help, column.shape.value)):
            sheet.write_string(number, place, text)


def _write_origin(sheet: Worksheet, selection: Selection) -> None:
    revision = selection.revision
    facts = (
        ("Site", selection.site),
        ("Revision", str(revision.number)),
        ("Written", revision.created_at.isoformat() if revision.created_at else ""),
        ("Filter", selection.query or "none: everything that is published"),
        ("In words", selection.title),
    )
    for number, (name, text) in enumerate(facts):
        sheet.write_string(number, 0, name)
        sheet.write_string(number, 1, text)
