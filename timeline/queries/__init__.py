"""How readers read: one revision, in one transaction, in words."""

from timeline.queries.freshness import Freshness
from timeline.queries.lines import Citing, Figure, Line, Name
from timeline.queries.reading import Reading, Shown, UnknownRevisionError, reading

__all__ = [
    "Citing",
    "Figure",
    "Freshness",
    "Line",
    "Name",
    "Reading",
    "Shown",
    "UnknownRevisionError",
    "reading",
]
