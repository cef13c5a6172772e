"""How many lines a filter finds: in all, of each kind, and when they begin."""

from datetime import date
from typing import NamedTuple, Protocol

from django.db.models import Count, Max, Min, Q

from timeline.models.entry import EntryQuerySet
from timeline.queries.bins import Bins, Unit, unit_for


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

    def span(self) -> Span:
        """Return from when to when they begin, and how many are dated."""

    def within(self, first: date, last: date) -> dict[str, int]:
        """Return how many of each kind may have happened in a window, as `from` and `to` find."""

    def by_bin(self, first: date, last: date, *, most: int) -> Bins:
        """Return how many of each kind begin when, in up to `most` bins from a day to another."""


_IS_UNDATED = Q(earliest__isnull=True, latest__isnull=True)


class EntryCounts:
    """Counts the entries themselves: right for any filter, at a cost that grows with the list."""

    def __init__(self, entries: EntryQuerySet) -> None:
        self.entries = entries

    def total(self) -> int:
        return self.entries.count()

    def span(self) -> Span:
        found = self.entries.aggregate(
            first=Min("sort_on", filter=~_IS_UNDATED),
            last=Max("sort_on", filter=~_IS_UNDATED),
            dated=Count("pk", filter=~_IS_UNDATED),
            undated=Count("pk", filter=_IS_UNDATED),
        )
        return Span(**found)

    def within(self, first: date, last: date) -> dict[str, int]:
        found = self.entries.since(first, certainly=False).until(last, certainly=False)
        return dict(found.values_list("kind").annotate(entries=Count("pk")).order_by("kind"))

    def by_bin(self, first: date, last: date, *, most: int) -> Bins:
        unit = unit_for(first, last, most)
        begin, end = edges(unit, first, last)
        rows = (
            self.entries.filter(sort_on__range=(begin, end))
            .exclude(_IS_UNDATED)
            .values_list("kind", "sort_on")
            .annotate(entries=Count("pk"))
            .order_by("kind", "sort_on")
        )
        return Bins.of(unit, first, last, rows)


def edges(unit: Unit, first: date, last: date) -> tuple[date, date]:
    """Return the first and the last day of the bins that a window touches."""
    bins = Bins.of(unit, first, last, ())
    return bins.starts[0], bins.last
