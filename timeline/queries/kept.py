"""The numbers that the builder keeps, added up for filters that ask no more than they tell."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import Count, F, Q, QuerySet, Sum, Value

from timeline.enums import Mention, Period
from timeline.models import MentionCount, MentionYearCount, MonthCount, PeriodCount
from timeline.models.entry import LONG_PRECISIONS, SHORT, EntryQuerySet
from timeline.queries.bins import Bins, unit_for
from timeline.queries.calendar import Stretch, stretches, years_until
from timeline.queries.carried import Table, added
from timeline.queries.counts import (
    IS_UNDATED,
    Counts,
    EntryCounts,
    Lacking,
    Span,
    by_frequency,
    edges,
    statement_of,
)
from timeline.queries.reading import Reading
from timeline.sql import sql

Columns = tuple[str, ...]
Cell = tuple[Any, ...]
"""One sort of entry: what it holds of some columns."""

SORT = PeriodCount.SORT
#: What facets tell apart. Conflicts they do not, and of sorts in every conflict there are many.
FACETED = tuple(name for name in SORT if name != "conflict_id")
TOLD = ("conflict", "kind", "act", "verdict", "evidence", "aggregate", "from", "to")
"""The parameters of the filter whose numbers the kept counts tell."""

#: By which day of an entry a count tells it.
_DAYS = {"begun": "sort_on", "ended": "latest"}
ONE_DAY = timedelta(days=1)
LONG_AGO = date.min


@dataclass(frozen=True)
class Asked:
    """What a filter asks, where the kept counts can tell it.

    They know an entry's conflict, kind, act, verdict, evidence, whether it is an aggregate report,
    and when it may have happened, of any window of days; what parties, origins and regions it
    mentions they know but for the act, and with a window but for act, verdict and evidence.
    Everything else asks the entries.
    """

    codes: Mapping[str, Collection[Any]]
    """Which values a column of SORT may have; a column that is not there may have any."""
    since: date | None = None
    until: date | None = None

    @property
    def has_window(self) -> bool:
        return self.since is not None or self.until is not None

    def only(self, *columns: str) -> bool:
        """Return whether of the columns of SORT it asks no others than these."""
        return self.codes.keys() <= {*columns}

    def where(self, *columns: str) -> Q:
        """Return the condition that those of these columns set which are asked for."""
        return Q(**{f"{name}__in": self.codes[name] for name in columns if name in self.codes})


class KeptCounts(EntryCounts):
    """Adds up kept counts; what these do not tell is counted from the entries."""

    tabled = tuple(Mention.values)

    def __init__(
        self, lacking: Lacking, reading: Reading, chosen: Collection[str], asked: Asked
    ) -> None:
        super().__init__(lacking, reading, chosen)
        self._asked = asked

    def total(self) -> int:
        whole = self._reading.revision.entries
        if whole is not None and not self._asked.codes and not self._asked.has_window:
            return whole
        if self._asked.has_window:
            return sum(self._between(*self._window, tally=("kind",), asked=SORT).values())
        counts = self._periods().ever().filter(self._asked.where(*SORT))
        found: int = counts.aggregate(found=Sum(F("begun") + F("undated"), default=0))["found"]
        return found

    @property
    def _window(self) -> tuple[date | None, date | None]:
        return self._asked.since, self._asked.until

    def by_code(self, name: str) -> dict[str, int]:
        found: Counter[str] = Counter()
        place = FACETED.index(name)
        for cell, count in self._cells_lacking(name).items():
            found[cell[place]] += count
        return by_frequency(found)

    def by_mention(self, mention: Mention) -> dict[int, int]:
        if self._asked.has_window or not self._asked.only(*MentionCount.SORT):
            return super().by_mention(mention)
        return self._mentions[mention]

    def span(self) -> Span:
        days = (
            self.entries.exclude(IS_UNDATED).order_by("sort_on").values_list("sort_on", flat=True)
        )
        if self._asked.has_window:
            return Span(days.first(), days.reverse().first(), self.total(), 0)
        counts = self._periods().ever().filter(self._asked.where(*SORT))
        found = counts.aggregate(dated=Sum("begun", default=0), undated=Sum("undated", default=0))
        return Span(days.first(), days.reverse().first(), **found)

    def within(self, first: date, last: date) -> dict[str, int]:
        asked = self._asked
        since = first if asked.since is None else max(first, asked.since)
        until = last if asked.until is None else min(last, asked.until)
        if since > until:
            # What lies in both of two windows that do not meet: only its own days tell.
            return super().within(first, last)
        found = self._between(since, until, tally=("kind",), asked=SORT)
        return {kind: count for (kind,), count in sorted(found.items())}

    def by_bin(self, first: date, last: date, *, most: int) -> Bins:
        unit = unit_for(first, last, most)
        begin, end = edges(unit, first, last)
        rows = self._begun_in(begin, end) if unit.months else self.by_day(begin, end)
        return Bins.of(unit, first, last, rows)

    def _begun_in(self, begin: date, end: date) -> Iterator[tuple[str, date, int]]:
        """Yield how many lines of each kind begin in the periods and on the days of a stretch.

        Only what begins in the filter's own window is sure to lie in it.
        """
        since, until = self._asked.since or begin, self._asked.until or end
        if begin < since:
            yield from self._reaching(begin, min(since - ONE_DAY, end), since)
        for period, first, last in stretches(max(begin, since), min(end, until), years=False):
            if period is None:
                yield from self.by_day(first, last)
            else:
                yield from (row for row in self._months_begun if first <= row[1] <= last)

    def _reaching(self, begin: date, end: date, since: date) -> Iterator[tuple[str, date, int]]:
        """Yield how many lines of each kind begin on each day, of days before the window.

        What is not long and reaches into it began shortly before it.
        """
        near = max(begin, since - min(SHORT, since - date.min))
        if near <= end:
            yield from self.by_day(near, end)
        if begin < near:
            yield from self.by_day(begin, min(near - ONE_DAY, end), precision__in=LONG_PRECISIONS)

    @cached_property
    def _months_begun(self) -> list[tuple[str, date, int]]:
        """How many lines of each kind begin in each month: a drawing asks that several times."""
        ever = Stretch(Period.MONTH, LONG_AGO, date.max)
        counts = self._whole([ever], tally=("kind",), asked=SORT).filter(begun__gt=0)
        return list(
            counts.order_by().values_list("kind", "starts_on").annotate(entries=Sum("begun"))
        )

    def _cells_lacking(self, name: str) -> dict[Cell, int]:
        """Return how many entries of each sort the filter finds without one parameter."""
        return {
            cell: count
            for cell, count in self._window_cells.items()
            if self._fits(cell, lacking=name)
        }

    def _fits(self, cell: Cell, *, lacking: str = "") -> bool:
        return all(
            value in self._asked.codes[name]
            for name, value in zip(FACETED, cell, strict=True)
            if name in self._asked.codes and name != lacking
        )

    @cached_property
    def _window_cells(self) -> dict[Cell, int]:
        """How many entries of each sort of the conflicts asked for lie in the window asked for."""
        if self._asked.has_window:
            return self._between(*self._window, tally=FACETED, asked=("conflict_id",))
        counts = self._periods().ever().filter(self._asked.where("conflict_id"))
        rows = counts.values_list(*FACETED).annotate(entries=Sum(F("begun") + F("undated")))
        return {tuple(cell): count for *cell, count in rows.order_by()}

    def _between(
        self, since: date | None, until: date | None, *, tally: Columns, asked: Columns
    ) -> dict[Cell, int]:
        """Return how many entries may have happened between two days, by the columns of `tally`.

        Those that began by the second, less those that ended before the first. Of the filter what
        it asks of the columns `asked` holds.
        """
        cells: Counter[Cell] = Counter()
        for column, last, sign in _ends(since, until):
            for rows in self._up_to(last, column, tally=tally, asked=asked):
                for *cell, count in rows.order_by():
                    cells[tuple(cell)] += sign * count
        return {cell: count for cell, count in cells.items() if count}

    def _up_to(
        self, last: date, column: str, *, tally: Columns, asked: Columns
    ) -> Iterator["QuerySet[Any, Any]"]:
        """Yield the counts of what began, or of what ended, up to a day."""
        parts = list(stretches(LONG_AGO, last))
        whole = self._whole([part for part in parts if part.period], tally=tally, asked=asked)
        yield whole.values_list(*tally).annotate(entries=Sum(column))
        for part in parts:
            if part.period is None:
                entries = self._on_days(column, part, asked=asked)
                yield entries.values_list(*tally).annotate(entries=Count("*"))

    def _on_days(self, column: str, days: Stretch, *, asked: Columns) -> EntryQuerySet:
        """Return the entries that began, or that ended, on some days."""
        entries = self._lacking(TOLD).filter(~IS_UNDATED, self._asked.where(*asked))
        return entries.filter(**{f"{_DAYS[column]}__range": (days.first, days.last)})

    def _whole(self, parts: Collection[Stretch], *, tally: Columns, asked: Columns) -> Any:
        """Return the counts of whole periods, from the smallest table that tells them."""
        where = self._asked.where(*asked)
        named = {*tally, *(name for name in asked if name in self._asked.codes)}
        if named <= {*MonthCount.SORT}:
            months = Q(pk__in=())
            for part in parts:
                months |= Q(starts_on__range=(part.first, part.last))
            return self._reading.versions(MonthCount).filter(months, where)
        periods = Q(pk__in=())
        for part in parts:
            periods |= Q(period=part.period, starts_on__range=(part.first, part.last))
        return self._periods().filter(periods, where)

    def _periods(self) -> Any:
        return self._reading.versions(PeriodCount)

    def _afresh(self, entries: str, wanted: list[str]) -> Table:
        """Count what the window's lines mention: by whole years, and the days beside them."""
        if not self._asked.only(*MentionYearCount.SORT):
            return super()._afresh(entries, wanted)
        counts: Any = Value(0)
        ragged = []
        for column, last, sign in _ends(*self._window):
            end, days, direction = years_until(last)
            counts += sign * Sum(column, filter=Q(starts_on__lt=end), default=0)
            if days is not None:
                found = self._on_days(column, days, asked=SORT)
                ragged.append(statement_of(found, sign=sign * direction))
        rows = self._reading.versions(MentionYearCount).filter(self._asked.where(*SORT))
        whole: Table = {name: {} for name in wanted}
        for mention, ref, count in rows.values_list("mention", "ref").annotate(n=counts).order_by():
            whole[mention][str(ref)] = count
        rest: Table = {name: {} for name in wanted}
        return added(whole, self._counted(" UNION ALL ".join(ragged), wanted) if ragged else rest)

    @cached_property
    def _mentions(self) -> dict[Mention, dict[int, int]]:
        counts = self._reading.versions(MentionCount).filter(self._asked.where(*MentionCount.SORT))
        rows = counts.values_list("mention", "ref").annotate(total=Sum("entries")).order_by()
        found: dict[Mention, dict[int, int]] = {mention: {} for mention in Mention}
        for mention, ref, count in rows:
            found[Mention(mention)][ref] = count
        return {mention: by_frequency(counts) for mention, counts in found.items()}


def _ends(since: date | None, until: date | None) -> list[tuple[str, date, int]]:
    """Return what tells what may have happened between two days: what to sum, to when, a sign."""
    ends = [("begun", until or date.max, 1)]
    if since is not None and since > LONG_AGO:
        ends.append(("ended", since - ONE_DAY, -1))
    return ends


def counted(
    lacking: Lacking, reading: Reading, *, chosen: Collection[str] = (), asked: Asked | None
) -> Counts:
    """Return the numbers of a list by the cheapest way that is exact.

    `chosen` names the parameters of its filter that ask for anything. `asked` is what it asks of
    the kept counts, None where these cannot tell it.
    """
    if asked is None or not are_kept(reading):
        return EntryCounts(lacking, reading, chosen)
    return KeptCounts(lacking, reading, chosen, asked)


def by_conflict(reading: Reading) -> dict[int, dict[str, int]]:
    """Return how many lines of each kind each conflict has."""
    columns = ("conflict_id", "kind")
    rows: QuerySet[Any, Any]
    if are_kept(reading):
        counts = reading.versions(PeriodCount).filter(period=Period.EVER).values_list(*columns)
        rows = counts.annotate(entries=Sum(F("begun") + F("undated")))
    else:
        rows = reading.entries().values_list(*columns).annotate(entries=Count("*"))
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for conflict, kind, count in rows.order_by():
        found[conflict][kind] = count
    return found


def are_kept(reading: Reading) -> bool:
    """Return whether the kept counts reach back to a revision; a redaction cuts them off."""
    with connection.cursor() as cursor:
        cursor.execute(sql("are_kept"), {"revision": reading.number})
        return bool(cursor.fetchone()[0])
