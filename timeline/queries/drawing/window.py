"""The window of a drawing: which days it shows, and which it opens with."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Self

FIRST_DAY, LAST_DAY = date.min.toordinal(), date.max.toordinal()

SHARE_IN_VIEW = 0.8
"""Where no window is asked for, the shortest is shown that holds this share of the list …"""
WORTH_IT = 4
"""… if the whole would be this many times as long; otherwise the whole is."""
AIR = 1 / 20
"""How much of a window that was not asked for is left free at each of its ends."""
MOST_STRETCH = 1 / 4
"""How much longer such a window may get for what begins in it to end in it."""


@dataclass(frozen=True)
class Window:
    """The days that a drawing shows, both included."""

    first: date
    last: date

    @classmethod
    def of_ordinals(cls, first: int, last: int) -> Self:
        """Return a window of day numbers, kept within the days that there are."""
        first = min(max(first, FIRST_DAY), LAST_DAY)
        return cls(date.fromordinal(first), date.fromordinal(min(max(last, first), LAST_DAY)))

    @property
    def days(self) -> int:
        return self.last.toordinal() - self.first.toordinal() + 1

    @property
    def text(self) -> str:
        """The window as an address writes it: an interval of EDTF."""
        return f"{self.first.isoformat()}/{self.last.isoformat()}"

    def contains(self, day: date) -> bool:
        return self.first <= day <= self.last

    def widened(self, share: float) -> Self:
        """Return the window with this share of its length added at each end."""
        return self.with_air(round(self.days * share))

    def with_air(self, days: int) -> Self:
        return self.of_ordinals(self.first.toordinal() - days, self.last.toordinal() + days)

    def moved(self, share: float) -> Self:
        """Return the window moved by a share of its length; at the ends of time it stays whole."""
        days = round(self.days * share)
        days = max(days, FIRST_DAY - self.first.toordinal())
        days = min(days, LAST_DAY - self.last.toordinal())
        return self.of_ordinals(self.first.toordinal() + days, self.last.toordinal() + days)

    def zoomed(self, factor: float) -> Self:
        """Return the window about its middle, `factor` times as long, never under three days."""
        days = max(3, round(self.days * factor))
        first = (self.first.toordinal() + self.last.toordinal() - days + 1) // 2
        return self.of_ordinals(first, first + days - 1)

    def reaching(self, day: date) -> Self:
        """Return the window with its end put off to a day, as far as that is worth it."""
        most = self.last.toordinal() + round(self.days * MOST_STRETCH)
        last = max(self.last.toordinal(), min(day.toordinal(), most))
        return self.of_ordinals(self.first.toordinal(), last)


def whole(by_day: Mapping[date, int]) -> Window:
    """Return the window from the first counted day to the last."""
    return Window(min(by_day), max(by_day))


def asked_for(by_day: Mapping[date, int], since: date | None, until: date | None) -> Window:
    """Return the window of a filter that says from when or until when."""
    everything = whole(by_day)
    first = since or min(everything.first, until or everything.first)
    return Window(first, max(first, until or everything.last))


def opening(by_day: Mapping[date, int]) -> Window:
    """Return the window to begin with: the shortest that holds most of the list, and some air."""
    days = sorted(by_day)
    found = _with_neighbours(days, *_shortest(days, by_day))
    everything = whole(by_day)
    if found.days * WORTH_IT > everything.days:
        found = everything
    return found.with_air(max(1, round(found.days * AIR)))


def _shortest(days: list[date], by_day: Mapping[date, int]) -> tuple[int, int]:
    """Return the first and last place in `days` of the shortest stretch with the share in view."""
    needed = SHARE_IN_VIEW * sum(by_day.values())
    best = (0, len(days) - 1)
    start, held = 0, 0
    for end, day in enumerate(days):
        held += by_day[day]
        while held - by_day[days[start]] >= needed:
            held -= by_day[days[start]]
            start += 1
        if held >= needed and day - days[start] < days[best[1]] - days[best[0]]:
            best = (start, end)
    return best


def _with_neighbours(days: list[date], start: int, end: int) -> Window:
    """Widen a stretch by the days close to it: what is one crowd is not cut apart."""
    found = Window(days[start], days[end])
    while True:
        near = found.with_air(max(1, found.days // WORTH_IT))
        wider = Window(days[bisect_left(days, near.first)], days[bisect_right(days, near.last) - 1])
        if wider == found:
            return found
        found = wider
