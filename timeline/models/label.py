"""Labels: the names of what entries mention."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Func, Q

from timeline.enums import Topic
from timeline.models.version import Version


class Label(Version):
    """One version of the name, and of what else readers see, of one thing that entries mention.

    A thing has a label only while a published record mentions it; a restricted
    source never has one.
    """

    topic = models.CharField(max_length=10, choices=Topic)
    ref = models.BigIntegerField()
    slug = models.CharField(max_length=80)
    name = models.CharField(max_length=500)
    names = ArrayField(models.CharField(max_length=500), default=list)
    """Every name that search shall find it by."""
    folded = models.TextField()
    """Those names in lower case without accents, one a line, for search."""
    data = models.JSONField()
    """The rest of what its page shows; see the projection of its topic."""

    class Meta(Version.Meta):
        indexes = (
            models.Index(fields=["topic", "ref", "revision_from"], name="timeline_label_ref"),
            models.Index(fields=["topic", "slug"], name="timeline_label_slug"),
            # What changed between two revisions: see file_stale.sql.
            models.Index(fields=["revision_from"], name="timeline_label_from"),
            models.Index(
                fields=["revision_to"],
                name="timeline_label_to",
                condition=Q(revision_to__isnull=False),
            ),
            GinIndex(fields=["folded"], opclasses=["gin_trgm_ops"], name="timeline_label_folded"),
            # Regions are few, and facets count by them.
            models.Index(
                fields=["ref"],
                name="timeline_label_region",
                condition=Q(topic=Topic.PLACE, data__contains={"kind": "region"}),
            ),
            # Names that are spelt otherwise than the reader spells them.
            GinIndex(Func("folded", function="timeline_sounds"), name="timeline_label_sounds"),
        )
        constraints = (
            *Version.Meta.constraints,
            models.UniqueConstraint(
                fields=["topic", "ref"],
                condition=Q(revision_to__isnull=True),
                name="%(app_label)s_%(class)s_one_current",
                violation_error_message="A thing has one current label.",
            ),
        )

    def __str__(self) -> str:
        return self.name
