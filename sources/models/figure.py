"""Figures: numbers that a passage claims."""

from itertools import pairwise
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from sources.enums import FigureGroup, Harm
from sources.fields import PartialDateField, choice_check, partial_date_check
from sources.models.citation import Citation
from sources.triggers import keep_history, keep_partial_dates, queue_changes


class FigureQuerySet(models.QuerySet["Figure"]):
    def chronological(self) -> Self:
        return self.order_by("as_of_earliest", "pk")


@keep_history
class Figure(models.Model):
    """How many, of whom, befell what, by one passage's account.

    Each bound may be missing: “at least nine” is a low of 9 and no high. Zero is
    a count; missing is unknown. Figures of several passages stand side by side.
    """

    citation = models.ForeignKey(Citation, models.CASCADE, related_name="figures")
    group = models.CharField(
        max_length=12, choices=FigureGroup, help_text="Whom it counts, as the source says it."
    )
    side = models.CharField(
        max_length=200, blank=True, help_text="Which side's people, if it counts one side."
    )
    harm = models.CharField(max_length=10, choices=Harm, help_text="What befell them.")
    low = models.PositiveIntegerField(
        null=True, blank=True, help_text="The least that the source claims (“at least nine”: 9)."
    )
    best = models.PositiveIntegerField(
        null=True, blank=True, help_text="The number that the source itself takes as best."
    )
    high = models.PositiveIntegerField(
        null=True, blank=True, help_text="The most that the source claims."
    )
    as_of_edtf = PartialDateField(
        prefix="as_of_",
        verbose_name="as of",
        help_text="When the count stood so, if the source says.",
    )
    supersedes = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="superseded_by",
        db_index=False,  # few have one: see the index below
        help_text="The same claimant's earlier figure that this one replaces.",
    )

    objects = FigureQuerySet.as_manager()

    class Meta:
        triggers = (
            keep_partial_dates("as_of_edtf", prefix="as_of_"),
            *queue_changes(
                "record",
                "record_id",
                # Each citation is looked up once, however many figures it has.
                rows="(SELECT record_id FROM sources_citation "
                "WHERE id IN (SELECT citation_id FROM {rows}))",
            ),
        )
        constraints = (
            partial_date_check("as_of_"),
            choice_check("group", FigureGroup),
            choice_check("harm", Harm),
            models.CheckConstraint(
                condition=(Q(low__isnull=True) | Q(best__isnull=True) | Q(low__lte=F("best")))
                & (Q(best__isnull=True) | Q(high__isnull=True) | Q(best__lte=F("high")))
                & (Q(low__isnull=True) | Q(high__isnull=True) | Q(low__lte=F("high"))),
                name="%(app_label)s_%(class)s_bounds_in_order",
                violation_error_message="Low must not be above best, nor best above high.",
            ),
            models.CheckConstraint(
                condition=Q(low__isnull=False) | Q(best__isnull=False) | Q(high__isnull=False),
                name="%(app_label)s_%(class)s_has_a_number",
                violation_error_message="Give at least one of low, best and high.",
            ),
            models.CheckConstraint(
                condition=(Q(group=FigureGroup.SIDE) & ~Q(side=""))
                | (~Q(group=FigureGroup.SIDE) & Q(side="")),
                name="%(app_label)s_%(class)s_side_is_named",
                violation_error_message="Name the side if the figure counts one side's people, "
                "else leave it empty.",
            ),
            models.CheckConstraint(
                condition=Q(supersedes__isnull=True) | ~Q(supersedes=F("id")),
                name="%(app_label)s_%(class)s_supersedes_another",
                violation_error_message="A figure cannot supersede itself.",
            ),
        )
        indexes = (
            models.Index(
                fields=["supersedes"],
                name="sources_figure_superseding",
                condition=Q(supersedes__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_harm_display()}, {self.get_group_display()}: {self.range_in_words()}"

    def range_in_words(self) -> str:
        """Return the number as claimed: “9 or more”, “3–5”, “up to 7”."""
        low, high = self.low, self.high
        if low is None and high is None:
            return f"{self.best}"
        if low is None:
            return f"up to {high}"
        if high is None:
            return f"{low} or more"
        return f"{low}" if low == high else f"{low}–{high}"

    def clean(self) -> None:
        super().clean()
        ordered = [
            (name, value)
            for name in ("low", "best", "high")
            if (value := getattr(self, name)) is not None
        ]
        for (lower, less), (upper, more) in pairwise(ordered):
            if less > more:
                raise ValidationError(
                    {lower: f"{lower.capitalize()} ({less}) is above {upper} ({more})."}
                )
