"""The lanes of a drawing, one for each sort of thing: marks where there are few, else a density."""

from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sources.enums import RecordKind
from timeline.queries.drawing.density import Density, density
from timeline.queries.drawing.marks import Bar, Edges, Mark, placed
from timeline.queries.drawing.material import Frame, Material
from timeline.queries.drawing.scale import Calendar, Scale, calendar
from timeline.queries.drawing.ties import Tie, ties_between
from timeline.queries.drawing.window import Window

AXIS = 42.0
"""How high the calendar's words stand above the lanes."""
ROW = 23.0
DENSITY = 62.0
NAME = 19.0
"""How high the name of a lane is where it stands above the lane."""
PADDING = 7.0
MOST_ROWS = 12
LONGEST_LABEL, LABEL_SHARE = 340.0, 0.62
"""How wide words beside marks get, in pixels and as a share of the width."""


@dataclass(frozen=True)
class Sort:
    """What belongs in one lane."""

    code: str
    name: Promise
    kinds: tuple[str, ...]
    hue: str
    """The colour of the style sheets in which it is drawn."""


SORTS = (
    Sort("talks", _("Talks"), (RecordKind.ROUND, RecordKind.DELEGATION), "talks"),
    Sort("decisions", _("Decisions"), (RecordKind.DECISION,), "talks"),
    Sort("statements", _("Statements"), (RecordKind.STATEMENT,), "said"),
    Sort("truces", _("Truces"), (RecordKind.TRUCE,), "truce"),
    Sort("truce-events", _("Truce events"), (RecordKind.TRUCE_EVENT,), "truce"),
    Sort(
        "incidents",
        _("Incidents"),
        (RecordKind.INCIDENT, RecordKind.TALLY, RecordKind.VIOLATION),
        "incident",
    ),
    Sort(
        "developments",
        _("Developments"),
        (RecordKind.DEVELOPMENT, RecordKind.OFFICE, RecordKind.TIE),
        "event",
    ),
)
#: The lanes through which truces shine, so that it can be seen what fell in their time.
_UNDER_TRUCES = ("truce-events", "incidents")


@dataclass(frozen=True)
class Lane:
    """One sort of thing, as it is drawn."""

    code: str
    name: str
    hue: str
    y: float
    top: float
    """Where its rows begin."""
    count: int
    """How many entries of it are in view."""
    height: float = 0.0
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


def lay_out(material: Material, frame: Frame) -> Picture:
    """Lay a drawing out. The same material and frame give the same picture."""
    scale = Scale(material.window, frame.width)
    drawn = material.window.widened(frame.margin)
    aside = frame.width * frame.margin + 40
    edges = Edges(-aside, frame.width + aside, frame.width)
    lanes: list[Lane] = []
    y = AXIS
    for sort in SORTS:
        lane = _lane(sort, material, frame, scale, edges, y)
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
    sort: Sort, material: Material, frame: Frame, scale: Scale, edges: Edges, y: float
) -> Lane | None:
    """Return a lane, or None where the list has nothing for it."""
    if not any(kind in material.present for kind in sort.kinds):
        return None
    within = sum(material.within.get(kind, 0) for kind in sort.kinds)
    lane = Lane(
        code=sort.code,
        name=str(sort.name),
        hue=sort.hue,
        y=y,
        top=y + PADDING + (NAME if frame.is_narrow else 0),
        count=within,
    )
    if within > frame.most_marks:
        found = density(material.bins, material.by, sort.kinds)
        return replace(lane, density=found, height=lane.top - y + DENSITY + PADDING)
    marks, rows = placed(
        [entry for entry in material.entries if entry.kind in sort.kinds],
        material.docs,
        scale,
        edges,
        most_rows=MOST_ROWS,
        longest=min(LONGEST_LABEL, frame.width * LABEL_SHARE),
    )
    # Truces hold on days on which no list finds them.
    held = sum(mark.is_bar and mark.is_between(0, frame.width) for mark in marks)
    lane = replace(lane, count=max(within, held))
    return replace(lane, marks=tuple(marks), height=lane.top - y + rows * ROW + PADDING)
