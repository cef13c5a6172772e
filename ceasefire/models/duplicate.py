"""Proposals that two incidents are one."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from ceasefire.enums import ProposalState
from ceasefire.models.incident import Incident
from sources.fields import choice_check
from sources.triggers import keep_history


class DuplicateProposalQuerySet(models.QuerySet["DuplicateProposal"]):
    def undecided(self) -> Self:
        return self.filter(state=ProposalState.OPEN)


@keep_history
class DuplicateProposal(models.Model):
    """That an incident which was brought in is perhaps one that was there already.

    While nobody has decided, the two are linked as possible duplicates, which is what readers
    see. A pair that was decided is never proposed again.
    """

    incident = models.ForeignKey(
        Incident, models.CASCADE, related_name="proposals", help_text="The one brought in."
    )
    other = models.ForeignKey(
        Incident,
        models.CASCADE,
        related_name="proposals_by_others",
        help_text="The one that was there before.",
    )
    reasons = models.CharField(
        max_length=300, help_text="What speaks for it: the day, a party, the place, the numbers."
    )
    state = models.CharField(
        max_length=10,
        choices=ProposalState,
        default=ProposalState.OPEN,
        help_text="Two events: the link goes. One event: what was brought in joins what was there.",
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )

    objects = DuplicateProposalQuerySet.as_manager()

    class Meta:
        constraints = (
            choice_check("state", ProposalState),
            models.UniqueConstraint(
                fields=["incident", "other"],
                name="%(app_label)s_%(class)s_made_once",
                violation_error_message="The two were already proposed as one.",
            ),
            models.CheckConstraint(
                condition=~Q(incident=F("other")),
                name="%(app_label)s_%(class)s_is_of_two",
                violation_error_message="An incident is not a duplicate of itself.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.incident} = {self.other}?"
