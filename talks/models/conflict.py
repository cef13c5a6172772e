"""Conflicts: what the talks are about."""

from typing import Self

from django.db import models

from sources.triggers import keep_history, queue_changes


class ConflictQuerySet(models.QuerySet["Conflict"]):
    def chronological(self) -> Self:
        return self.order_by("name", "pk")


@keep_history
class Conflict(models.Model):
    """One armed conflict: the frame within which truces and incidents are compared."""

    name = models.CharField(max_length=200, unique=True, help_text="“Syria”, “Eastern Ukraine”.")
    slug = models.SlugField(
        max_length=80, unique=True, help_text="Its name in web addresses and in the filter."
    )
    ucdp_conflict = models.CharField(
        max_length=40,
        blank=True,
        verbose_name="UCDP conflict id",
        help_text="Its id in the Uppsala Conflict Data Program, if it has one.",
    )

    objects = ConflictQuerySet.as_manager()

    class Meta:
        triggers = queue_changes("conflict")
        constraints = (
            models.UniqueConstraint(
                fields=["ucdp_conflict"],
                condition=~models.Q(ucdp_conflict=""),
                name="%(app_label)s_%(class)s_unique_in_ucdp",
                violation_error_message="Another conflict already has this UCDP id.",
            ),
        )

    def __str__(self) -> str:
        return self.name
