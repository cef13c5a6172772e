"""Coasts, borders and the names of countries: what a map is drawn on, without any network."""

import json
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from timeline.queries.map.projection import Projection

FILE = Path(__file__).with_name("outline.json")
"""Its first line says where it comes from."""
MARGIN = 12
"""Pixels beyond the edge up to which lines are drawn, so that their ends do not show."""
CLOSE = 0.7
"""Pixels: points nearer than this to the last one are left out."""
LETTER = 7.5
"""About how wide a letter of a country's name is, in pixels."""

Point = tuple[float, float]


class CountryName(NamedTuple):
    """A country's name and where it is written, in pixels."""

    text: str
    x: float
    y: float


class Outline(NamedTuple):
    """Path data (SVG) for land and borders, and the names that fit."""

    land: str
    borders: str
    names: tuple[CountryName, ...]


class _Atlas(NamedTuple):
    """The file, in degrees east and north."""

    rings: tuple[tuple[Point, ...], ...]
    borders: tuple[tuple[Point, ...], ...]
    countries: tuple[tuple[dict[str, str], Point, float], ...]


@lru_cache(maxsize=64)
def outline(projection: Projection, language: str) -> Outline:
    """Return what lies in a map, cut at its edges and no finer than its pixels show."""
    atlas = _atlas()
    land = (_closed(_clip(_projected(ring, projection), projection)) for ring in atlas.rings)
    borders = (
        piece
        for line in atlas.borders
        for piece in _pieces(_projected(line, projection), projection)
    )
    return Outline(
        land="".join(land),
        borders="".join(map(_line, borders)),
        names=tuple(_names(atlas, projection, language)),
    )


@lru_cache(maxsize=1)
def _atlas() -> _Atlas:
    raw: dict[str, Any] = json.loads(FILE.read_text())
    (sx, sy), (tx, ty) = raw["scale"], raw["translate"]
    arcs = []
    for flat in raw["arcs"]:
        x = y = 0
        arc = []
        for dx, dy in zip(flat[::2], flat[1::2], strict=True):
            x, y = x + dx, y + dy
            arc.append((x * sx + tx, y * sy + ty))
        arcs.append(tuple(arc))
    return _Atlas(
        rings=tuple(
            whole
            for ring in raw["land"]
            for whole in _unbroken(
                [point for arc in ring for point in (arcs[arc] if arc >= 0 else arcs[~arc][::-1])]
            )
        ),
        borders=tuple(arcs[index] for index in raw["borders"]),
        countries=tuple(
            (names, (x * sx + tx, y * sy + ty), width * sx)
            for names, x, y, width in raw["countries"]
        ),
    )


def _unbroken(ring: list[Point]) -> Iterator[tuple[Point, ...]]:
    """Yield a ring that crosses the 180th meridian twice, once for each edge of the map."""
    shift, last = 0.0, ring[0][0]
    whole = []
    for x, y in ring:
        if abs(x - last) > 180:
            shift += 360.0 if x < last else -360.0
        last = x
        whole.append((x + shift, y))
    yield tuple(whole)
    if any(abs(x) > 180.0 for x, _ in whole):
        back = -360.0 if max(x for x, _ in whole) > 180.0 else 360.0
        yield tuple((x + back, y) for x, y in whole)


def _projected(line: Sequence[Point], projection: Projection) -> list[Point]:
    """Return a line in pixels; nothing where none of it can be in view."""
    box = projection.box
    east, north = [x for x, _ in line], [y for _, y in line]
    if max(east) < box.west or min(east) > box.east:
        return []
    if max(north) < box.south or min(north) > box.north:
        return []
    points: list[Point] = []
    for longitude, latitude in line:
        x, y = projection.xy(longitude, latitude)
        if not points or abs(x - points[-1][0]) > CLOSE or abs(y - points[-1][1]) > CLOSE:
            points.append((x, y))
    return points


def _clip(ring: list[Point], projection: Projection) -> list[Point]:
    """Return the part of a closed ring inside the map and its margin, edge by edge."""
    edges = (
        (0, -MARGIN, 1),
        (0, projection.width + MARGIN, -1),
        (1, -MARGIN, 1),
        (1, projection.height + MARGIN, -1),
    )
    for axis, limit, sign in edges:
        kept: list[Point] = []
        for here, there in zip(ring, ring[1:] + ring[:1], strict=True):
            is_in = sign * (here[axis] - limit) >= 0
            if is_in:
                kept.append(here)
            if is_in != (sign * (there[axis] - limit) >= 0):
                share = (limit - here[axis]) / (there[axis] - here[axis])
                kept.append(
                    (
                        here[0] + share * (there[0] - here[0]),
                        here[1] + share * (there[1] - here[1]),
                    )
                )
        ring = kept
    return ring


def _pieces(line: list[Point], projection: Projection) -> Iterator[list[Point]]:
    """Yield the runs of a line of which a point, or the one beside it, is in view."""
    seen = [
        -MARGIN <= x <= projection.width + MARGIN and -MARGIN <= y <= projection.height + MARGIN
        for x, y in line
    ]
    piece: list[Point] = []
    for index, point in enumerate(line):
        if any(seen[max(0, index - 1) : index + 2]):
            piece.append(point)
        elif piece:
            yield piece
            piece = []
    if piece:
        yield piece


def _line(points: Sequence[Point]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) if len(points) > 1 else ""


def _closed(points: Sequence[Point]) -> str:
    return f"{_line(points)}Z" if len(points) > 2 else ""


def _names(atlas: _Atlas, projection: Projection, language: str) -> Iterator[CountryName]:
    """Yield the names of the countries that are wide enough for them."""
    for names, (longitude, latitude), width in atlas.countries:
        text = names.get(language) or names["en"]
        x, y = projection.xy(longitude, latitude)
        half = len(text) * LETTER / 2
        fits = width * projection.pixels_per_degree > 2 * half
        if fits and half < x < projection.width - half and 14 < y < projection.height - 8:
            yield CountryName(text, round(x, 1), round(y, 1))
