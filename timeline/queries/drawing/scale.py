"""The scale of a drawing: where days stand on it, and the calendar behind it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.utils.formats import date_format

from timeline.queries.bins import Unit
from timeline.queries.drawing.window import Window

DAYS_OF_YEAR = 365.25


@dataclass(frozen=True)
class Scale:
    """A window spread over a number of pixels."""

    window: Window
    width: float

    @property
    def day_width(self) -> float:
        return self.width / self.window.days

    def x(self, day: date) -> float:
        """Return where a day begins; days outside of the window lie outside of the width."""
        return self.at(day.toordinal())

    def x_end(self, day: date) -> float:
        """Return where a day ends."""
        return self.at(day.toordinal() + 1)

    def at(self, number: int) -> float:
        """Return where the day with this ordinal number begins."""
        return (number - self.window.first.toordinal()) * self.day_width


@dataclass(frozen=True)
class Tick:
    """One line of the calendar behind the lanes."""

    day: date
    x: float
    text: str
    is_major: bool


@dataclass(frozen=True)
class Calendar:
    """The lines of the calendar, and what stands at the left edge where no line is near."""

    ticks: tuple[Tick, ...]
    at_edge: str


#: From so many pixels a day on: what the lesser lines mark, and what the greater.
_LEVELS = (
    (24.0, Unit.DAY, Unit.MONTH),
    (4.2, Unit.WEEK, Unit.MONTH),
    (0.95, Unit.MONTH, Unit.YEAR),
    (0.36, Unit.QUARTER, Unit.YEAR),
)
_FORMATS = {Unit.DAY: "j", Unit.WEEK: "j", Unit.MONTH: "M", Unit.QUARTER: "M", Unit.YEAR: "Y"}
_YEARS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)
_LETTER = 7.2
"""About how wide a letter of a greater line's words is."""


def calendar(scale: Scale, drawn: Window) -> Calendar:
    """Return the calendar behind the days that are drawn, some of them perhaps out of view."""
    for least, minor, major in _LEVELS:
        if scale.day_width >= least:
            greater = [_tick(scale, day, major, is_major=True) for day in _starts(major, drawn)]
            lesser = [_tick(scale, day, minor, is_major=False) for day in _starts(minor, drawn)]
            edge = _at_edge(scale, greater, major)
            return Calendar((*_beside(edge, greater), *lesser), edge)
    greater = [_tick(scale, day, Unit.YEAR, is_major=True) for day in _years(scale, drawn)]
    edge = _at_edge(scale, greater, Unit.YEAR)
    return Calendar(tuple(_beside(edge, greater)), edge)


def _starts(unit: Unit, window: Window) -> Iterator[date]:
    for place in range(unit.place(window.first), unit.place(window.last) + 1):
        day = unit.start(place)
        if day >= window.first:
            yield day


def _years(scale: Scale, drawn: Window) -> Iterator[date]:
    """Return the years with a line: as many as have room for their words."""
    fitting = (step for step in _YEARS if step * DAYS_OF_YEAR * scale.day_width >= 44)
    step = next(fitting, 2000)
    first, last = drawn.first.year, drawn.last.year
    years = range(-(-first // step) * step, last + 1, step)
    return (date(year, 1, 1) for year in years if year >= 1 and date(year, 1, 1) >= drawn.first)


def _tick(scale: Scale, day: date, unit: Unit, *, is_major: bool) -> Tick:
    return Tick(day, scale.x(day), _words(day, unit, is_major=is_major), is_major)


def _words(day: date, unit: Unit, *, is_major: bool) -> str:
    return date_format(day, "F Y" if is_major and unit == Unit.MONTH else _FORMATS[unit])


def _at_edge(scale: Scale, greater: list[Tick], unit: Unit) -> str:
    """Word the stretch in which the window begins, if its own line lies out of view."""
    day = scale.window.first
    text = _words(unit.start(unit.place(day)), unit, is_major=True)
    first = min((tick.x for tick in greater if tick.x >= 0), default=scale.width)
    return text if first > len(text) * _LETTER + 12 else ""


def _beside(edge: str, greater: list[Tick]) -> Iterator[Tick]:
    """Yield greater lines, without the words that would reach from out of view into the edge's."""
    for tick in greater:
        reaches_in = -len(tick.text) * _LETTER - 12 < tick.x < 0
        yield replace(tick, text="") if edge and reaches_in else tick
