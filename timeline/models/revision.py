"""Revisions: the numbered states of the timeline."""

from typing import ClassVar

from django.db import models


class Revision(models.Model):
    """One difference, written in one transaction; what it shows never changes afterwards."""

    #: Names the advisory lock of whoever writes revisions: “trucelin” in ASCII.
    LOCK: ClassVar[int] = 0x7472_7563_656C_696E

    number = models.BigIntegerField(primary_key=True)
    created_at = models.DateTimeField()
    projection_version = models.PositiveIntegerField()
    format_version = models.PositiveIntegerField(default=1)
    """Which columns its files have: timeline.exports.FORMAT when it was written."""
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    removed = models.PositiveIntegerField(default=0)
    entries = models.PositiveIntegerField(null=True)
    """How many lines it shows; NULL where nobody counted since something was taken out of it."""

    class Meta:
        indexes = (models.Index(fields=["created_at"], name="timeline_revision_time"),)

    def __str__(self) -> str:
        return f"Revision {self.number}"
