"""Truces: arrangements to stop violence."""

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from ceasefire.enums import (
    AreaRelation,
    Completeness,
    Coverage,
    Enforcement,
    Purpose,
    Recorded,
    TruceClass,
    TruceForm,
    TruceLinkKind,
    TruceOutcome,
    TruceSide,
)
from sources.enums import RecordKind
from sources.fields import (
    PartialDateField,
    choice_check,
    partial_date_check,
    time_zone_check,
    validate_time_zone,
)
from sources.models import Record
from sources.triggers import keep_history, keep_partial_dates, queue_changes
from talks.models import Conflict, Place


@keep_history
class Truce(Record):
    """Any arrangement to stop violence from a point in time: the field's “ceasefire”.

    Definition after Clayton et al., “The Logic of Ceasefires” (ETH/PRIO CF). What
    a truce does not say stays unsaid: every field has a value “not recorded”.
    """

    record_kind = RecordKind.TRUCE
    own_citable = (
        "conflict",
        "truce_class",
        "side",
        "form",
        "purposes",
        "declared",
        "effective",
        "end",
        "last_attested",
        "outcome",
        "mediated",
        "monitored",
        "enforcement",
        "coverage",
        "windows",
        "bound",
        "excluded",
        "brokers",
        "guarantors",
        "monitors",
        "terms",
    )

    record = models.OneToOneField(
        Record, models.CASCADE, parent_link=True, primary_key=True, related_name="as_%(class)s"
    )
    conflict = models.ForeignKey(
        Conflict,
        models.PROTECT,
        related_name="truces",
        help_text="The conflict it is meant to still.",
    )
    truce_class = models.CharField(
        max_length=20,
        choices=TruceClass,
        blank=True,
        verbose_name="class",
        help_text="CF's class. A preliminary ceasefire has a compliance mechanism; "
        "a definitive one settles disarmament.",
    )
    side = models.CharField(
        max_length=14, choices=TruceSide, blank=True, help_text="By how many sides it was declared."
    )
    form = models.CharField(
        max_length=10, choices=TruceForm, blank=True, help_text="Verbal or written."
    )
    purposes = ArrayField(
        models.CharField(max_length=20, choices=Purpose),
        default=list,
        blank=True,
        help_text="What it is for; several may hold.",
    )
    declared_edtf = PartialDateField(
        prefix="declared_",
        verbose_name="declared",
        help_text="When it was declared or agreed.",
    )
    effective_edtf = PartialDateField(
        prefix="effective_",
        verbose_name="effective",
        help_text="When it was to apply from, if the source says. Never guessed from the "
        "declaration.",
    )
    effective_time = models.TimeField(
        null=True, blank=True, help_text="The hour it took effect, if the source gives it."
    )
    effective_zone = models.CharField(
        max_length=40,
        blank=True,
        validators=[validate_time_zone],
        help_text="The time zone of that hour, such as Asia/Damascus.",
    )
    end_edtf = PartialDateField(
        prefix="end_", verbose_name="end", help_text="When it ended. Empty: not recorded."
    )
    last_attested_edtf = PartialDateField(
        prefix="last_attested_",
        verbose_name="last attested",
        help_text="The last day on which a source speaks of it as in place. "
        "After that day its verdicts are undetermined.",
    )
    outcome = models.CharField(
        max_length=20, choices=TruceOutcome, blank=True, help_text="What became of it."
    )
    mediated = models.CharField(
        max_length=10, choices=Recorded, blank=True, help_text="Whether third parties mediated it."
    )
    monitored = models.CharField(
        max_length=10,
        choices=Recorded,
        blank=True,
        help_text="Whether a mechanism to monitor it was agreed.",
    )
    enforcement = models.CharField(
        max_length=14, choices=Enforcement, blank=True, help_text="Who enforces it."
    )
    coverage = models.CharField(
        max_length=10,
        choices=Coverage,
        blank=True,
        help_text="Where it applies. Without this, no incident's area can be judged.",
    )
    coverage_wording = models.CharField(
        max_length=300, blank=True, help_text="The area in the source's words."
    )
    bound_recorded = models.CharField(
        max_length=10,
        choices=Completeness,
        blank=True,
        verbose_name="bound parties recorded",
        help_text="“All” only if the source lists everyone who is bound: then whoever is missing "
        "is not.",
    )
    terms_recorded = models.CharField(
        max_length=10,
        choices=Completeness,
        blank=True,
        help_text="“All” only if we have the whole text: then an act it does not mention is not "
        "prohibited.",
    )

    class Meta:
        triggers = (
            keep_partial_dates(
                ("declared_edtf", "declared_"),
                ("effective_edtf", "effective_"),
                ("end_edtf", "end_"),
                ("last_attested_edtf", "last_attested_"),
            ),
            *queue_changes("record", "record_id"),
        )
        constraints = (
            partial_date_check("declared_"),
            partial_date_check("effective_"),
            partial_date_check("end_"),
            partial_date_check("last_attested_"),
            choice_check("truce_class", TruceClass),
            choice_check("side", TruceSide),
            choice_check("form", TruceForm),
            choice_check("outcome", TruceOutcome),
            choice_check("mediated", Recorded),
            choice_check("monitored", Recorded),
            choice_check("enforcement", Enforcement),
            choice_check("coverage", Coverage),
            choice_check("bound_recorded", Completeness),
            choice_check("terms_recorded", Completeness),
            time_zone_check("effective_zone"),
            models.CheckConstraint(
                condition=Q(declared_earliest__isnull=True)
                | Q(end_latest__isnull=True)
                | Q(declared_earliest__lte=F("end_latest")),
                name="%(app_label)s_%(class)s_declared_before_end",
                violation_error_message="The truce ends before it is declared.",
            ),
            models.CheckConstraint(
                condition=Q(effective_earliest__isnull=True)
                | Q(end_latest__isnull=True)
                | Q(effective_earliest__lte=F("end_latest")),
                name="%(app_label)s_%(class)s_effective_before_end",
                violation_error_message="The truce ends before it takes effect.",
            ),
            models.CheckConstraint(
                condition=Q(effective_time__isnull=True, effective_zone="")
                | (
                    Q(effective_time__isnull=False, effective_precision="day")
                    & ~Q(effective_zone="")
                ),
                name="%(app_label)s_%(class)s_hour_has_day_and_zone",
                violation_error_message="The hour it took effect needs a day and a time zone.",
            ),
            models.CheckConstraint(
                condition=Q(purposes__contained_by=Purpose.values),
                name="%(app_label)s_%(class)s_purposes_are_known",
                violation_error_message="Choose the purposes from their list.",
            ),
        )

    def clean(self) -> None:
        super().clean()
        if (self.effective_time is None) != (not self.effective_zone):
            field = "effective_zone" if self.effective_time else "effective_time"
            raise ValidationError(
                {field: "An hour needs its time zone, and a zone needs its hour."}
            )


@keep_history
class TruceArea(models.Model):
    """A place that a truce covers, or leaves out of what it covers."""

    truce = models.ForeignKey(Truce, models.CASCADE, related_name="areas")
    place = models.ForeignKey(
        Place,
        models.PROTECT,
        related_name="truce_areas",
        help_text="The place, with all that lies in it.",
    )
    relation = models.CharField(
        max_length=10,
        choices=AreaRelation,
        default=AreaRelation.COVERED,
        help_text="Covered, or left out.",
    )

    class Meta:
        triggers = queue_changes("record", "truce_id")
        constraints = (
            choice_check("relation", AreaRelation),
            models.UniqueConstraint(
                fields=["truce", "place"],
                name="%(app_label)s_%(class)s_listed_once",
                violation_error_message="The truce already lists this place.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.place} ({self.get_relation_display()})"


@keep_history
class TruceWindow(models.Model):
    """Hours of each day in which a humanitarian pause applies."""

    truce = models.ForeignKey(Truce, models.CASCADE, related_name="windows")
    starts_at = models.TimeField(help_text="The hour at which the pause begins each day.")
    ends_at = models.TimeField(help_text="The hour at which it ends each day.")
    time_zone = models.CharField(
        max_length=40,
        validators=[validate_time_zone],
        help_text="Their time zone, such as Asia/Damascus.",
    )

    class Meta:
        triggers = queue_changes("record", "truce_id")
        constraints = (
            time_zone_check("time_zone"),
            models.UniqueConstraint(
                fields=["truce", "starts_at", "ends_at", "time_zone"],
                name="%(app_label)s_%(class)s_given_once",
                violation_error_message="The truce already has these hours.",
            ),
            models.CheckConstraint(
                condition=~Q(time_zone=""),
                name="%(app_label)s_%(class)s_has_a_zone",
                violation_error_message="Hours need their time zone.",
            ),
            models.CheckConstraint(
                condition=Q(starts_at__lt=F("ends_at")),
                name="%(app_label)s_%(class)s_starts_before_end",
                violation_error_message="A daily window begins before it ends; write two for one "
                "past midnight.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.starts_at:%H:%M}–{self.ends_at:%H:%M} {self.time_zone}"


@keep_history
class TruceLink(models.Model):
    """How one truce stands to another: many to many, and typed."""

    from_truce = models.ForeignKey(
        Truce, models.CASCADE, related_name="links_to_truces", help_text="The later truce."
    )
    kind = models.CharField(
        max_length=10, choices=TruceLinkKind, help_text="How it stands to the other."
    )
    to_truce = models.ForeignKey(
        Truce, models.CASCADE, related_name="links_from_truces", help_text="The other truce."
    )

    class Meta:
        triggers = queue_changes("record", "from_truce_id", "to_truce_id")
        constraints = (
            choice_check("kind", TruceLinkKind),
            models.UniqueConstraint(
                fields=["from_truce", "kind", "to_truce"],
                name="%(app_label)s_%(class)s_drawn_once",
                violation_error_message="The two truces are already linked so.",
            ),
            models.CheckConstraint(
                condition=~Q(from_truce=F("to_truce")),
                name="%(app_label)s_%(class)s_is_with_another",
                violation_error_message="A truce cannot be linked to itself.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.from_truce} {self.get_kind_display()} {self.to_truce}"
