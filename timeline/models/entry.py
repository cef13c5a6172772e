"""Entries: the lines of the timeline."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q

from ceasefire.enums import Act
from sources.enums import Extent, Precision, RecordKind
from timeline.enums import Evidence, Verdict
from timeline.models.version import Version


def _ids() -> "ArrayField[list[int], list[int]]":
    return ArrayField(models.BigIntegerField(), default=list)


class Entry(Version):
    """One version of one line of the timeline: a published record as readers may see it.

    Parties, places, persons, outlets and sources stand here by id; their names
    are labels, versioned apart, so that renaming a party is one row.
    """

    record_id = models.BigIntegerField()
    public_id = models.CharField(max_length=40)
    kind = models.CharField(max_length=20, choices=RecordKind)
    detail = models.CharField(max_length=40)
    """The kind's own code: a truce event's type, a round's status, a decision, a tie."""
    conflict_id = models.BigIntegerField()
    when_edtf = models.CharField(max_length=64)
    when_wording = models.CharField(max_length=200)
    earliest = models.DateField(null=True)
    latest = models.DateField(null=True)
    precision = models.CharField(max_length=7, choices=Precision)
    extent = models.CharField(max_length=10, choices=Extent)
    time_of_day = models.TimeField(null=True)
    time_zone = models.CharField(max_length=40)
    sort_on = models.DateField()
    """Earliest, else latest, else the end of time (9999-12-31): never NULL."""
    reported_edtf = models.CharField(max_length=64)
    """When the first of its supporting public sources appeared."""
    reported_earliest = models.DateField(null=True)
    reported_latest = models.DateField(null=True)
    title = models.CharField(max_length=300)
    summary = models.TextField()
    place_id = models.BigIntegerField(null=True)
    place_ids = _ids()
    """Its places and everything that they lie in."""
    place_precision = models.PositiveSmallIntegerField(null=True)
    party_ids = _ids()
    """Every party that it names, in whatever role."""
    accused_ids = _ids()
    accuser_ids = _ids()
    target_ids = _ids()
    targets = ArrayField(models.CharField(max_length=20), default=list)
    """The populations that were hit."""
    person_ids = _ids()
    truce_ids = _ids()
    round_id = models.BigIntegerField(null=True)
    process_id = models.BigIntegerField(null=True)
    act = models.CharField(max_length=20, choices=Act)
    is_aggregate = models.BooleanField()
    verdict = models.CharField(max_length=12, choices=Verdict)
    evidence = models.CharField(max_length=16, choices=Evidence)
    evidence_who = models.CharField(max_length=16, choices=Evidence)
    killed_low = models.IntegerField(null=True)
    killed_best = models.IntegerField(null=True)
    killed_high = models.IntegerField(null=True)
    civilians_killed_low = models.IntegerField(null=True)
    civilians_killed_high = models.IntegerField(null=True)
    injured_low = models.IntegerField(null=True)
    injured_high = models.IntegerField(null=True)
    displaced_low = models.IntegerField(null=True)
    displaced_high = models.IntegerField(null=True)
    citations = models.JSONField()
    """Its citations: what readers may know of each, sources and outlets by id."""
    outlet_ids = _ids()
    origins = ArrayField(models.CharField(max_length=220), default=list)
    """Whose knowledge it is: `outlet:<id>`, `speaker:<words>` or `unknown`."""
    source_ids = _ids()
    links = models.JSONField()
    """The published records that an editor tied it to."""
    search = SearchVectorField()
    """Its own words, without accents; names are searched in the labels."""

    class Meta(Version.Meta):
        indexes = (
            models.Index(fields=["sort_on", "record_id"], name="timeline_entry_order"),
            models.Index(fields=["record_id", "revision_from"], name="timeline_entry_record"),
            models.Index(fields=["public_id"], name="timeline_entry_public_id"),
            models.Index(fields=["revision_from"], name="timeline_entry_from"),
            models.Index(
                fields=["revision_to"],
                name="timeline_entry_to",
                condition=Q(revision_to__isnull=False),
            ),
            models.Index(fields=["place_id"], name="timeline_entry_place"),
            GinIndex(fields=["party_ids"], name="timeline_entry_parties"),
            GinIndex(fields=["place_ids"], name="timeline_entry_places"),
            GinIndex(fields=["person_ids"], name="timeline_entry_persons"),
            GinIndex(fields=["truce_ids"], name="timeline_entry_truces"),
            GinIndex(fields=["source_ids"], name="timeline_entry_sources"),
            GinIndex(fields=["search"], name="timeline_entry_search"),
        )
        constraints = (
            *Version.Meta.constraints,
            models.UniqueConstraint(
                fields=["record_id"],
                condition=Q(revision_to__isnull=True),
                name="%(app_label)s_%(class)s_one_current",
                violation_error_message="A record has one current entry.",
            ),
        )

    def __str__(self) -> str:
        return self.title
