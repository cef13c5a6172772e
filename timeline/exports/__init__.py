"""The timeline as files: tables, feeds and what describes them."""

from timeline.exports.columns import FORMAT, Column, Shape
from timeline.exports.evidence_tables import CITATIONS, FIGURES, VERDICTS
from timeline.exports.tables import Table
from timeline.exports.timeline_table import ENTRIES

__all__ = [
    "CITATIONS",
    "ENTRIES",
    "FIGURES",
    "FORMAT",
    "VERDICTS",
    "Column",
    "Shape",
    "Table",
]
