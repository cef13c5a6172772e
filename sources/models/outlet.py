"""Outlets: who publishes the documents that we read."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models

from sources.enums import OutletKind, Reliability
from sources.fields import choice_check, validate_web_address, web_address_check
from sources.triggers import keep_history, queue_changes


class OutletQuerySet(models.QuerySet["Outlet"]):
    def chronological(self) -> Self:
        return self.order_by("name", "pk")


@keep_history
class Outlet(models.Model):
    """A body that publishes or tells: a wire agency, a broadcaster, a monitoring mission.

    An outlet of kind `party_affiliated` speaks for a belligerent. It is shown,
    but it never counts as an independent origin.
    """

    name = models.CharField(max_length=200, unique=True, help_text="The name readers know it by.")
    slug = models.SlugField(
        max_length=80, unique=True, help_text="Its name in web addresses and in the filter."
    )
    other_names = ArrayField(
        models.CharField(max_length=200),
        default=list,
        blank=True,
        help_text="Abbreviations and other spellings under which sources and datasets quote it, "
        "separated by commas: an import finds it by them.",
    )
    kind = models.CharField(
        max_length=20,
        choices=OutletKind,
        blank=True,
        help_text="Choose “affiliated to a party” for a belligerent's own outlet: "
        "it is shown, but never counted as an independent origin.",
    )
    affiliation = models.CharField(
        max_length=200,
        blank=True,
        help_text="Whose side it takes, in plain words: “pro-opposition”. Leave empty if unknown.",
    )
    reliability = models.CharField(
        max_length=1,
        choices=Reliability,
        blank=True,
        default=Reliability.CANNOT_BE_JUDGED,
        help_text="Grade A to F of the outlet as a whole. For editors; readers do not see it.",
    )
    covers = models.CharField(
        max_length=200,
        blank=True,
        help_text="What it covers, if by its own rules it leaves something out: “lethal events "
        "only”. Shown beside every count that rests on it.",
    )
    url = models.URLField(
        blank=True,
        validators=[validate_web_address],
        help_text="Its web site, with http:// or https://.",
    )

    objects = OutletQuerySet.as_manager()

    class Meta:
        triggers = queue_changes("outlet")
        constraints = (
            web_address_check("url"),
            choice_check("kind", OutletKind),
            choice_check("reliability", Reliability),
        )

    def __str__(self) -> str:
        return self.name
