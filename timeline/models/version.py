"""What every versioned table has in common."""

from typing import ClassVar, Self, TypeVar

from django.db import models
from django.db.models import F, Q

Versioned_co = TypeVar("Versioned_co", bound=models.Model, covariant=True)


class VersionQuerySet(models.QuerySet[Versioned_co]):
    """Versions, and which of them a revision shows."""

    def as_of(self, revision: int) -> Self:
        """Return the versions that revision number `revision` shows."""
        return self.filter(
            Q(revision_to__isnull=True) | Q(revision_to__gt=revision), revision_from__lte=revision
        )

    def current(self) -> Self:
        return self.filter(revision_to__isnull=True)


class Version(models.Model):
    """One version of one thing: shown from `revision_from` up to, not including, `revision_to`.

    Written by the builder alone, and never changed but to close it.
    """

    id = models.BigAutoField(primary_key=True)
    revision_from = models.BigIntegerField()
    revision_to = models.BigIntegerField(null=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                condition=Q(revision_to__isnull=True) | Q(revision_from__lt=F("revision_to")),
                name="%(app_label)s_%(class)s_version_in_order",
                violation_error_message="A version ends after it begins.",
            ),
        )

    @classmethod
    def derived_columns(cls) -> list[str]:
        """Return the columns that projections fill, in the order of the model."""
        own = {"id", "revision_from", "revision_to"}
        columns = (field.column for field in cls._meta.concrete_fields)
        return [column for column in columns if column is not None and column not in own]
