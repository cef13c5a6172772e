"""Delegations to rounds."""

from django.db import models
from django.db.models import Q

from sources.enums import RecordKind
from sources.fields import choice_check
from sources.models import Record
from sources.triggers import keep_history, queue_changes
from talks.enums import Attendance, Capacity
from talks.models.party import Party
from talks.models.person import Person
from talks.models.round import Round


@keep_history
class Delegation(Record):
    """Who is sent to one round, by whom, under whom; and whether it came."""

    record_kind = RecordKind.DELEGATION
    own_citable = ("round", "capacity", "attendance", "head", "parties", "members")

    record = models.OneToOneField(
        Record, models.CASCADE, parent_link=True, primary_key=True, related_name="as_%(class)s"
    )
    round = models.ForeignKey(
        Round, models.PROTECT, related_name="delegations", help_text="The round it is sent to."
    )
    capacity = models.CharField(
        max_length=10, choices=Capacity, blank=True, help_text="In what capacity it comes."
    )
    attendance = models.CharField(
        max_length=10,
        choices=Attendance,
        blank=True,
        help_text="“Sat” only for a round that was held, and only if a source says so.",
    )
    head = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="delegations_headed",
        help_text="Who leads it. Leave empty if not named.",
    )

    class Meta:
        triggers = queue_changes("record", "record_id")
        constraints = (
            choice_check("capacity", Capacity),
            choice_check("attendance", Attendance),
        )


@keep_history
class DelegationParty(models.Model):
    """A party that a delegation represents."""

    delegation = models.ForeignKey(Delegation, models.CASCADE, related_name="parties")
    party = models.ForeignKey(
        Party,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="delegations",
        help_text="Whom it represents. Leave empty if unnamed.",
    )
    wording = models.CharField(
        max_length=200, blank=True, help_text="The party as the source names or describes it."
    )

    class Meta:
        verbose_name_plural = "delegation parties"
        triggers = queue_changes("record", "delegation_id")
        constraints = (
            models.CheckConstraint(
                condition=Q(party__isnull=False) | ~Q(wording=""),
                name="%(app_label)s_%(class)s_is_named",
                violation_error_message="Choose the party, or describe it in the source's words.",
            ),
            models.UniqueConstraint(
                fields=["delegation", "party"],
                name="%(app_label)s_%(class)s_represented_once",
                violation_error_message="The delegation already represents this party.",
            ),
        )

    def __str__(self) -> str:
        return str(self.party or self.wording)


@keep_history
class DelegationMember(models.Model):
    """A person who sits on a delegation besides its head."""

    delegation = models.ForeignKey(Delegation, models.CASCADE, related_name="members")
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="delegation_seats", help_text="Who sits on it."
    )
    role = models.CharField(
        max_length=100, blank=True, help_text="As what: “spokesman”, “legal adviser”."
    )

    class Meta:
        triggers = queue_changes("record", "delegation_id")
        constraints = (
            models.UniqueConstraint(
                fields=["delegation", "person"],
                name="%(app_label)s_%(class)s_sits_once",
                violation_error_message="The person already sits on this delegation.",
            ),
        )

    def __str__(self) -> str:
        return str(self.person)
