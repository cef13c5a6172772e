"""Talks rounds, and who convenes them."""

from django.db import models

from sources.enums import RecordKind
from sources.fields import choice_check
from sources.models import Record
from sources.triggers import keep_history, queue_changes
from talks.enums import ConveningRole, RoundFormat, RoundStatus
from talks.models.party import Party
from talks.models.place import Place
from talks.models.process import Process


@keep_history
class Round(Record):
    """One meeting of a peace process, held or only expected."""

    record_kind = RecordKind.ROUND
    own_citable = ("process", "label", "round_status", "format", "venue", "roles")

    record = models.OneToOneField(
        Record, models.CASCADE, parent_link=True, primary_key=True, related_name="as_%(class)s"
    )
    process = models.ForeignKey(
        Process, models.PROTECT, related_name="rounds", help_text="The series that it belongs to."
    )
    label = models.CharField(
        max_length=40, blank=True, help_text="Its number or name in the series: III, “first”."
    )
    round_status = models.CharField(
        max_length=10,
        choices=RoundStatus,
        help_text="“Held” only if a source says that it took place.",
    )
    format = models.CharField(
        max_length=10,
        choices=RoundFormat,
        blank=True,
        help_text="How the parties talk, if the source says.",
    )
    venue = models.ForeignKey(
        Place,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="rounds",
        help_text="Where. Leave empty if unknown.",
    )
    venue_wording = models.CharField(
        max_length=200, blank=True, help_text="The venue in the source's words, or “virtual”."
    )

    class Meta:
        triggers = queue_changes("record", "record_id")
        constraints = (
            choice_check("format", RoundFormat),
            models.CheckConstraint(
                condition=models.Q(round_status__in=RoundStatus.values),
                name="%(app_label)s_%(class)s_status_is_known",
                violation_error_message="A round is expected, announced, held, postponed or "
                "cancelled.",
            ),
        )


@keep_history
class RoundRole(models.Model):
    """A party that organises, mediates, hosts or observes a round."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="roles")
    party = models.ForeignKey(
        Party, models.PROTECT, related_name="round_roles", help_text="Who does it."
    )
    role = models.CharField(max_length=10, choices=ConveningRole, help_text="What it does.")

    class Meta:
        triggers = queue_changes("record", "round_id")
        constraints = (
            choice_check("role", ConveningRole),
            models.UniqueConstraint(
                fields=["round", "party", "role"],
                name="%(app_label)s_%(class)s_given_once",
                violation_error_message="The party already has this role in the round.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.party}, {self.get_role_display()}"
