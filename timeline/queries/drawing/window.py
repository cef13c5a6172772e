"""The window of a drawing: which days it shows, and which it opens with."""

from dataclasses import dataclass
from datetime import date
from typing import Self

from timeline.queries.bins import Bins

FIRST_DAY, LAST_DAY = date.min.toordinal(), date.max.toordinal()

SHARE_IN_VIEW = 0.8
"""Where no window is asked for, the shortest is shown that holds this share of the list …"""
WORTH_IT = 1.75
"""… if the whole would be this many times as long; otherwise the whole is."""
NEAR = 4
"""What lies within this part of a stretch's own length belongs to it still."""
SHORTEST = 21
"""No list opens with fewer days, unless a reader asks for them."""
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
        """Return the window about its middle, `factor` times as long, never under a day."""
        days = max(1, round(self.days * factor))
        first = (self.first.toordinal() + self.last.toordinal() - days + 1) // 2
        return self.of_ordinals(first, first + days - 1)

    def reaching(self, day: date) -> Self:
        """Return the window with its end put off to a day, as far as that is worth it."""
        most = self.last.toordinal() + round(self.days * MOST_STRETCH)
        last = max(self.last.toordinal(), min(day.toordinal(), most))
        return self.of_ordinals(self.first.toordinal(), last)


def asked_for(everything: Window, since: date | None, until: date | None) -> Window:
    """Return the window of a filter that says from when or until when."""
    first = since or min(everything.first, until or everything.first)
    return Window(first, max(first, until or everything.last))


def crowded(bins: Bins, needed: float) -> Window:
    """Return the shortest window that holds so many lines, with what lies close to it."""
    stretches = [
        (Window(start, end), count)
        for start, end, count in zip(bins.starts, bins.ends, bins.totals, strict=True)
        if count
    ]
    return _with_neighbours(stretches, *_shortest(stretches, needed))


def opening(found: Window, everything: Window) -> Window:
    """Return the window to begin with: the crowded one and some air, if that is worth it."""
    if found.days * WORTH_IT > everything.days or everything.days <= SHORTEST:
        found = everything
    air = max(1, round(found.days * AIR), -(-(SHORTEST - found.days) // 2))
    return found.with_air(air)


def _shortest(stretches: list[tuple[Window, int]], needed: float) -> tuple[int, int]:
    """Return the first and last of the stretches that hold so many in the shortest time."""
    best = (0, len(stretches) - 1)
    start, held = 0, 0
    for end, (_, count) in enumerate(stretches):
        held += count
        while held - stretches[start][1] >= needed:
            held -= stretches[start][1]
            start += 1
        if held >= needed and _days(stretches, start, end) < _days(stretches, *best):
            best = (start, end)
    return best


def _days(stretches: list[tuple[Window, int]], start: int, end: int) -> int:
    return (stretches[end][0].last - stretches[start][0].first).days


def _with_neighbours(stretches: list[tuple[Window, int]], start: int, end: int) -> Window:
    """Widen a stretch by what lies close to it: what is one crowd is not cut apart."""
    while True:
        found = Window(stretches[start][0].first, stretches[end][0].last)
        near = found.with_air(max(1, found.days // NEAR))
        if end + 1 < len(stretches) and stretches[end + 1][0].first <= near.last:
            end += 1
        elif start and stretches[start - 1][0].last >= near.first:
            start -= 1
        else:
            return found
