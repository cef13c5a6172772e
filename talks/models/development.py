"""Developments: what happened outside talks and truces that a reader needs."""

from django.db import models

from sources.enums import RecordKind
from sources.fields import choice_check
from sources.models import Record
from sources.triggers import keep_history, queue_changes
from talks.enums import DevelopmentKind
from talks.models.conflict import Conflict
from talks.models.party import Party
from talks.models.place import Place


@keep_history
class Development(Record):
    """A battle, an offensive, a split, a toll. Its figures are never summed with incidents'."""

    record_kind = RecordKind.DEVELOPMENT
    own_citable = ("conflict", "development", "place", "parties", "figures")

    record = models.OneToOneField(
        Record, models.CASCADE, parent_link=True, primary_key=True, related_name="as_%(class)s"
    )
    conflict = models.ForeignKey(
        Conflict,
        models.PROTECT,
        related_name="developments",
        help_text="The conflict it is part of.",
    )
    development = models.CharField(
        max_length=12, choices=DevelopmentKind, help_text="What sort of development it is."
    )
    place = models.ForeignKey(
        Place,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="developments",
        help_text="Where, if the source says.",
    )

    class Meta:
        triggers = queue_changes("record", "record_id")
        constraints = (choice_check("development", DevelopmentKind),)


@keep_history
class DevelopmentParty(models.Model):
    """A party that a development concerns."""

    development = models.ForeignKey(Development, models.CASCADE, related_name="parties")
    party = models.ForeignKey(
        Party, models.PROTECT, related_name="developments", help_text="Who is concerned."
    )
    role = models.CharField(
        max_length=100, blank=True, help_text="In what way: “with air strikes”, “on the ground”."
    )

    class Meta:
        verbose_name_plural = "development parties"
        triggers = queue_changes("record", "development_id")
        constraints = (
            models.UniqueConstraint(
                fields=["development", "party"],
                name="%(app_label)s_%(class)s_named_once",
                violation_error_message="The development already names this party.",
            ),
        )

    def __str__(self) -> str:
        return str(self.party)
