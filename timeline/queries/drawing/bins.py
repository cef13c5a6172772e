"""How many entries of each kind there are when: what histogram and densities are drawn from."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Q

from timeline.models.entry import EntryQuerySet
from timeline.queries.drawing.scale import Unit
from timeline.queries.drawing.window import Window

ByDay = Mapping[date, int]


@dataclass(frozen=True)
class Counts:
    """How many entries of each kind there are: on each day, “by” each day, and undated.

    An entry is counted on the first day that is possible. One of which only the last day is known
    (“by 16 January”) belongs to no day: it is counted apart, at that last day.
    """

    dated: dict[str, dict[date, int]] = field(default_factory=lambda: defaultdict(dict))
    by: dict[str, dict[date, int]] = field(default_factory=lambda: defaultdict(dict))
    undated: dict[str, int] = field(default_factory=dict)

    def on(self, kinds: Iterable[str] | None = None) -> dict[date, int]:
        """Return how many of these kinds, or of all, are dated on each day."""
        return _added(self.dated, kinds)

    def until(self, kinds: Iterable[str] | None = None) -> dict[date, int]:
        """Return how many of these kinds, or of all, are only known as “by” each day."""
        return _added(self.by, kinds)

    def everything(self) -> dict[date, int]:
        """Return how many stand at each day in whatever way."""
        found = self.on()
        for day, count in self.until().items():
            found[day] = found.get(day, 0) + count
        return found


@dataclass(frozen=True)
class Bin:
    """A stretch of the calendar, and how many entries stand in it."""

    start: int
    end: int
    """The ordinal numbers of its first day and of the day after its last."""
    dated: int
    by: int

    @property
    def total(self) -> int:
        return self.dated + self.by


def count(entries: EntryQuerySet) -> Counts:
    """Count a list by kind and day: one query over all of it."""
    counts = Counts()
    found = (
        entries.order_by()
        .annotate(is_open=Q(earliest__isnull=True), is_endless=Q(latest__isnull=True))
        .values_list("kind", "sort_on", "is_open", "is_endless")
        .annotate(entries=Count("pk"))
    )
    for kind, day, is_open, is_endless, number in found:
        if not is_open:
            counts.dated[kind][day] = counts.dated[kind].get(day, 0) + number
        elif is_endless:
            counts.undated[kind] = number
        else:
            counts.by[kind][day] = number
    return counts


def binned(dated: ByDay, by: ByDay, unit: Unit, drawn: Window) -> tuple[Bin, ...]:
    """Return the stretches of the calendar in which anything is counted, in order."""
    found: dict[date, list[int]] = {}
    for place, by_day in enumerate((dated, by)):
        for day, number in by_day.items():
            if drawn.contains(day):
                found.setdefault(unit.start(day), [0, 0])[place] += number
    return tuple(
        Bin(start.toordinal(), unit.end(start), *numbers)
        for start, numbers in sorted(found.items())
    )


def _added(by_kind: Mapping[str, ByDay], kinds: Iterable[str] | None) -> dict[date, int]:
    found: dict[date, int] = {}
    for kind in by_kind if kinds is None else kinds:
        for day, number in by_kind.get(kind, {}).items():
            found[day] = found.get(day, 0) + number
    return found
