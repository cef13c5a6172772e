"""Entries: the lines of the timeline."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db import models
from django.db.models import Func, Q, Value
from django.db.models.functions import Coalesce

from ceasefire.enums import Act
from sources.enums import Extent, Precision, RecordKind
from timeline.enums import Evidence, Topic, Verdict
from timeline.models.assessment import GRAVITY, Assessment
from timeline.models.membership import Reach
from timeline.models.version import Version, VersionQuerySet

END_OF_TIME = date(9999, 12, 31)
"""Where undated lines stand: the value of `sort_on` for them."""

TOLD_TWICE = Q(links__contains=[{"kind": "possible_duplicate", "direction": "from"}])
"""Of what an editor or an import has tied to another line as a possible duplicate of that one."""

REPORTED_ON = Coalesce(
    "reported_earliest",
    "reported_latest",
    Value(END_OF_TIME, output_field=models.DateField()),
)
"""The day of the first report, by which the list can be ordered."""

SORT_KEY = Func(
    "sort_on", "record_id", function="timeline_sort_key", output_field=models.BigIntegerField()
)
"""Where an entry stands in the order by date, as one number: sort_key.sql."""

ONLY_BY = Q(earliest__isnull=True, latest__isnull=False)
"""Of what is dated by its last day alone."""

#: The classes of dates whose first and last day lie more than 31 days apart, or are not known.
LONG_PRECISIONS = (Precision.YEAR, Precision.LONGER, Precision.OPEN)
#: How far the first and the last day of any other lie apart at most.
SHORT = timedelta(days=31)


class EntryQuerySet(VersionQuerySet["Entry"]):
    """The vocabulary of the filter. Of several values given to one method, any may hold."""

    def about(self, conflicts: Collection[int]) -> Self:
        return self.filter(conflict_id__in=conflicts)

    def of_kinds(self, kinds: Collection[str]) -> Self:
        return self.filter(kind__in=kinds)

    def naming(self, reaches: Iterable[Reach]) -> Self:
        """Return entries that name these parties in any role, on days when the reach holds."""
        return self._reached("party_ids", reaches)

    def accusing(self, reaches: Iterable[Reach], *, nobody: bool = False) -> Self:
        """Return entries that accuse these parties; with `nobody`, also those that accuse none."""
        return self._reached("accused_ids", reaches, or_else=Q(accused_ids=[]) if nobody else Q())

    def told_by(self, parties: Collection[int]) -> Self:
        """Return entries in which these parties accuse."""
        return self.filter(accuser_ids__overlap=list(parties))

    def hitting(self, parties: Collection[int], populations: Collection[str]) -> Self:
        return self.filter(
            Q(target_ids__overlap=list(parties)) | Q(targets__overlap=list(populations))
        )

    def under(self, truces: Collection[int]) -> Self:
        """Return these truces and what belongs to them or was judged against them."""
        return self.filter(truce_ids__overlap=list(truces))

    def of_processes(self, processes: Collection[int]) -> Self:
        return self.filter(process_ids__overlap=list(processes))

    def at_rounds(self, rounds: Collection[int]) -> Self:
        """Return these rounds and what belongs to them."""
        return self.filter(round_ids__overlap=list(rounds))

    def inside(self, places: Collection[int]) -> Self:
        """Return entries at these places or at places that lie in them."""
        return self.filter(place_ids__overlap=list(places))

    def of_acts(self, acts: Collection[str]) -> Self:
        return self.filter(act__in=acts)

    def judged(self, verdicts: Collection[str]) -> Self:
        return self.filter(verdict__in=verdicts)

    def judged_under(self, pairs: Iterable[tuple[int, str]], revision: int) -> Self:
        """Return entries of which a truce's gravest verdict, as of then, is the one beside it.

        With an empty verdict: those that were not judged under the truce.
        """
        found = Q()
        for truce, verdict in pairs:
            judged = Assessment.objects.as_of(revision).gravest_under(truce)
            if verdict:
                judged = judged.filter(gravity=GRAVITY.index(verdict))
            is_found = Q(record_id__in=judged.values("incident_id"))
            found |= is_found if verdict else ~is_found
        return self.filter(found)

    def perhaps_told_twice(self) -> Self:
        """Return what is possibly a duplicate of another line, and nobody has decided that."""
        return self.filter(TOLD_TWICE)

    def told_as(self, is_aggregate: Collection[bool]) -> Self:
        """Return what tells of single events, or aggregate reports of several."""
        return self.filter(is_aggregate__in=is_aggregate)

    def resting_on(self, evidence: Collection[str]) -> Self:
        return self.filter(evidence__in=evidence)

    def known_from(self, origins: Collection[str]) -> Self:
        return self.filter(origins__overlap=list(origins))

    def through_outlets(self, outlets: Collection[int]) -> Self:
        return self.filter(outlet_ids__overlap=list(outlets))

    def citing(self, sources: Collection[int]) -> Self:
        return self.filter(source_ids__overlap=list(sources))

    def since(self, day: date, *, certainly: bool, of: str = "") -> Self:
        """Return what may have happened on that day or later, or certainly did.

        `of` is “reported_” for the day of the first report instead. What is not dated at all is
        never found; what has only a last day is found by that day, what has only a first by any
        later one.
        """
        if certainly:
            return self._exact(of).filter(**{f"{of}earliest__gte": day})
        return self.filter(
            Q(**{f"{of}latest__gte": day})
            | Q(**{f"{of}latest__isnull": True, f"{of}earliest__isnull": False})
        )

    def until(self, day: date, *, certainly: bool, of: str = "") -> Self:
        """Return what may have happened on that day or before, or certainly did; see `since`."""
        # What the rest implies: it lets a list begin at that day.
        found = self if of else self.filter(sort_on__lte=day)
        if certainly:
            return found._exact(of).filter(**{f"{of}latest__lte": day})
        return found.filter(
            Q(**{f"{of}earliest__lte": day})
            | Q(**{f"{of}earliest__isnull": True, f"{of}latest__lte": day})
        )

    def changed_after(self, revision: int) -> Self:
        """Return entries whose version shown here began after that revision."""
        return self.filter(revision_from__gt=revision)

    def saying(self, word: str, named: Mapping[str, Collection[int]]) -> Self:
        """Return entries with a word that begins so, or that mention one of `named`, by topic."""
        escaped = word.replace("\\", "\\\\").replace("'", "''")
        found = Q(search=SearchQuery(f"'{escaped}':*", config="simple", search_type="raw"))
        for topic, refs in named.items():
            found |= Q(**{f"{_MENTIONS[topic]}__overlap": _some(refs)})
        return self.filter(found)

    def _exact(self, of: str) -> Self:
        """Return entries whose date is neither approximate nor uncertain."""
        return self.exclude(**{f"{of or 'when_'}edtf__regex": "[~?%]"})

    def _reached(self, field: str, reaches: Iterable[Reach], or_else: Q | None = None) -> Self:
        found = or_else or Q()
        for party_ids, since, until in reaches:
            reached = Q(**{f"{field}__overlap": _some(party_ids)})
            if field != "party_ids":
                # Whoever is accused is named: the one index serves both.
                reached &= Q(party_ids__overlap=_some(party_ids))
            if since is not None:
                reached &= Q(latest__gte=since) | Q(latest__isnull=True)
            if until is not None:
                reached &= Q(earliest__lte=until) | Q(earliest__isnull=True)
            found |= reached
        return self.filter(found)


#: Where an entry holds the ids of what search finds by name.
_MENTIONS: dict[str, str] = {
    Topic.PARTY: "party_ids",
    Topic.PERSON: "person_ids",
    Topic.PLACE: "place_ids",
    Topic.OUTLET: "outlet_ids",
    Topic.SOURCE: "source_ids",
}
SEARCHED_TOPICS = tuple(_MENTIONS)


def _some(ids: Iterable[int]) -> Value:
    """Return ids as one parameter: a word may name thousands, and each would be compiled."""
    return Value(list(ids), output_field=_ids())


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
    round_ids = _ids()
    process_ids = _ids()
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

    objects = EntryQuerySet.as_manager()  # type: ignore[misc]  # more than every version has

    class Meta(Version.Meta):
        verbose_name_plural = "entries"
        indexes = (
            # The list by date. What the common filters ask stands in it, so that a walk looks at no
            # row that it does not show, and counting by these looks at no row at all.
            models.Index(
                fields=["sort_on", "record_id"],
                include=[
                    *("id", "revision_from", "revision_to", "earliest", "latest"),
                    *("conflict_id", "kind", "act", "verdict", "evidence", "is_aggregate"),
                ],
                name="timeline_entry_order",
            ),
            # What may last long after it began: a drawing looks for it far back.
            models.Index(
                fields=["sort_on"],
                name="timeline_entry_long",
                condition=Q(precision__in=LONG_PRECISIONS),
            ),
            # What is only known as “by” a day: few, and drawn apart.
            models.Index(
                fields=["sort_on"],
                include=[
                    *("revision_from", "revision_to", "conflict_id", "kind"),
                    *("act", "verdict", "evidence", "is_aggregate"),
                ],
                name="timeline_entry_by",
                condition=ONLY_BY,
            ),
            # The list by report.
            models.Index(REPORTED_ON, "record_id", name="timeline_entry_reported"),
            # A small conflict, or a kind that is rare, in a large timeline.
            models.Index(
                fields=["conflict_id", "sort_on", "record_id"], name="timeline_entry_conflict"
            ),
            models.Index(
                fields=["kind", "sort_on", "record_id"],
                name="timeline_entry_kind",
                condition=~Q(kind=RecordKind.INCIDENT),
            ),
            # Aggregate reports are few, and the page of each truce asks for those of its conflict.
            models.Index(
                fields=["conflict_id", "sort_on", "record_id"],
                name="timeline_entry_aggregate",
                condition=Q(is_aggregate=True),
            ),
            # Up to when a conflict's incidents are reported, which the page of each truce asks.
            models.Index(
                fields=["conflict_id", "reported_latest"],
                name="timeline_entry_newest",
                condition=Q(kind=RecordKind.INCIDENT),
            ),
            # What ended in a part of a month: see PeriodCount.
            models.Index(fields=["latest", "conflict_id"], name="timeline_entry_latest"),
            models.Index(fields=["record_id", "revision_from"], name="timeline_entry_record"),
            # Few, and counted beside every total.
            models.Index(fields=["record_id"], name="timeline_entry_twice", condition=TOLD_TWICE),
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
            GinIndex(fields=["round_ids"], name="timeline_entry_rounds"),
            GinIndex(fields=["process_ids"], name="timeline_entry_processes"),
            GinIndex(fields=["source_ids"], name="timeline_entry_sources"),
            GinIndex(fields=["search"], name="timeline_entry_search"),
            GinIndex(fields=["outlet_ids"], name="timeline_entry_outlets"),
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
