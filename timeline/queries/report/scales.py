"""Scales of drawings: round numbers upward, days of the calendar across."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

from django.utils.dateformat import format as dated

from timeline.queries.sentences import grouped


@dataclass(frozen=True)
class Box:
    """A rectangle: across in per cent of the width, down in pixels."""

    x: float
    y: float
    width: float
    height: float
    kind: str = ""


@dataclass(frozen=True)
class Tick:
    """A line of a scale with its number or day."""

    at: float
    text: str
    is_minor: bool = False

    @property
    def anchor(self) -> str:
        """On which side of its place its words stand, so that they stay within the drawing."""
        return "start" if self.at < 5 else "end" if self.at > 95 else "middle"


def scale(most: float) -> tuple[int, ...]:
    """Return the round numbers of a scale from 0 up to at least `most`, at most five of them."""
    steps = (digit * 10**power for power in count() for digit in (1, 2, 5))
    step = next(step for step in steps if most / step <= 4)
    return tuple(range(0, step * max(1, math.ceil(most / step)) + 1, step))


def ticks_up(numbers: tuple[int, ...], baseline: float, height: float) -> tuple[Tick, ...]:
    """Return the lines of a scale upward from the baseline."""
    return tuple(Tick(baseline - height * n / numbers[-1], grouped(n)) for n in numbers)


def calendar(first: date, last: date, *, most: int = 6) -> list[tuple[date, str]]:
    """Return the days that a scale across names, at most about so many, with their words."""
    days = (last - first).days + 1
    for step in (1, 2, 7, 14):
        if days / step <= most:
            named = [first + timedelta(days=number) for number in range(0, days, step)]
            return [
                (day, dated(day, "j M" if number else "j M Y")) for number, day in enumerate(named)
            ]
    months = (last.year - first.year) * 12 + last.month - first.month
    for step in (1, 3, 6):
        if months / step <= most:
            return [(day, dated(day, "M Y")) for day in _firsts(first, last, step)]
    years = math.ceil(months / 12 / most)
    return [(day, str(day.year)) for day in _firsts(first, last, 12 * years)]


def _firsts(first: date, last: date, step: int) -> Iterator[date]:
    """Yield the first days of months, every so many of them, that lie between two days."""
    month = -(-(first.year * 12 + first.month - 1 + (first.day > 1)) // step) * step
    while (day := date(month // 12, month % 12 + 1, 1)) <= last:
        yield day
        month += step
