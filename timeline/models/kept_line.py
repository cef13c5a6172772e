"""Kept lines: lines of the CSV as they were made, for the next who asks for them."""

from django.db import models
from django.db.models import Q


class KeptLine(models.Model):
    """The line of one entry in the CSV, as of the revision of the row of `KeptAsOf`.

    A kept line can always be made again, and whoever reads leaves out what is not right for the
    revision that they read: see timeline.queries.kept_lines.
    """

    sort_key = models.BigIntegerField(primary_key=True)
    """Where the entry stands in the order by date: neighbours in a file are neighbours here."""
    entry_id = models.BigIntegerField()
    epoch = models.IntegerField()
    """How often anything had been taken out when it was made: it is no line in any other."""
    cells = models.BinaryField()
    """In UTF-8 with its end, and a zero byte where the address of the site belongs."""

    def __str__(self) -> str:
        return f"Line of entry {self.entry_id}"


class KeptAsOf(models.Model):
    """As of which revision the kept lines are right: one row, or none."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    revision = models.BigIntegerField()
    form = models.CharField(max_length=20)
    """What beside the revision makes the bytes: the version of the files and their format."""
    epoch = models.IntegerField()
    is_complete = models.BooleanField(default=False)
    """Whether every line of that revision is kept."""

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(id=1),
                name="%(app_label)s_%(class)s_one_row",
                violation_error_message="All kept lines are right as of one revision.",
            ),
        )

    def __str__(self) -> str:
        return f"Lines as of revision {self.revision}"
