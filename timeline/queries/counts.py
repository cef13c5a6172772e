"""How many lines a filter finds: in all, of each code, of each thing mentioned, and when.

The same numbers come in two ways. `EntryCounts` counts the entries, for any filter. `KeptCounts`
(timeline/queries/kept.py) adds up what the builder counted, where the filter lets it.
"""

from collections.abc import Collection
from datetime import date
from functools import cached_property
from typing import Any, ClassVar, NamedTuple, Protocol, TypeVar

from django.db import connection
from django.db.models import Count, Q, Value

from timeline.enums import Mention
from timeline.models import Entry
from timeline.models.entry import EntryQuerySet
from timeline.queries.bins import Bins, Unit, unit_for
from timeline.queries.carried import Table, carried
from timeline.queries.planning import by_hashing
from timeline.queries.reading import Reading
from timeline.sql import sql

UNKNOWN_ORIGIN = 0
"""Stands for an origin that is unknown where outlets are counted by their ids."""

#: By which parameter of the filter a thing mentioned is chosen.
PARAMETERS: dict[str, str] = {
    Mention.PARTY: "party",
    Mention.ACCUSED: "accused",
    Mention.ORIGIN: "origin",
    Mention.REGION: "place",
}

WHOLE = ""
"""Stands for no facet: how many lines there are in all."""

FACETS = ("kind", "act", "verdict", "evidence", *Mention.values)

Counted = TypeVar("Counted", str, int)


class Lacking(Protocol):
    """A filter, of which some parameters may be left out."""

    def __call__(
        self, names: Collection[str], versions: EntryQuerySet | None = None
    ) -> EntryQuerySet:
        """Return the lines that it would find without these parameters, or such versions."""


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

    tabled: ClassVar[tuple[str, ...]] = (WHOLE, *FACETS)
    """What is counted in one go, of what the filter does not ask itself."""

    def __init__(self, lacking: Lacking, reading: Reading, chosen: Collection[str] = ()) -> None:
        """`chosen` names the parameters of the filter that ask for anything."""
        self._lacking = lacking
        self._reading = reading
        self._chosen = chosen
        self._tables: dict[str, Table] = {}

    @property
    def entries(self) -> EntryQuerySet:
        return self._lacking(())

    def total(self) -> int:
        # Whoever has counted the facets has counted all.
        whole = self._tables.get("", {}).get(WHOLE)
        return self.entries.count() if whole is None else whole.get("", 0)

    def by_code(self, name: str) -> dict[str, int]:
        return by_frequency(self._table(name)[name])

    def by_mention(self, mention: Mention) -> dict[int, int]:
        found = self._table(mention)[mention]
        return by_frequency({int(ref): count for ref, count in found.items()})

    def _table(self, facet: str) -> Table:
        """Return the counts of a facet, and of all others that are counted over the same lines."""
        parameter = PARAMETERS.get(facet, facet)
        is_free = self._is_free(facet)
        key = "" if is_free else parameter
        wanted = [name for name in self.tabled if self._is_free(name)] if is_free else [facet]
        if key not in self._tables:
            self._tables[key] = self._count(key, wanted)
        return self._tables[key]

    def _is_free(self, facet: str) -> bool:
        return PARAMETERS.get(facet, facet) not in self._chosen

    def _count(self, without: str, wanted: list[str]) -> Table:
        entries = statement_of(self._lacking((without,)))
        if not self._reading.is_latest:
            return self._afresh(entries, wanted)
        return carried(
            self._reading,
            # The statement holds what the filter means by now: whom an umbrella reaches, what bears
            # a name with such a word.
            f"{wanted} {entries}",
            count=lambda: self._afresh(entries, wanted),
            change=lambda since: self._counted(self._changes(without, since), wanted),
        )

    def _afresh(self, entries: str, wanted: list[str]) -> Table:
        """Count what a statement finds."""
        return self._counted(entries, wanted)

    def _changes(self, without: str, since: int) -> str:
        """Return a statement of what was written since a revision, and of what was closed."""
        versions = Entry.objects.all()
        written = versions.current().filter(revision_from__gt=since)
        closed = versions.filter(revision_from__lte=since, revision_to__gt=since)
        return " UNION ALL ".join(
            statement_of(self._lacking((without,), found), sign=sign)
            for found, sign in ((written, 1), (closed, -1))
        )

    def _counted(self, entries: str, wanted: list[str]) -> Table:
        found: Table = {name: {} for name in wanted}
        with connection.cursor() as cursor, by_hashing():
            # Its parameters are in place, those of the statement around it have names.
            statement = sql("facets").replace("{entries}", entries.replace("%", "%%"))
            cursor.execute(statement, {"wanted": wanted, "revision": self._reading.number})
            for facet, value, count in cursor.fetchall():
                found[facet][value] = count
        return found

    def span(self) -> Span:
        days = [day for _, day, _ in self._begun]
        dated = sum(count for _, _, count in self._begun)
        return Span(min(days, default=None), max(days, default=None), dated, self._undated)

    def within(self, first: date, last: date) -> dict[str, int]:
        found = self.entries.since(first, certainly=False).until(last, certainly=False)
        return dict(found.values_list("kind").annotate(entries=Count("*")).order_by("kind"))

    def by_bin(self, first: date, last: date, *, most: int) -> Bins:
        return Bins.of(unit_for(first, last, most), first, last, self._begun)

    @property
    def _begun(self) -> list[tuple[str, date, int]]:
        """How many lines of each kind begin on each day."""
        return [(kind, day, dated) for kind, day, dated, _ in self._days if dated]

    @property
    def _undated(self) -> int:
        return sum(undated for *_, undated in self._days)

    @cached_property
    def _days(self) -> list[tuple[str, date, int, int]]:
        """The kinds and days, with how many lines are dated so and how many are not dated at all.

        One walk through the list: a drawing asks for its parts several times.
        """
        rows = self.entries.order_by().values_list("kind", "sort_on")
        undated = Count("pk", filter=IS_UNDATED)
        return list(rows.annotate(dated=Count("*") - undated, undated=undated))

    def by_day(self, first: date, last: date, **such: Any) -> "list[tuple[str, date, int]]":
        """Return how many lines of each kind begin on each day from one to another.

        `such`: only those of which these conditions hold.
        """
        rows = (
            self.entries.filter(sort_on__range=(first, last), **such)
            .exclude(IS_UNDATED)
            .values_list("kind", "sort_on")
            .annotate(entries=Count("*"))
        )
        return list(rows.order_by("kind", "sort_on"))


def statement_of(entries: EntryQuerySet, *, sign: int = 1) -> str:
    """Return the query of what facets are counted from, with its parameters in place."""
    columns = (
        *("kind", "act", "verdict", "evidence", "party_ids", "accused_ids"),
        *("origins", "place_ids", "earliest", "latest", "sign"),
    )
    rows = entries.order_by().annotate(sign=Value(sign)).values_list(*columns)
    with connection.cursor() as cursor:
        return str(cursor.mogrify(*rows.query.sql_with_params()))


def edges(unit: Unit, first: date, last: date) -> tuple[date, date]:
    """Return the first and the last day of the bins that a window touches."""
    bins = Bins.of(unit, first, last, ())
    return bins.starts[0], bins.last


def by_frequency(counts: dict[Counted, int]) -> dict[Counted, int]:
    """Return counts with the highest first, then by what they count."""
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
