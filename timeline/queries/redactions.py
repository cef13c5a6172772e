"""What was taken out of older revisions, which is the one way in which they change."""

from dataclasses import dataclass
from datetime import datetime

from timeline import models
from timeline.enums import RedactionReason


@dataclass(frozen=True)
class Redaction:
    """That something was taken out, and when; never what."""

    number: int
    redacted_at: datetime
    reason: str
    revision: int
    """It and the revisions before it may differ from what they first showed."""

    @property
    def reason_in_words(self) -> str:
        return str(RedactionReason(self.reason).label)


def redactions() -> list[Redaction]:
    """Return all redactions, the first one first."""
    rows = models.Redaction.objects.order_by("pk").values_list("redacted_at", "reason", "revision")
    return [Redaction(number, *row) for number, row in enumerate(rows, 1)]


def epoch() -> int:
    """Return how often anything was taken out: part of the key of all that is kept."""
    return models.Redaction.objects.count()
