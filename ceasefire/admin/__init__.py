"""The pages on which editors enter what was promised, and what was done."""

from ceasefire.admin.incidents import IncidentAdmin, TallyAdmin, ViolationAdmin
from ceasefire.admin.truces import TruceAdmin, TruceEventAdmin

__all__ = ["IncidentAdmin", "TallyAdmin", "TruceAdmin", "TruceEventAdmin", "ViolationAdmin"]
