"""What readers see: versions, each valid from one revision up to another."""

from timeline.models.assessment import Assessment
from timeline.models.counts import MentionCount, MentionYearCount, MonthCount, PeriodCount
from timeline.models.entry import Entry
from timeline.models.kept_line import KeptAsOf, KeptLine
from timeline.models.label import Label
from timeline.models.membership import Membership, Reach
from timeline.models.redaction import Redaction
from timeline.models.release import Release
from timeline.models.revision import Revision
from timeline.models.sheet import Sheet
from timeline.models.usage import Usage

__all__ = [
    "Assessment",
    "Entry",
    "KeptAsOf",
    "KeptLine",
    "Label",
    "Membership",
    "MentionCount",
    "MentionYearCount",
    "MonthCount",
    "PeriodCount",
    "Reach",
    "Redaction",
    "Release",
    "Revision",
    "Sheet",
    "Usage",
]
