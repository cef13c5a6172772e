"""Talks rounds and the dates of truces as a calendar (RFC 5545).

A calendar holds days. What is only known to lie between two of them is a span of whole days whose
title says so, and tentative; so is every round that is not recorded as held. What has no first or
no last day is in no calendar.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from sources.enums import RecordKind
from talks.enums import RoundStatus
from timeline.models import Entry
from timeline.queries import Line, Reading
from timeline.queries.chunks import Chunk
from timeline.queries.lines import parsed
from timeline.queries.selection import Selection
from timeline.queries.words import ROUND_STATUSES

#: The dates of a truce, by their names in its sheet.
_OF_TRUCE: Final[Mapping[str, str]] = {
    "declared": "declared",
    "effective": "takes effect",
    "end": "ends",
    "last_attested": "last spoken of as in place",
}
_STATUSES: Final[Mapping[str, str]] = {
    RoundStatus.HELD: "CONFIRMED",
    RoundStatus.CANCELLED: "CANCELLED",
}
_TENTATIVE: Final = "TENTATIVE"


@dataclass(frozen=True)
class _Moment:
    """Something of a line that a calendar can hold."""

    line: Line
    edtf: str
    name: str = ""
    """Which of its dates it is; empty: its only one."""
    status: str = "CONFIRMED"
    at: time | None = None
    zone: str = ""


def calendar(selection: Selection) -> Iterator[bytes]:
    """Stream the rounds, truces and truce events of a selection as a calendar."""
    head = Calendar()
    head.add("prodid", "-//Truceline//Timeline//EN")
    head.add("version", "2.0")
    head.add("x-wr-calname", f"Truceline, revision {selection.revision.number}")
    head.add("x-wr-caldesc", selection.title)
    opening, end, _ = head.to_ical().partition(b"END:VCALENDAR")
    yield opening

    def take(found: Reading, lines: Chunk) -> bytes:
        return b"".join(_events(found, lines, selection))

    yield from selection.read(take)
    yield end + b"\r\n"


def _events(found: Reading, chunk: Chunk, selection: Selection) -> Iterator[bytes]:
    kinds = (RecordKind.ROUND, RecordKind.TRUCE, RecordKind.TRUCE_EVENT)
    entries = Entry.objects.filter(kind__in=kinds).in_bulk(chunk.id_list)
    lines = found.lines(entries[pk] for pk in chunk.id_list if pk in entries)
    sheets = found.sheets(line.entry.record_id for line in lines if line.kind == RecordKind.TRUCE)
    for line in lines:
        sheet = sheets.get(line.entry.record_id)
        for moment in _moments(line, sheet.doc if sheet else {}):
            event = _event(moment, selection)
            if event is not None:
                yield event.to_ical()


def _moments(line: Line, doc: Mapping[str, Any]) -> Iterator[_Moment]:
    entry = line.entry
    if entry.kind == RecordKind.TRUCE:
        for name in _OF_TRUCE:
            if doc.get(name):
                is_timed = name == "effective" and doc["effective_time"]
                at = time.fromisoformat(doc["effective_time"]) if is_timed else None
                yield _Moment(line, doc[name], name, at=at, zone=doc["effective_zone"])
        return
    is_round = entry.kind == RecordKind.ROUND
    yield _Moment(
        line,
        entry.when_edtf,
        status=_STATUSES.get(entry.detail, _TENTATIVE) if is_round else "CONFIRMED",
        at=entry.time_of_day,
        zone=entry.time_zone,
    )


def _event(moment: _Moment, selection: Selection) -> Event | None:
    """Return the event of a moment; None where it has no first or no last day."""
    line, when = moment.line, parsed(moment.edtf)
    if when.earliest is None or when.latest is None:
        return None
    is_exact = when.earliest == when.latest and not any(sign in when.text for sign in "~?%")
    lasts = line.entry.extent == "throughout" and not moment.name
    is_settled = is_exact or (lasts and not any(sign in when.text for sign in "~?%"))
    status = moment.status
    if status == "CONFIRMED" and not is_settled:
        status = _TENTATIVE
    address = selection.site.rstrip("/") + line.url
    event = Event()
    part = f"-{moment.name}" if moment.name else ""
    event.add("uid", f"{line.id}{part}@{urlsplit(selection.site).hostname}")
    event.add("dtstamp", selection.revision.created_at)
    _add_days(event, moment, when.earliest, when.latest, is_exact=is_exact)
    event.add("summary", _summary(moment, "" if is_settled else when.in_words()))
    event.add("description", _description(moment, when.in_words(), address))
    event.add("url", address)
    event.add("categories", [line.kind_word])
    event.add("status", status)
    # It is about the world, not about the reader's own time.
    event.add("transp", "TRANSPARENT")
    return event


def _add_days(
    event: Event, moment: _Moment, earliest: date, latest: date, *, is_exact: bool
) -> None:
    if is_exact and moment.at is not None and moment.zone:
        start = datetime.combine(earliest, moment.at, ZoneInfo(moment.zone))
        event.add("dtstart", start.astimezone(ZoneInfo("UTC")))
        return
    event.add("dtstart", earliest)
    # The day behind the last one, as the format has it; time ends where Python's days do.
    event.add("dtend", latest if latest == date.max else latest + timedelta(days=1))


def _summary(moment: _Moment, when: str) -> str:
    what = f"{moment.line.title}: {_OF_TRUCE[moment.name]}" if moment.name else moment.line.title
    return f"{what} ({when})" if when else what


def _description(moment: _Moment, when: str, address: str) -> str:
    line = moment.line
    status = ROUND_STATUSES[RoundStatus(line.entry.detail)] if line.kind == "round" else ""
    wording = line.entry.when_wording if not moment.name else ""
    said = (
        status and f"Status: {status}.",
        f"Date: {when}" + (f" (“{wording}”)." if wording else "."),
        line.origins and f"According to {'; '.join(line.origins)}.",
        line.summary,
        address,
    )
    return "\n".join(text for text in said if text)
