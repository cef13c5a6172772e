"""Tallies: a monitor's count for a period."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from ceasefire.enums import Counted
from ceasefire.models.truce import Truce
from sources.enums import RecordKind
from sources.fields import choice_check
from sources.models import Outlet, Record
from sources.triggers import keep_history, queue_changes
from talks.models import Conflict, Party


@keep_history
class Tally(Record):
    """How many of something an outlet counts in a period. Never added to counts of incidents."""

    record_kind = RecordKind.TALLY
    own_citable = ("conflict", "truce", "counted_by", "counted", "accused", "low", "best", "high")

    record = models.OneToOneField(
        Record, models.CASCADE, parent_link=True, primary_key=True, related_name="as_%(class)s"
    )
    conflict = models.ForeignKey(
        Conflict, models.PROTECT, related_name="tallies", help_text="The conflict it is about."
    )
    truce = models.ForeignKey(
        Truce,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="tallies",
        help_text="The truce whose violations are counted, if it says so.",
    )
    counted_by = models.ForeignKey(
        Outlet, models.PROTECT, related_name="tallies", help_text="Who counts."
    )
    counted = models.CharField(max_length=12, choices=Counted, help_text="What is counted.")
    accused = models.ForeignKey(
        Party,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="tallies_against",
        help_text="To whom the counted are ascribed, if to one party.",
    )
    low = models.PositiveIntegerField(null=True, blank=True, help_text="At least so many.")
    best = models.PositiveIntegerField(null=True, blank=True, help_text="The number given.")
    high = models.PositiveIntegerField(null=True, blank=True, help_text="At most so many.")

    class Meta:
        verbose_name_plural = "tallies"
        triggers = queue_changes("record", "record_id")
        constraints = (
            choice_check("counted", Counted),
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
        )

    def clean(self) -> None:
        super().clean()
        if self.truce and self.truce.conflict_id != self.conflict_id:
            raise ValidationError({"truce": "The truce belongs to another conflict."})
