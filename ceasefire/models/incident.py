"""Incidents: what was done."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from ceasefire.enums import Act, Population
from ceasefire.models.truce import Truce
from sources.enums import RecordKind
from sources.fields import choice_check
from sources.models import Record
from sources.triggers import keep_history, queue_changes
from talks.enums import PlacePrecision
from talks.models import Conflict, Party, Place


@keep_history
class Incident(Record):
    """One act of violence or its like, or an aggregate report of several.

    The parties involved say nothing of who did it; only an attribution does.
    An aggregate never enters counts of incidents, and is never judged as one.
    """

    record_kind = RecordKind.INCIDENT
    own_citable = (
        "conflict",
        "act",
        "is_aggregate",
        "place",
        "parties",
        "targets",
        "attributions",
        "figures",
    )

    record = models.OneToOneField(
        Record, models.CASCADE, parent_link=True, primary_key=True, related_name="as_%(class)s"
    )
    conflict = models.ForeignKey(
        Conflict,
        models.PROTECT,
        related_name="incidents",
        db_index=False,  # the index with the place begins with it
        help_text="The conflict it is part of.",
    )
    act = models.CharField(max_length=20, choices=Act, help_text="What was done.")
    is_aggregate = models.BooleanField(
        default=False,
        verbose_name="aggregate report",
        help_text="The source reports several incidents in one breath, their number unknown.",
    )
    place = models.ForeignKey(
        Place,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="incidents",
        help_text="The narrowest place that the source names.",
    )
    place_wording = models.CharField(
        max_length=200, blank=True, help_text="The place in the source's words: “a village in …”."
    )
    place_precision = models.PositiveSmallIntegerField(
        choices=PlacePrecision,
        null=True,
        blank=True,
        help_text="How exactly the source places it (UCDP GED's where_prec).",
    )

    class Meta:
        triggers = queue_changes("record", "record_id")
        constraints = (
            choice_check("act", Act),
            choice_check("place_precision", PlacePrecision),
        )
        indexes = (models.Index(fields=["conflict", "place"], name="ceasefire_incident_where"),)


@keep_history
class IncidentParty(models.Model):
    """A party involved in an incident, without direction: no accused, no victim."""

    # Its index is that of the rule that a party is named once.
    incident = models.ForeignKey(Incident, models.CASCADE, related_name="parties", db_index=False)
    party = models.ForeignKey(
        Party, models.PROTECT, related_name="incidents_involved", help_text="Who was involved."
    )
    wording = models.CharField(
        max_length=200, blank=True, help_text="The party as the source names it, if otherwise."
    )

    class Meta:
        verbose_name_plural = "parties involved (without direction)"
        triggers = queue_changes("record", "incident_id")
        constraints = (
            models.UniqueConstraint(
                fields=["incident", "party"],
                name="%(app_label)s_%(class)s_named_once",
                violation_error_message="The incident already names this party.",
            ),
        )

    def __str__(self) -> str:
        return str(self.party)


@keep_history
class IncidentTarget(models.Model):
    """Whom or what the act hit: a party or a population, by somebody's claim."""

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="targets")
    party = models.ForeignKey(
        Party,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="incidents_targeted",
        help_text="The party that was hit; or choose a population.",
    )
    population = models.CharField(
        max_length=20,
        choices=Population,
        blank=True,
        help_text="Who or what was hit, if not a party.",
    )
    claimed_by = models.CharField(
        max_length=200, blank=True, help_text="Who says so, if it is disputed."
    )

    class Meta:
        triggers = queue_changes("record", "incident_id")
        constraints = (
            choice_check("population", Population, blank=True),
            models.CheckConstraint(
                condition=(Q(party__isnull=False) & Q(population=""))
                | (Q(party__isnull=True) & ~Q(population="")),
                name="%(app_label)s_%(class)s_party_or_population",
                violation_error_message="A target is a party or a population, one of them.",
            ),
            models.UniqueConstraint(
                fields=["incident", "party", "population"],
                nulls_distinct=False,
                name="%(app_label)s_%(class)s_named_once",
                violation_error_message="The incident already names this target.",
            ),
        )

    def __str__(self) -> str:
        return str(self.party or self.get_population_display())


@keep_history
class IncidentTruce(models.Model):
    """An editor's statement that a truce is to be held against an incident."""

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="linked_truces")
    truce = models.ForeignKey(
        Truce,
        models.CASCADE,
        related_name="linked_incidents",
        help_text="Judge the incident against this truce even if their dates do not meet.",
    )

    class Meta:
        triggers = queue_changes("record", "incident_id")
        constraints = (
            models.UniqueConstraint(
                fields=["incident", "truce"],
                name="%(app_label)s_%(class)s_linked_once",
                violation_error_message="The incident is already linked to this truce.",
            ),
        )

    def __str__(self) -> str:
        return str(self.truce)

    def clean(self) -> None:
        super().clean()
        if (
            self.truce_id
            and self.incident_id
            and self.truce.conflict_id != self.incident.conflict_id
        ):
            raise ValidationError({"truce": "The truce belongs to another conflict."})
