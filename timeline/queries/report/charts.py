"""The drawings of the report: where each shape stands. They say nothing that a table does not.

Across, places are shares of the width in per cent, so that a drawing fills any page while its words
keep their size; down, they are pixels.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.dateformat import format as dated
from django.utils.translation import gettext as _

from timeline.queries.report.judged import Bin, Judged
from timeline.queries.report.model import BETWEEN, VERDICTS, Day, Report, Window
from timeline.queries.report.scales import Box, Tick, calendar, scale, ticks_up

TOP: Final = 40
"""Where the incidents begin, below the words for what happened when."""
INCIDENTS: Final = 150
KILLED_TOP: Final = 226
KILLED: Final = 78
HEIGHT: Final = 332
FOOT: Final = 26
"""The room for the calendar's words."""
SHARE: Final = 0.8
"""How much of a day's width its bar takes."""


@dataclass(frozen=True)
class Column:
    """A day with its bars."""

    day: Day
    bars: tuple[Box, ...]
    killed: tuple[Box, ...]
    x: float
    width: float
    killed_y: float

    @property
    def middle(self) -> float:
        return self.x + self.width / 2

    @property
    def is_open(self) -> bool:
        """Whether some of its numbers of killed have no upper bound."""
        return bool(self.day.total.killed.unbounded)


@dataclass(frozen=True)
class Level:
    """The mean of a window, as a line across its days."""

    window: Window
    x: float
    width: float
    y: float

    @property
    def end(self) -> float:
        return self.x + self.width


@dataclass(frozen=True)
class DayChart:
    """Incidents and killed by day, on either side of a truce's beginning."""

    columns: tuple[Column, ...]
    levels: tuple[Level, ...]
    bands: tuple[Box, ...]
    days: tuple[Tick, ...]
    incident_ticks: tuple[Tick, ...]
    killed_ticks: tuple[Tick, ...]
    moments: tuple[Tick, ...]
    top: int = TOP
    killed_top: int = KILLED_TOP
    killed_baseline: int = KILLED_TOP + KILLED
    reach: int = HEIGHT - TOP - FOOT
    height: int = HEIGHT


def day_chart(report: Report) -> DayChart | None:
    """Draw a report by day; None where nothing is compared."""
    if not report.series:
        return None
    slot = 100 / len(report.series)
    up = scale(max(day.total.certain for day in report.series) or 1)
    down = scale(max(day.total.killed.high for day in report.series) or 1)
    baseline, killed_baseline = TOP + INCIDENTS, KILLED_TOP + KILLED
    first = report.series[0].day
    return DayChart(
        columns=tuple(
            _column(day, place, slot, up[-1], down[-1]) for place, day in enumerate(report.series)
        ),
        levels=tuple(
            Level(
                window,
                (window.first - first).days * slot,
                window.days * slot,
                baseline - INCIDENTS * min(window.total.certain / window.days / up[-1], 1),
            )
            for window in report.sides
        ),
        bands=tuple(_bands(report, slot)),
        days=tuple(_week_ticks(report, slot)),
        incident_ticks=ticks_up(up, baseline, INCIDENTS),
        killed_ticks=ticks_up(down, killed_baseline, KILLED),
        moments=tuple(_moments(report, slot)),
    )


def _column(day: Day, place: int, slot: float, most: int, deadliest: int) -> Column:
    x, width = (place + (1 - SHARE) / 2) * slot, SHARE * slot
    counts = {verdict: count.certain for verdict, count in day.by_verdict.items()}
    killed, base = day.total.killed, KILLED_TOP + KILLED
    low, high = KILLED * killed.low / deadliest, KILLED * killed.high / deadliest
    boxes = (
        Box(x, base - high, width, high - low, "high"),
        Box(x, base - low, width, low, "low"),
    )
    return Column(
        day=day,
        bars=_stacked(counts, x, width, TOP + INCIDENTS, INCIDENTS / most),
        killed=tuple(box for box in boxes if box.height > 0),
        x=place * slot,
        width=slot,
        killed_y=base - high,
    )


def _stacked(
    counts: Mapping[str, int], x: float, width: float, baseline: float, each: float
) -> tuple[Box, ...]:
    """Return the bars of one column upon one another, the gravest verdict at the bottom."""
    bars, y = [], baseline
    for verdict in VERDICTS:
        if number := counts.get(verdict, 0):
            y -= number * each
            bars.append(Box(x, y, width, number * each, verdict))
    return tuple(bars)


def _bands(report: Report, slot: float) -> Iterator[Box]:
    """Yield what lies behind the bars: the days on which it began, and those still reported."""
    height = HEIGHT - TOP - FOOT
    for kind, places in (
        (BETWEEN, [n for n, day in enumerate(report.series) if day.period == BETWEEN]),
        ("provisional", [n for n, day in enumerate(report.series) if day.is_provisional]),
    ):
        if places:
            yield Box(places[0] * slot, TOP, len(places) * slot, height, kind)


def _week_ticks(report: Report, slot: float) -> Iterator[Tick]:
    """Yield a day a week, or every few weeks, counted from the day on which the truce began.

    A narrow drawing keeps every third: the names of months are long in some languages.
    """
    begins = report.windows[0].days
    every = 7 * max(1, round(len(report.series) / 56))
    for place, day in enumerate(report.series):
        steps, rest = divmod(place - begins, every)
        if not rest:
            yield Tick((place + 0.5) * slot, dated(day.day, "j M"), bool(steps % 3))


def _moments(report: Report, slot: float) -> Iterator[Tick]:
    """Yield when it was agreed and took effect; where these are near, in one."""
    before, between, _after = report.windows
    begins, width = before.days * slot, between.days * slot
    agreed, effective = report.life.agreed, report.life.effective
    if not (agreed and effective):
        yield Tick(begins + width / 2, _("agreed") if agreed else _("in force"))
    elif width > 25:
        yield Tick(begins, _("agreed"))
        yield Tick(begins + width, _("in force"))
    else:
        yield Tick(begins + width / 2, _("agreed, in force"))


# --- Incidents over its life ----------------------------------------------------------------------

LIFE_TOP: Final = 22
LIFE_HEIGHT: Final = 130


@dataclass(frozen=True)
class LifeColumn:
    """The judged incidents of a week, a month …"""

    bin: Bin
    bars: tuple[Box, ...]
    x: float
    width: float


@dataclass(frozen=True)
class JudgedChart:
    """The incidents judged under a truce, over time."""

    columns: tuple[LifeColumn, ...]
    ticks: tuple[Tick, ...]
    scale: tuple[Tick, ...]
    provisional: Box | None
    top: int = LIFE_TOP
    reach: int = LIFE_HEIGHT
    height: int = LIFE_TOP + LIFE_HEIGHT + FOOT


def judged_chart(judged: Judged) -> JudgedChart | None:
    """Draw the incidents judged under a truce; None where a single column would be all."""
    if len(judged.bins) < 2:
        return None
    first, last = judged.bins[0].first, judged.bins[-1].last
    length = (last - first).days + 1
    up = scale(max(found.total for found in judged.bins))
    baseline = LIFE_TOP + LIFE_HEIGHT
    columns = []
    for found in judged.bins:
        x = 100 * (found.first - first).days / length
        width = 100 * ((found.last - found.first).days + 1) / length
        bars = _stacked(
            found.by_verdict, x + width * 0.08, width * 0.84, baseline, LIFE_HEIGHT / up[-1]
        )
        columns.append(LifeColumn(found, bars, x, width))
    late = next((column.x for column in columns if column.bin.is_provisional), None)
    return JudgedChart(
        columns=tuple(columns),
        ticks=tuple(
            # A narrow drawing has no room for all of them: it keeps every other.
            Tick(100 * (day - first).days / length, words, bool(place % 2))
            for place, (day, words) in enumerate(calendar(first, last))
        ),
        scale=ticks_up(up, baseline, LIFE_HEIGHT),
        provisional=Box(late, LIFE_TOP, 100 - late, LIFE_HEIGHT) if late is not None else None,
    )
