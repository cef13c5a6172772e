"""What a drawing is made of: read from the database in a handful of queries, few rows each."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Count
from django.db.models.functions import TruncMonth

from sources.enums import RecordKind
from timeline.models import Entry
from timeline.models.entry import END_OF_TIME, LONG_PRECISIONS, ONLY_BY, SHORT, EntryQuerySet
from timeline.queries.bins import Bins
from timeline.queries.counts import Counts
from timeline.queries.drawing.window import (
    SHARE_IN_VIEW,
    Window,
    asked_for,
    crowded,
    opening,
)
from timeline.queries.lines import parsed
from timeline.queries.reading import Reading

Doc = Mapping[str, Any]
ByDay = dict[str, dict[date, int]]
"""How many of each kind there are at each day."""

TRUCE = RecordKind.TRUCE
FINEST = 400
"""In so many days the window that a list opens with is looked for day by day."""
MOST_MARKS = 56
"""So many marks of a lane are drawn at most: a full drawing stays below 50 KB on the wire."""
MOST_READ = 500
FADE = 110.0
"""How long the end of a truce fades where nobody recorded it, in pixels."""
MOST_UNDATED = 12
"""So many undated entries are named; of more the number is told."""
#: What marks are drawn from; the rest of an entry is long, and is read for its card.
_COLUMNS = (
    "record_id",
    "public_id",
    "kind",
    "detail",
    "when_edtf",
    "earliest",
    "latest",
    "extent",
    "sort_on",
    "title",
    "is_aggregate",
    "verdict",
    "links",
)


@dataclass(frozen=True)
class Frame:
    """How much room a drawing has."""

    width: float
    """Of the time axis, in pixels."""
    margin: float = 0.0
    """How much beyond each edge is drawn too, as a share of the window: what panning brings in."""

    @property
    def is_narrow(self) -> bool:
        """Whether names stand above the lanes instead of beside them."""
        return self.width < 480

    @property
    def most_marks(self) -> int:
        """How many marks a lane holds in view; above it, it shows a density."""
        return max(20, min(MOST_MARKS, int(self.width / 15)))

    @property
    def most_drawn(self) -> int:
        """How many marks of a lane are drawn at most, margins included."""
        return min(MOST_MARKS, int(self.most_marks * (1 + 2 * self.margin)))

    @property
    def most_bins(self) -> int:
        """How many bars a density has at most, in view and margins."""
        return int(self.width / 4 * (1 + 2 * self.margin))


@dataclass(frozen=True)
class Material:
    """All that one drawing is laid out from."""

    window: Window
    present: Collection[str]
    """The kinds that the list has at all: their lanes stay, so that moving the window does not."""
    within: Mapping[str, int]
    """How many of each kind may lie in the window."""
    bins: Bins
    """How many of each kind begin when, margins included."""
    by: ByDay = field(default_factory=dict)
    """Of those in the bins, what is only known as “by” a day."""
    entries: Sequence[Entry] = ()
    """What may lie within, of the lanes that have few; what began last comes first."""
    docs: Mapping[int, Doc] = field(default_factory=dict)
    """What the sheets of truces say."""


@dataclass
class Source:
    """A filtered list to draw from."""

    reading: Reading
    entries: EntryQuerySet
    counts: Counts

    def opening(self, whole: Window, since: date | None, until: date | None) -> Window:
        """Return the window to begin with: the one of the filter, or what holds most of the list.

        What begins in the latter shall end in it too, as far as that makes it little longer.
        """
        if since or until:
            return asked_for(whole, since, until)
        window = opening(self._crowded(whole), whole)
        ends = self._overlapping(window).filter(sort_on__gte=window.first, latest__isnull=False)
        last = ends.order_by("-latest").values_list("latest", flat=True).first()
        return window.reaching(last) if last else window

    def _crowded(self, whole: Window) -> Window:
        """Return the shortest window that holds most of the list: by months, then by days."""
        months = self.counts.by_bin(whole.first, whole.last, most=whole.days // 28 + 2)
        needed = SHARE_IN_VIEW * sum(months.totals)
        found = crowded(months, needed)
        if found.days > FINEST:
            return found
        days = self.counts.by_bin(found.first, found.last, most=FINEST)
        return crowded(days, min(needed, sum(days.totals)))

    def material(
        self,
        window: Window,
        frame: Frame,
        *,
        lanes: Sequence[Sequence[str]],
        present: Collection[str],
    ) -> Material:
        """Read what a drawing of a window needs; `lanes` are the kinds of each lane."""
        drawn = window.widened(frame.margin)
        within = self.counts.within(window.first, window.last)
        few = [
            kind
            for lane in lanes
            if sum(within.get(kind, 0) for kind in lane) <= frame.most_marks
            for kind in lane
            if kind in present
        ]
        entries = self._marked(window, drawn, frame, [kind for kind in few if kind != TRUCE], lanes)
        docs: dict[int, Doc] = {}
        if TRUCE in few:
            truces, docs = self._truces(
                drawn, frame.most_drawn, round(FADE * window.days / frame.width)
            )
            entries += truces
        bins = self.counts.by_bin(drawn.first, drawn.last, most=frame.most_bins)
        return Material(
            window=window,
            present=present,
            within=within,
            bins=bins,
            by=self.by(bins),
            entries=entries,
            docs=docs,
        )

    def _marked(
        self,
        window: Window,
        drawn: Window,
        frame: Frame,
        kinds: Sequence[str],
        lanes: Sequence[Sequence[str]],
    ) -> list[Entry]:
        """Return the entries that are shown each: of a lane what is in view comes first."""
        found = self._some(window, kinds)
        seen = {entry.record_id for entry in found}
        if frame.margin:
            beside = self._some(drawn, kinds)
            found += [entry for entry in beside if entry.record_id not in seen]
        return [
            entry
            for lane in lanes
            for entry in [one for one in found if one.kind in lane][: frame.most_drawn]
        ]

    def _some(self, window: Window, kinds: Sequence[str]) -> list[Entry]:
        """Return what may lie in a window, what began last first, and not much of it.

        What began long before is found among the few that may last, by an index of these.
        """
        entries = self._overlapping(window).of_kinds(kinds).order_by("-sort_on", "-record_id")
        since = window.first - min(SHORT, window.first - date.min)
        parts = (
            entries.filter(sort_on__range=(since, window.last)),
            entries.filter(sort_on__lt=since, precision__in=LONG_PRECISIONS),
        )
        return [entry for part in parts for entry in part.only(*_COLUMNS)[:MOST_READ]]

    def _truces(self, drawn: Window, most: int, fading: int) -> tuple[list[Entry], dict[int, Doc]]:
        """Return the truces that may hold in a window, with what their sheets say.

        A truce's own date is the day on which it was declared; it holds long after, and where
        nobody recorded its end it fades over so many days.
        """
        begun = self.entries.of_kinds([TRUCE]).until(drawn.last, certainly=False)
        found = list(begun.order_by("-sort_on", "-record_id").only(*_COLUMNS)[:most])
        sheets = self.reading.sheets(entry.record_id for entry in found)
        docs = {record_id: sheet.doc for record_id, sheet in sheets.items()}
        since = Window.of_ordinals(drawn.first.toordinal() - fading, drawn.last.toordinal()).first
        holding = [entry for entry in found if _last_day(entry, docs.get(entry.record_id)) >= since]
        return holding, docs

    def by(self, bins: Bins) -> ByDay:
        """Return how many of each kind are only known as “by” a day: in months, if the bins are."""
        found: ByDay = defaultdict(dict)
        for kind, day, number in self._by_month if bins.unit.months else self._by_day(bins):
            if bins.starts[0] <= day <= bins.last:
                found[kind][day] = number
        return found

    @cached_property
    def _by_month(self) -> "list[tuple[str, date, int]]":
        rows = self.entries.filter(ONLY_BY).order_by().values_list("kind", TruncMonth("sort_on"))
        return list(rows.annotate(entries=Count("*")))

    def _by_day(self, bins: Bins) -> "list[tuple[str, date, int]]":
        rows = self.entries.filter(ONLY_BY, sort_on__range=(bins.starts[0], bins.last)).order_by()
        return list(rows.values_list("kind", "sort_on").annotate(entries=Count("*")))

    def undated(self) -> list[Entry]:
        """Return the first undated entries."""
        found = self.entries.filter(sort_on=END_OF_TIME, earliest__isnull=True, latest__isnull=True)
        return list(found.order_by("sort_on", "record_id")[:MOST_UNDATED])

    def _overlapping(self, window: Window) -> EntryQuerySet:
        return self.entries.since(window.first, certainly=False).until(window.last, certainly=False)


def _last_day(truce: Entry, doc: Doc | None) -> date:
    """Return the last day on which a truce may have held, so far as anything is recorded of it."""
    end, attested = (parsed((doc or {}).get(name) or "") for name in ("end", "last_attested"))
    if end.text:
        return end.latest or date.max
    return max(attested.latest or truce.sort_on, truce.latest or truce.sort_on)
