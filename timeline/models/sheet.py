"""Sheets: what a record's own page shows beyond its entry."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.db.models.fields.json import KeyTransform

from timeline.models.version import Version


class Sheet(Version):
    """One versioned document for one published record: terms, roles, attributions, words."""

    record_id = models.BigIntegerField()
    doc = models.JSONField()

    class Meta(Version.Meta):
        indexes = (
            models.Index(fields=["record_id", "revision_from"], name="timeline_sheet_record"),
            # What changed between two revisions: see file_stale.sql.
            models.Index(fields=["revision_from"], name="timeline_sheet_from"),
            models.Index(
                fields=["revision_to"],
                name="timeline_sheet_to",
                condition=Q(revision_to__isnull=False),
            ),
            # What is said about a record.
            GinIndex(
                OpClass(KeyTransform("subjects", "doc"), name="jsonb_path_ops"),
                name="timeline_sheet_subjects",
            ),
        )
        constraints = (
            *Version.Meta.constraints,
            models.UniqueConstraint(
                fields=["record_id"],
                condition=Q(revision_to__isnull=True),
                name="%(app_label)s_%(class)s_one_current",
                violation_error_message="A record has one current sheet.",
            ),
        )

    def __str__(self) -> str:
        return f"Sheet of record {self.record_id}"
