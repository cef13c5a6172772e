"""Codes and partial dates as readers read them."""

from datetime import UTC, datetime
from typing import Any

from django.db.models import Choices
from django.utils.translation import get_language_info, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sources.enums import Extent, RecordKind
from talks.enums import Attendance, PlacePrecision, RoundStatus
from timeline.enums import Verdict
from timeline.queries.lines import Figure, parsed

#: A verdict is a statement about records, not about guilt.
VERDICTS = {
    Verdict.VIOLATION: _("a violation, if it happened as alleged"),
    Verdict.POSSIBLE: _("possible violation"),
    Verdict.NOT_COVERED: _("not covered"),
}
#: A round that is only expected is never shown as held.
ROUND_STATUSES = {
    RoundStatus.EXPECTED: pgettext_lazy("round", "expected; not recorded as held"),
    RoundStatus.ANNOUNCED: pgettext_lazy("round", "announced; not recorded as held"),
    RoundStatus.HELD: pgettext_lazy("round", "held"),
    RoundStatus.POSTPONED: pgettext_lazy("round", "postponed"),
    RoundStatus.CANCELLED: pgettext_lazy("round", "cancelled"),
}
#: An attendance that is announced is never shown as sat.
ATTENDANCES = {
    Attendance.NOT_RECORDED: "",
    Attendance.EXPECTED: pgettext_lazy("attendance", "expected; not recorded as having sat"),
    Attendance.ANNOUNCED: pgettext_lazy("attendance", "announced; not recorded as having sat"),
    Attendance.SAT: pgettext_lazy("attendance", "sat"),
    Attendance.ABSENT: pgettext_lazy("attendance", "absent"),
}
#: What is added where an attendance was announced.
UNSEATED = {
    Attendance.EXPECTED: pgettext_lazy("attendance", "not recorded as having sat"),
    Attendance.ANNOUNCED: pgettext_lazy("attendance", "not recorded as having sat"),
}
#: Several records of one kind.
KINDS = {
    RecordKind.ROUND: _("Talks rounds"),
    RecordKind.DELEGATION: _("Delegations"),
    RecordKind.DECISION: _("Decisions"),
    RecordKind.STATEMENT: _("Statements"),
    RecordKind.DEVELOPMENT: _("Developments"),
    RecordKind.OFFICE: _("Offices"),
    RecordKind.TIE: _("Party ties"),
    RecordKind.TRUCE: _("Truces"),
    RecordKind.TRUCE_EVENT: _("Truce events"),
    RecordKind.INCIDENT: _("Incidents"),
    RecordKind.TALLY: _("Tallies"),
    RecordKind.VIOLATION: _("Violation claims"),
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
    is_one = edtf and "/" not in edtf
    return gettext("throughout %(date)s") % {"date": words} if is_one else words


def moment_in_words(moment: datetime) -> str:
    """Word a moment: “16 January 2017, 12:30 UTC”."""
    in_utc = moment.astimezone(UTC)
    words = {"date": parsed(f"{in_utc:%Y-%m-%d}").in_words(), "time": f"{in_utc:%H:%M}"}
    return gettext("%(date)s, %(time)s UTC") % words


def language_in_words(code: str) -> str:
    """Return a language's name in the reader's language; the code itself where none is known.

    Empty for `und`, by which BCP 47 says that the language is not.
    """
    if code == "und":
        return ""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


def since_until(since: str, until: str) -> str:
    """Word a period by its two partial dates; empty where neither is recorded."""
    begun, ended = {"date": _as_point(since)}, {"date": _as_point(until)}
    if since and until:
        words = {"since": begun["date"], "until": ended["date"]}
        return gettext("since %(since)s, until %(until)s") % words
    if since:
        return gettext("since %(date)s") % begun
    return gettext("until %(date)s") % ended if until else ""


def _as_point(edtf: str) -> str:
    words = parsed(edtf).in_words()
    return words if "/" not in edtf else f"({words})"


def number_in_words(low: int | None, best: int | None, high: int | None) -> str:
    """Word a count by the bounds that are given: “9 or more”."""
    return Figure("", "", low, best, high, False).number
