"""Releases: revisions with a name, to be cited."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from timeline.models.revision import Revision


class ReleaseQuerySet(models.QuerySet["Release"]):
    def awaiting_hashes(self) -> Self:
        """Return the releases whose files have yet to be read and hashed, the oldest first."""
        return self.filter(files__isnull=True).order_by("created_at", "pk")

    def latest_first(self) -> Self:
        return self.order_by("-created_at", "-pk")


class Release(models.Model):
    """One revision by a name, with the SHA-256 of each of its files. It never changes."""

    name = models.CharField(
        _("name"), max_length=120, help_text=_("What it is called where it is cited: “2017-02”.")
    )
    slug = models.SlugField(
        _("slug"), max_length=80, unique=True, help_text=_("Its name in web addresses.")
    )
    revision = models.ForeignKey(
        Revision,
        models.PROTECT,
        related_name="releases",
        help_text=_("The revision that it freezes."),
        verbose_name=_("revision"),
    )
    note = models.TextField(
        _("note"), blank=True, help_text=_("What readers should know of it; shown on its page.")
    )
    site = models.CharField(max_length=200, editable=False)
    """The address of the site in its files' rows: with another one their bytes are others."""
    created_at = models.DateTimeField(editable=False)
    lines = models.PositiveBigIntegerField(null=True, editable=False)
    files = models.JSONField(null=True, editable=False)
    """Each file's `path`, `sha256` and `bytes`; NULL until they are worked out."""

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(files__isnull=True, lines__isnull=True)
                | models.Q(files__isnull=False, lines__isnull=False),
                name="%(app_label)s_%(class)s_hashes_come_together",
                violation_error_message="Its files and the number of its lines come together.",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def query(self) -> str:
        """The parameters that every link to one of its files carries."""
        return f"as_of={self.revision_id}"
