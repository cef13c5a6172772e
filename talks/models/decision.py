"""Decisions of parties about a round."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from sources.enums import RecordKind
from sources.fields import choice_check
from sources.models import Record
from sources.triggers import keep_history, queue_changes
from talks.enums import DecisionKind
from talks.models.delegation import Delegation
from talks.models.party import Party
from talks.models.person import Person
from talks.models.round import Round


@keep_history
class DelegationDecision(Record):
    """What a party, named or not, decides or considers about attending a round."""

    record_kind = RecordKind.DECISION
    own_citable = ("round", "delegation", "decision", "named_head", "parties")

    record = models.OneToOneField(
        Record, models.CASCADE, parent_link=True, primary_key=True, related_name="as_%(class)s"
    )
    round = models.ForeignKey(
        Round, models.PROTECT, related_name="decisions", help_text="The round it is about."
    )
    delegation = models.ForeignKey(
        Delegation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        help_text="The delegation it concerns, if one is recorded.",
    )
    decision = models.CharField(
        max_length=20, choices=DecisionKind, help_text="What was decided or considered."
    )
    named_head = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions_naming",
        help_text="Whom it names as head, if it does.",
    )

    class Meta:
        triggers = queue_changes("record", "record_id")
        constraints = (choice_check("decision", DecisionKind),)

    def clean(self) -> None:
        super().clean()
        if self.delegation and self.delegation.round_id != self.round_id:
            raise ValidationError({"delegation": "That delegation is sent to another round."})


@keep_history
class DecisionParty(models.Model):
    """A party that decides; it may be unnamed."""

    decision = models.ForeignKey(DelegationDecision, models.CASCADE, related_name="parties")
    party = models.ForeignKey(
        Party,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        help_text="Who decides. Leave empty if unnamed.",
    )
    wording = models.CharField(
        max_length=200, blank=True, help_text="The party as the source names or describes it."
    )

    class Meta:
        verbose_name_plural = "decision parties"
        triggers = queue_changes("record", "decision_id")
        constraints = (
            models.CheckConstraint(
                condition=Q(party__isnull=False) | ~Q(wording=""),
                name="%(app_label)s_%(class)s_is_named",
                violation_error_message="Choose the party, or describe it in the source's words.",
            ),
            models.UniqueConstraint(
                fields=["decision", "party"],
                name="%(app_label)s_%(class)s_decides_once",
                violation_error_message="The decision already names this party.",
            ),
        )

    def __str__(self) -> str:
        return str(self.party or self.wording)
