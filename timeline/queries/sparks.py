"""Spark lines: how many incidents were recorded in each of a conflict's last months."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sources.enums import RecordKind
from timeline.queries.bins import Unit
from timeline.queries.kept import Asked, counted
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
    def silent(self) -> int:
        """In how many of the months none is reported, which is not the same as calm."""
        return sum(not bar.count for bar in self.bars)


def spark(reading: Reading, conflict: int) -> Spark | None:
    """Draw a conflict's last months: four queries; None where no incident is dated."""
    entries = reading.entries().about([conflict])
    incidents = entries.of_kinds([RecordKind.INCIDENT]).told_as([False])
    asked: dict[str, list[Any]] = {
        "conflict_id": [conflict],
        "kind": [RecordKind.INCIDENT],
        "is_aggregate": [False],
    }
    counts = counted(lambda names, versions=None: incidents, reading, asked=Asked(asked))
    newest = counts.span().last
    if newest is None:
        return None
    end = Unit.MONTH.place(newest)
    first = Unit.MONTH.start(max(Unit.MONTH.place(date.min), end - MONTHS + 1))
    bins = counts.by_bin(first, newest, most=MONTHS)
    truces = (
        entries.of_kinds([RecordKind.TRUCE])
        .filter(sort_on__range=(first, bins.last))
        .order_by("sort_on", "record_id")
    )
    days = (bins.last - first).days + 1
    return Spark(
        bars=tuple(_bars(zip(bins.starts, bins.totals, strict=True), len(bins.starts))),
        total=sum(counts.within(first, bins.last).values()),
        truces=tuple(
            Flag(line, round(WIDTH * (line.entry.sort_on - first).days / days, 1))
            for line in reading.lines(truces)
        ),
    )


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


def _month_in_short(month: date) -> str:
    return parsed(f"{month:%Y-%m}").in_short()
