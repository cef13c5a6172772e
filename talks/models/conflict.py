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
    objects = ConflictQuerySet.as_manager()

    class Meta:
        triggers = queue_changes("conflict")

    def __str__(self) -> str:
        return self.name
