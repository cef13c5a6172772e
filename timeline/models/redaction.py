"""Redactions: the one way in which older revisions change."""

import pgtrigger
from django.db import models

from timeline.enums import RedactionReason


class Redaction(models.Model):
    """That words were taken out of older revisions, when and why; never what.

    Readers see its number, time and reason. There are as many as the timeline's redaction epoch,
    which is part of the key of everything that is kept for readers.
    """

    redacted_at = models.DateTimeField()
    reason = models.CharField(max_length=10, choices=RedactionReason)
    revision = models.BigIntegerField()
    """The latest revision then: it and those before it may differ from what they first showed."""
    by = models.CharField(max_length=150, blank=True)
    """Which administrator; empty where a source became restricted. Not for readers."""
    note = models.TextField(
        blank=True,
        help_text="Why, for other administrators. It is kept: do not write down what you take out.",
    )

    class Meta:
        triggers = (pgtrigger.Protect(name="stays", operation=pgtrigger.Update | pgtrigger.Delete),)

    def __str__(self) -> str:
        return f"Redaction {self.pk}"
