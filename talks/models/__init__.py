"""Who talks, and at which table."""

from talks.models.conflict import Conflict
from talks.models.dataset_id import ConflictId, PartyId, PlaceId
from talks.models.decision import DecisionParty, DelegationDecision
from talks.models.delegation import Delegation, DelegationMember, DelegationParty
from talks.models.development import Development, DevelopmentParty
from talks.models.office import Office
from talks.models.party import Party, PartyName
from talks.models.person import Person
from talks.models.place import Place
from talks.models.process import Process
from talks.models.record_link import RecordLink
from talks.models.round import Round, RoundRole
from talks.models.statement import Statement, StatementSubject
from talks.models.tie import PartyTie

__all__ = [
    "Conflict",
    "ConflictId",
    "DecisionParty",
    "Delegation",
    "DelegationDecision",
    "DelegationMember",
    "DelegationParty",
    "Development",
    "DevelopmentParty",
    "Office",
    "Party",
    "PartyId",
    "PartyName",
    "PartyTie",
    "Person",
    "Place",
    "PlaceId",
    "Process",
    "RecordLink",
    "Round",
    "RoundRole",
    "Statement",
    "StatementSubject",
]
