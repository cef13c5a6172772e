"""What was taken out of older revisions, which is the one way in which they change."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Redaction:
    """That something was taken out, and when; never what."""

    number: int
    redacted_at: datetime
    reason: str


def redactions() -> list[Redaction]:
    """Return all redactions, the first one first."""
    return []


def epoch() -> int:
    """Return how often anything was taken out: part of the key of all that is kept."""
    return len(redactions())
