"""The numbers that the builder keeps, added up for filters that ask no more than they tell."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum

from timeline.enums import Mention
from timeline.models import MentionCount, PeriodCount
from timeline.queries.bins import Bins, Unit, unit_for
from timeline.queries.calendar import Stretch, stretches
from timeline.queries.counts import (
    IS_UNDATED,
    Counts,
    EntryCounts,
    Lacking,
    Span,
    by_frequency,
    edges,
)
from timeline.queries.reading import Reading

Cell = tuple[Any, ...]
"""One sort of entry: its conflict, kind, act, verdict, evidence, and whether it is aggregate."""

SORT = PeriodCount.SORT
TOLD = ("conflict", "kind", "act", "verdict", "evidence", "aggregate", "from", "to")
"""The parameters of the filter whose numbers the kept counts tell."""

ONE_DAY = timedelta(days=1)
LONG_AGO = date.min


@dataclass(frozen=True)
class Asked:
    """What a filter asks, where the kept counts can tell it.

    They know an entry's conflict, kind, act, verdict, evidence, whether it is an aggregate report,
    and when it may have happened, of any window of days; what parties, origins and regions it
    mentions they know but for act and window. Everything else asks the entries.
    """

    codes: Mapping[str, Collection[Any]]
    """Which values a column of SORT may have; a column that is not there may have any."""
    since: date | None = None
    until: date | None = None

    @property
    def has_window(self) -> bool:
        return self.since is not None or self.until is not None

    def where(self, *columns: str) -> Q:
        """Return the condition that those of these columns set which are asked for."""
        return Q(**{f"{name}__in": self.codes[name] for name in columns if name in self.codes})


class KeptCounts(EntryCounts):
    """Adds up kept counts; what these do not tell is counted from the entries."""

    def __init__(
        self, lacking: Lacking, reading: Reading, chosen: Collection[str], asked: Asked
    ) -> None:
        super().__init__(lacking, reading, chosen)
        self._asked = asked

    def total(self) -> int:
        return sum(self._cells_lacking("").values())

    def by_code(self, name: str) -> dict[str, int]:
        found: Counter[str] = Counter()
        place = SORT.index(name)
        for cell, count in self._cells_lacking(name).items():
            found[cell[place]] += count
        return by_frequency(found)

    def by_mention(self, mention: Mention) -> dict[int, int]:
        if self._asked.has_window or "act" in self._asked.codes:
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
        found: Counter[str] = Counter()
        for cell, count in self._cells(since, until).items():
            if self._fits(cell):
                found[cell[SORT.index("kind")]] += count
        return dict(sorted(found.items()))

    def by_bin(self, first: date, last: date, *, most: int) -> Bins:
        unit = unit_for(first, last, most)
        if not unit.months:
            return super().by_bin(first, last, most=most)
        begin, end = edges(unit, first, last)
        return Bins.of(unit, first, last, self._begun_in(unit, begin, end))

    def _begun_in(self, unit: Unit, begin: date, end: date) -> Iterator[tuple[str, date, int]]:
        """Yield how many lines of each kind begin in the periods and on the days of a stretch.

        Only what begins in the filter's own window is sure to lie in it.
        """
        since, until = self._asked.since or begin, self._asked.until or end
        if begin < since:
            yield from self.by_day(begin, min(since - ONE_DAY, end))
        whole = unit.months % 12 == 0
        for period, first, last in stretches(max(begin, since), min(end, until), years=whole):
            if period is None:
                yield from self.by_day(first, last)
            else:
                counts = self._periods().filter(
                    self._asked.where(*SORT),
                    period=period,
                    starts_on__range=(first, last),
                    begun__gt=0,
                )
                rows = counts.values_list("kind", "starts_on").annotate(entries=Sum("begun"))
                yield from rows.order_by("kind", "starts_on")

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
            for name, value in zip(SORT, cell, strict=True)
            if name in self._asked.codes and name != lacking
        )

    @cached_property
    def _window_cells(self) -> dict[Cell, int]:
        """How many entries of each sort of the conflicts asked for lie in the window asked for."""
        if self._asked.has_window:
            return self._cells(self._asked.since, self._asked.until)
        counts = self._periods().ever().filter(self._asked.where("conflict_id"))
        rows = counts.values_list(*SORT).annotate(entries=Sum(F("begun") + F("undated")))
        return {tuple(cell): count for *cell, count in rows.order_by()}

    def _cells(self, since: date | None, until: date | None) -> dict[Cell, int]:
        """Return how many entries of each sort may have happened between two days.

        Those that began by the second, less those that ended before the first.
        """
        cells: Counter[Cell] = Counter()
        self._add(cells, "begun", until or date.max, 1)
        if since is not None and since > LONG_AGO:
            self._add(cells, "ended", since - ONE_DAY, -1)
        return {cell: count for cell, count in cells.items() if count}

    def _add(self, cells: Counter[Cell], column: str, last: date, sign: int) -> None:
        """Add what began, or what ended, up to a day."""
        periods, days = Q(pk__in=()), list[Stretch]()
        for stretch in stretches(LONG_AGO, last):
            if stretch.period is None:
                days.append(stretch)
            else:
                span = (stretch.first, stretch.last)
                periods |= Q(period=stretch.period, starts_on__range=span)
        conflicts = self._asked.where("conflict_id")
        rows: list[QuerySet[Any, Any]] = [
            self._periods()
            .filter(periods, conflicts)
            .values_list(*SORT)
            .annotate(entries=Sum(column))
        ]
        day = "sort_on" if column == "begun" else "latest"
        for _, first, end in days:
            entries = self._lacking(TOLD).filter(~IS_UNDATED, conflicts)
            entries = entries.filter(**{f"{day}__range": (first, end)})
            rows.append(entries.values_list(*SORT).annotate(entries=Count("pk")))
        for found in rows:
            for *cell, count in found.order_by():
                cells[tuple(cell)] += sign * count

    def _periods(self) -> Any:
        return self._reading.versions(PeriodCount)

    @cached_property
    def _mentions(self) -> dict[Mention, dict[int, int]]:
        counts = self._reading.versions(MentionCount).filter(self._asked.where(*MentionCount.SORT))
        rows = counts.values_list("mention", "ref").annotate(total=Sum("entries")).order_by()
        found: dict[Mention, dict[int, int]] = {mention: {} for mention in Mention}
        for mention, ref, count in rows:
            found[Mention(mention)][ref] = count
        return {mention: by_frequency(counts) for mention, counts in found.items()}


def counted(
    lacking: Lacking, reading: Reading, *, chosen: Collection[str] = (), asked: Asked | None
) -> Counts:
    """Return the numbers of a list by the cheapest way that is exact.

    `chosen` names the parameters of its filter that ask for anything. `asked` is what it asks of
    the kept counts, None where these cannot tell it.
    """
    if asked is None or not _are_kept(reading.number):
        return EntryCounts(lacking, reading, chosen)
    return KeptCounts(lacking, reading, chosen, asked)


def _are_kept(revision: int) -> bool:
    """Return whether the kept counts reach back to a revision; a redaction cuts them off."""
    return all(
        model.objects.filter(revision_from__lte=revision).exists()
        for model in (PeriodCount, MentionCount)
    )
