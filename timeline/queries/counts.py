"""How many lines a filter finds: in all, of each code, and when they begin."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple, Protocol

from django.db.models import Count, F, Func, IntegerField, Max, Min, Q, Value

from timeline.models.entry import EntryQuerySet


class Span(NamedTuple):
    """From when to when the lines of a list begin; None where none of them is dated."""

    first: date | None
    last: date | None
    dated: int
    undated: int


@dataclass(frozen=True)
class Bins:
    """How many lines of each kind begin in each of some equal stretches of days.

    A line without a first day begins on its last.
    """

    first: date
    size: int
    """The days of one bin; the last may be shorter."""
    number: int
    kinds: Mapping[str, tuple[int, ...]]

    def begins(self, place: int) -> date:
        """Return the first day of a bin."""
        return self.first + timedelta(days=place * self.size)


class Counts(Protocol):
    """The numbers of one filter, whichever way they are found."""

    def total(self) -> int:
        """Return how many lines there are."""

    def span(self) -> Span:
        """Return from when to when they begin, and how many are dated."""

    def within(self, first: date, last: date) -> dict[str, int]:
        """Return how many of each kind may have happened in a window, as `from` and `to` find."""

    def by_bin(self, first: date, last: date, *, bins: int) -> Bins:
        """Return how many of each kind begin in each of up to `bins` equal parts of a window."""


@dataclass(frozen=True)
class EntryCounts:
    """Counts the entries themselves: right for any filter, at a cost that grows with the list."""

    entries: EntryQuerySet

    def total(self) -> int:
        return self.entries.count()

    def span(self) -> Span:
        is_undated = Q(earliest__isnull=True, latest__isnull=True)
        found = self.entries.aggregate(
            first=Min("sort_on", filter=~is_undated),
            last=Max("sort_on", filter=~is_undated),
            dated=Count("pk", filter=~is_undated),
            undated=Count("pk", filter=is_undated),
        )
        return Span(**found)

    def within(self, first: date, last: date) -> dict[str, int]:
        found = self.entries.since(first, certainly=False).until(last, certainly=False)
        return dict(found.values_list("kind").annotate(entries=Count("pk")).order_by("kind"))

    def by_bin(self, first: date, last: date, *, bins: int) -> Bins:
        size, number = divided(first, last, bins)
        rows = (
            self.entries.filter(sort_on__range=(first, last))
            .exclude(earliest__isnull=True, latest__isnull=True)
            .annotate(bin=_place(first, size))
            .values_list("kind", "bin")
            .annotate(entries=Count("pk"))
            .order_by("kind", "bin")
        )
        return Bins(first, size, number, in_bins(rows, number))


def _place(first: date, size: int) -> Func:
    """Return in which bin a line begins."""
    days = Func(F("sort_on"), Value(first), template="(%(expressions)s)", arg_joiner=" - ")
    return Func(
        days,
        Value(size),
        template="(%(expressions)s)",
        arg_joiner=" / ",
        output_field=IntegerField(),
    )


def divided(first: date, last: date, bins: int) -> tuple[int, int]:
    """Return the days of each bin and how many bins a window then has: at most `bins`."""
    days = (last - first).days + 1
    size = max(1, -(-days // bins))
    return size, -(-days // size)


def in_bins(rows: Iterable[tuple[str, int, int]], number: int) -> dict[str, tuple[int, ...]]:
    """Return rows of kind, bin and count as a full series a kind."""
    kinds: dict[str, list[int]] = {}
    for kind, place, count in rows:
        kinds.setdefault(kind, [0] * number)[place] = count
    return {kind: tuple(counts) for kind, counts in kinds.items()}
