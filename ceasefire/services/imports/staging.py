"""Brings what a format reads into tables of the database, in chunks, so that memory stays flat."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django.db.backends.utils import CursorWrapper

from ceasefire.services.imports.cells import Finding
from ceasefire.services.imports.incoming import (
    DatasetId,
    Event,
    NamedConflict,
    NamedParty,
    NamedPlace,
    Passage,
)
from ceasefire.services.imports.things import Numbers
from ceasefire.sql import sql

CHUNK: Final = 2_000

COLUMNS: Final = {
    "incoming": "number, value, digest, part, title, summary, when_edtf, "
    "when_wording, extent, conflict, act, is_aggregate, place, place_wording, place_precision, "
    "parties, targets",
    "incoming_raw": "number, raw, remarks",
    "incoming_passage": "number, position, outlet, title, published, published_wording, url, "
    "locator, told_by, is_unallocated",
    "incoming_number": 'number, position, place_in_passage, "group", side, harm, low, best, high',
    "incoming_fault": "number, value, raw, findings",
}


#: How often each numbered thing is used by rows that are to be written.
USES: Final = {
    "conflicts": "SELECT conflict, count(*) FROM new_record GROUP BY 1",
    "places": "SELECT place, count(*) FROM new_record WHERE place IS NOT NULL GROUP BY 1",
    "parties": "SELECT party, count(*) FROM new_record "
    "CROSS JOIN unnest(parties) AS party GROUP BY 1",
    "outlets": "SELECT outlet, count(*) FROM incoming_passage JOIN new_record USING (number) "
    "WHERE outlet IS NOT NULL GROUP BY 1",
    "origins": "SELECT told_by, count(*) FROM incoming_passage JOIN new_record USING (number) "
    "WHERE told_by IS NOT NULL GROUP BY 1",
}


class Staging:
    """The incoming tables of one transaction, and what their numbers stand for."""

    def __init__(self, cursor: CursorWrapper) -> None:
        cursor.execute(sql("import_stage"))
        self._cursor = cursor
        self._lines: dict[str, list[Sequence[Any]]] = {table: [] for table in COLUMNS}
        self.conflicts: Numbers[NamedConflict] = Numbers()
        self.places: Numbers[NamedPlace] = Numbers()
        self.parties: Numbers[NamedParty] = Numbers()
        self.outlets: Numbers[str] = Numbers()
        self.origins: Numbers[str] = Numbers()
        #: The ids of parts of conflicts, with their conflict's number and their name.
        self.parts: dict[DatasetId, tuple[int, str]] = {}
        self.remarks = 0

    def add(self, event: Event, remarks: Sequence[Finding]) -> None:
        """Take an incident to be."""
        conflict = self.conflicts[event.conflict]
        for part, name in event.parts:
            self.parts.setdefault(part, (conflict, name))
        self.remarks += len(remarks)
        self._lines["incoming"].append(
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
                None if event.place is None else self.places[event.place],
                event.place_wording,
                event.place_precision,
                [self.parties[party] for party in event.parties],
                list(event.targets),
            )
        )
        self._lines["incoming_raw"].append((event.number, _json(event.raw), _findings(remarks)))
        for position, passage in enumerate(event.passages):
            self._add_passage(event.number, position, passage)
        self._flush_if_full()

    def refuse(
        self,
        number: int,
        raw: Mapping[str, str],
        findings: Sequence[Finding],
        *,
        value: str,
    ) -> None:
        """Take a row that cannot go in, with everything that is wrong with it."""
        self._lines["incoming_fault"].append(
            (
                number,
                value[:200],
                _json(raw),
                _findings(findings),
            )
        )
        self._flush_if_full()

    def finish(self) -> None:
        """Bring the last chunk in."""
        for table in COLUMNS:
            self._flush(table)

    def say(self, table: str, rows: Iterable[Sequence[Any]]) -> None:
        """Fill one of the tables that say which of ours a thing is."""
        rows = list(rows)  # which may ask the database: not while it waits for the copy
        with self._cursor.copy(f"COPY {table} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)

    def numbers_in_use(self) -> dict[str, Counter[int]]:
        """Return how often rows that are to be written use each numbered thing."""
        return {what: self._count(statement) for what, statement in USES.items()}

    def _count(self, statement: str) -> Counter[int]:
        self._cursor.execute(statement)
        return Counter(dict(self._cursor.fetchall()))

    def _add_passage(self, number: int, position: int, passage: Passage) -> None:
        document = passage.document
        self._lines["incoming_passage"].append(
            (
                number,
                position,
                self.outlets[document.outlet] if document else None,
                document.title if document else "",
                document.published.isoformat() if document and document.published else "",
                document.published_wording if document else "",
                document.url if document else "",
                passage.locator,
                self.origins[passage.told_by] if passage.told_by else None,
                passage.is_unallocated,
            )
        )
        self._lines["incoming_number"] += (
            (
                number,
                position,
                place,
                claimed.group,
                claimed.side,
                claimed.harm,
                claimed.low,
                claimed.best,
                claimed.high,
            )
            for place, claimed in enumerate(passage.numbers)
        )

    def _flush_if_full(self) -> None:
        for table, lines in self._lines.items():
            if len(lines) >= CHUNK:
                self._flush(table)

    def _flush(self, table: str) -> None:
        with self._cursor.copy(f"COPY {table} ({COLUMNS[table]}) FROM STDIN") as copy:
            for line in self._lines[table]:
                copy.write_row(line)
        self._lines[table].clear()


_json: Final = json.JSONEncoder(ensure_ascii=False).encode


def _findings(findings: Sequence[Finding]) -> str:
    return _json([finding.as_json() for finding in findings]) if findings else "[]"
