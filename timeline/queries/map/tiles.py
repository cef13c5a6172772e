"""The tiles of a server that the site has been given, laid under a map."""

import math
from typing import NamedTuple

from timeline.queries.map.projection import Projection

SIDE = 256
"""Pixels of a tile, as servers make them."""
CLOSEST = 18


class Tile(NamedTuple):
    """One picture, where it stands and how large, in pixels."""

    address: str
    x: float
    y: float
    side: float


def tiles(projection: Projection, template: str) -> list[Tile]:
    """Return the tiles that cover a map; `template` holds {z}, {x} and {y}."""
    world = projection.pixels_per_degree * 360
    zoom = min(CLOSEST, max(0, round(math.log2(world / SIDE))))
    many = 2**zoom
    side = world / many
    # Where the north-west corner of the world lies, in pixels of this map.
    left, _ = projection.xy(-180, 0)
    top = projection.xy(0, 0)[1] - world / 2
    first_x, last_x = int(-left // side), int((projection.width - left) // side)
    first_y, last_y = int(-top // side), int((projection.height - top) // side)
    return [
        Tile(
            template.replace("{z}", str(zoom)).replace("{x}", str(x)).replace("{y}", str(y)),
            round(left + x * side, 2),
            round(top + y * side, 2),
            round(side, 2),
        )
        for y in range(max(0, first_y), min(many - 1, last_y) + 1)
        for x in range(max(0, first_x), min(many - 1, last_x) + 1)
    ]
