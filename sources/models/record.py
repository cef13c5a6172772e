"""Records: the parent of everything that must be cited."""

from collections.abc import Sequence
from typing import ClassVar, Self, TypeVar

from django.contrib.postgres.fields import DateRangeField
from django.contrib.postgres.indexes import GistIndex
from django.core.exceptions import ValidationError
from django.db import models

from sources.enums import Extent, Precision, RecordKind, Status
from sources.fields import PartialDateField, partial_date_check, time_zone_check, validate_time_zone
from sources.identity import new_public_id
from sources.partial_dates import PartialDate, PartialDateError
from sources.triggers import keep_history, keep_partial_dates, queue_changes

Recorded_co = TypeVar("Recorded_co", bound=models.Model, covariant=True)


class RecordQuerySet(models.QuerySet[Recorded_co]):
    """Records of one kind, or of all."""

    def chronological(self) -> Self:
        return self.order_by("earliest", "latest", "pk")

    def published(self) -> Self:
        return self.filter(status=Status.PUBLISHED)

    def awaiting_review(self) -> Self:
        return self.filter(status=Status.IN_REVIEW)


@keep_history
class Record(models.Model):
    """One cited fact of whatever kind, with one identity, one date and one review status.

    Each record has exactly one child, of its `kind` (multi-table inheritance);
    a deferred trigger holds that. A published record has at least one
    supporting citation; another deferred trigger holds that.
    """

    #: The fields, and the groups of rows, that a citation may name as what it backs.
    shared_citable: ClassVar[Sequence[str]] = ("when", "extent", "title", "summary", "time_of_day")
    own_citable: ClassVar[Sequence[str]] = ()
    record_kind: ClassVar[RecordKind]

    public_id = models.CharField(max_length=40, unique=True, default=new_public_id, editable=False)
    kind = models.CharField(max_length=20, choices=RecordKind, editable=False)
    status = models.CharField(
        max_length=10,
        choices=Status,
        default=Status.DRAFT,
        editable=False,
        help_text="Only published records reach readers, and only with a supporting citation.",
    )
    title = models.CharField(
        max_length=300,
        help_text="One plain line that says what happened or holds, no more than the source does.",
    )
    summary = models.TextField(
        blank=True,
        help_text="What else a reader needs, in our own words. Never the source's sentences.",
    )
    when_edtf = PartialDateField(
        prefix="",
        verbose_name="when",
        help_text="As exact as the source and no more: 2017-01-15; 2017-01; 2016-01~ (about); "
        "2017-01-16? (uncertain); 2016-12-30/2017-01-16 (some time between, or throughout); "
        "../2017-01-16 (by); 2017-01-16/.. (from, end open); empty if not said.",
    )
    when_wording = models.CharField(
        max_length=200,
        blank=True,
        verbose_name="when, in the source's words",
        help_text="How the source itself dates it: “next week”, “almost six years”.",
    )
    extent = models.CharField(
        max_length=10,
        choices=Extent,
        default=Extent.WITHIN,
        help_text="Within: it happened at some time in that window. Throughout: all through it.",
    )
    time_of_day = models.TimeField(
        null=True, blank=True, help_text="Only if the source gives one, with its time zone."
    )
    time_zone = models.CharField(
        max_length=40,
        blank=True,
        validators=[validate_time_zone],
        help_text="The zone of that time, such as Asia/Damascus or UTC.",
    )
    created_at = models.DateTimeField(auto_now_add=True, editable=False)

    objects = RecordQuerySet.as_manager()

    class Meta:
        triggers = (
            keep_partial_dates("when_edtf", prefix=""),
            *queue_changes("record", "id"),
        )
        constraints = (
            partial_date_check(""),
            time_zone_check("time_zone"),
            models.CheckConstraint(
                condition=models.Q(time_of_day__isnull=True, time_zone="")
                | (models.Q(time_of_day__isnull=False) & ~models.Q(time_zone="")),
                name="%(app_label)s_%(class)s_time_has_zone",
                violation_error_message="A time of day needs its time zone, and a zone needs its "
                "time.",
            ),
            models.CheckConstraint(
                condition=models.Q(time_of_day__isnull=True) | models.Q(precision=Precision.DAY),
                name="%(app_label)s_%(class)s_time_has_day",
                violation_error_message="A time of day needs a date known to the day.",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=RecordKind.values),
                name="%(app_label)s_%(class)s_kind_is_known",
                violation_error_message="A record is of one of the kinds of the code list.",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=Status.values),
                name="%(app_label)s_%(class)s_status_is_known",
                violation_error_message="A record is draft, in review, published or withdrawn.",
            ),
            models.CheckConstraint(
                condition=models.Q(extent__in=Extent.values),
                name="%(app_label)s_%(class)s_extent_is_known",
                violation_error_message="The extent is “within” or “throughout”.",
            ),
        )
        indexes = (
            models.Index(fields=["status", "kind"], name="sources_record_queue"),
            # Which incidents fall into the days of a truce.
            GistIndex(
                models.Func(
                    "earliest",
                    "latest",
                    models.Value("[]"),
                    function="daterange",
                    output_field=DateRangeField(),
                ),
                name="sources_record_incident_days",
                condition=models.Q(kind=RecordKind.INCIDENT),
            ),
        )
        permissions = (
            ("publish_record", "Can publish and withdraw records"),
            ("restrict_source", "Can restrict sources"),
        )

    def __str__(self) -> str:
        return self.title

    def save(self, *args: object, **kwargs: object) -> None:
        """Set `kind` from the class: it is what the record is, not something to choose."""
        self._set_kind()
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # passed on as Django gave them

    @property
    def when(self) -> PartialDate:
        """Return when it happened, with its bounds and its words."""
        return PartialDate.parse(self.when_edtf)

    @classmethod
    def citable_fields(cls) -> tuple[str, ...]:
        """Return the names that a citation of this kind of record may give in `fields`."""
        return (*cls.shared_citable, *cls.own_citable)

    @classmethod
    def class_of(cls, kind: str) -> "type[Record]":
        """Return the model of the records of this kind. Raises KeyError for an unknown kind."""
        return {child.record_kind: child for child in cls.__subclasses__()}[RecordKind(kind)]

    def clean(self) -> None:
        super().clean()
        self._set_kind()  # before the constraints are checked, which comes before save()
        if (self.time_of_day is None) != (not self.time_zone):
            field = "time_zone" if self.time_of_day else "time_of_day"
            raise ValidationError(
                {field: "A time of day needs its time zone, and a zone needs its time."}
            )
        if self.time_of_day and not self._is_known_to_the_day():
            raise ValidationError({"time_of_day": "A time of day needs a date known to the day."})

    def _is_known_to_the_day(self) -> bool:
        try:
            return self.when.precision == Precision.DAY
        except PartialDateError:
            return True  # what is wrong with the date is said at the date

    def _set_kind(self) -> None:
        # A plain Record, as a citation refers to it, keeps the kind that it was read with.
        self.kind = getattr(self, "record_kind", self.kind)
