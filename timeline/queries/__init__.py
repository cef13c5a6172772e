"""How readers read: one revision, in one transaction, in words."""

from timeline.queries.lines import Citing, Figure, Line, Name
from timeline.queries.reading import Freshness, Reading, Shown, UnknownRevisionError, reading

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
