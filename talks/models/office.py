"""Offices that persons hold."""

from django.db import models
from django.db.models import F, Q

from sources.enums import RecordKind
from sources.fields import PartialDateField, choice_check, partial_date_check
from sources.models import Record
from sources.triggers import keep_history, keep_partial_dates, queue_changes
from talks.enums import Phase
from talks.models.conflict import Conflict
from talks.models.party import Party
from talks.models.person import Person


@keep_history
class Office(Record):
    """That a person holds, takes up or leaves a post in a party."""

    record_kind = RecordKind.OFFICE
    own_citable = ("conflict", "person", "party", "post", "phase", "since", "until")

    record = models.OneToOneField(
        Record, models.CASCADE, parent_link=True, primary_key=True, related_name="as_%(class)s"
    )
    conflict = models.ForeignKey(
        Conflict, models.PROTECT, related_name="offices", help_text="The conflict it matters to."
    )
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="offices", help_text="Who holds it."
    )
    party = models.ForeignKey(
        Party, models.PROTECT, related_name="offices", help_text="In which party."
    )
    post = models.CharField(max_length=200, help_text="“President”, “chief negotiator”.")
    phase = models.CharField(
        max_length=6, choices=Phase, help_text="Whether the record dates its beginning or its end."
    )
    since_edtf = PartialDateField(
        prefix="since_",
        verbose_name="since",
        help_text="When it was taken up. Empty: not recorded.",
    )
    until_edtf = PartialDateField(
        prefix="until_", verbose_name="until", help_text="When it was left. Empty: not recorded."
    )

    class Meta:
        triggers = (
            keep_partial_dates(("since_edtf", "since_"), ("until_edtf", "until_")),
            *queue_changes("record", "record_id"),
        )
        constraints = (
            partial_date_check("since_"),
            partial_date_check("until_"),
            choice_check("phase", Phase),
            models.CheckConstraint(
                condition=Q(since_earliest__isnull=True)
                | Q(until_latest__isnull=True)
                | Q(since_earliest__lte=F("until_latest")),
                name="%(app_label)s_%(class)s_since_before_until",
                violation_error_message="The office ends before it begins.",
            ),
        )
