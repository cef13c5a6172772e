"""Tables out of the database by COPY: whole rows made there, a chunk in memory at a time."""

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

from django.db import connection

from sources.ahead import ahead
from timeline.exports.columns import Column, of_format
from timeline.exports.tables import Table
from timeline.exports.words import words_of, words_of_codes
from timeline.queries.chunks import PIECE, Chunk
from timeline.queries.selection import Selection

#: COPY ends lines in LF: see `with_crlf`.
CSV: Final = "(FORMAT csv)"
#: COPY quotes a cell that holds one of these, and nothing else; JSON holds no control characters,
#: so its lines come as they are.
_AS_IT_IS: Final = r"(FORMAT csv, QUOTE E'\x01', DELIMITER E'\x02')"


def columns_of(table: Table, selection: Selection) -> tuple[Column, ...]:
    """Return the columns that the table had when the revision was written."""
    return of_format(table.columns, selection.revision.format_version)


def csv_stream(selection: Selection, table: Table) -> Iterator[bytes]:
    """Stream a table as CSV: RFC 4180, UTF-8, with a header, texts harmless for spreadsheets."""
    columns = columns_of(table, selection)
    yield head(columns)
    statement = cells(table, columns)
    for rows in _copied(selection, statement, CSV):
        yield with_crlf(rows)


def head(columns: tuple[Column, ...]) -> bytes:
    """Return the first line of a CSV file."""
    return (",".join(column.name for column in columns) + "\r\n").encode()


def cells(table: Table, columns: tuple[Column, ...]) -> str:
    """Return the statement that works out the cells of a flat table, in order."""
    found = ", ".join(column.as_cell for column in columns)
    return f"SELECT {found} FROM ({flat(table, columns)}) AS value"  # noqa: S608 - our own columns


def json_lines(selection: Selection, table: Table) -> Iterator[bytes]:
    """Stream a table as JSON objects, one a line; several texts are a list."""
    columns = columns_of(table, selection)
    values = table.selecting(", ".join(column.as_value for column in columns))
    members = ", ".join(column.as_member for column in columns)
    statement = (
        f"SELECT row_to_json(line) FROM (SELECT {members} FROM ({values}) AS value) "  # noqa: S608
        "AS line"
    )
    return _copied(selection, statement, _AS_IT_IS)


def flat(table: Table, columns: tuple[Column, ...]) -> str:
    """Return the statement that works out the values of flat cells, by name and in order."""
    return table.selecting(", ".join(column.as_flat_value for column in columns))


def with_crlf(rows: bytes) -> bytes:
    """Return CSV whose lines end in LF with lines that end in CR LF; LF inside cells stays.

    Outside of quotation marks LF only ends lines, and every second piece between such marks is
    outside: a doubled mark inside a cell has an empty piece between.
    """
    pieces = rows.split(b'"')
    pieces[::2] = [piece.replace(b"\n", b"\r\n") for piece in pieces[::2]]
    return b'"'.join(pieces)


def values_of(selection: Selection, lines: Chunk) -> dict[str, Any]:
    """Return what the statements of tables are given."""
    return {
        **words_of_codes(),
        "ids": lines.ids,
        "revision": selection.revision.number,
        "site": selection.site,
    }


def _copied(selection: Selection, statement: str, form: str) -> Iterator[bytes]:
    read = selection.read(lambda _, lines: copied(selection, lines, statement, form))
    for pieces in ahead(read):
        yield from pieces


def copied(
    selection: Selection, lines: Chunk, statement: str, form: str, *, at_a_time: int = PIECE
) -> list[bytes]:
    """Return what a statement says of some lines, so many rows a piece; within a reading."""
    # COPY takes no parameters of its own: the values are quoted here.
    copy = connection.ops.compose_sql(  # type: ignore[attr-defined]  # the stubs lack it
        f"COPY ({statement}) TO STDOUT {form}", values_of(selection, lines)
    )
    pieces = []
    with connection.cursor() as cursor, cursor.copy(copy) as found:
        # The server sends each row by itself.
        rows = iter(found)
        while piece := b"".join(islice(rows, at_a_time)):
            pieces.append(piece)
    return pieces


def features(selection: Selection, table: Table) -> Iterator[bytes]:
    """Stream a table with places as GeoJSON (RFC 7946): what has no point has a null geometry."""
    columns = columns_of(table, selection)
    values = table.selecting(", ".join(column.as_value for column in columns))
    members = ", ".join(column.as_member for column in columns)
    statement = f"""
        SELECT json_build_object(
            'type', 'Feature', 'id', id,
            'geometry', CASE WHEN latitude IS NOT NULL THEN json_build_object(
                'type', 'Point', 'coordinates', json_build_array(longitude, latitude)
            ) END,
            'properties', row_to_json(line)
        ) FROM (SELECT {members} FROM ({values}) AS value) AS line
    """  # noqa: S608 - made from the names of our own columns
    head = {
        "type": "FeatureCollection",
        "revision": selection.revision.number,
        "filter": selection.query,
        "place_precision": words_of("place_precision"),
    }
    yield json.dumps(head, ensure_ascii=False)[:-1].encode() + b', "features": ['
    separator = b"\n"
    for lines in _copied(selection, statement, _AS_IT_IS):
        if lines:
            yield separator + lines.rstrip(b"\n").replace(b"\n", b",\n")
            separator = b",\n"
    yield b"\n]}\n"
