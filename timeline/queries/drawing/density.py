"""The density of a lane: how many there are in each part of the calendar, as bars."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from timeline.queries.bins import Bins, Unit
from timeline.queries.drawing.material import ByDay


@dataclass(frozen=True)
class Bar:
    """A stretch of the calendar in which anything is counted."""

    start: date
    end: date
    """Its first and its last day."""
    dated: int
    by: int
    """What is only known as “by” a day of it: counted apart, since it belongs to no day."""

    @property
    def total(self) -> int:
        return self.dated + self.by


@dataclass(frozen=True)
class Density:
    """How many entries of some kinds there are when."""

    unit: Unit
    bars: tuple[Bar, ...]

    @cached_property
    def peak(self) -> int:
        return max((bar.total for bar in self.bars), default=0)


def density(bins: Bins, by: ByDay, kinds: Iterable[str] | None = None) -> Density:
    """Return the bars of some kinds, or of all; stretches without any have none."""
    asked = [*bins.kinds] if kinds is None else [kind for kind in kinds if kind in bins.kinds]
    totals = [sum(numbers) for numbers in zip(*(bins.kinds[kind] for kind in asked), strict=True)]
    open_ = _open(bins, (by.get(kind, {}) for kind in asked))
    return Density(
        bins.unit,
        tuple(
            Bar(start, end, total - open_[place], open_[place])
            for place, (start, end, total) in enumerate(
                zip(bins.starts, bins.ends, totals or [0] * len(bins.starts), strict=True)
            )
            if total
        ),
    )


def _open(bins: Bins, by_day: Iterable[Mapping[date, int]]) -> list[int]:
    first = bins.unit.place(bins.starts[0])
    found = [0] * len(bins.starts)
    for days in by_day:
        for day, number in days.items():
            found[bins.unit.place(day) - first] += number
    return found
