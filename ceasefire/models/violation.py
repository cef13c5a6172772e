"""Violations: somebody's claim, or an editor's finding, that a truce was violated."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from ceasefire.enums import ViolationStanding
from ceasefire.models.incident import Incident
from ceasefire.models.truce import Truce
from sources.enums import RecordKind
from sources.fields import choice_check
from sources.models import Record
from sources.triggers import keep_history, queue_changes
from talks.models import Party, Person


@keep_history
class Violation(Record):
    """A cited accusation under a truce, of one incident or in general.

    It stands beside the derived verdict and never replaces it on the page;
    upheld or rejected, it outranks it in counts.
    """

    record_kind = RecordKind.VIOLATION
    own_citable = ("truce", "incident", "accused", "accuser", "standing", "note")

    record = models.OneToOneField(
        Record, models.CASCADE, parent_link=True, primary_key=True, related_name="as_%(class)s"
    )
    truce = models.ForeignKey(
        Truce, models.PROTECT, related_name="violations", help_text="The truce said to be violated."
    )
    incident = models.ForeignKey(
        Incident,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="violations",
        help_text="By which incident. Leave empty for a general accusation.",
    )
    accused = models.ForeignKey(
        Party,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="violations_against",
        help_text="Who is accused. Leave empty if nobody is named.",
    )
    accuser_party = models.ForeignKey(
        Party,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="violations_claimed",
        help_text="The party that accuses, if it is one.",
    )
    accuser_person = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="violations_claimed",
        help_text="The person who accuses, if named.",
    )
    accuser_wording = models.CharField(
        max_length=200, blank=True, help_text="The accuser as the source names or describes them."
    )
    is_editors_finding = models.BooleanField(
        default=False, help_text="The finding is ours, reached from the sources cited."
    )
    standing = models.CharField(
        max_length=10,
        choices=ViolationStanding,
        default=ViolationStanding.ALLEGED,
        help_text="Upheld or rejected only by a body with the authority, or by an editor's "
        "finding.",
    )
    note = models.TextField(blank=True, help_text="What a reader must know to weigh the claim.")

    class Meta:
        triggers = queue_changes("record", "record_id", "incident_id")
        constraints = (
            choice_check("standing", ViolationStanding),
            models.CheckConstraint(
                condition=Q(is_editors_finding=True)
                | Q(accuser_party__isnull=False)
                | Q(accuser_person__isnull=False)
                | ~Q(accuser_wording=""),
                name="%(app_label)s_%(class)s_has_an_accuser",
                violation_error_message="Say who accuses, or mark it as an editor's finding.",
            ),
        )

    def clean(self) -> None:
        super().clean()
        if self.truce_id and self.incident and self.incident.conflict_id != self.truce.conflict_id:
            raise ValidationError({"incident": "The incident belongs to another conflict."})
