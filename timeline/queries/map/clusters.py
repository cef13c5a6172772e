"""Places that would cover each other on a map, drawn as one."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from timeline.queries.map.places import Spot
from timeline.queries.map.projection import Box, Projection

APART = 40
"""Pixels: of two places nearer than this the smaller joins the larger."""
SMALLEST, LARGEST = 6.0, 30.0
"""Pixels: the radii of a disc for one incident, and for the most that any disc of the map has."""
RING = {3: 24.0, 4: 34.0}
"""Pixels: the radius of the ring for a district, and for a province; neither shows its extent."""
UNSURE_RING = 20.0
LONGEST_NAME = 28
LETTER = 6.6
"""About how wide a letter of a name is, in pixels."""
LINE = 12
"""Pixels from the edge of a mark to the foot of its name."""

Frame = tuple[float, float, float, float]
"""Left, top, right and bottom, in pixels."""


@dataclass
class Cluster:
    """Some places drawn as one mark, in pixels."""

    spots: list[Spot]
    x: float
    y: float
    radius: float = 0
    name: str = ""
    """What is written below it, where there is room."""
    number_at: tuple[float, float] = (0, 0)
    """The middle of its number: its own, or for a ring a place on its edge that nothing covers."""

    @property
    def count(self) -> int:
        return sum(spot.count for spot in self.spots)

    @property
    def is_area(self) -> bool:
        return self.spots[0].is_area

    @property
    def is_wide(self) -> bool:
        """Return whether its number fits into it; a ring has it on its edge."""
        return not self.is_area and self.radius >= 4 + 4 * len(str(self.count))

    @property
    def name_y(self) -> float:
        return self.y + self.radius + LINE

    def box(self) -> Box | None:
        """Return what to look at to see its places apart; None where they are one point."""
        points = [point for spot in self.spots if (point := spot.point) is not None]
        longitudes, latitudes = [x for x, _ in points], [y for _, y in points]
        west, east, south, north = (
            min(longitudes),
            max(longitudes),
            min(latitudes),
            max(latitudes),
        )
        if west == east and south == north:
            return None
        air = max(east - west, north - south) * 0.3
        return Box(
            max(west - air, -180), max(south - air, -90), min(east + air, 180), min(north + air, 90)
        )


def clusters(spots: Iterable[Spot], projection: Projection) -> list[Cluster]:
    """Return the marks of these places in view, those for areas first: they lie beneath.

    Points and areas are never drawn as one. The largest come first and stay where they are, so
    that the same list is always drawn the same.
    """
    drawn = [spot for spot in spots if spot.is_drawn]
    areas = _joined([spot for spot in drawn if spot.is_area], projection)
    points = _joined([spot for spot in drawn if spot.is_point], projection)
    for cluster in areas:
        cluster.radius = max(RING.get(spot.precision or 0, UNSURE_RING) for spot in cluster.spots)
    most = max((cluster.count for cluster in points), default=1)
    for cluster in points:
        cluster.radius = _radius(cluster.count, most)
    for cluster in points:
        cluster.number_at = (cluster.x, cluster.y)
    for cluster in areas:
        cluster.number_at = _free_edge(cluster, points)
    _name(areas + points, projection)
    return areas + points


def _free_edge(ring: Cluster, discs: Sequence[Cluster]) -> tuple[float, float]:
    x, y, radius = ring.x, ring.y, ring.radius
    edges = ((x, y - radius), (x, y + radius), (x - radius, y), (x + radius, y))
    free = (
        edge
        for edge in edges
        if all(
            math.hypot(disc.x - edge[0], disc.y - edge[1]) > disc.radius + LETTER for disc in discs
        )
    )
    return next(free, edges[0])


def _name(marks: Sequence[Cluster], projection: Projection) -> None:
    """Write the names of single places where they cover nothing, the largest first."""
    taken = [
        (x - radius, y - radius, x + radius, y + radius)
        for mark in marks
        for x, y, radius in (
            (mark.x, mark.y, mark.radius),
            (*mark.number_at, LETTER if mark.is_area else 0),
        )
    ]
    for mark in sorted(marks, key=lambda mark: -mark.count):
        label = mark.spots[0].label
        if len(mark.spots) > 1 or label is None or len(label.name) > LONGEST_NAME:
            continue
        half = len(label.name) * LETTER / 2
        top = mark.y + mark.radius + 1
        frame = (mark.x - half, top, mark.x + half, top + LINE + 3)
        is_inside = frame[0] >= 0 and frame[2] <= projection.width and frame[3] <= projection.height
        if is_inside and not any(_overlap(frame, other) for other in taken):
            mark.name = label.name
            taken.append(frame)


def _overlap(one: Frame, other: Frame) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _radius(count: int, most: int) -> float:
    """Return a radius: the area of a disc grows with what it counts."""
    if most <= 1:
        return SMALLEST
    share = math.sqrt((count - 1) / (most - 1))
    return round(SMALLEST + (LARGEST - SMALLEST) * share, 1)


def _joined(spots: Sequence[Spot], projection: Projection) -> list[Cluster]:
    """Join each place to the first larger one that is too near, looked up on a grid."""
    grid: dict[tuple[int, int], list[Cluster]] = {}
    found = []
    for spot in sorted(spots, key=lambda spot: -spot.count):
        point = spot.point
        assert point is not None  # what has none is not drawn
        x, y = projection.xy(*point)
        if not (0 <= x <= projection.width and 0 <= y <= projection.height):
            continue
        cell = (int(x // APART), int(y // APART))
        near = (
            cluster
            for column in (cell[0] - 1, cell[0], cell[0] + 1)
            for row in (cell[1] - 1, cell[1], cell[1] + 1)
            for cluster in grid.get((column, row), ())
            if math.hypot(cluster.x - x, cluster.y - y) < APART
        )
        joined = next(near, None)
        if joined is not None:
            joined.spots.append(spot)
            continue
        cluster = Cluster([spot], round(x, 1), round(y, 1))
        grid.setdefault(cell, []).append(cluster)
        found.append(cluster)
    return found
