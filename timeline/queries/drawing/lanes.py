"""The lanes of a drawing, one for each sort of thing: marks where there are few, else a density."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sources.enums import RecordKind
from timeline.models import Entry
from timeline.queries.drawing.bins import Bin, Counts, binned
from timeline.queries.drawing.marks import Bar, Doc, Edges, Mark, placed
from timeline.queries.drawing.scale import Calendar, Scale, Unit, calendar
from timeline.queries.drawing.ties import Tie, ties_between
from timeline.queries.drawing.window import Window

AXIS = 42.0
"""How high the calendar's words stand above the lanes."""
ROW = 23.0
DENSITY = 62.0
NAME = 19.0
"""How high the name of a lane is where it stands above the lane."""
PADDING = 7.0
THINNEST_BIN = 4.0
"""How wide a bar of a density is at least, in pixels."""


@dataclass(frozen=True)
class Sort:
    """What belongs in one lane."""

    code: str
    name: Promise
    kinds: tuple[str, ...]


SORTS = (
    Sort("talks", _("Talks"), (RecordKind.ROUND, RecordKind.DELEGATION)),
    Sort("decisions", _("Decisions"), (RecordKind.DECISION,)),
    Sort("statements", _("Statements"), (RecordKind.STATEMENT,)),
    Sort("truces", _("Truces"), (RecordKind.TRUCE,)),
    Sort("truce-events", _("Truce events"), (RecordKind.TRUCE_EVENT,)),
    Sort(
        "incidents",
        _("Incidents"),
        (RecordKind.INCIDENT, RecordKind.TALLY, RecordKind.VIOLATION),
    ),
    Sort(
        "developments",
        _("Developments"),
        (RecordKind.DEVELOPMENT, RecordKind.OFFICE, RecordKind.TIE),
    ),
)
#: The lanes through which truces shine, so that it can be seen what fell in their time.
_UNDER_TRUCES = ("truce-events", "incidents")


@dataclass(frozen=True)
class Frame:
    """How much room a drawing has."""

    width: float
    """Of the time axis, in pixels."""
    margin: float = 0.0
    """How much beyond each edge is drawn too, as a share of the window: what panning brings in."""

    @property
    def is_narrow(self) -> bool:
        """Whether names stand above the lanes instead of beside them."""
        return self.width < 480

    @property
    def most_marks(self) -> int:
        """How many marks a lane holds; above it, it shows a density."""
        return max(16, min(64, int(self.width / 16)))

    @property
    def most_rows(self) -> int:
        return 9 if self.is_narrow else 7

    @property
    def longest_label(self) -> float:
        return min(300.0, self.width * 0.62)


@dataclass(frozen=True)
class Material:
    """All that is drawn from, read once; it is laid out in as many frames as are wanted."""

    counts: Counts
    window: Window
    entries: Sequence[Entry]
    """What may lie in the window, of the lanes that have few."""
    docs: Mapping[int, Doc]
    """What the sheets of truces say."""


@dataclass(frozen=True)
class Density:
    """How many entries there are in each part of a lane."""

    unit: Unit
    bins: tuple[Bin, ...]
    height: float

    @property
    def peak(self) -> int:
        return max((one.total for one in self.bins), default=0)


@dataclass(frozen=True)
class Lane:
    """One sort of thing, as it is drawn."""

    code: str
    name: str
    y: float
    height: float
    top: float
    """Where its rows begin."""
    count: int
    """How many entries of it are in view."""
    marks: tuple[Mark, ...] = ()
    density: Density | None = None

    @property
    def bottom(self) -> float:
        return self.y + self.height

    def middle(self, row: int) -> float:
        """Return the height of the middle of a row."""
        return self.top + row * ROW + ROW / 2


@dataclass(frozen=True)
class Picture:
    """A drawing laid out in one frame."""

    frame: Frame
    scale: Scale
    calendar: Calendar
    lanes: tuple[Lane, ...]
    ties: tuple[Tie, ...]
    bands: tuple[Bar, ...]
    """Where truces hold."""

    @property
    def window(self) -> Window:
        return self.scale.window

    @property
    def drawn(self) -> Window:
        """The days that are drawn, whether in view or in the margins."""
        return self.window.widened(self.frame.margin)

    @property
    def height(self) -> float:
        return self.lanes[-1].bottom if self.lanes else AXIS

    @property
    def in_view(self) -> int:
        return sum(lane.count for lane in self.lanes)

    def under_truces(self) -> tuple[Lane, ...]:
        """Return the lanes through which truces shine."""
        return tuple(lane for lane in self.lanes if lane.code in _UNDER_TRUCES)


def few(counts: Counts, drawn: Window, most: int) -> list[str]:
    """Return the kinds of the lanes that have few enough entries to show each."""
    return [kind for sort in SORTS if _within(counts, sort, drawn) <= most for kind in sort.kinds]


def lay_out(material: Material, frame: Frame) -> Picture:
    """Lay a drawing out. The same material and frame give the same picture."""
    scale = Scale(material.window, frame.width)
    drawn = material.window.widened(frame.margin)
    aside = frame.width * frame.margin + 40
    edges = Edges(-aside, frame.width + aside, frame.width)
    lanes: list[Lane] = []
    y = AXIS
    for sort in SORTS:
        lane = _lane(sort, material, frame, scale, drawn, edges, y)
        if lane is not None:
            lanes.append(lane)
            y = lane.bottom
    marks = {
        mark.entry.record_id: (mark, lane.middle(mark.row)) for lane in lanes for mark in lane.marks
    }
    return Picture(
        frame=frame,
        scale=scale,
        calendar=calendar(scale, drawn),
        lanes=tuple(lanes),
        ties=ties_between(marks),
        bands=tuple(bar for mark, _y in marks.values() if mark.is_bar for bar in mark.bars),
    )


def _lane(
    sort: Sort,
    material: Material,
    frame: Frame,
    scale: Scale,
    drawn: Window,
    edges: Edges,
    y: float,
) -> Lane | None:
    """Return a lane, or None where there is nothing to show in it."""
    top = y + PADDING + (NAME if frame.is_narrow else 0)
    common: dict[str, Any] = {"code": sort.code, "name": str(sort.name), "y": y, "top": top}
    if _within(material.counts, sort, drawn) > frame.most_marks:
        dated, by = material.counts.on(sort.kinds), material.counts.until(sort.kinds)
        unit = scale.finest(THINNEST_BIN)
        bins = binned(dated, by, unit, drawn)
        return Lane(
            **common,
            height=top - y + DENSITY + PADDING,
            count=_within(material.counts, sort, material.window),
            density=Density(unit, bins, DENSITY),
        )
    # The latest to begin come first: of what began long before, only so much is drawn.
    entries = [entry for entry in material.entries if entry.kind in sort.kinds]
    marks, rows = placed(
        entries[: frame.most_marks],
        material.docs,
        scale,
        edges,
        most_rows=frame.most_rows,
        longest=frame.longest_label,
    )
    if not marks:
        return None
    return Lane(
        **common,
        height=top - y + rows * ROW + PADDING,
        count=sum(_is_in_view(mark, frame.width) for mark in marks),
        marks=tuple(marks),
    )


def _within(counts: Counts, sort: Sort, window: Window) -> int:
    return sum(
        number
        for by_kind in (counts.dated, counts.by)
        for kind in sort.kinds
        for day, number in by_kind.get(kind, {}).items()
        if window.contains(day)
    )


def _is_in_view(mark: Mark, width: float) -> bool:
    bars: Iterable[Bar] = [*mark.bars, *([mark.reach] if mark.reach else [])]
    return 0 <= mark.x <= width or any(bar.end > 0 and bar.x < width for bar in bars)
