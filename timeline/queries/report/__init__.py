"""What is reported under a truce: before it and after it, over its life, and how it was judged.

docs/truce-report.md says what is counted and why.
"""

from timeline.queries.report.compare import report
from timeline.queries.report.judged import Judged, judged_query, judged_under
from timeline.queries.report.lives import Life, LifeMark, life_of, marks_of, replacing
from timeline.queries.report.model import DAYS, LONGEST, SHORTEST, Report

__all__ = [
    "DAYS",
    "LONGEST",
    "SHORTEST",
    "Judged",
    "Life",
    "LifeMark",
    "Report",
    "judged_query",
    "judged_under",
    "life_of",
    "marks_of",
    "replacing",
    "report",
]
