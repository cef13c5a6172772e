"""Imports: what was read from where, what was wrong with it, and what became of each row."""

from typing import Final, Self

from django.conf import settings
from django.db import models

from ceasefire.enums import ImportFormat, ImportScope, ImportState, RowOutcome
from sources.enums import Status
from sources.fields import choice_check
from sources.models import Record
from talks.models import Conflict

#: The states in which a process is, or should be, at work.
AT_WORK: Final = (ImportState.CHECKING, ImportState.APPLYING)
#: The states in which a run waits for a worker.
QUEUED: Final = (ImportState.WAITING, ImportState.CONFIRMED)


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    def newest_first(self) -> Self:
        return self.order_by("-pk")

    def queued(self) -> Self:
        return self.filter(state__in=QUEUED)

    def at_work(self) -> Self:
        return self.filter(state__in=AT_WORK)


class ImportRun(models.Model):
    """One file brought in: its choices, its progress, and what came of it.

    Its rows of data are written in one transaction with the state `done`, so a run that is not
    done has written nothing. How far it is (`step`, `done_steps`) is written beside that
    transaction, to be read while it runs.
    """

    format = models.CharField(
        max_length=20, choices=ImportFormat, help_text="The form that the file has."
    )
    file_name = models.CharField(max_length=200, editable=False)
    file_size = models.PositiveBigIntegerField(default=0, editable=False)
    sha256 = models.CharField("SHA-256", max_length=64, editable=False)
    encoding = models.CharField(
        max_length=40,
        blank=True,
        help_text="The encoding of the file: utf-8, cp1252. Empty: found out.",
    )
    conflict = models.ForeignKey(
        Conflict,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="import_runs",
        help_text="The conflict that takes what is not yet tied to one. Empty: the one that is "
        "named like the country of the events, and a new one where there is none.",
    )
    dataset_version = models.CharField(
        max_length=80,
        blank=True,
        help_text="The release of the dataset that the file is from: 20.1. Empty: not recorded.",
    )
    status = models.CharField(
        max_length=10,
        choices=Status,
        default=Status.DRAFT,
        help_text="What new records become.",
    )
    is_strict = models.BooleanField(
        default=False,
        verbose_name="refuse rows that contradict themselves",
        help_text="Some datasets hold numbers out of order, such as a lowest above the best. "
        "Unless this is ticked such a row goes in, each number beside the other, with a remark.",
    )
    scope = models.CharField(
        max_length=4,
        choices=ImportScope,
        blank=True,
        help_text="What becomes of the file if some rows are at fault. Chosen after the check.",
    )
    state = models.CharField(
        max_length=12, choices=ImportState, default=ImportState.WAITING, editable=False
    )
    step = models.CharField(max_length=100, blank=True, editable=False)
    done_steps = models.PositiveIntegerField(default=0, editable=False)
    all_steps = models.PositiveIntegerField(default=0, editable=False)
    counts = models.JSONField(default=dict, editable=False)
    report = models.JSONField(default=dict, editable=False)
    message = models.TextField(blank=True, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True, editable=False)
    finished_at = models.DateTimeField(null=True, editable=False)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        verbose_name = "import"
        constraints = (
            choice_check("format", ImportFormat),
            choice_check("status", Status),
            choice_check("scope", ImportScope, blank=True),
            choice_check("state", ImportState),
        )

    def __str__(self) -> str:
        return f"Import {self.pk}: {self.file_name}"


class ImportFile(models.Model):
    """The file of a run as it was uploaded, until the run is done with it.

    In the database, because the process that reads it may be on another machine than the one
    that took it.
    """

    run = models.OneToOneField(
        ImportRun, models.CASCADE, primary_key=True, related_name="file", editable=False
    )
    content = models.BinaryField()


class ImportRowQuerySet(models.QuerySet["ImportRow"]):
    def in_order(self) -> Self:
        return self.order_by("number", "pk")

    def refused(self) -> Self:
        return self.filter(outcome=RowOutcome.REFUSED)

    def with_findings(self) -> Self:
        return self.exclude(findings=[])


class ImportRow(models.Model):
    """One row of a file as it stood there, and what the import made of it.

    Kept for each row that was written, at fault, in conflict, or gone upstream. The latest row
    that was written under an id says what the next import compares with.
    """

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(
        null=True, help_text="Its place in the file; the first after the header is 2."
    )
    scheme = models.CharField(max_length=40, blank=True)
    value = models.CharField(max_length=200, blank=True)
    outcome = models.CharField(max_length=10, choices=RowOutcome)
    record = models.ForeignKey(Record, models.SET_NULL, null=True, related_name="import_rows")
    raw = models.JSONField(default=dict, help_text="The cells by their columns, as in the file.")
    digest = models.CharField(
        max_length=32, blank=True, help_text="Of what of the row goes into the record."
    )
    part = models.CharField(
        max_length=60,
        blank=True,
        help_text="The part of the dataset that it belongs to. A file that holds that part and "
        "not the row says that the row is gone.",
    )
    findings = models.JSONField(
        default=list, help_text="What was found in it: column, value, reason, and how grave."
    )

    objects = ImportRowQuerySet.as_manager()

    class Meta:
        verbose_name = "imported row"
        constraints = (choice_check("outcome", RowOutcome),)
        indexes = (
            models.Index(
                fields=["scheme", "value", "id"],
                condition=models.Q(outcome__in=[RowOutcome.CREATED, RowOutcome.UPDATED]),
                name="ceasefire_importrow_written",
            ),
        )

    def __str__(self) -> str:
        return f"row {self.number}" if self.number else f"{self.scheme} {self.value}"
