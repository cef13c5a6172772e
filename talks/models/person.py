"""Persons who speak, lead and hold offices."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models

from sources.triggers import keep_history, queue_changes


class PersonQuerySet(models.QuerySet["Person"]):
    def chronological(self) -> Self:
        return self.order_by("name", "pk")


@keep_history
class Person(models.Model):
    """A person in a public role. Private persons, victims above all, are never named."""

    name = models.CharField(max_length=200, help_text="The name that English sources use most.")
    other_names = ArrayField(
        models.CharField(max_length=200),
        default=list,
        blank=True,
        help_text="Other spellings and languages, separated by commas; search finds them all.",
    )
    slug = models.SlugField(
        max_length=80, unique=True, help_text="The name in web addresses and in the filter."
    )

    objects = PersonQuerySet.as_manager()

    class Meta:
        triggers = queue_changes("person")

    def __str__(self) -> str:
        return self.name
