"""Ties between parties."""

from django.db import models
from django.db.models import F, Q

from sources.enums import RecordKind
from sources.fields import PartialDateField, choice_check, partial_date_check
from sources.models import Record
from sources.triggers import keep_history, keep_partial_dates, queue_changes
from talks.enums import Phase, TieKind
from talks.models.conflict import Conflict
from talks.models.party import Party


@keep_history
class PartyTie(Record):
    """That one party belongs to, backs, left, became or acts for another.

    The record's own date is that of what the source reports: the tie's beginning,
    its end, or a time at which it held. `since` and `until` bound the tie itself.
    """

    record_kind = RecordKind.TIE
    own_citable = ("conflict", "tie", "phase", "party", "other_party", "since", "until")

    record = models.OneToOneField(
        Record, models.CASCADE, parent_link=True, primary_key=True, related_name="as_%(class)s"
    )
    conflict = models.ForeignKey(
        Conflict, models.PROTECT, related_name="ties", help_text="The conflict that it matters to."
    )
    party = models.ForeignKey(
        Party,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="ties",
        help_text="The party that stands in the tie. Leave empty if the source does not name it.",
    )
    party_wording = models.CharField(
        max_length=200, blank=True, help_text="That party in the source's words."
    )
    tie = models.CharField(max_length=12, choices=TieKind, help_text="How it stands to the other.")
    other_party = models.ForeignKey(
        Party,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="ties_from_others",
        help_text="The other party: the umbrella, the backed, the one split from.",
    )
    other_wording = models.CharField(
        max_length=200, blank=True, help_text="The other party in the source's words."
    )
    phase = models.CharField(
        max_length=6, choices=Phase, help_text="Whether the record dates its beginning or its end."
    )
    since_edtf = PartialDateField(
        prefix="since_", verbose_name="since", help_text="When the tie began. Empty: not recorded."
    )
    until_edtf = PartialDateField(
        prefix="until_", verbose_name="until", help_text="When it ended. Empty: not recorded."
    )

    class Meta:
        triggers = (
            keep_partial_dates(("since_edtf", "since_"), ("until_edtf", "until_")),
            *queue_changes("record", "record_id"),
        )
        constraints = (
            partial_date_check("since_"),
            partial_date_check("until_"),
            choice_check("tie", TieKind),
            choice_check("phase", Phase),
            models.CheckConstraint(
                condition=(Q(party__isnull=False) | ~Q(party_wording=""))
                & (Q(other_party__isnull=False) | ~Q(other_wording="")),
                name="%(app_label)s_%(class)s_parties_are_named",
                violation_error_message="Choose both parties, or describe them in the source's "
                "words.",
            ),
            models.CheckConstraint(
                condition=Q(party__isnull=True)
                | Q(other_party__isnull=True)
                | ~Q(party=F("other_party")),
                name="%(app_label)s_%(class)s_is_with_another",
                violation_error_message="A party has no tie with itself.",
            ),
            models.CheckConstraint(
                condition=Q(since_earliest__isnull=True)
                | Q(until_latest__isnull=True)
                | Q(since_earliest__lte=F("until_latest")),
                name="%(app_label)s_%(class)s_since_before_until",
                violation_error_message="The tie ends before it begins.",
            ),
        )
