"""Codes and partial dates as readers read them."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Choices

from sources.enums import Extent, RecordKind
from talks.enums import Attendance, PlacePrecision, RoundStatus
from timeline.enums import Verdict
from timeline.queries.lines import Figure, parsed

#: A verdict is a statement about records, not about guilt.
VERDICTS = {
    Verdict.VIOLATION: "a violation, if it happened as alleged",
    Verdict.POSSIBLE: "possible violation",
    Verdict.NOT_COVERED: "not covered",
}
#: A round that is only expected is never shown as held.
ROUND_STATUSES = {
    RoundStatus.EXPECTED: "expected; not recorded as held",
    RoundStatus.ANNOUNCED: "announced; not recorded as held",
    RoundStatus.HELD: "held",
    RoundStatus.POSTPONED: "postponed",
    RoundStatus.CANCELLED: "cancelled",
}
#: An attendance that is announced is never shown as sat.
ATTENDANCES = {
    Attendance.NOT_RECORDED: "",
    Attendance.EXPECTED: "expected; not recorded as having sat",
    Attendance.ANNOUNCED: "announced; not recorded as having sat",
    Attendance.SAT: "sat",
    Attendance.ABSENT: "absent",
}
#: Several records of one kind.
KINDS = {
    RecordKind.ROUND: "Talks rounds",
    RecordKind.DELEGATION: "Delegations",
    RecordKind.DECISION: "Decisions",
    RecordKind.STATEMENT: "Statements",
    RecordKind.DEVELOPMENT: "Developments",
    RecordKind.OFFICE: "Offices",
    RecordKind.TIE: "Party ties",
    RecordKind.TRUCE: "Truces",
    RecordKind.TRUCE_EVENT: "Truce events",
    RecordKind.INCIDENT: "Incidents",
    RecordKind.TALLY: "Tallies",
    RecordKind.VIOLATION: "Violation claims",
}


def label(choices: type[Choices], code: Any) -> str:
    """Return a code's words, and nothing where it says “not recorded”."""
    return "" if code in ("", None) else str(choices(code).label)


def precision_of_place(code: int | None) -> str:
    """Return how exactly a place is known, without the code's number."""
    return label(PlacePrecision, code).partition(" · ")[2]


def when_in_words(edtf: str, extent: str = Extent.WITHIN) -> str:
    """Word a date with its extent: “throughout May 2016”, “by 16 January 2017”."""
    date = parsed(edtf)
    if extent != Extent.THROUGHOUT:
        return date.in_words()
    words = date.in_words(extent="throughout")
    return f"throughout {words}" if edtf and "/" not in edtf else words


def since_until(since: str, until: str) -> str:
    """Word a period by its two partial dates; empty where neither is recorded."""
    begun = f"since {_as_point(since)}" if since else ""
    ended = f"until {_as_point(until)}" if until else ""
    return ", ".join(part for part in (begun, ended) if part)


def _as_point(edtf: str) -> str:
    words = parsed(edtf).in_words()
    return words if "/" not in edtf else f"({words})"


def number_in_words(low: int | None, best: int | None, high: int | None) -> str:
    """Word a count by the bounds that are given: “9 or more”."""
    return Figure("", "", low, best, high, False).number


def joined(words: Iterable[str]) -> str:
    """Join words as a sentence does: “a, b and c”."""
    *first, last = list(words) or [""]
    return f"{', '.join(first)} and {last}" if first else last
