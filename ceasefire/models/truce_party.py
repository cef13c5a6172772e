"""What parties are to a truce."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Func, Q

from ceasefire.enums import ExclusionBasis, Recorded, TruceOutcome, TruceRole
from ceasefire.models.truce import Truce
from sources.fields import PartialDateField, choice_check, partial_date_check
from sources.triggers import keep_history, keep_partial_dates, queue_changes
from talks.models import Party


@keep_history
class TruceParty(models.Model):
    """A party that a truce binds or excludes, or that brokers, guarantees or monitors it.

    It may have joined and left on dates of its own. The truce's citations back it
    by naming the group of rows: `bound`, `excluded`, `brokers` …
    """

    truce = models.ForeignKey(Truce, models.CASCADE, related_name="parties")
    party = models.ForeignKey(Party, models.PROTECT, related_name="truces", help_text="Who it is.")
    role = models.CharField(
        max_length=10, choices=TruceRole, help_text="What the truce makes of it."
    )
    wording = models.CharField(
        max_length=200, blank=True, help_text="The party as the source names it, if otherwise."
    )
    binds_members = models.CharField(
        max_length=10,
        choices=Recorded,
        blank=True,
        help_text="For an umbrella: whether what holds for it holds for its members.",
    )
    exclusion_basis = models.CharField(
        max_length=12,
        choices=ExclusionBasis,
        blank=True,
        help_text="For an excluded party: how the truce names it.",
    )
    designation = models.CharField(
        max_length=200, blank=True, help_text="Which designation list, if by a list."
    )
    designation_as_of_edtf = PartialDateField(
        prefix="designation_as_of_",
        verbose_name="designation as of",
        help_text="The list as it stood when.",
    )
    contested_by = models.CharField(
        max_length=200,
        blank=True,
        help_text="Who disputes this role. A contested exclusion leaves the verdict undetermined.",
    )
    joined_edtf = PartialDateField(
        prefix="joined_", verbose_name="joined", help_text="If later than the truce itself."
    )
    left_edtf = PartialDateField(
        prefix="left_", verbose_name="left", help_text="If before the truce itself ended."
    )
    outcome = models.CharField(
        max_length=20,
        choices=TruceOutcome,
        blank=True,
        help_text="What became of it for this party.",
    )

    class Meta:
        verbose_name_plural = "truce parties"
        triggers = (
            keep_partial_dates(
                ("joined_edtf", "joined_"),
                ("left_edtf", "left_"),
                ("designation_as_of_edtf", "designation_as_of_"),
            ),
            *queue_changes("record", "truce_id"),
        )
        constraints = (
            partial_date_check("designation_as_of_"),
            partial_date_check("joined_"),
            partial_date_check("left_"),
            choice_check("role", TruceRole),
            choice_check("binds_members", Recorded),
            choice_check("exclusion_basis", ExclusionBasis),
            choice_check("outcome", TruceOutcome),
            models.UniqueConstraint(
                fields=["truce", "party", "role", "joined_edtf"],
                name="%(app_label)s_%(class)s_given_once",
                violation_error_message="The party already has this role in the truce.",
            ),
            ExclusionConstraint(
                name="ceasefire_truceparty_bound_or_excluded",
                expressions=[
                    ("truce", "="),
                    ("party", "="),
                    ("role", "<>"),
                    (
                        Func(
                            F("joined_latest"), F("left_earliest"), function="sources_certain_core"
                        ),
                        "&&",
                    ),
                ],
                condition=Q(role__in=[TruceRole.BOUND, TruceRole.EXCLUDED]),
                violation_error_message="A party cannot be bound and excluded by one truce at "
                "one time.",
            ),
            models.CheckConstraint(
                condition=Q(joined_earliest__isnull=True)
                | Q(left_latest__isnull=True)
                | Q(joined_earliest__lte=F("left_latest")),
                name="%(app_label)s_%(class)s_joined_before_left",
                violation_error_message="The party leaves before it joins.",
            ),
            models.CheckConstraint(
                condition=Q(role=TruceRole.EXCLUDED) | Q(exclusion_basis="", designation=""),
                name="%(app_label)s_%(class)s_basis_is_of_exclusion",
                violation_error_message="Only an excluded party has a basis of exclusion.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.party}, {self.get_role_display()}"
