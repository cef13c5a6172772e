"""The strip of what happened when: the geometry of a drawing, worked out on the server.

A lane for each sort of thing. A lane with few entries in the window shows each as a mark; one with
many shows how many there are in each part of the window. Above it stands a histogram of the whole
list, with the window marked in it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count

from sources.enums import Extent, RecordKind
from timeline.models.entry import END_OF_TIME, EntryQuerySet
from timeline.queries.lines import Line, parsed
from timeline.queries.reading import Reading

WIDTH = 1040
LEFT = 112
"""Where the lanes begin, beside their names."""
RIGHT = 1030
ROW = 24
MOST_ROWS = 7
MOST_MARKS = 40
"""In one lane; above it the lane shows a density."""
LONGEST_LABEL = 44
LETTER = 6.1
"""About how wide a letter of a label is."""
BINS = 72
BIN_HEIGHT = 34
ONE_DAY = timedelta(days=1)
SHARE_IN_VIEW = 0.8
"""Where no window is asked for, the shortest is shown that holds this share of the list …"""
WORTH_IT = 4
"""… if the whole would be this many times as long; otherwise the whole is."""

LANES = (
    ("talks", "Talks", (RecordKind.ROUND, RecordKind.DELEGATION)),
    ("decisions", "Decisions", (RecordKind.DECISION,)),
    ("statements", "Statements", (RecordKind.STATEMENT,)),
    ("truces", "Truces", (RecordKind.TRUCE, RecordKind.TRUCE_EVENT)),
    ("incidents", "Incidents", (RecordKind.INCIDENT, RecordKind.TALLY, RecordKind.VIOLATION)),
    ("developments", "Developments", (RecordKind.DEVELOPMENT, RecordKind.OFFICE, RecordKind.TIE)),
)


@dataclass(frozen=True)
class Window:
    """The days that a drawing shows, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def x(self, day: date) -> float:
        """Return where a day begins; days outside stand at the edge."""
        inside = min(max(day, self.first), self.last + ONE_DAY if self.last < date.max else day)
        return LEFT + (RIGHT - LEFT) * (inside - self.first).days / self.days

    def x_end(self, day: date) -> float:
        """Return where a day ends."""
        return self.x(day + ONE_DAY if day < date.max else day)


@dataclass(frozen=True)
class Tick:
    """One line of the calendar behind the lanes."""

    x: float
    text: str
    is_major: bool


@dataclass(frozen=True)
class Bar:
    """A rectangle; `fade` says on which side it fades: “”, “start” or “end”."""

    x: float
    width: float
    height: float
    y: float = 0
    fade: str = ""


@dataclass(frozen=True)
class Mark:
    """One entry in a lane: its shape, how far it may reach, and its words."""

    line: Line
    x: float
    y: float
    whisker: Bar | None
    bars: tuple[Bar, ...]
    label: str
    label_x: float
    label_y: float
    """Below the middle of its row; further below where nothing is free beside it."""
    anchor: str
    is_expected: bool

    @property
    def title(self) -> str:
        return f"{self.line.kind_word}, {self.line.date_words}: {self.line.title}"


@dataclass(frozen=True)
class Lane:
    """One sort of thing."""

    code: str
    name: str
    y: float
    height: float
    count: int
    marks: tuple[Mark, ...]
    bins: tuple[Bar, ...]

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def name_y(self) -> float:
        return self.y + 20


@dataclass(frozen=True)
class Year:
    """A year below the histogram, or the beginning of several."""

    x: float
    text: str


@dataclass(frozen=True)
class Strip:
    """A drawing of a list; without a window there was nothing dated to draw."""

    window: Window | None = None
    whole: Window | None = None
    ticks: tuple[Tick, ...] = ()
    lanes: tuple[Lane, ...] = ()
    bins: tuple[Bar, ...] = ()
    years: tuple[Year, ...] = ()
    brush: Bar | None = None
    undated: int = 0
    outside: int = 0
    """How many dated entries lie outside of the window."""
    left: int = LEFT
    right: int = RIGHT
    width: int = WIDTH

    @property
    def height(self) -> float:
        return self.lanes[-1].bottom + 4 if self.lanes else 0

    @property
    def first_words(self) -> str:
        return _in_words(self.window.first) if self.window else ""

    @property
    def last_words(self) -> str:
        return _in_words(self.window.last) if self.window else ""


def strip(
    reading: Reading, entries: EntryQuerySet, *, since: date | None, until: date | None
) -> Strip:
    """Draw a list: four queries, and as many marks as there is room for.

    `since` and `until` are the window that was asked for, if any. The days at the far ends of an
    entry that is open there do not widen the drawing.
    """
    by_day = _count_days(entries)
    undated = by_day.pop(END_OF_TIME, 0)
    if not by_day:
        return Strip(undated=undated)
    whole = Window(min(by_day), max(by_day))
    window = _window(by_day, since, until)
    drawn = entries.since(window.first, certainly=False).until(window.last, certainly=False)
    counts = dict(drawn.values_list("kind").annotate(entries=Count("pk")).order_by("kind"))
    lanes = _lanes(reading, drawn, counts, window)
    total = sum(by_day.values())
    return Strip(
        window=window,
        whole=whole,
        ticks=_ticks(window),
        lanes=lanes,
        bins=_bins(by_day, whole, BIN_HEIGHT),
        years=_years(whole),
        brush=_brush(window, whole),
        undated=undated,
        outside=max(0, total - sum(lane.count for lane in lanes)),
    )


def _count_days(entries: EntryQuerySet) -> dict[date, int]:
    return dict(entries.values_list("sort_on").annotate(entries=Count("pk")).order_by("sort_on"))


def _window(by_day: Mapping[date, int], since: date | None, until: date | None) -> Window:
    first, last = min(by_day), max(by_day)
    if since is None and until is None:
        first, last = _shortest(by_day)
    else:
        first = since or min(first, until or first)
        last = until or max(last, first)
    # A little air, so that no mark stands on the edge.
    air = timedelta(days=max(1, (last - first).days // 24)) if since is until is None else ONE_DAY
    if since is None:
        first = max(first, date.min + air) - air
    if until is None:
        last = min(last, date.max - air) + air
    return Window(first, max(first, last))


def _shortest(by_day: Mapping[date, int]) -> tuple[date, date]:
    """Return the shortest stretch of days that holds the share to be in view."""
    days = sorted(by_day)
    needed = SHARE_IN_VIEW * sum(by_day.values())
    best = (days[0], days[-1])
    start, held = 0, 0
    for day in days:
        held += by_day[day]
        while held - by_day[days[start]] >= needed:
            held -= by_day[days[start]]
            start += 1
        if held >= needed and day - days[start] < best[1] - best[0]:
            best = (days[start], day)
    best = _with_neighbours(days, *best)
    whole = (days[0], days[-1])
    return best if (best[1] - best[0]) * WORTH_IT <= whole[1] - whole[0] else whole


def _with_neighbours(days: list[date], first: date, last: date) -> tuple[date, date]:
    """Widen a stretch by the days close to it: what is one crowd is not cut apart."""
    start, end = days.index(first), days.index(last)
    while True:
        near = max(ONE_DAY, (days[end] - days[start]) / WORTH_IT)
        if end + 1 < len(days) and days[end + 1] - days[end] <= near:
            end += 1
        elif start and days[start] - days[start - 1] <= near:
            start -= 1
        else:
            return days[start], days[end]


def _bins(by_day: Mapping[date, int], window: Window, height: float) -> tuple[Bar, ...]:
    counts: dict[int, int] = defaultdict(int)
    size = max(1, -(-window.days // BINS))
    for day, count in by_day.items():
        if window.first <= day <= window.last:
            counts[(day - window.first).days // size] += count
    highest = max(counts.values(), default=1)
    bars = []
    for place, count in sorted(counts.items()):
        x = window.x(window.first + timedelta(days=place * size))
        last = min(place * size + size - 1, window.days - 1)
        width = window.x_end(window.first + timedelta(days=last)) - x
        tall = max(2.0, height * count / highest)
        gap = min(2.0, width / 4)
        bars.append(
            Bar(round(x, 1), round(width - gap, 1), round(tall, 1), round(height - tall, 1))
        )
    return tuple(bars)


def _brush(window: Window, whole: Window) -> Bar | None:
    if window.first <= whole.first and window.last >= whole.last:
        return None
    x, end = whole.x(window.first), whole.x_end(window.last)
    return Bar(round(x, 1), round(max(3.0, end - x), 1), BIN_HEIGHT + 4, 0)


def _years(whole: Window) -> tuple[Year, ...]:
    years = range(whole.first.year, whole.last.year + 1)
    step = -(-len(years) // 12)
    found = [
        Year(round(whole.x(max(date(year, 1, 1), whole.first)), 1), str(year))
        for year in years[::step]
    ]
    found = [year for year in found if year.x <= RIGHT - 28 or len(found) == 1]
    # The first stands at the edge, wherever in its year the list begins: make room for the next.
    crowded = len(found) > 1 and found[1].x - found[0].x < 34
    return tuple(found[1:] if crowded else found)


def _ticks(window: Window) -> tuple[Tick, ...]:
    months = _months(window)
    if window.days <= 100:
        ticks = [Tick(window.x(day), f"{day:%B %Y}", True) for day in months]
        first_monday = window.first + timedelta(days=-window.first.weekday() % 7)
        ticks += [
            Tick(window.x(day), str(day.day), False) for day in _every(first_monday, window.last, 7)
        ]
        if not months or window.x(months[0]) - LEFT > 110:
            ticks.append(Tick(LEFT, f"{window.first:%B %Y}", True))
    elif window.days <= 1100:
        step = 1 if window.days <= 550 else 3
        ticks = [Tick(window.x(day), str(day.year), True) for day in months if day.month == 1]
        ticks += [
            Tick(window.x(day), f"{day:%b}", False) for day in months if (day.month - 1) % step == 0
        ]
        if not ticks or min(tick.x for tick in ticks if tick.is_major) - LEFT > 60:
            ticks.append(Tick(LEFT, str(window.first.year), True))
    else:
        return tuple(Tick(year.x, year.text, True) for year in _years(window))
    return tuple(sorted(ticks, key=lambda tick: tick.x))


def _months(window: Window) -> list[date]:
    """Return the first days of the months in a window."""
    first = window.first.year * 12 + window.first.month - 1
    last = window.last.year * 12 + window.last.month - 1
    if last - first > 40:
        return []
    days = [date(number // 12, number % 12 + 1, 1) for number in range(first, last + 1)]
    return [day for day in days if day >= window.first]


def _every(first: date, last: date, days: int) -> Iterable[date]:
    return (first + timedelta(days=count) for count in range(0, (last - first).days + 1, days))


def _lanes(
    reading: Reading, drawn: EntryQuerySet, counts: Mapping[str, int], window: Window
) -> tuple[Lane, ...]:
    totals = {code: sum(counts.get(kind, 0) for kind in kinds) for code, _, kinds in LANES}
    single = [kind for code, _, kinds in LANES if totals[code] <= MOST_MARKS for kind in kinds]
    many = [kind for code, _, kinds in LANES if totals[code] > MOST_MARKS for kind in kinds]
    lines = reading.lines(drawn.of_kinds(single).order_by("sort_on", "record_id"))
    sheets = reading.sheets(line.entry.record_id for line in lines if line.kind == RecordKind.TRUCE)
    dense: dict[str, dict[date, int]] = defaultdict(dict)
    if many:
        rows = drawn.of_kinds(many).values_list("kind", "sort_on").annotate(entries=Count("pk"))
        for kind, day, count in rows.order_by("kind", "sort_on"):
            dense[kind][day] = count
    lanes, y = [], 40.0
    for code, name, kinds in LANES:
        if not totals[code]:
            continue
        placer = _Placer(window, y)
        for line in lines:
            if line.kind in kinds:
                sheet = sheets.get(line.entry.record_id)
                placer.place(line, sheet.doc if sheet else {})
        by_day: dict[date, int] = defaultdict(int)
        for kind in kinds:
            for day, count in dense[kind].items():
                by_day[min(max(day, window.first), window.last)] += count
        height = max(len(placer.rows), 1) * ROW + 12
        bins = tuple(
            Bar(bar.x, bar.width, bar.height, bar.y + y + 8)
            for bar in _bins(by_day, window, height - 12)
        )
        lanes.append(Lane(code, name, y, height, totals[code], tuple(placer.marks), bins))
        y += height
    return tuple(lanes)


@dataclass
class _Placer:
    """Puts marks into as few rows as their labels need."""

    window: Window
    top: float
    rows: list[list[tuple[float, float]]] = field(default_factory=list)
    """What is taken in each row, from where to where."""
    marks: list[Mark] = field(default_factory=list)

    def place(self, line: Line, doc: Mapping[str, Any]) -> None:
        if line.kind == RecordKind.TRUCE:
            bars, x, reach = self._truce(line, doc)
            whisker = None
        else:
            bars, whisker, x, reach = self._point(line)
        label = _cut(line.title)
        wide = len(label) * LETTER
        begin, end = min(reach[0], x - 7), max(reach[1], x + 7)
        rows, label_y = 1, 4
        if end + 8 + wide <= WIDTH:
            taken, label_x, anchor = (begin, end + 8 + wide), end + 7, "start"
        elif begin - 8 - wide >= LEFT:
            taken, label_x, anchor = (begin - 8 - wide, end), begin - 7, "end"
        else:
            # No room beside what nearly fills the window: the label stands in the row below it.
            taken, label_x, anchor = (begin, max(end, begin + wide)), begin, "start"
            rows, label_y = 2, ROW - 3
        row, fits = self._row(*taken, rows=rows)
        self.marks.append(
            Mark(
                line=line,
                x=round(x, 1),
                y=self.top + 6 + row * ROW + ROW / 2,
                whisker=whisker,
                bars=bars,
                label=label if fits else "",
                label_x=round(label_x, 1),
                label_y=label_y,
                anchor=anchor,
                is_expected=line.kind == RecordKind.ROUND and line.entry.detail != "held",
            )
        )

    def _row(self, begin: float, end: float, *, rows: int) -> tuple[int, bool]:
        """Take the first row in which this is free, and the rows below it that are needed too."""
        for number in range(MOST_ROWS - rows + 1):
            while len(self.rows) < number + rows:
                self.rows.append([])
            wanted = self.rows[number : number + rows]
            if all(end < first or begin > last for taken in wanted for first, last in taken):
                for taken in wanted:
                    taken.append((begin, end))
                return number, True
        return MOST_ROWS - 1, False

    def _point(self, line: Line) -> tuple[tuple[Bar, ...], Bar | None, float, tuple[float, float]]:
        """Return a line's bars or its whisker, where its mark stands, and how far it reaches."""
        first, last = line.entry.earliest, line.entry.latest
        if first is None or last is None:
            day = first or last
            assert day is not None  # what is undated is in no window
            x = (self.window.x(day) + self.window.x_end(day)) / 2
            if first is None:
                return (), _bar(max(LEFT, x - 26), x, "start"), x, (max(LEFT, x - 26), x)
            return (), _bar(x, min(RIGHT, x + 26), "end"), x, (x, min(RIGHT, x + 26))
        begin, end = self.window.x(first), self.window.x_end(last)
        x = (begin + end) / 2
        if line.entry.extent == Extent.THROUGHOUT:
            return (_bar(begin, end),), None, min(begin + 8, x), (begin, end)
        if first != last and end - begin > 16:
            return (), _bar(begin, end), x, (begin, end)
        return (), None, x, (x, x)

    def _truce(
        self, line: Line, doc: Mapping[str, Any]
    ) -> tuple[tuple[Bar, ...], float, tuple[float, float]]:
        """Return the bars of a truce: solid while it certainly held, fading where that is open."""
        start = parsed(doc.get("effective") or doc.get("declared") or line.entry.when_edtf)
        end, attested = parsed(doc.get("end") or ""), parsed(doc.get("last_attested") or "")
        begin_day = start.earliest or start.latest or line.entry.sort_on
        sure_day = max(start.latest or begin_day, begin_day)
        begin, sure = self.window.x(begin_day), self.window.x(sure_day)
        bars = [_bar(begin, sure, "start")] if sure - begin > 1 else []
        ends = end.earliest or end.latest
        certain_day = max(ends or attested.earliest or sure_day, sure_day)
        certain = self.window.x_end(certain_day)
        bars.append(_bar(sure, certain))
        if ends:
            last = max(certain, self.window.x_end(end.latest or ends))
        else:
            last = min(RIGHT, certain + 110)
        if last - certain > 1:
            bars.append(_bar(certain, last, "end"))
        shown = tuple(bar for bar in bars if bar.width > 0)
        return shown, min(begin + 8, RIGHT), (begin, last)


def _bar(begin: float, end: float, fade: str = "") -> Bar:
    return Bar(round(begin, 1), round(max(end - begin, 0), 1), 10, fade=fade)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_LABEL else f"{text[: LONGEST_LABEL - 1].rstrip()}…"


def _in_words(day: date) -> str:
    return parsed(day.isoformat()).in_words()
