"""Where a list's incidents were: how many at each place, and how exactly the place is known."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, F

from sources.enums import RecordKind
from talks.enums import PlacePrecision
from timeline.enums import Topic
from timeline.models import Label
from timeline.models.entry import EntryQuerySet
from timeline.queries.reading import Reading

#: What may stand on a map as a point.
POINTS = frozenset({PlacePrecision.EXACT, PlacePrecision.NEAR})
#: What may stand there as an area of unknown shape; what is vaguer has no place on a map.
AREAS = frozenset({PlacePrecision.DISTRICT, PlacePrecision.PROVINCE})

Verdicts = dict[str, int]


@dataclass
class Spot:
    """A place with incidents, all of them known to be there with the same exactness."""

    label: Label | None
    """None: the place of these incidents is not recorded."""
    precision: int | None
    count: int = 0
    verdicts: Verdicts = field(default_factory=dict)
    """How many have each verdict; without a code: not judged."""

    @property
    def point(self) -> tuple[float, float] | None:
        """Return its longitude and latitude, None where it has none."""
        data = self.label.data if self.label else {}
        if data.get("longitude") is None or data.get("latitude") is None:
            return None
        return float(data["longitude"]), float(data["latitude"])

    @property
    def is_point(self) -> bool:
        return self.point is not None and self.precision in POINTS

    @property
    def is_area(self) -> bool:
        """Return whether it is drawn as an area: a point whose exactness nobody recorded is one."""
        return self.point is not None and (self.precision is None or self.precision in AREAS)

    @property
    def is_drawn(self) -> bool:
        return self.is_point or self.is_area


def spots(reading: Reading, entries: EntryQuerySet) -> list[Spot]:
    """Return where the single incidents among these entries were, most first: two queries.

    An aggregate report tells of several events in one breath, and enters no count of incidents.
    How exactly an incident's place is known is what the incident says, else what its place does;
    of the two the vaguer.
    """
    rows = (
        entries.of_kinds([RecordKind.INCIDENT])
        .told_as([False])
        .values_list("place_id", "place_precision", "verdict")
        .annotate(entries=Count("pk"))
        .order_by(F("place_id").asc(nulls_last=True), "place_precision", "verdict")
    )
    counted = list(rows)
    labels = reading.labels(Topic.PLACE, {place for place, *_ in counted if place is not None})
    found: dict[tuple[int | None, int | None], Spot] = {}
    for place_id, said, verdict, count in counted:
        label = None if place_id is None else labels.get(place_id)
        precision = _vaguest([said, label.data.get("precision") if label else None])
        key = (label.ref if label else None, precision)
        spot = found.setdefault(key, Spot(label, precision))
        spot.count += count
        spot.verdicts[verdict] = spot.verdicts.get(verdict, 0) + count
    return sorted(found.values(), key=lambda spot: -spot.count)


def _vaguest(precisions: Iterable[int | None]) -> int | None:
    return max((known for known in precisions if known is not None), default=None)
