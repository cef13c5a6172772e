"""The marks of a lane: where each entry stands, how far it may reach, and where its words go."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from sources.enums import Extent, RecordKind
from talks.enums import RoundStatus
from timeline.models import Entry
from timeline.queries.drawing.labels import Rows, cut, measured
from timeline.queries.drawing.material import FADE, Doc
from timeline.queries.drawing.scale import Scale
from timeline.queries.lines import parsed

Side = Literal["", "start", "end"]

HALF = 8.0
"""Half the width of a mark."""
GAP = 6.0
OPEN = 30.0
"""How long the line of an open date is."""
SHORTEST_LABEL = 130.0
"""Words are shortened to no less; where there is no such room they stand below their mark."""
MOST_CROWDED = 5
"""How many rows there are for marks that find no room for their words."""
SHORTEST_REACH = 2 * HALF + 4
"""A reach that is shorter hides behind its mark."""


@dataclass(frozen=True)
class Bar:
    """What lasted, or may have been, from here to there; `fade` names the side that is not sure."""

    x: float
    width: float
    fade: Side = ""

    @property
    def end(self) -> float:
        return self.x + self.width


@dataclass(frozen=True)
class Label:
    """The words beside a mark; `rows` says how many rows below its mark they stand."""

    text: str
    x: float
    anchor: Literal["start", "end"]
    rows: int = 0


@dataclass(frozen=True)
class Mark:
    """One entry in its lane."""

    entry: Entry
    x: float
    row: int
    bars: tuple[Bar, ...] = ()
    """What lasted."""
    reach: Bar | None = None
    """Within which it happened, at some time."""
    label: Label | None = None

    @property
    def is_expected(self) -> bool:
        """Whether this is a round that is not known as held."""
        return self.entry.kind == RecordKind.ROUND and self.entry.detail != RoundStatus.HELD

    @property
    def is_bar(self) -> bool:
        """Whether its bars are all there is to see: a truce has no other mark."""
        return self.entry.kind == RecordKind.TRUCE

    def is_between(self, left: float, right: float) -> bool:
        """Whether any of its bars lies there."""
        return any(bar.end > left and bar.x < right for bar in self.bars)


@dataclass(frozen=True)
class Edges:
    """How far to the left and right anything is drawn; the view may be narrower."""

    left: float
    right: float
    view: float
    """The width of the view, which begins at 0."""

    def bar(self, begin: float, end: float, fade: Side = "") -> Bar:
        begin = min(max(begin, self.left), self.right)
        return Bar(begin, max(0.0, min(end, self.right) - begin), fade)

    def in_view(self, begin: float, end: float) -> float:
        """Return the middle of what of a stretch is in view, or its own where nothing is."""
        if end < 0 or begin > self.view:
            return (max(begin, self.left) + min(end, self.right)) / 2
        return (max(begin, 0.0) + min(end, self.view)) / 2

    def room(self, begin: float, end: float) -> float:
        """Return half of what of a stretch is in view."""
        return max(0.0, (min(end, self.view) - max(begin, 0.0)) / 2)


@dataclass(frozen=True)
class _Drawn:
    """An entry without its row and words."""

    entry: Entry
    x: float
    bars: tuple[Bar, ...] = ()
    reach: Bar | None = None
    room: float = 0.0
    """How far to each side it may move: it was at some time of its day, or of its days."""

    @property
    def places(self) -> Iterator[float]:
        """Where it may stand: in the middle, and then about it as far as its day reaches."""
        yield self.x
        aside = 2 * HALF + 2
        while aside <= self.room:
            yield self.x - aside
            yield self.x + aside
            aside += 2 * HALF + 2

    @property
    def begin(self) -> float:
        return min(
            [bar.x for bar in self._bars] + ([] if self.bars and self.is_bar else [self.x - HALF])
        )

    @property
    def end(self) -> float:
        return max(
            [bar.end for bar in self._bars] + ([] if self.bars and self.is_bar else [self.x + HALF])
        )

    @property
    def is_bar(self) -> bool:
        return self.entry.kind == RecordKind.TRUCE

    @property
    def _bars(self) -> list[Bar]:
        return [*self.bars, *([self.reach] if self.reach else [])]


def placed(
    entries: Iterable[Entry],
    docs: Mapping[int, Doc],
    scale: Scale,
    edges: Edges,
    *,
    most_rows: int,
    longest: float,
) -> tuple[list[Mark], int]:
    """Return the marks of one lane and how many rows they take.

    What is in view finds its place first, so that the same window looks the same however much is
    drawn around it. A mark whose words find no room stands without them.
    """
    drawn = [_drawn(entry, docs.get(entry.record_id), scale, edges) for entry in entries]
    drawn.sort(key=lambda one: _rank(one, edges))
    in_view = sum(not _is_outside(one, edges) for one in drawn)
    rows, crowd = Rows(most_rows), Rows(MOST_CROWDED)
    marks = [_worded(one, rows, edges, longest) or _crowded(one, crowd) for one in drawn[:in_view]]
    below = rows.used
    marks = [mark if mark.label else replace(mark, row=below + mark.row) for mark in marks]
    # What is beside the view takes the rows that there are: it makes no lane taller.
    height = max(below + crowd.used, 1)
    rows.most = max(below, 1)
    marks += [
        _worded(one, rows, edges, longest)
        or Mark(one.entry, one.x, number % height, one.bars, one.reach)
        for number, one in enumerate(drawn[in_view:])
    ]
    marks.sort(key=lambda mark: (mark.entry.sort_on, mark.entry.record_id))
    return marks, height


def _rank(one: _Drawn, edges: Edges) -> tuple[bool, bool, date]:
    """Order what finds its place first: what is in view, and of that what is of these days."""
    is_all_through = one.begin <= 0 and one.end >= edges.view
    return _is_outside(one, edges), is_all_through, one.entry.sort_on


def _is_outside(one: _Drawn, edges: Edges) -> bool:
    return one.end < 0 or one.begin > edges.view


def _worded(one: _Drawn, rows: Rows, edges: Edges, longest: float) -> Mark | None:
    """Place an entry with its words, if there is room for them anywhere."""
    for label, first, last, taken in _ways(one, edges, longest):
        row = rows.take(first, last, rows=taken)
        if row is not None:
            return Mark(one.entry, one.x, row, one.bars, one.reach, label)
    return None


def _crowded(one: _Drawn, crowd: Rows) -> Mark:
    """Place an entry without words, close to others: it may move as far as its date leaves open."""
    for x in one.places:
        row = crowd.take(x - HALF, x + HALF)
        if row is not None:
            return Mark(one.entry, x, row, one.bars, one.reach)
    return Mark(one.entry, one.x, crowd.most - 1, one.bars, one.reach)


def _ways(one: _Drawn, edges: Edges, longest: float) -> Iterator[tuple[Label, float, float, int]]:
    """Offer places for words: the words, from where to where they and the mark take how many rows.

    Behind the mark, before it, and below it; last, shortened, on the side that has more room.
    What is in view has its words in view.
    """
    begin, end = one.begin, one.end
    is_in_view = end > 0 and begin < edges.view
    left, right = (0.0, edges.view) if is_in_view else (edges.left, edges.right)
    before, behind = begin - GAP - left, right - end - GAP
    text = cut(one.entry.title, longest)
    wide = measured(text)
    if wide <= behind:
        yield Label(text, end + GAP, "start"), begin, end + GAP + wide, 1
    if wide <= before:
        yield Label(text, begin - GAP, "end"), begin - GAP - wide, end, 1
    room = max(before, behind)
    if SHORTEST_LABEL <= room < wide and not one.is_bar:
        text = cut(text, room)
        wide = measured(text)
        if behind >= before:
            yield Label(text, end + GAP, "start"), begin, end + GAP + wide, 1
        else:
            yield Label(text, begin - GAP, "end"), begin - GAP - wide, end, 1
    elif room < wide:
        at = max(min(max(begin, left), right - wide), left)
        yield Label(text, at, "start", rows=1), min(begin, at), max(end, at + wide), 2


def _drawn(entry: Entry, doc: Doc | None, scale: Scale, edges: Edges) -> _Drawn:
    if entry.kind == RecordKind.TRUCE:
        return _truce(entry, doc or {}, scale, edges)
    first, last = entry.earliest, entry.latest
    if first is None or last is None:
        return _open(entry, first, last, scale, edges)
    begin, end = scale.x(first), scale.x_end(last)
    x = edges.in_view(begin, end)
    if entry.extent == Extent.THROUGHOUT:
        return _Drawn(entry, min(max(begin, 0.0) + HALF + 2, x), (edges.bar(begin, end),))
    if first == last:
        return _Drawn(entry, x, room=(end - begin) / 2 - HALF)
    if end - begin <= SHORTEST_REACH:
        return _Drawn(entry, x)
    return _Drawn(entry, x, reach=edges.bar(begin, end), room=edges.room(begin, end) - HALF)


def _open(
    entry: Entry, first: date | None, last: date | None, scale: Scale, edges: Edges
) -> _Drawn:
    """Place an entry of which only one end is known: a line fades towards the other."""
    day = first or last
    assert day is not None  # what is undated is in no window
    x = (scale.x(day) + scale.x_end(day)) / 2
    if first is None:
        return _Drawn(entry, x, reach=edges.bar(x - OPEN, x, "start"))
    if entry.extent != Extent.THROUGHOUT:
        return _Drawn(entry, x, reach=edges.bar(x, x + OPEN, "end"))
    begin = scale.x(first)
    return _Drawn(
        entry, max(begin, 0.0) + HALF + 2, (edges.bar(begin, max(begin, 0.0) + FADE, "end"),)
    )


def _truce(entry: Entry, doc: Doc, scale: Scale, edges: Edges) -> _Drawn:
    """Draw a truce solid while it certainly held, fading where its start or end is not known."""
    start = parsed(doc.get("effective") or doc.get("declared") or entry.when_edtf)
    end, attested = parsed(doc.get("end") or ""), parsed(doc.get("last_attested") or "")
    begin_day = start.earliest or start.latest or entry.sort_on
    sure_day = max(start.latest or begin_day, begin_day)
    begin, sure = scale.x(begin_day), scale.x(sure_day)
    ended = end.earliest or end.latest
    certain = max(scale.x_end(max(ended or attested.earliest or sure_day, sure_day)), sure)
    last = scale.x_end(max(end.latest or ended, ended)) if ended else certain + FADE
    bars = (
        edges.bar(begin, sure, "start"),
        edges.bar(sure, certain),
        edges.bar(certain, max(last, certain), "end"),
    )
    x = min(max(begin, 0.0) + HALF, edges.right)
    return _Drawn(entry, x, tuple(bar for bar in bars if bar.width > 0.5))
