"""Bins of a calendar: the equal parts of a window in which lines are counted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum


class Unit(Enum):
    """How long a bin is: days, or months of the calendar."""

    DAY = ("day", 1, 0)
    WEEK = ("week", 7, 0)
    MONTH = ("month", 0, 1)
    QUARTER = ("quarter", 0, 3)
    YEAR = ("year", 0, 12)
    FIVE_YEARS = ("five years", 0, 60)
    DECADE = ("decade", 0, 120)
    CENTURY = ("century", 0, 1200)
    MILLENNIUM = ("millennium", 0, 12_000)

    @property
    def days(self) -> int:
        """How many days a bin has; 0 where it has months."""
        return self.value[1]

    @property
    def months(self) -> int:
        """How many months a bin has; 0 where it has days."""
        return self.value[2]

    def place(self, day: date) -> int:
        """Return in which bin a day lies, counted from the beginning of the calendar.

        Weeks begin on Monday, as the calendar's first day is one; decades with the year that
        ends in 0.
        """
        if self.days:
            return (day - date.min).days // self.days
        return (day.year * 12 + day.month - 1) // self.months

    def start(self, place: int) -> date:
        """Return the first day of a bin; the calendar's first where it would begin before that."""
        if self.days:
            return date.min + timedelta(days=place * self.days)
        months = place * self.months
        return date(months // 12, months % 12 + 1, 1) if months >= 12 else date.min


@dataclass(frozen=True)
class Bins:
    """How many lines of each kind begin in each part of a window, in order of time.

    A line without a first day begins on its last. The first and the last bin are whole, even
    where the window cuts them.
    """

    unit: Unit
    starts: tuple[date, ...]
    """The first day of each bin."""
    kinds: Mapping[str, tuple[int, ...]]

    @property
    def last(self) -> date:
        """The last day of the last bin."""
        place = self.unit.place(self.starts[-1]) + 1
        is_end = self.unit.place(date.max) < place
        return date.max if is_end else self.unit.start(place) - timedelta(days=1)

    @property
    def ends(self) -> tuple[date, ...]:
        """The last day of each bin."""
        return (*(start - timedelta(days=1) for start in self.starts[1:]), self.last)

    @property
    def totals(self) -> tuple[int, ...]:
        """How many lines of any kind begin in each bin."""
        return tuple(map(sum, zip(*self.kinds.values(), strict=True))) or (0,) * len(self.starts)

    @classmethod
    def of(
        cls, unit: Unit, first: date, last: date, rows: Iterable[tuple[str, date, int]]
    ) -> "Bins":
        """Return rows of kind, day and count as bins; days outside of them are left out."""
        begin, end = unit.place(first), unit.place(last)
        kinds: dict[str, list[int]] = {}
        for kind, day, count in rows:
            place = unit.place(day) - begin
            if 0 <= place <= end - begin:
                kinds.setdefault(kind, [0] * (end - begin + 1))[place] += count
        starts = tuple(unit.start(place) for place in range(begin, end + 1))
        return cls(unit, starts, {kind: tuple(found) for kind, found in sorted(kinds.items())})


def unit_for(first: date, last: date, most: int) -> Unit:
    """Return the shortest unit in which a window has at most `most` bins."""
    for unit in Unit:
        if unit.place(last) - unit.place(first) < most:
            return unit
    return Unit.MILLENNIUM
