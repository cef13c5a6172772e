"""The timeline as a file: one tuple of columns, streamed in short readings of one revision."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from django.urls import reverse

from sources.enums import RecordKind
from sources.spreadsheets import guard
from timeline.models.entry import EntryQuerySet
from timeline.queries import Citing, Line, Reading, reading
from timeline.queries.keyset import Cursor, Order, page
from timeline.queries.reasons import verdict_reasons

VERSION = 1
"""Of the file's form: raise it when the same revision would give other bytes."""
CHUNK = 2_000
SEPARATOR = "; "

Cell = str | int | float | None


@dataclass(frozen=True)
class Row:
    """One line of the timeline with all that its columns need."""

    line: Line
    url: str
    truces: str
    rounds: str
    reasons: str

    @property
    def place_data(self) -> dict[str, Any]:
        label = self.line.place_label
        return label.data if label else {}


@dataclass(frozen=True)
class Column:
    """One column: its name, what it is, how to read it, and its value.

    Text is guarded against spreadsheets; a number is a number, with its minus, and is left alone.
    """

    name: str
    label: str
    help: str
    value: Callable[[Row], Cell]


def _column(name: str, help_text: str, value: Callable[[Row], Cell], *, label: str = "") -> Column:
    words = label or name.replace("_", " ")
    return Column(name, words[0].upper() + words[1:], help_text, value)


def _of_entry(name: str, help_text: str, *, attribute: str = "") -> Column:
    def value(row: Row) -> Cell:
        found: Cell = getattr(row.line.entry, attribute or name)
        return found

    return _column(name, help_text, value)


def _number(name: str, whom: str, bound: str) -> Column:
    return _of_entry(
        name,
        f"{whom}: the {bound} of what its citations claim, without superseded figures. "
        "Empty is not zero: nobody says.",
    )


def _joined(texts: Sequence[object]) -> str:
    return SEPARATOR.join(str(text) for text in texts)


def _origins(citings: Sequence[Citing]) -> str:
    return _joined([*dict.fromkeys(citing.origin for citing in citings if citing.supports)])


def _sources(row: Row) -> str:
    return _joined([*dict.fromkeys(_source(citing) for citing in row.line.citings)])


def _source(citing: Citing) -> str:
    if citing.confidential or citing.source is None:
        return citing.chain
    return (
        f"{citing.source.text} <{citing.source_url}>" if citing.source_url else str(citing.source)
    )


def _day(attribute: str) -> Callable[[Row], Cell]:
    def value(row: Row) -> Cell:
        day = getattr(row.line.entry, attribute)
        return day.isoformat() if day else ""

    return value


#: The CSV's columns, in its order.
COLUMNS: tuple[Column, ...] = (
    _of_entry("id", "The record's public id, for good.", attribute="public_id"),
    _of_entry("kind", f"What it is: {', '.join(RecordKind.values)}."),
    _column("conflict", "The conflict's name.", lambda row: str(row.line.conflict or "")),
    _column(
        "date_earliest",
        "The first day on which it can have been (YYYY-MM-DD). Empty: open, or not recorded.",
        _day("earliest"),
    ),
    _column(
        "date_latest",
        "The last day on which it can have been (YYYY-MM-DD). Empty: open, or not recorded.",
        _day("latest"),
    ),
    _of_entry(
        "date_precision",
        "How far the two days lie apart: day, days (2 to 6), week, month, year, longer; open at "
        "one end; unknown.",
        attribute="precision",
    ),
    _of_entry(
        "date_reported",
        "When the first of its supporting public sources appeared (EDTF).",
        attribute="reported_edtf",
    ),
    _of_entry("extent", "within: at some time between the two days; throughout: on all of them."),
    _of_entry("title", "What happened, in a line."),
    _of_entry("summary", "What happened, in some lines."),
    _column("place", "The place's name.", lambda row: str(row.line.place or "")),
    _of_entry("place_precision", "How exactly the place is known, 1 to 7 (UCDP GED's where_prec)."),
    _column(
        "latitude",
        "Degrees north of the place's point.",
        lambda row: row.place_data.get("latitude"),
    ),
    _column(
        "longitude",
        "Degrees east of the place's point.",
        lambda row: row.place_data.get("longitude"),
    ),
    _column(
        "parties",
        "Every party that it names, by its official English name of that time, with “; ” between.",
        lambda row: _joined(row.line.parties),
    ),
    _column(
        "accused",
        "To whom it is attributed, or who is accused of a violation. Claims, not findings.",
        lambda row: _joined(row.line.accused),
    ),
    _column(
        "truce",
        "The ids of the truces that it belongs to or was judged against.",
        lambda row: row.truces,
    ),
    _column("round", "The id of the talks round that it belongs to.", lambda row: row.rounds),
    _of_entry("act", "What was done, as a code."),
    _of_entry(
        "verdict",
        "The gravest verdict over all truces: violation, possible or not_covered; always “if it "
        "happened as alleged”. Empty: not judged.",
    ),
    _column(
        "verdict_reasons",
        "Each truce that it was judged against, with the five answers and their reasons; “ | ” "
        "between several.",
        lambda row: row.reasons,
    ),
    _of_entry(
        "evidence",
        "How well it is attested that it happened: origin_unknown, single_origin, corroborated, "
        "verified.",
    ),
    _number("killed_low", "People killed", "lowest"),
    _number("killed_best", "People killed", "best"),
    _number("killed_high", "People killed", "highest"),
    _number("civilians_killed_low", "Civilians killed", "lowest"),
    _number("civilians_killed_high", "Civilians killed", "highest"),
    _number("injured_low", "People injured", "lowest"),
    _number("injured_high", "People injured", "highest"),
    _number("displaced_low", "People displaced", "lowest"),
    _number("displaced_high", "People displaced", "highest"),
    _column("citations", "How many citations it has.", lambda row: len(row.line.citings)),
    _column(
        "origins",
        "Whose knowledge it is, by its supporting citations, with “; ” between.",
        lambda row: _origins(row.line.citings),
    ),
    _column(
        "sources",
        "The documents that it cites, as title <URL>, with “; ” between.",
        _sources,
    ),
    _column("url", "Its page.", lambda row: row.url, label="URL"),
)


def csv_stream(
    entries: EntryQuerySet, *, revision: int, order: Order, site: str
) -> Iterator[bytes]:
    """Stream these entries of a revision as CSV (RFC 4180, UTF-8).

    They are read in chunks, each in a short reading of that revision, so that a slow reader holds
    no transaction open. `site` is the address in front of the rows' paths.
    """
    yield _csv([[column.name for column in COLUMNS]])
    after: Cursor | None = None
    # Before the first revision there is nothing to read.
    while revision:
        with reading(revision) as found:
            chunk = page(entries, order=order, after=after, limit=CHUNK)
            lines = found.lines(chunk.entries)
            cells = [
                [_cell(column.value(row)) for column in COLUMNS]
                for row in rows(found, lines, site=site)
            ]
        yield _csv(cells)
        after = chunk.next
        if after is None:
            return


def rows(found: Reading, lines: Sequence[Line], *, site: str) -> list[Row]:
    """Return lines with all that their columns need; a handful of queries for all of them."""
    mentioned = {truce for line in lines for truce in line.entry.truce_ids}
    mentioned |= {talks for line in lines for talks in line.entry.round_ids}
    public_ids = found.public_ids(mentioned)
    incidents = [line.entry.record_id for line in lines if line.kind == RecordKind.INCIDENT]
    reasons = verdict_reasons(found, incidents)
    return [
        Row(
            line=line,
            url=urljoin(site, reverse("timeline:record", args=[line.id])),
            truces=_joined([public_ids[ref] for ref in line.entry.truce_ids if ref in public_ids]),
            rounds=_joined([public_ids[ref] for ref in line.entry.round_ids if ref in public_ids]),
            reasons=reasons.get(line.entry.record_id, ""),
        )
        for line in lines
    ]


def _cell(value: Cell) -> str:
    if isinstance(value, str):
        return guard(value)
    return "" if value is None else str(value)


def _csv(rows_of_cells: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(rows_of_cells)
    return text.getvalue().encode()
