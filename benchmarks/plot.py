"""A plot of cost against size: both axes logarithmic, an SVG that reads in light and in dark."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape

from benchmarks.measuring import duration

WIDTH: Final = 760
HEIGHT: Final = 440
LEFT, RIGHT, TOP, BOTTOM = 78, 150, 66, 62

#: Hues that colour-blind readers tell apart, each with a shape of its own.
MARKS: Final = ("circle", "square", "diamond")

STYLE: Final = """
  :root { color-scheme: light dark; }
  .paper { fill: #fbfaf7; } .ink { fill: #1d1c1a; } .quiet { fill: #66625b; }
  .grid { stroke: #dedad1; stroke-width: 1; } .fine { stroke: #eeebe4; stroke-width: 1; }
  .axis { stroke: #8d887e; stroke-width: 1; } .goal { stroke: #8d887e; stroke-dasharray: 2 4; }
  .line { fill: none; stroke-width: 2.25; stroke-linejoin: round; stroke-linecap: round; }
  .s0 { stroke: #0b5c9e; } .s1 { stroke: #b3450f; } .s2 { stroke: #6b3d8c; }
  .f0 { fill: #0b5c9e; } .f1 { fill: #b3450f; } .f2 { fill: #6b3d8c; }
  text { font: 13px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
  .title { font-size: 17px; font-weight: 600; } .small { font-size: 12px; }
  .value { font-size: 12px; font-variant-numeric: tabular-nums; }
  @media (prefers-color-scheme: dark) {
    .paper { fill: #161618; } .ink { fill: #edebe6; } .quiet { fill: #a5a098; }
    .grid { stroke: #333236; } .fine { stroke: #242427; } .axis, .goal { stroke: #77736b; }
    .s0 { stroke: #7db8ea; } .s1 { stroke: #f0a06c; } .s2 { stroke: #c9a3e6; }
    .f0 { fill: #7db8ea; } .f1 { fill: #f0a06c; } .f2 { fill: #c9a3e6; }
  }
"""


@dataclass(frozen=True)
class Series:
    """Seconds by number of entries."""

    name: str
    points: Mapping[int, float]
    #: What the line is held against: drawn across, and named.
    goal: float | None = None
    #: Its figures stand below the line rather than above, out of the way of another's.
    is_below: bool = False


class _Drawing:
    """The axes, and what has been drawn."""

    def __init__(self, series: Sequence[Series]) -> None:
        self.sizes = sorted({size for each in series for size in each.points})
        values = [value for each in series for value in each.points.values()]
        values += [each.goal for each in series if each.goal is not None]
        # Room below the lowest line for its figures.
        self.low = math.floor(math.log10(min(values) / 4))
        self.high = math.ceil(math.log10(max(values)))
        self.right = WIDTH - RIGHT
        self.base = HEIGHT - BOTTOM
        self.parts: list[str] = []

    def x(self, size: float) -> float:
        first, last = math.log10(self.sizes[0]), math.log10(self.sizes[-1])
        share = (math.log10(size) - first) / (last - first or 1)
        return LEFT + 24 + share * (self.right - LEFT - 48)

    def y(self, value: float) -> float:
        share = (math.log10(value) - self.low) / (self.high - self.low)
        return self.base - share * (self.base - TOP)

    def across(self, name: str, value: float) -> None:
        """Draw a line from side to side at a value."""
        height = f"{self.y(value):.1f}"
        self.parts.append(
            f'<line class="{name}" x1="{LEFT}" x2="{self.right}" y1="{height}" y2="{height}"/>'
        )

    def text(self, name: str, x: float, y: float, words: str, anchor: str = "start") -> None:
        self.parts.append(
            f'<text class="{name}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">'
            f"{escape(words)}</text>"
        )


def plot(series: Sequence[Series], *, title: str, subtitle: str) -> str:
    """Return the SVG."""
    drawing = _Drawing(series)
    drawing.text("ink title", LEFT, 28, title)
    drawing.text("quiet", LEFT, 48, subtitle)
    _draw_axes(drawing)
    for number, each in enumerate(series):
        _draw(drawing, each, number)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-labelledby="title desc">'
    )
    return "\n".join(
        (
            head,
            f'<title id="title">{escape(title)}</title>',
            f'<desc id="desc">{escape(_in_words(series))}</desc>',
            f"<style>{STYLE}</style>",
            f'<rect class="paper" width="{WIDTH}" height="{HEIGHT}"/>',
            *drawing.parts,
            "</svg>\n",
        )
    )


def _draw_axes(drawing: _Drawing) -> None:
    for power in range(drawing.low, drawing.high + 1):
        for step in (2, 5) if power < drawing.high else ():
            drawing.across("fine", step * 10.0**power)
        drawing.across("grid", 10.0**power)
        words = f"{1000 * 10.0**power:g} ms" if power < 0 else f"{10**power:,} s"
        drawing.text("quiet value", LEFT - 10, drawing.y(10.0**power) + 4, words, "end")
    drawing.across("axis", 10.0**drawing.low)
    for size in drawing.sizes:
        left = f"{drawing.x(size):.1f}"
        drawing.parts.append(
            f'<line class="axis" x1="{left}" x2="{left}" y1="{drawing.base}" '
            f'y2="{drawing.base + 5}"/>'
        )
        drawing.text("quiet value", drawing.x(size), drawing.base + 21, f"{size:,}", "middle")
    middle = (LEFT + drawing.right) / 2
    words = "entries in the timeline (logarithmic)"
    drawing.text("quiet small", middle, HEIGHT - 14, words, "middle")


def _draw(drawing: _Drawing, series: Series, number: int) -> None:
    points = sorted(series.points.items())
    if series.goal is not None:
        drawing.across("goal", series.goal)
        between = drawing.x((points[0][0] * points[1][0]) ** 0.5)
        words = f"goal: {duration(series.goal)}"
        drawing.text("quiet small", between, drawing.y(series.goal) - 6, words, "middle")
    path = " ".join(f"{drawing.x(size):.1f},{drawing.y(value):.1f}" for size, value in points)
    drawing.parts.append(f'<polyline class="line s{number}" points="{path}"/>')
    for size, value in points:
        left, top = drawing.x(size), drawing.y(value)
        drawing.parts.append(_mark(MARKS[number], f"f{number}", left, top))
        beside = top + 22 if series.is_below else top - 12
        drawing.text("ink value", left, beside, duration(value), "middle")
    left, top = drawing.x(points[-1][0]), drawing.y(points[-1][1])
    for line, words in enumerate(series.name.split("\n")):
        drawing.text(f"f{number}", left + 34, top + 5 + 16 * line, words)


def _mark(shape: str, fill: str, left: float, top: float) -> str:
    if shape == "circle":
        return f'<circle class="{fill}" cx="{left:.1f}" cy="{top:.1f}" r="4.5"/>'
    turn = f' transform="rotate(45 {left:.1f} {top:.1f})"' if shape == "diamond" else ""
    return f'<rect class="{fill}" x="{left - 4:.1f}" y="{top - 4:.1f}" width="8" height="8"{turn}/>'


def _in_words(series: Sequence[Series]) -> str:
    return "; ".join(
        f"{each.name}: "
        + ", ".join(f"{duration(value)} at {size:,} entries" for size, value in each.points.items())
        for each in series
    )
