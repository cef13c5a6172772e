"""Attributions: to whom somebody ascribes an incident."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from ceasefire.enums import AttributionStanding, Justification
from ceasefire.models.incident import Incident
from sources.fields import choice_check
from sources.models import Citation
from sources.triggers import keep_history, queue_changes
from talks.models import Party


@keep_history
class Attribution(models.Model):
    """That somebody says, on a citation, that a party did it. Several may disagree."""

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="attributions")
    accused = models.ForeignKey(
        Party,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="attributions_against",
        help_text="Who is said to have done it. Leave empty if the claimant names nobody we know.",
    )
    accused_wording = models.CharField(
        max_length=200, blank=True, help_text="The accused in the source's words."
    )
    claimed_by = models.CharField(
        max_length=200,
        help_text="Who says so: the outlet or speaker, by the name that readers know.",
    )
    claimed_by_party = models.ForeignKey(
        Party,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="attributions_made",
        help_text="The party that says so, if it is one.",
    )
    citation = models.ForeignKey(
        Citation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="attributions",
        help_text="The passage that says so, one of this incident's citations.",
    )
    standing = models.CharField(
        max_length=10,
        choices=AttributionStanding,
        default=AttributionStanding.ALLEGED,
        help_text="Confirmed only if a body with the means to know has confirmed it.",
    )
    justification = models.CharField(
        max_length=20,
        choices=Justification,
        blank=True,
        help_text="What the accused side claims for itself, if anything.",
    )
    justification_wording = models.CharField(
        max_length=300, blank=True, help_text="That claim in a few words."
    )

    class Meta:
        triggers = queue_changes("record", "incident_id")
        constraints = (
            choice_check("standing", AttributionStanding),
            choice_check("justification", Justification),
            models.CheckConstraint(
                condition=Q(accused__isnull=False) | ~Q(accused_wording=""),
                name="%(app_label)s_%(class)s_accused_is_named",
                violation_error_message="Choose the accused, or describe them in the source's "
                "words.",
            ),
            models.UniqueConstraint(
                fields=["incident", "accused", "accused_wording", "claimed_by", "citation"],
                nulls_distinct=False,
                name="%(app_label)s_%(class)s_made_once",
                violation_error_message="This attribution is already recorded.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.accused or self.accused_wording} ({self.get_standing_display()})"

    def clean(self) -> None:
        super().clean()
        if self.citation is not None and self.citation.record_id != self.incident_id:
            raise ValidationError({"citation": "That citation belongs to another record."})
