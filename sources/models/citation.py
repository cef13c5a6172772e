"""Citations: where in which source a record rests."""

from functools import partial
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models

from sources.enums import Credibility, OriginKind, Stance
from sources.models.outlet import Outlet
from sources.models.record import Record
from sources.models.source import Source
from sources.triggers import keep_history, queue_changes


class CitationQuerySet(models.QuerySet["Citation"]):
    def chronological(self) -> Self:
        return self.order_by("source__published_earliest", "pk")

    def supporting(self) -> Self:
        return self.filter(stance=Stance.SUPPORTS)


@partial(keep_history, part_of=["record"])
class Citation(models.Model):
    """One passage of one source, and what it does to one record.

    The *origin* of a citation is whom the passage itself relies on; independence
    is counted over origins. Five papers that quote one agency are one origin, and
    a passage that does not say who reports it adds none.
    """

    record = models.ForeignKey(Record, models.PROTECT, related_name="citations")
    source = models.ForeignKey(
        Source, models.PROTECT, related_name="citations", help_text="The document that says it."
    )
    locator = models.CharField(
        max_length=200,
        blank=True,
        help_text="Where in the document: page 3, paragraph 7, 00:12:30.",
    )
    quote = models.CharField(
        max_length=500, blank=True, help_text="A few words of the passage, if they matter."
    )
    stance = models.CharField(
        max_length=12,
        choices=Stance,
        default=Stance.SUPPORTS,
        help_text="Whether the passage supports the record, contradicts it, or gives context.",
    )
    origin = models.CharField(
        max_length=12,
        choices=OriginKind,
        default=OriginKind.OUTLET,
        help_text="Whose knowledge this is. An unknown origin adds no independent account.",
    )
    attributed_outlet = models.ForeignKey(
        Outlet,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="attributed_citations",
        db_index=False,  # few have one: see the index below
        help_text="The outlet that the source itself relies on (“according to …”).",
    )
    attributed_speaker = models.CharField(
        max_length=200,
        blank=True,
        help_text="The speaker that the source itself relies on, as it names or describes them.",
    )
    is_speaker_aligned = models.BooleanField(
        default=False,
        help_text="The speaker belongs to a party to the conflict: shown, not counted as "
        "independent.",
    )
    credibility = models.PositiveSmallIntegerField(
        choices=Credibility,
        null=True,
        blank=True,
        help_text="Grade 1 to 6 of this passage. For editors; readers do not see it.",
    )
    is_verification = models.BooleanField(
        default=False,
        help_text="The origin verified it itself. Counts only for a body with the role monitor "
        "in the truce concerned.",
    )
    fields = ArrayField(
        models.CharField(max_length=40),
        default=list,
        blank=True,
        help_text="The fields of the record that the passage backs, separated by commas. "
        "Empty: all of them.",
    )

    objects = CitationQuerySet.as_manager()

    class Meta:
        triggers = queue_changes("record", "record_id")
        constraints = (
            models.CheckConstraint(
                condition=(
                    models.Q(
                        origin=OriginKind.OTHER_OUTLET,
                        attributed_outlet__isnull=False,
                        attributed_speaker="",
                    )
                    | (
                        models.Q(origin=OriginKind.SPEAKER, attributed_outlet__isnull=True)
                        & ~models.Q(attributed_speaker="")
                    )
                    | models.Q(
                        origin__in=[OriginKind.OUTLET, OriginKind.UNKNOWN],
                        attributed_outlet__isnull=True,
                        attributed_speaker="",
                    )
                ),
                name="%(app_label)s_%(class)s_origin_is_named",
                violation_error_message="Name the outlet or the speaker that the origin says, "
                "and no other.",
            ),
            models.CheckConstraint(
                condition=models.Q(is_speaker_aligned=False) | models.Q(origin=OriginKind.SPEAKER),
                name="%(app_label)s_%(class)s_aligned_is_speaker",
                violation_error_message="Only a speaker can be marked as belonging to a party.",
            ),
            models.CheckConstraint(
                condition=models.Q(credibility__isnull=True)
                | models.Q(credibility__in=Credibility.values),
                name="%(app_label)s_%(class)s_credibility_is_graded",
                violation_error_message="Credibility is a grade from 1 to 6.",
            ),
            models.CheckConstraint(
                condition=models.Q(stance__in=Stance.values),
                name="%(app_label)s_%(class)s_stance_is_known",
                violation_error_message="A citation supports, contradicts or gives context.",
            ),
        )
        indexes = (
            models.Index(
                fields=["attributed_outlet"],
                name="sources_citation_relying",
                condition=models.Q(attributed_outlet__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.source} {self.locator}".strip()

    def clean(self) -> None:
        super().clean()
        if self.origin == OriginKind.OTHER_OUTLET and self.attributed_outlet_id is None:
            raise ValidationError(
                {"attributed_outlet": "Name the outlet that the source relies on."}
            )
        if self.origin == OriginKind.SPEAKER and not self.attributed_speaker:
            raise ValidationError({"attributed_speaker": "Name or describe the speaker."})
        if not self.record_id:
            return
        record_class = Record.class_of(self.record.kind)
        for field in self.fields:
            if field not in record_class.citable_fields():
                raise ValidationError(
                    {
                        "fields": f"A {record_class.record_kind.label.lower()} has "
                        f"no field “{field}”. It has: "
                        f"{', '.join(record_class.citable_fields())}."
                    }
                )
