"""Places, in a tree."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from sources.fields import choice_check
from sources.triggers import keep_history, queue_changes
from talks.enums import PlaceKind, PlacePrecision


class PlaceQuerySet(models.QuerySet["Place"]):
    def chronological(self) -> Self:
        return self.order_by("name", "pk")


@keep_history
class Place(models.Model):
    """A country, region, district, area, settlement or site; each lies in its parent.

    The point stands for the place; `precision` says how exactly. A place without
    a point is a place all the same.
    """

    name = models.CharField(max_length=200, help_text="The name that English sources use most.")
    other_names = ArrayField(
        models.CharField(max_length=200),
        default=list,
        blank=True,
        help_text="Other spellings and languages, separated by commas; search finds them all.",
    )
    slug = models.SlugField(
        max_length=80, unique=True, help_text="Its name in web addresses and in the filter."
    )
    kind = models.CharField(max_length=12, choices=PlaceKind, help_text="What sort of place it is.")
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        help_text="The next larger place that it lies in.",
    )
    latitude = models.DecimalField(
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        help_text="Degrees north, −90 to 90. Leave empty if the source gives no point.",
    )
    longitude = models.DecimalField(
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        help_text="Degrees east, −180 to 180.",
    )
    precision = models.PositiveSmallIntegerField(
        choices=PlacePrecision,
        null=True,
        blank=True,
        help_text="How exactly the point is known (UCDP GED's where_prec).",
    )

    objects = PlaceQuerySet.as_manager()

    class Meta:
        triggers = queue_changes("place")
        constraints = (
            choice_check("kind", PlaceKind),
            choice_check("precision", PlacePrecision),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                # Without these, a longitude alone would pass: a check that is NULL holds.
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="%(app_label)s_%(class)s_point_is_on_earth",
                violation_error_message="A point has a latitude of −90 to 90 and a longitude of "
                "−180 to 180.",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="%(app_label)s_%(class)s_lies_in_another",
                violation_error_message="A place cannot lie in itself.",
            ),
            models.UniqueConstraint(
                fields=["name", "parent"],
                nulls_distinct=False,
                name="%(app_label)s_%(class)s_unique_in_parent",
                violation_error_message="That larger place already has a place of this name.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.name}, {self.parent.name}" if self.parent_id and self.parent else self.name

    def clean(self) -> None:
        super().clean()
        above = self.parent
        while above is not None:
            if above.pk == self.pk:
                raise ValidationError({"parent": f"{self.parent} lies in {self.name} itself."})
            above = above.parent
