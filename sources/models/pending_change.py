"""Pending changes: what the builder has yet to look at."""

from django.db import models
from django.db.models.functions import Now


class PendingChange(models.Model):
    """A thing that changed, by its topic and id, until the builder has drained it.

    Written only by triggers, in the transaction of the change. Append-only on
    purpose: a unique key would make one transaction wait for another or lose its
    change, and a high-water mark would pass over ids that commit late.
    """

    topic = models.CharField(max_length=20)
    ref = models.BigIntegerField(null=True)
    queued_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"{self.topic} {self.ref or ''}".strip()
