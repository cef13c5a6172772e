"""What was promised, and what was done."""

from ceasefire.models.attribution import Attribution
from ceasefire.models.duplicate import DuplicateProposal
from ceasefire.models.import_run import ImportFile, ImportRow, ImportRun
from ceasefire.models.incident import Incident, IncidentParty, IncidentTarget, IncidentTruce
from ceasefire.models.tally import Tally
from ceasefire.models.truce import Truce, TruceArea, TruceLink, TruceWindow
from ceasefire.models.truce_event import TruceEvent
from ceasefire.models.truce_party import TruceParty
from ceasefire.models.truce_term import TruceTerm
from ceasefire.models.violation import Violation

__all__ = [
    "Attribution",
    "DuplicateProposal",
    "ImportFile",
    "ImportRow",
    "ImportRun",
    "Incident",
    "IncidentParty",
    "IncidentTarget",
    "IncidentTruce",
    "Tally",
    "Truce",
    "TruceArea",
    "TruceEvent",
    "TruceLink",
    "TruceParty",
    "TruceTerm",
    "TruceWindow",
    "Violation",
]
