"""The page of a talks round: who is to sit at the table, who decided what about it, who said so."""

from dataclasses import dataclass
from itertools import groupby

from sources.enums import RecordKind
from talks.enums import Attendance, Capacity, DecisionKind, RoundStatus
from timeline.enums import Topic
from timeline.queries.cast import Cast, Doc, docs_of
from timeline.queries.lines import Line, Name
from timeline.queries.reading import Reading
from timeline.queries.records import (
    Account,
    Item,
    RecordPage,
    accounts_of,
    assemble,
    doc_of,
    entry_of_kind,
    members_of,
    of_name,
    of_parties,
)
from timeline.queries.words import ROUND_STATUSES, UNSEATED, label


@dataclass(frozen=True)
class Seat:
    """A delegation, and whether it came: only “sat” means that it sat."""

    line: Line
    round: Line | None
    parties: tuple[Item, ...]
    head: tuple[Item, ...]
    members: tuple[Item, ...]
    capacity: str
    attendance: str
    attendance_words: str
    caveat: str


@dataclass(frozen=True)
class Decided:
    line: Line
    parties: tuple[Item, ...]
    words: str
    named_head: tuple[Item, ...]


@dataclass(frozen=True)
class RoundPage:
    record: RecordPage
    status: str
    status_words: str
    delegations: tuple[Seat, ...]
    decisions: tuple[Decided, ...]
    accounts: tuple[Account, ...]
    """Records about this round that tell the same matter differently, side by side."""


@dataclass(frozen=True)
class ListedRound:
    line: Line
    status: str
    status_word: str


@dataclass(frozen=True)
class ProcessGroup:
    process: Name | None
    rounds: tuple[ListedRound, ...]


def page(reading: Reading, public_id: str) -> RoundPage | None:
    entry = entry_of_kind(reading, RecordKind.ROUND, public_id)
    if entry is None:
        return None
    beside = list(reading.entries().at_rounds([entry.record_id]).exclude(kind=RecordKind.ROUND))
    of_kind = {
        kind: [other.record_id for other in beside if other.kind == kind]
        for kind in (RecordKind.DELEGATION, RecordKind.DECISION, RecordKind.STATEMENT)
    }
    doc = doc_of(reading, entry)
    asked = [*of_kind[RecordKind.DELEGATION], *of_kind[RecordKind.DECISION]]
    docs = docs_of(reading.sheets(asked).values())
    cast = Cast.of(reading, [entry, *beside], [doc, *docs.values()])
    record = assemble(entry, doc, cast, of_kind[RecordKind.STATEMENT])
    accounts, _ = accounts_of(cast.lines([entry.record_id, *(o.record_id for o in beside)]), cast)
    return RoundPage(
        record=record,
        status=doc["round_status"],
        status_words=str(ROUND_STATUSES[doc["round_status"]]),
        delegations=tuple(
            seat_of(line, docs[line.entry.record_id], cast)
            for line in cast.lines(of_kind[RecordKind.DELEGATION])
        ),
        decisions=tuple(
            decided_of(line, docs[line.entry.record_id], cast)
            for line in cast.lines(of_kind[RecordKind.DECISION])
        ),
        accounts=accounts,
    )


def seat_of(line: Line, doc: Doc, cast: Cast) -> Seat:
    return Seat(
        line=line,
        round=cast.line(doc["round"]),
        parties=of_parties(doc["parties"], cast),
        head=of_name(cast.name(Topic.PERSON, doc["head"])),
        members=members_of(doc, cast),
        capacity=label(Capacity, doc["capacity"]),
        attendance=doc["attendance"],
        attendance_words=label(Attendance, doc["attendance"]),
        caveat=str(UNSEATED.get(doc["attendance"], "")),
    )


def decided_of(line: Line, doc: Doc, cast: Cast) -> Decided:
    return Decided(
        line=line,
        parties=of_parties(doc["parties"], cast),
        words=label(DecisionKind, doc["decision"]),
        named_head=of_name(cast.name(Topic.PERSON, doc["named_head"])),
    )


def listing(reading: Reading, *, process_id: int | None = None) -> list[ProcessGroup]:
    """Return the rounds by process, the latest first."""
    found = reading.entries().filter(kind=RecordKind.ROUND)
    if process_id is not None:
        found = found.of_processes([process_id])
    lines = reading.lines(found.order_by("-sort_on", "-record_id"))
    lines.sort(key=_process_name)
    return [
        ProcessGroup(group[0].process, tuple(map(_listed, group)))
        for group in (list(of) for _, of in groupby(lines, key=_process_name))
    ]


def _process_name(line: Line) -> tuple[str, int]:
    return (line.process.text, line.process.ref) if line.process else ("", 0)


def _listed(line: Line) -> ListedRound:
    status = RoundStatus(line.entry.detail)
    return ListedRound(line, status.value, str(status.label))
