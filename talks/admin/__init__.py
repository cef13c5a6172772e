"""The pages on which editors enter who talks, and at which table."""

from talks.admin.actors import ConflictAdmin, PartyAdmin, PersonAdmin, PlaceAdmin, ProcessAdmin
from talks.admin.links import LinkedRecordAdmin, RecordLinkInline
from talks.admin.records import (
    DelegationAdmin,
    DelegationDecisionAdmin,
    DevelopmentAdmin,
    OfficeAdmin,
    PartyTieAdmin,
    RoundAdmin,
    StatementAdmin,
)

__all__ = [
    "ConflictAdmin",
    "DelegationAdmin",
    "DelegationDecisionAdmin",
    "DevelopmentAdmin",
    "LinkedRecordAdmin",
    "OfficeAdmin",
    "PartyAdmin",
    "PartyTieAdmin",
    "PersonAdmin",
    "PlaceAdmin",
    "ProcessAdmin",
    "RecordLinkInline",
    "RoundAdmin",
    "StatementAdmin",
]
