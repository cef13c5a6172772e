"""A map of the incidents of a list: what a template draws, at two sizes of the same part."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from timeline.queries.map.clusters import Cluster, clusters
from timeline.queries.map.outline import Outline, outline
from timeline.queries.map.places import Spot
from timeline.queries.map.projection import Box, Projection
from timeline.queries.map.tiles import Tile, tiles

SIZES = (("wide", 1040, 580), ("narrow", 380, 440))
"""On a small screen a large map would have letters that nobody can read."""
AIR = 0.12
"""How much is added on each side of the places, as a share of what they take up."""
LEAST = 1.5
"""Degrees that a map shows at the least unless it was asked to: one place alone says nothing of
where it lies."""
CLOSER, WIDER = 0.5, 2.0


@dataclass(frozen=True)
class Sheet:
    """The map at one size."""

    name: str
    projection: Projection
    outline: Outline
    clusters: Sequence[Cluster]
    tiles: Sequence[Tile]

    @property
    def width(self) -> int:
        return self.projection.width

    @property
    def height(self) -> int:
        return self.projection.height

    @cached_property
    def closer(self) -> Box:
        return self.projection.box.scaled(CLOSER)

    @cached_property
    def wider(self) -> Box:
        return self.projection.box.scaled(WIDER)


@dataclass(frozen=True)
class MapDrawing:
    """A map, what it shows, and what no map can show."""

    sheets: tuple[Sheet, ...]
    drawn: tuple[Spot, ...]
    undrawn: tuple[Spot, ...]
    """Places without a point, or known too vaguely to be one."""

    @property
    def total(self) -> int:
        return sum(spot.count for spot in self.drawn + self.undrawn)

    @property
    def on_map(self) -> int:
        return sum(spot.count for spot in self.drawn)


def draw(
    spots: Sequence[Spot], *, box: Box | None, language: str, tile_template: str = ""
) -> MapDrawing:
    """Draw places; without a box, the part of the world that holds them all."""
    drawn = tuple(spot for spot in spots if spot.is_drawn)
    undrawn = tuple(spot for spot in spots if not spot.is_drawn)
    asked = box or _around(drawn)
    if asked is None:
        return MapDrawing((), drawn, undrawn)
    sheets = []
    for name, width, height in SIZES:
        projection = Projection(asked, width, height)
        sheets.append(
            Sheet(
                name,
                projection,
                outline(projection, language),
                clusters(drawn, projection),
                tiles(projection, tile_template) if tile_template else (),
            )
        )
    return MapDrawing(tuple(sheets), drawn, undrawn)


def _around(spots: Sequence[Spot]) -> Box | None:
    points = [point for spot in spots if (point := spot.point) is not None]
    if not points:
        return None
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    wide = max((east - west) * AIR, (LEAST - (east - west)) / 2)
    high = max((north - south) * AIR, (LEAST - (north - south)) / 2)
    return Box(
        max(-180.0, west - wide),
        max(-90.0, south - high),
        min(180.0, east + wide),
        min(90.0, north + high),
    )
