"""The pages on which editors enter what was promised, and what was done."""

from ceasefire.admin.imports import DuplicateProposalAdmin, ImportRunAdmin
from ceasefire.admin.incidents import IncidentAdmin, TallyAdmin, ViolationAdmin
from ceasefire.admin.truces import TruceAdmin, TruceEventAdmin

__all__ = [
    "DuplicateProposalAdmin",
    "ImportRunAdmin",
    "IncidentAdmin",
    "TallyAdmin",
    "TruceAdmin",
    "TruceEventAdmin",
    "ViolationAdmin",
]
