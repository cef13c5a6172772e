"""The pages on which editors work: evidence, the review queue and the history."""

from sources.admin.base import DATES, CuratedAdmin, ReadOnlyAdmin, Rows, StackedRows, UntrackedAdmin
from sources.admin.citations import CitedForm, CitedRowFormSet
from sources.admin.evidence import CitationAdmin, FigureAdmin, OutletAdmin, SourceAdmin
from sources.admin.forms import RowFormSet, certainly_overlap
from sources.admin.history import ContextAdmin
from sources.admin.pending import PendingChangeAdmin
from sources.admin.records import QueueAdmin, RecordAdmin

__all__ = [
    "DATES",
    "CitationAdmin",
    "CitedForm",
    "CitedRowFormSet",
    "ContextAdmin",
    "CuratedAdmin",
    "FigureAdmin",
    "OutletAdmin",
    "PendingChangeAdmin",
    "QueueAdmin",
    "ReadOnlyAdmin",
    "RecordAdmin",
    "RowFormSet",
    "Rows",
    "SourceAdmin",
    "StackedRows",
    "UntrackedAdmin",
    "certainly_overlap",
]
