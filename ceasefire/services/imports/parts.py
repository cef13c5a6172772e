"""Reads a file part by part into the lines of the tables that take it in (import_stage.sql)."""

import csv
import io
import json
from collections.abc import Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from ceasefire.models import ImportRun
from ceasefire.services.imports.cells import Cells, Finding, Memory, month_comes_first
from ceasefire.services.imports.formats import Format
from ceasefire.services.imports.incoming import (
    DatasetId,
    Event,
    NamedConflict,
    NamedParty,
    NamedPlace,
    Passage,
)
from ceasefire.services.imports.reading import Table
from ceasefire.services.imports.things import Numbers

#: What no text of a file is likely to hold, so that hardly a cell needs quotation marks.
DELIMITER: Final = "\x02"
QUOTE: Final = "\x01"

#: Rows of the first part, which nothing is done beside. Each other is by half larger than the one
#: before it, so that it is there when that one is done, until they are large enough.
FIRST_PART: Final = 500
PART: Final = 4_000

#: The tables, each with its columns of text: what is empty is an empty text there, elsewhere NULL.
TEXTS: Final = {
    "incoming": (
        *("value", "digest", "part", "title", "summary", "when_edtf", "when_wording", "extent"),
        *("act", "place_wording"),
    ),
    "incoming_raw": (),
    "incoming_passage": ("title", "published", "published_wording", "url", "locator"),
    "incoming_number": ('"group"', "side", "harm"),
    "incoming_fault": ("value",),
}
COLUMNS: Final = {
    "incoming": "number, value, digest, part, title, summary, when_edtf, "
    "when_wording, extent, conflict, act, is_aggregate, place, place_wording, place_precision, "
    "parties, targets",
    "incoming_raw": "number, raw, remarks",
    "incoming_passage": "number, position, outlet, title, published, published_wording, url, "
    "locator, told_by, is_unallocated",
    # From the group on as in incoming.Number.
    "incoming_number": 'number, position, place_in_passage, "group", harm, side, low, best, high',
    "incoming_fault": "number, value, raw, findings",
}


@dataclass(slots=True)
class Named:
    """The things that the rows of a file name, each with its number.

    Added to by whoever reads, while others look up what was read before.
    """

    conflicts: Numbers[NamedConflict] = field(default_factory=Numbers)
    places: Numbers[NamedPlace] = field(default_factory=Numbers)
    parties: Numbers[NamedParty] = field(default_factory=Numbers)
    outlets: Numbers[str] = field(default_factory=Numbers)
    origins: Numbers[str] = field(default_factory=Numbers)
    #: The ids of parts of conflicts, with their conflict's number and their name.
    parts: dict[DatasetId, tuple[int, str]] = field(default_factory=dict)


class Part:
    """Some rows of a file, as lines of the incoming tables."""

    def __init__(self, named: Named) -> None:
        self._named = named
        self._lines = {table: io.StringIO() for table in COLUMNS}
        # Row by row: one call for all would hold up those who wait for the database.
        self._write = {table: _writer(lines).writerow for table, lines in self._lines.items()}
        #: The lines of each table as CSV, once the part is at its end.
        self.written: dict[str, bytes] = {}
        self.rows = 0
        self.remarks = 0
        #: The number of its last row.
        self.last = 0

    def add(self, event: Event, remarks: Sequence[Finding]) -> None:
        """Take an incident to be."""
        named = self._named
        conflict = named.conflicts[event.conflict]
        for part, name in event.parts:
            named.parts.setdefault(part, (conflict, name))
        self.remarks += len(remarks)
        self._write["incoming"](
            (
                event.number,
                event.value,
                event.digest,
                event.part,
                event.title,
                event.summary,
                event.when,
                event.when_wording,
                event.extent,
                conflict,
                event.act,
                event.is_aggregate,
                None if event.place is None else named.places[event.place],
                event.place_wording,
                event.place_precision,
                _array(named.parties[party] for party in event.parties),
                _array(event.targets),
            )
        )
        # By hand, as it is most of the bytes: JSON holds neither sign, nor a line's end.
        raw = (str(event.number), _json(event.raw), _findings(remarks))
        self._lines["incoming_raw"].write(f"{DELIMITER.join(raw)}\n")
        for position, passage in enumerate(event.passages):
            self._add_passage(event.number, position, passage)

    def refuse(
        self, number: int, raw: Mapping[str, str], findings: Sequence[Finding], *, value: str
    ) -> None:
        """Take a row that cannot go in, with everything that is wrong with it."""
        self._write["incoming_fault"]((number, value[:200], _json(raw), _findings(findings)))

    def end(self) -> "Part":
        """Give the lines as COPY takes them: here, so that nobody who takes them has to."""
        self.written = {table: lines.getvalue().encode() for table, lines in self._lines.items()}
        self._lines.clear()
        self._write.clear()
        return self

    def _add_passage(self, number: int, position: int, passage: Passage) -> None:
        document = passage.document
        self._write["incoming_passage"](
            (
                number,
                position,
                self._named.outlets[document.outlet] if document else None,
                document.title if document else "",
                document.published.isoformat() if document and document.published else "",
                document.published_wording if document else "",
                document.url if document else "",
                passage.locator,
                self._named.origins[passage.told_by] if passage.told_by else None,
                passage.is_unallocated,
            )
        )
        for place, claimed in enumerate(passage.numbers):
            self._write["incoming_number"]((number, position, place, *claimed))


def read_parts(
    run: ImportRun, form: Format, table: Table, named: Named
) -> Generator[Part, None, None]:
    """Read every row, and find every fault of each. Raises BadFile where the file breaks off."""
    is_month_first = _month_comes_first(form, table)
    seen: dict[str, int] = {}
    memory = Memory()
    part, size = Part(named), FIRST_PART
    for row in table.rows():
        if part.rows == size:
            yield part.end()
            part, size = Part(named), min(size * 3 // 2, PART)
        part.rows += 1
        part.last = row.number
        cells = Cells(row.cells, is_month_first=is_month_first, memory=memory)
        if row.fault:
            cells.fault("", row.fault)
        event = form.read(
            row.number, row.cells, cells, version=run.dataset_version, is_strict=run.is_strict
        )
        # One number may be written in several ways.
        value = event.value if event else cells.text(form.id_column).removesuffix(".0")
        if value in seen:
            cells.fault(form.id_column, f"Row {seen[value]} has this id already.")
        elif value:
            seen[value] = row.number
        if event is None or not cells.is_good:
            part.refuse(row.number, row.cells, cells.findings, value=value)
        else:
            part.add(event, cells.findings)
    yield part.end()


def _month_comes_first(form: Format, table: Table) -> bool | None:
    """Go through the file once more where its dates have slashes, to tell how they are meant."""
    first = next(table.rows(), None)
    if first is None or not any("/" in first.cells.get(column, "") for column in form.dates):
        return None
    return month_comes_first(
        [row.cells.get(column, "") for row in table.rows() for column in form.dates]
    )


def _writer(lines: io.StringIO) -> Any:
    # With both signs at the end of a line, a cell that holds either is quoted.
    return csv.writer(lines, delimiter=DELIMITER, quotechar=QUOTE, lineterminator="\r\n")


def _array(members: Iterable[object]) -> str:
    """Write numbers or codes as the database writes an array of them."""
    return f"{{{','.join(map(str, members))}}}"


_json: Final = json.JSONEncoder(ensure_ascii=False).encode


def _findings(findings: Sequence[Finding]) -> str:
    return _json([finding.as_json() for finding in findings]) if findings else "[]"
