"""How many lines a filter finds: in all, of each code, of each thing mentioned, and when.

The same numbers come in two ways. `EntryCounts` counts the entries, for any filter. `KeptCounts`
(timeline/queries/kept.py) adds up what the builder counted, where the filter lets it.
"""

from collections.abc import Callable, Collection
from datetime import date
from typing import NamedTuple, Protocol

from django.db import connection
from django.db.models import Count, F, Func, Q

from timeline.enums import Mention, Topic
from timeline.models.entry import EntryQuerySet
from timeline.models.label import Label
from timeline.queries.bins import Bins, Unit, unit_for
from timeline.sql import sql

UNKNOWN_ORIGIN = 0
"""Stands for an origin that is unknown where outlets are counted by their ids."""

#: By which parameter of the filter a thing mentioned is chosen.
PARAMETERS: dict[Mention, str] = {
    Mention.PARTY: "party",
    Mention.ACCUSED: "accused",
    Mention.ORIGIN: "origin",
    Mention.REGION: "place",
}

Lacking = Callable[[Collection[str]], EntryQuerySet]
"""Returns the lines that a filter would find without some of its parameters."""


class Span(NamedTuple):
    """From when to when the lines of a list begin; None where none of them is dated."""

    first: date | None
    last: date | None
    dated: int
    undated: int


class Counts(Protocol):
    """The numbers of one filter, whichever way they are found."""

    def total(self) -> int:
        """Return how many lines there are."""

    def by_code(self, name: str) -> dict[str, int]:
        """Return how many lines there would be with each code of a parameter.

        It is counted without what the filter asks of that parameter itself. The most first, then
        by code.
        """

    def by_mention(self, mention: Mention) -> dict[int, int]:
        """Return how many lines mention each thing, counted as by `by_code`."""

    def span(self) -> Span:
        """Return from when to when they begin, and how many are dated."""

    def within(self, first: date, last: date) -> dict[str, int]:
        """Return how many of each kind may have happened in a window, as `from` and `to` find."""

    def by_bin(self, first: date, last: date, *, most: int) -> Bins:
        """Return how many of each kind begin when, in up to `most` bins from a day to another."""


IS_UNDATED = Q(earliest__isnull=True, latest__isnull=True)


class EntryCounts:
    """Counts the entries themselves: right for any filter, at a cost that grows with the list."""

    def __init__(self, lacking: Lacking, revision: int) -> None:
        self._lacking = lacking
        self._revision = revision

    @property
    def entries(self) -> EntryQuerySet:
        return self._lacking(())

    def total(self) -> int:
        return self.entries.count()

    def by_code(self, name: str) -> dict[str, int]:
        rows = self._lacking((name,)).values_list(name).annotate(entries=Count("pk"))
        return dict(rows.order_by("-entries", name))

    def by_mention(self, mention: Mention) -> dict[int, int]:
        entries = self._lacking((PARAMETERS[mention],))
        if mention in (Mention.PARTY, Mention.ACCUSED):
            return self._parties(entries, f"{mention}_ids")
        column = "origins" if mention == Mention.ORIGIN else "place_ids"
        rows = (
            entries.annotate(mentioned=Func(F(column), function="unnest"))
            .values_list("mentioned")
            .annotate(entries=Count("pk"))
            .order_by("-entries", "mentioned")
        )
        if mention == Mention.ORIGIN:
            found = ((_outlet(origin), count) for origin, count in rows)
            return most_first({ref: count for ref, count in found if ref is not None})
        regions = Label.objects.as_of(self._revision).filter(topic=Topic.PLACE, data__kind="region")
        wanted = set(regions.values_list("ref", flat=True))
        return {ref: count for ref, count in rows if ref in wanted}

    def span(self) -> Span:
        dated = self.entries.exclude(IS_UNDATED)
        days = dated.order_by("sort_on").values_list("sort_on", flat=True)
        count, total = dated.count(), self.total()
        return Span(days.first(), days.reverse().first(), count, total - count)

    def within(self, first: date, last: date) -> dict[str, int]:
        found = self.entries.since(first, certainly=False).until(last, certainly=False)
        return dict(found.values_list("kind").annotate(entries=Count("pk")).order_by("kind"))

    def by_bin(self, first: date, last: date, *, most: int) -> Bins:
        unit = unit_for(first, last, most)
        begin, end = edges(unit, first, last)
        return Bins.of(unit, first, last, self.by_day(begin, end))

    def by_day(self, first: date, last: date) -> "list[tuple[str, date, int]]":
        """Return how many lines of each kind begin on each day from one to another."""
        rows = (
            self.entries.filter(sort_on__range=(first, last))
            .exclude(IS_UNDATED)
            .values_list("kind", "sort_on")
            .annotate(entries=Count("pk"))
        )
        return list(rows.order_by("kind", "sort_on"))

    def _parties(self, entries: EntryQuerySet, column: str) -> dict[int, int]:
        """Return how many entries name each party, itself or through its members of that date."""
        named = entries.filter(~Q(**{column: []})).annotate(ids=F(column))
        inner, parameters = named.values_list(
            "record_id", "ids", "earliest", "latest"
        ).query.sql_with_params()
        with connection.cursor() as cursor:
            statement = sql("parties").replace("{named}", inner)
            cursor.execute(statement, [*parameters, self._revision, self._revision])
            return dict(cursor.fetchall())


def edges(unit: Unit, first: date, last: date) -> tuple[date, date]:
    """Return the first and the last day of the bins that a window touches."""
    bins = Bins.of(unit, first, last, ())
    return bins.starts[0], bins.last


def most_first(counts: dict[int, int]) -> dict[int, int]:
    """Return counts with the highest first, then by what they count."""
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _outlet(origin: str) -> int | None:
    """Return an origin's outlet; None of a speaker, whom nobody can choose."""
    kind, _, ref = origin.partition(":")
    if kind == "unknown":
        return UNKNOWN_ORIGIN
    return int(ref) if kind == "outlet" else None
