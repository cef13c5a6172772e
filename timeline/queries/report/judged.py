"""The incidents that were judged under a truce: how many of each verdict, over its life."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final
from urllib.parse import urlencode

from django.db.models import Max, Min
from django.utils.dateformat import format as dated
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sources.enums import RecordKind
from timeline.models import Entry
from timeline.queries.reading import Reading
from timeline.queries.report.lives import ONE_DAY
from timeline.queries.report.model import VERDICTS, judged_as, provisional_from
from timeline.queries.report.statements import duplicates_of, newest_report, run

#: A drawing has at most so many columns: a truce of years is drawn by months, one of days by days.
MOST_COLUMNS: Final = 60
_MONTHS: Final = {"month": 1, "quarter": 3, "year": 12}
_DAYS: Final = {"day": 1, "week": 7, "month": 30, "quarter": 91, "year": 365}


@dataclass(frozen=True)
class Bin:
    """A day, week, month … and the incidents that certainly happened in it, by verdict."""

    first: date
    last: date
    by_verdict: Mapping[str, int]
    query: str
    is_provisional: bool

    @property
    def total(self) -> int:
        return sum(self.by_verdict.values())

    @property
    def numbers(self) -> tuple[int, ...]:
        """Its incidents of each verdict, the gravest first."""
        return tuple(self.by_verdict.get(verdict, 0) for verdict in VERDICTS[:-1])

    @property
    def words(self) -> str:
        """What is reported of it, in a sentence."""
        first, last = dated(self.first, "j M Y"), dated(self.last, "j M Y")
        span = (
            first if first == last else _("%(first)s to %(last)s") % {"first": first, "last": last}
        )
        if not self.total:
            return _("%(span)s: none reported") % {"span": span}
        return ngettext(
            "%(span)s: %(count)s incident", "%(span)s: %(count)s incidents", self.total
        ) % {"span": span, "count": self.total}


@dataclass(frozen=True)
class Judged:
    """The incidents judged under one truce, each by its gravest verdict there."""

    counts: Mapping[str, int] = field(default_factory=dict)
    unit: str = "day"
    bins: tuple[Bin, ...] = ()
    unplaced: int = 0
    """How many have no date that lies within one unit."""
    duplicates: int = 0
    """How many pairs of them may be the same incident."""
    query: str = ""

    @property
    def title(self) -> str:
        """What its drawing shows."""
        return {
            "day": _("By day and verdict"),
            "week": _("By week and verdict"),
            "month": _("By month and verdict"),
            "quarter": _("By quarter and verdict"),
            "year": _("By year and verdict"),
        }[self.unit]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def judged_under(reading: Reading, truce: Entry) -> Judged:
    """Count the incidents judged under a truce: a few statements, however many there are."""
    mine = reading.entries().under([truce.record_id]).of_kinds([RecordKind.INCIDENT])
    mine = mine.told_as([False])
    known = mine.aggregate(first=Min("earliest"), last=Max("latest"))
    unit = _unit(known["first"], known["last"])
    counts: dict[str, int] = defaultdict(int)
    by_unit: dict[date, dict[str, int]] = defaultdict(dict)
    unplaced = 0
    for first, gravity, number in run(
        "report_life",
        {
            "entries": mine.values("record_id", "when_edtf", "earliest", "latest"),
            "assessments": reading.assessments().gravest_under(truce.record_id),
        },
        unit=unit,
    ):
        counts[VERDICTS[gravity]] += number
        if first is None:
            unplaced += number
        else:
            by_unit[first][VERDICTS[gravity]] = number
    provisional = provisional_from(newest_report(reading, mine))
    duplicates, _pairs = duplicates_of(mine)
    return Judged(
        counts=counts,
        unit=unit,
        bins=tuple(
            Bin(
                first=first,
                last=last,
                by_verdict=by_unit.get(first, {}),
                query=_query(reading, truce, first, last),
                is_provisional=provisional is not None and last >= provisional,
            )
            for first, last in _units(by_unit, unit)
        ),
        unplaced=unplaced,
        duplicates=duplicates,
        query=judged_query(truce.public_id, reading.number),
    )


def judged_query(truce: str, revision: int, verdict: str = "") -> str:
    """Return the filter that finds the incidents judged under a truce, or judged so."""
    asked = {
        "aggregate": "no",
        "as_of": revision,
        "judged": judged_as(truce, verdict) if verdict else "",
        "kind": RecordKind.INCIDENT.value,
        "truce": truce,
    }
    return urlencode({name: value for name, value in asked.items() if value}, safe=":")


def _query(reading: Reading, truce: Entry, first: date, last: date) -> str:
    window = {"dates": "certainly", "from": first.isoformat(), "to": last.isoformat()}
    return f"{judged_query(truce.public_id, reading.number)}&{urlencode(window)}"


def _unit(first: date | None, last: date | None) -> str:
    """Return the shortest unit by which a drawing of these days has few enough columns."""
    days = (last - first).days + 1 if first and last else 1
    return next((unit for unit, size in _DAYS.items() if days <= size * MOST_COLUMNS), "year")


def _units(by_unit: Mapping[date, object], unit: str) -> Iterator[tuple[date, date]]:
    """Yield the first and last day of each unit from the first that holds anything to the last."""
    if not by_unit:
        return
    first, end = min(by_unit), max(by_unit)
    while first <= end:
        following = _following(first, unit)
        yield first, following - ONE_DAY
        first = following


def _following(first: date, unit: str) -> date:
    if unit not in _MONTHS:
        return first + timedelta(days=_DAYS[unit])
    month = first.year * 12 + first.month - 1 + _MONTHS[unit]
    return date(month // 12, month % 12 + 1, 1)
