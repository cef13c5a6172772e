"""The map: where the incidents of a list were, and how exactly that is known."""

from timeline.queries.map.drawing import MapDrawing, draw
from timeline.queries.map.places import Spot, spots
from timeline.queries.map.projection import Box, BoxError

__all__ = ["Box", "BoxError", "MapDrawing", "Spot", "draw", "spots"]
