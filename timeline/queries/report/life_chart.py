"""The line of a truce's life, with its moments numbered as in the list below it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from timeline.queries.report.lives import ONE_DAY, Life, LifeMark
from timeline.queries.report.scales import Box, Tick, calendar

LINE: Final = 34
"""Where the line runs."""
FIRST_ROW: Final = 26
"""How far below it the first marks stand."""
ROW: Final = 24
NEAR: Final = 6.5
"""Marks that are so near, in per cent, stand below one another."""


@dataclass(frozen=True)
class Placed:
    """A moment of a life: its number, and where it stands."""

    number: int
    mark: LifeMark
    x: float
    y: float
    end: float
    """The end of the days on which it may have been."""


@dataclass(frozen=True)
class LifeChart:
    """The life of a truce along a line; it fades where no end is recorded."""

    marks: tuple[Placed, ...]
    solid: Box | None
    """From its beginning to the last day on which it certainly, or attestedly, was in place."""
    faint: Box | None
    """From there to its end, or to the end of the drawing."""
    is_open: bool
    ticks: tuple[Tick, ...]
    height: int


def life_chart(life: Life, marks: Sequence[LifeMark]) -> LifeChart | None:
    """Draw a life; None where not one of its moments is dated."""
    if not marks:
        return None
    days = [day for mark in marks for day in (mark.when.earliest, mark.when.latest) if day]
    span = (max(days) - min(days)).days
    first = min(days) - timedelta(days=max(2, span // 16))
    last = max(days) + timedelta(days=max(4, span // (5 if life.ended is None else 16)))
    length = (last - first).days + 1

    def x_of(day: date) -> float:
        return 100 * (day - first).days / length

    rows: list[float] = []
    placed = []
    for number, mark in enumerate(marks, start=1):
        begun = mark.when.earliest or mark.when.latest or first
        x = x_of(begun) + 50 / length
        row = next((place for place, taken in enumerate(rows) if x - taken >= NEAR), len(rows))
        rows[row : row + 1] = [x]
        end = x_of(mark.when.latest or begun) + 50 / length
        placed.append(Placed(number, mark, x, LINE + FIRST_ROW + ROW * row, end))
    solid, faint = _stretch(life, last, x_of)
    return LifeChart(
        marks=tuple(placed),
        solid=solid,
        faint=faint,
        is_open=life.ended is None,
        ticks=tuple(Tick(x_of(day), words) for day, words in calendar(first, last)),
        height=LINE + FIRST_ROW + ROW * (len(rows) - 1) + 14,
    )


def _stretch(
    life: Life, last: date, x_of: Callable[[date], float]
) -> tuple[Box | None, Box | None]:
    """Return the line as far as it is certain, and from there on."""
    if life.begins is None:
        return None, None
    begun = life.begins[0]
    attested = life.attested.latest or life.attested.earliest if life.attested else None
    certain = max(begun, life.last_certain_day or attested or begun) + ONE_DAY
    ends = max((life.ended.latest or last) if life.ended else last, certain)
    return (
        Box(x_of(begun), LINE - 5, x_of(certain) - x_of(begun), 10),
        Box(x_of(certain), LINE - 5, x_of(ends) - x_of(certain), 10),
    )
