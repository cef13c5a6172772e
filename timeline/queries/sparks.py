"""Spark lines: how many incidents were recorded in each of a conflict's last months."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from django.db.models import Count, Q
from django.db.models.functions import TruncMonth
from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from sources.enums import RecordKind
from timeline.models import MonthCount
from timeline.queries.bins import Bins, Unit
from timeline.queries.counts import IS_UNDATED
from timeline.queries.kept import are_kept
from timeline.queries.lines import Line, parsed
from timeline.queries.reading import Reading

MONTHS = 24
"""As many months end with the one of the newest incident; the clock has no say in it."""
WIDTH, HEIGHT = 480, 56
FLOOR = 46
"""Where the bars stand; below it are the truces."""
LEAST = 1.5
"""The height of the smallest bar: one incident is not none."""


@dataclass(frozen=True)
class Bar:
    """One month: where its bar stands, and what it counts."""

    month: date
    count: int
    x: float
    y: float
    width: float
    height: float


class Flag(NamedTuple):
    """A truce that begins in these months."""

    line: Line
    x: float


@dataclass(frozen=True)
class Spark:
    """Some months of one conflict; only single incidents are counted, of single events."""

    bars: tuple[Bar, ...]
    total: int
    """How many may have happened in these months: what a filter by them finds."""
    truces: tuple[Flag, ...]
    width: int = WIDTH
    height: int = HEIGHT
    floor: int = FLOOR

    @property
    def first(self) -> date:
        return self.bars[0].month

    @property
    def last(self) -> date:
        return self.bars[-1].month

    @property
    def first_words(self) -> str:
        return _month_in_short(self.first)

    @property
    def last_words(self) -> str:
        return _month_in_short(self.last)

    @property
    def highest(self) -> Bar:
        return max(self.bars, key=lambda bar: bar.count)

    @property
    def drawn(self) -> SafeString:
        """The bars as SVG: the first page has a thousand, for which a template takes too long."""
        language = get_language() or ""
        return format_html_join(
            "",
            '<rect class="spark__bar" x="{}" y="{}" width="{}" height="{}">'
            "<title>{}: {}</title></rect>",
            (
                (
                    bar.x,
                    bar.y,
                    bar.width,
                    bar.height,
                    _month_in_words(bar.month, language),
                    bar.count,
                )
                for bar in self.bars
                if bar.count
            ),
        )

    @property
    def silent(self) -> int:
        """In how many of the months none is reported, which is not the same as calm."""
        return sum(not bar.count for bar in self.bars)


def sparks(reading: Reading) -> dict[int, Spark]:
    """Draw the last months of every conflict with a dated incident: a few queries for all."""
    months: dict[int, list[Month]] = defaultdict(list)
    for month in _months(reading):
        months[month.conflict_id].append(month)
    windows: dict[int, Bins] = {}
    for conflict, found in months.items():
        begun = [(RecordKind.INCIDENT, month.starts_on, month.begun) for month in found]
        if newest := max((day for _, day, count in begun if count), default=None):
            end = Unit.MONTH.place(newest)
            first = Unit.MONTH.start(max(Unit.MONTH.place(date.min), end - MONTHS + 1))
            windows[conflict] = Bins.of(Unit.MONTH, first, newest, begun)
    truces = _truces(reading, windows)
    return {
        conflict: Spark(
            bars=tuple(_bars(zip(bins.starts, bins.totals, strict=True), len(bins.starts))),
            total=_within(months[conflict], bins),
            truces=tuple(_flag(line, bins) for line in truces.get(conflict, ())),
        )
        for conflict, bins in windows.items()
    }


class Month(NamedTuple):
    """How many single incidents of a conflict begin and end in one month."""

    conflict_id: int
    starts_on: date
    begun: int
    ended: int


def _months(reading: Reading) -> Iterable[Month]:
    """Return the months as the builder counted them, else count the incidents themselves."""
    if are_kept(reading):
        counts = reading.versions(MonthCount).filter(kind=RecordKind.INCIDENT, is_aggregate=False)
        return map(Month._make, counts.values_list(*Month._fields))
    incidents = reading.entries().of_kinds([RecordKind.INCIDENT]).told_as([False])
    begun = incidents.exclude(IS_UNDATED).annotate(month=TruncMonth("sort_on"))
    ended = incidents.filter(latest__isnull=False).annotate(month=TruncMonth("latest"))
    count = {"count": Count("pk")}
    return [
        *(
            Month(conflict, month, number, 0)
            for conflict, month, number in begun.order_by()
            .values_list("conflict_id", "month")
            .annotate(**count)
        ),
        *(
            Month(conflict, month, 0, number)
            for conflict, month, number in ended.order_by()
            .values_list("conflict_id", "month")
            .annotate(**count)
        ),
    ]


def _within(months: Iterable[Month], bins: Bins) -> int:
    """Return how many may have happened in the months of bins: begun by their end, and not over."""
    first, last = bins.starts[0], bins.starts[-1]
    return sum(
        month.begun * (month.starts_on <= last) - month.ended * (month.starts_on < first)
        for month in months
    )


def _truces(reading: Reading, windows: Mapping[int, Bins]) -> dict[int, list[Line]]:
    """Return the truces that begin in the months of each conflict, in order."""
    asked = Q(pk__in=())
    for conflict, bins in windows.items():
        asked |= Q(conflict_id=conflict, sort_on__range=(bins.starts[0], bins.last))
    entries = reading.entries().of_kinds([RecordKind.TRUCE]).filter(asked)
    found: dict[int, list[Line]] = defaultdict(list)
    for line in reading.lines(entries.order_by("sort_on", "record_id")):
        found[line.entry.conflict_id].append(line)
    return found


def _flag(line: Line, bins: Bins) -> Flag:
    first = bins.starts[0]
    days = (bins.last - first).days + 1
    return Flag(line, round(WIDTH * (line.entry.sort_on - first).days / days, 1))


def _bars(months: Iterable[tuple[date, int]], many: int) -> Iterable[Bar]:
    counted = list(months)
    most = max(count for _, count in counted)
    step = WIDTH / many
    for place, (month, count) in enumerate(counted):
        height = max(LEAST, FLOOR * count / most) if count else 0.0
        yield Bar(
            month,
            count,
            round(place * step, 1),
            round(FLOOR - height, 1),
            round(step - 2, 1),
            round(height, 1),
        )


@lru_cache(maxsize=512)
def _month_in_words(month: date, language: str) -> str:
    """Word a month in the language that is active, which is named for the cache's sake."""
    return date_format(month, "F Y")


def _month_in_short(month: date) -> str:
    return parsed(f"{month:%Y-%m}").in_short()
