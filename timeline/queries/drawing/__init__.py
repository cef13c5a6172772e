"""The drawn timeline: the geometry of a filtered list, and its SVG.

`material` is read from the database, everything after it is plain functions: a window and a frame
give a scale, bins give densities, entries give marks in rows, and all of it gives a picture.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from timeline.queries.drawing.density import Density, density
from timeline.queries.drawing.lanes import SORTS, Picture, lay_out
from timeline.queries.drawing.material import Frame, Source
from timeline.queries.drawing.window import Window
from timeline.queries.lines import Line

__all__ = ["Drawing", "Frame", "Picture", "Source", "Window", "draw"]

OVERVIEW_BARS = 240


@dataclass(frozen=True)
class Drawing:
    """A drawing of a list; without a window there was nothing dated to draw."""

    total: int
    window: Window | None = None
    whole: Window | None = None
    overview: Density | None = None
    pictures: tuple[Picture, ...] = ()
    """The same in each frame that was asked for."""
    undated: tuple[Line, ...] = ()
    """The first of those that have no date at all."""
    undated_count: int = 0

    @property
    def in_view(self) -> int:
        return self.pictures[0].in_view if self.pictures else 0

    @property
    def is_whole(self) -> bool:
        """Whether the window shows everything."""
        return (
            self.window is not None
            and self.whole is not None
            and self.window.first <= self.whole.first
            and self.window.last >= self.whole.last
        )


def draw(
    source: Source,
    frames: Sequence[Frame],
    *,
    window: Window | None = None,
    since: date | None = None,
    until: date | None = None,
) -> Drawing:
    """Draw a list in some frames: the window asked for, else that of the filter, else its best."""
    span = source.counts.span()
    undated = tuple(source.reading.lines(source.undated())) if span.undated else ()
    drawing = Drawing(span.dated + span.undated, undated=undated, undated_count=span.undated)
    if span.first is None or span.last is None:
        return drawing
    whole = Window(span.first, span.last)
    window = window or source.opening(whole, since, until)
    lanes = [sort.kinds for sort in SORTS]
    bins = source.counts.by_bin(whole.first, whole.last, most=OVERVIEW_BARS)
    return Drawing(
        total=drawing.total,
        window=window,
        whole=whole,
        overview=density(bins, source.by(bins)),
        pictures=tuple(
            lay_out(source.material(window, frame, lanes=lanes, present=bins.kinds), frame)
            for frame in frames
        ),
        undated=undated,
        undated_count=span.undated,
    )
