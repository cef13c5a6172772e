"""Links between records that an editor draws."""

from django.db import models
from django.db.models import F, Q

from sources.fields import choice_check
from sources.models import Record
from sources.triggers import keep_history, queue_changes
from talks.enums import LinkKind


@keep_history
class RecordLink(models.Model):
    """Two accounts side by side: never a winner."""

    from_record = models.ForeignKey(
        Record, models.CASCADE, related_name="links", help_text="The one account."
    )
    kind = models.CharField(
        max_length=20, choices=LinkKind, help_text="How it stands to the other account."
    )
    to_record = models.ForeignKey(
        Record, models.CASCADE, related_name="links_from_others", help_text="The other account."
    )
    note = models.CharField(
        max_length=300,
        blank=True,
        help_text="What the editor saw, for the reader. Not a judgement.",
    )

    class Meta:
        triggers = queue_changes("record", "from_record_id", "to_record_id")
        constraints = (
            choice_check("kind", LinkKind),
            models.UniqueConstraint(
                fields=["from_record", "kind", "to_record"],
                name="%(app_label)s_%(class)s_drawn_once",
                violation_error_message="The two records are already linked so.",
            ),
            models.CheckConstraint(
                condition=~Q(from_record=F("to_record")),
                name="%(app_label)s_%(class)s_is_with_another",
                violation_error_message="A record cannot be linked to itself.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.from_record} {self.get_kind_display()} {self.to_record}"
