"""Statements: who said what, on what condition, to whom."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from sources.enums import RecordKind
from sources.models import Record
from sources.triggers import keep_history, queue_changes
from talks.models.conflict import Conflict
from talks.models.party import Party
from talks.models.person import Person


@keep_history
class Statement(Record):
    """A position that somebody takes in public, or is reported to have taken."""

    record_kind = RecordKind.STATEMENT
    own_citable = (
        "conflict",
        "speaker",
        "speaker_party",
        "anonymous_role",
        "position",
        "conditions",
        "audience",
        "subjects",
    )

    record = models.OneToOneField(
        Record, models.CASCADE, parent_link=True, primary_key=True, related_name="as_%(class)s"
    )
    conflict = models.ForeignKey(
        Conflict, models.PROTECT, related_name="statements", help_text="The conflict it is about."
    )
    speaker = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="statements",
        help_text="Who speaks, if named.",
    )
    speaker_party = models.ForeignKey(
        Party,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="statements",
        help_text="The party that speaks, or for which the speaker speaks.",
    )
    anonymous_role = models.CharField(
        max_length=200,
        blank=True,
        help_text="An unnamed speaker's role, as the source gives it: “an official”.",
    )
    position = models.TextField(help_text="What the speaker holds, in our own words.")
    conditions = models.TextField(
        blank=True, help_text="On what condition, if any. Say which words are the source's own."
    )
    audience = models.CharField(
        max_length=200, blank=True, help_text="To whom it was said, if the source tells."
    )

    class Meta:
        triggers = queue_changes("record", "record_id")
        constraints = (
            models.CheckConstraint(
                condition=Q(speaker__isnull=False)
                | Q(speaker_party__isnull=False)
                | ~Q(anonymous_role=""),
                name="%(app_label)s_%(class)s_has_a_speaker",
                violation_error_message="Name the speaker or the party, or give an unnamed "
                "speaker's role.",
            ),
            models.CheckConstraint(
                condition=Q(speaker__isnull=True) | Q(anonymous_role=""),
                name="%(app_label)s_%(class)s_named_or_anonymous",
                violation_error_message="A named speaker is not anonymous: leave the role empty.",
            ),
        )


@keep_history
class StatementSubject(models.Model):
    """A record that a statement is about: a round, a truce, an incident."""

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="subjects")
    record = models.ForeignKey(
        Record, models.PROTECT, related_name="spoken_of_in", help_text="What it is about."
    )

    class Meta:
        triggers = queue_changes("record", "statement_id", "record_id")
        constraints = (
            models.UniqueConstraint(
                fields=["statement", "record"],
                name="%(app_label)s_%(class)s_named_once",
                violation_error_message="The statement is already about this record.",
            ),
            models.CheckConstraint(
                condition=~Q(statement=F("record")),
                name="%(app_label)s_%(class)s_is_of_another",
                violation_error_message="A statement is not about itself.",
            ),
        )

    def __str__(self) -> str:
        return str(self.record)

    def clean(self) -> None:
        super().clean()
        if self.record_id and self.record_id == self.statement_id:
            raise ValidationError({"record": "A statement is not about itself."})
