"""Counts: how many entries there are of each sort, kept by the difference of each revision."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from ceasefire.enums import Act
from sources.enums import RecordKind
from timeline.enums import Evidence, Mention, Period, Verdict
from timeline.models.version import Version, VersionQuerySet


class PeriodCountQuerySet(VersionQuerySet["PeriodCount"]):
    def ever(self) -> Self:
        """Return the counts of all entries, dated or not."""
        return self.filter(period=Period.EVER)

    def months(self) -> Self:
        return self.filter(period=Period.MONTH)

    def years(self) -> Self:
        return self.filter(period=Period.YEAR)


class MentionCountQuerySet(VersionQuerySet["MentionCount"]):
    def of(self, mention: Mention) -> Self:
        return self.filter(mention=mention)


class PeriodCount(Version):
    """How many entries of one sort begin, and how many end, in one month, one year, or ever.

    An entry begins on its first possible day and ends on its last; one without a first day begins
    on its last; one whose end is open never ends. So those that may have happened between two days
    are those that began by the second, less those that ended before the first.
    """

    period = models.CharField(max_length=5, choices=Period)
    starts_on = models.DateField()
    """The first day of the month or the year; of ever, the calendar's."""
    conflict_id = models.BigIntegerField()
    kind = models.CharField(max_length=20, choices=RecordKind)
    act = models.CharField(max_length=20, choices=Act)
    verdict = models.CharField(max_length=12, choices=Verdict)
    evidence = models.CharField(max_length=16, choices=Evidence)
    is_aggregate = models.BooleanField()
    begun = models.IntegerField()
    ended = models.IntegerField()
    undated = models.IntegerField()
    """How many are not dated at all; counted in `ever` alone."""

    objects = PeriodCountQuerySet.as_manager()  # type: ignore[misc]  # more than every version has

    SORT: ClassVar[tuple[str, ...]] = (
        "conflict_id",
        "kind",
        "act",
        "verdict",
        "evidence",
        "is_aggregate",
    )

    class Meta(Version.Meta):
        indexes = (
            models.Index(
                fields=["period", "revision_to"],
                name="timeline_period_closed",
                condition=Q(revision_to__isnull=False),
            ),
        )
        constraints = (
            *Version.Meta.constraints,
            models.UniqueConstraint(
                fields=[
                    *("period", "starts_on", "conflict_id", "kind"),
                    *("act", "verdict", "evidence", "is_aggregate"),
                ],
                # What is added up stands in it: no row is looked at.
                include=["begun", "ended", "undated"],
                condition=Q(revision_to__isnull=True),
                name="%(app_label)s_%(class)s_one_current",
                violation_error_message="A sort has one current count a period.",
            ),
            models.CheckConstraint(
                condition=Q(begun__gte=0, ended__gte=0, undated__gte=0),
                name="%(app_label)s_%(class)s_counts_up",
                violation_error_message="A count is not below zero.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.begun + self.undated} of kind {self.kind} in {self.period} {self.starts_on}"


class KindCount(Version):
    """How many entries of one kind in one conflict begin, and how many end, in a span of time.

    The fewest sorts, for what is asked most. Undated entries are not in it.
    """

    starts_on = models.DateField()
    """The first day of the span."""
    conflict_id = models.BigIntegerField()
    kind = models.CharField(max_length=20, choices=RecordKind)
    is_aggregate = models.BooleanField()
    begun = models.IntegerField()
    ended = models.IntegerField()

    SORT: ClassVar[tuple[str, ...]] = ("conflict_id", "kind", "is_aggregate")

    class Meta(Version.Meta):
        abstract = True
        constraints = (
            *Version.Meta.constraints,
            models.CheckConstraint(
                condition=Q(begun__gte=0, ended__gte=0),
                name="%(app_label)s_%(class)s_counts_up",
                violation_error_message="A count is not below zero.",
            ),
        )


class MonthCount(KindCount):
    """How many entries of one kind in one conflict begin, and how many end, in one month.

    The months of `PeriodCount` without what tells sorts apart otherwise: a fraction of the rows,
    for what is asked most, when something happened at all. Undated entries are not in it.
    """

    class Meta(KindCount.Meta):
        indexes = (
            models.Index(
                fields=["revision_to"],
                name="timeline_month_closed",
                condition=Q(revision_to__isnull=False),
            ),
        )
        constraints = (
            *KindCount.Meta.constraints,
            models.UniqueConstraint(
                fields=["starts_on", "conflict_id", "kind", "is_aggregate"],
                include=["begun", "ended"],
                condition=Q(revision_to__isnull=True),
                name="%(app_label)s_%(class)s_one_current",
                violation_error_message="A kind has one current count a month.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.begun} of kind {self.kind} in {self.starts_on:%Y-%m}"


class MentionCount(Version):
    """How many entries of one sort mention a party, accuse it, rest on an origin, lie in a region.

    A party counts through its members as well, as the filter finds it, on days on which they may
    have belonged to it.
    """

    mention = models.CharField(max_length=8, choices=Mention)
    ref = models.BigIntegerField()
    """The party, the outlet or the place; 0 for an origin that is unknown."""
    conflict_id = models.BigIntegerField()
    kind = models.CharField(max_length=20, choices=RecordKind)
    verdict = models.CharField(max_length=12, choices=Verdict)
    evidence = models.CharField(max_length=16, choices=Evidence)
    is_aggregate = models.BooleanField()
    entries = models.IntegerField()

    objects = MentionCountQuerySet.as_manager()  # type: ignore[misc]  # more than every version has

    SORT: ClassVar[tuple[str, ...]] = ("conflict_id", "kind", "verdict", "evidence", "is_aggregate")

    class Meta(Version.Meta):
        indexes = (
            models.Index(
                fields=["mention", "revision_to"],
                name="timeline_mention_closed",
                condition=Q(revision_to__isnull=False),
            ),
        )
        constraints = (
            *Version.Meta.constraints,
            models.UniqueConstraint(
                fields=[
                    *("mention", "ref", "conflict_id", "kind"),
                    *("verdict", "evidence", "is_aggregate"),
                ],
                condition=Q(revision_to__isnull=True),
                name="%(app_label)s_%(class)s_one_current",
                violation_error_message="A sort has one current count a mention.",
            ),
            models.CheckConstraint(
                condition=Q(entries__gt=0),
                name="%(app_label)s_%(class)s_counts_some",
                violation_error_message="What is mentioned by none is not counted.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.entries} of kind {self.kind}: {self.mention} {self.ref}"


class MentionYearCount(KindCount):
    """How many entries of one kind in one conflict mention a thing and begin, or end, in one year.

    What `MonthCount` is to `PeriodCount`: fewer sorts, for what is asked most, and so few rows that
    they can be kept by year. Things are mentioned as in `MentionCount`; undated entries are not in
    it.
    """

    mention = models.CharField(max_length=8, choices=Mention)
    ref = models.BigIntegerField()

    class Meta(KindCount.Meta):
        indexes = (
            models.Index(
                fields=["revision_to"],
                name="timeline_mention_year_closed",
                condition=Q(revision_to__isnull=False),
            ),
        )
        constraints = (
            *KindCount.Meta.constraints,
            models.UniqueConstraint(
                fields=["conflict_id", "starts_on", "mention", "ref", "kind", "is_aggregate"],
                condition=Q(revision_to__isnull=True),
                name="%(app_label)s_%(class)s_one_current",
                violation_error_message="A kind has one current count a mention and year.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.begun} of kind {self.kind} in {self.starts_on:%Y}: {self.mention} {self.ref}"
