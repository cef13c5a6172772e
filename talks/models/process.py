"""Peace processes: what rounds belong to."""

from typing import Self

from django.db import models

from sources.triggers import keep_history, queue_changes
from talks.models.conflict import Conflict


class ProcessQuerySet(models.QuerySet["Process"]):
    def chronological(self) -> Self:
        return self.order_by("name", "pk")


@keep_history
class Process(models.Model):
    """A series of talks under one name: Astana, Geneva."""

    conflict = models.ForeignKey(
        Conflict, models.PROTECT, related_name="processes", help_text="The conflict it is about."
    )
    name = models.CharField(max_length=200, help_text="“Astana process”.")
    slug = models.SlugField(
        max_length=80, unique=True, help_text="Its name in web addresses and in the filter."
    )

    objects = ProcessQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "processes"
        triggers = queue_changes("process")
        constraints = (
            models.UniqueConstraint(
                fields=["conflict", "name"],
                name="%(app_label)s_%(class)s_named_once",
                violation_error_message="The conflict already has a process of this name.",
            ),
        )

    def __str__(self) -> str:
        return self.name
