"""Evidence: outlets, their documents, and the records that cite them."""

from sources.models.citation import Citation
from sources.models.external_id import ExternalId
from sources.models.figure import Figure
from sources.models.outlet import Outlet
from sources.models.pending_change import PendingChange
from sources.models.record import Record
from sources.models.source import Source

__all__ = [
    "Citation",
    "ExternalId",
    "Figure",
    "Outlet",
    "PendingChange",
    "Record",
    "Source",
]
