"""From degrees to pixels: Web Mercator (EPSG:3857), so that tiles of a server fit as well."""

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Self

HIGHEST = 84.0
"""Degrees north and south up to which a map is drawn: the projection has no poles."""
NARROWEST = 0.05
"""Degrees of longitude that a map shows at the least: some five kilometres."""


class BoxError(ValueError):
    """A text is not a box on the map. The message is one plain sentence."""


@dataclass(frozen=True)
class Box:
    """A part of the world, in degrees: west < east, south < north."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read “west,south,east,north” in degrees. Raises BoxError."""
        try:
            west, south, east, north = (float(part) for part in text.split(","))
        except ValueError as error:
            raise BoxError(
                "Give four numbers of degrees: west,south,east,north, such as 35,32,43,38."
            ) from error
        is_on_earth = -180 <= west < east <= 180 and -90 <= south < north <= 90
        if not is_on_earth:  # which a number that is none fails as well
            raise BoxError(
                "West lies west of east and south lies south of north, within 180 and 90 degrees."
            )
        return cls(west, max(south, -HIGHEST), east, min(north, HIGHEST))

    def __str__(self) -> str:
        edges = (self.west, self.south, self.east, self.north)
        return ",".join(f"{edge:.3f}".rstrip("0").rstrip(".") for edge in edges)

    @property
    def middle(self) -> tuple[float, float]:
        return (self.west + self.east) / 2, (self.south + self.north) / 2

    def scaled(self, factor: float) -> "Box":
        """Return a box with the same middle, so many times as wide and high."""
        longitude, latitude = self.middle
        wide, high = (self.east - self.west) * factor / 2, (self.north - self.south) * factor / 2
        return Box(
            max(-180.0, longitude - wide),
            max(-HIGHEST, latitude - high),
            min(180.0, longitude + wide),
            min(HIGHEST, latitude + high),
        )


def mercator(latitude: float) -> float:
    """Return how far north a latitude lies on the map, in degrees of longitude at the equator."""
    inside = math.radians(min(max(latitude, -HIGHEST), HIGHEST))
    return math.degrees(math.log(math.tan(math.pi / 4 + inside / 2)))


def latitude_at(north: float) -> float:
    """Return the latitude that lies so far north on the map: the inverse of `mercator`."""
    return math.degrees(2 * math.atan(math.exp(math.radians(north))) - math.pi / 2)


@dataclass(frozen=True)
class Projection:
    """A map of so many pixels that shows a box: the largest scale at which all of it is seen."""

    asked: Box
    width: int
    height: int

    @cached_property
    def pixels_per_degree(self) -> float:
        high = mercator(self.asked.north) - mercator(self.asked.south)
        wide = max(self.asked.east - self.asked.west, NARROWEST)
        scale = min(self.width / wide, self.height / high) if high > 0 else self.width / wide
        # Never smaller than the world is wide, nor larger than the narrowest map.
        return min(max(scale, self.width / 360), self.width / NARROWEST)

    @cached_property
    def _corner(self) -> tuple[float, float]:
        """The north-west corner: degrees east, and degrees on the map north."""
        wide, high = self.width / self.pixels_per_degree, self.height / self.pixels_per_degree
        longitude = (self.asked.west + self.asked.east) / 2
        north = (mercator(self.asked.south) + mercator(self.asked.north)) / 2
        west = min(max(longitude - wide / 2, -180.0), 180.0 - wide)
        return west, min(north + high / 2, max(mercator(HIGHEST), high / 2))

    @cached_property
    def box(self) -> Box:
        """What the map shows: the box that was asked for, and what its shape adds."""
        west, north = self._corner
        south = latitude_at(north - self.height / self.pixels_per_degree)
        return Box(
            west,
            max(south, -HIGHEST),
            west + self.width / self.pixels_per_degree,
            latitude_at(north),
        )

    def xy(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Return where a point lies, in pixels from the north-west corner."""
        west, north = self._corner
        return (
            (longitude - west) * self.pixels_per_degree,
            (north - mercator(latitude)) * self.pixels_per_degree,
        )
