"""Finds which of ours the places are that a dataset names, and makes those that we lack."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ceasefire.services.imports.incoming import DatasetId, NamedPlace
from ceasefire.services.imports.things import Report, Slugs, fold
from talks.enums import PlaceKind, PlacePrecision
from talks.models import Place, PlaceId

#: What datasets put behind the name of a place to say what it is.
SORTS: Final = re.compile(
    r"(.+) (?:town|city|village|hamlet|suburb|neighbou?rhood|camp|mountain|area"
    r"|governorate|province|district|region|oblast|state|county|department)"
)
#: How exactly the point of a place of each kind stands for it.
PRECISIONS: Final = {
    PlaceKind.COUNTRY: PlacePrecision.COUNTRY,
    PlaceKind.REGION: PlacePrecision.PROVINCE,
    PlaceKind.DISTRICT: PlacePrecision.DISTRICT,
    PlaceKind.AREA: PlacePrecision.VAGUE,
    PlaceKind.SETTLEMENT: PlacePrecision.EXACT,
    PlaceKind.SITE: PlacePrecision.EXACT,
}
#: A settlement, site or area farther than this from ours, in degrees, only bears the same name.
SAME_POINT: Final = 0.05
WIDE: Final = frozenset({PlaceKind.COUNTRY, PlaceKind.REGION, PlaceKind.DISTRICT})


@dataclass(slots=True)
class OurPlace:
    """What a place of ours is compared by: of tens of thousands, no more than that is held."""

    #: Below zero until it is made.
    pk: int
    name: str
    kind: str
    parent: int | None
    latitude: Any
    longitude: Any


class Places:
    """Our places, and those that an import makes.

    A place is ours if it has the id; or if it bears the name (with or without what sort of place
    it is: “Aleppo town” is Aleppo), is of that kind, lies in the same place or in one that this
    lies in, and has no point far from the dataset's.
    """

    def __init__(self, report: Report) -> None:
        self._report = report
        #: Those to be made, by how many they lie in; each with what it lies in.
        self._new: list[list[tuple[Place, OurPlace, OurPlace | None]]] = []
        self._new_ids: dict[DatasetId, tuple[OurPlace, str]] = {}
        self._lacked = 0
        self._slugs = Slugs(Place)
        self._by_pk: dict[int, OurPlace] = {}
        self._by_name: dict[str, list[OurPlace]] = defaultdict(list)
        ours = Place.objects.order_by("pk").values_list(
            "pk", "name", "kind", "parent", "latitude", "longitude", "other_names"
        )
        for pk, name, kind, parent, latitude, longitude, other_names in ours.iterator():
            self._add(OurPlace(pk, name, kind, parent, latitude, longitude), other_names)
        self._known = {
            (scheme, value): self._by_pk[pk]
            for scheme, value, pk in PlaceId.objects.values_list("scheme", "value", "place")
        }

    def find(self, named: dict[int, NamedPlace]) -> dict[int, OurPlace]:
        """Return our place for each of the dataset's. Those that we lack, and those that they lie
        in, are there once they are made. Asks the database for nothing.
        """
        found: dict[NamedPlace, OurPlace] = {}
        levels: dict[int, dict[NamedPlace, None]] = defaultdict(dict)
        for one in named.values():
            chain = list(_chain(one))
            for depth, place in enumerate(reversed(chain)):
                levels[depth][place] = None
        for depth in sorted(levels):
            self._resolve_level(list(levels[depth]), found)
        return {ref: found[one] for ref, one in named.items()}

    def make(self) -> None:
        """Make the places that we lack."""
        for level in self._new:
            for made, _, parent in level:
                made.parent_id = parent.pk if parent else None
            Place.objects.bulk_create(made for made, _, _ in level)
            for made, place, _ in level:
                place.pk = made.pk
        PlaceId.objects.bulk_create(
            PlaceId(scheme=scheme, value=value, name=name, place_id=place.pk)
            for (scheme, value), (place, name) in self._new_ids.items()
        )

    def _resolve_level(
        self, named: Sequence[NamedPlace], found: dict[NamedPlace, OurPlace]
    ) -> None:
        """Find places whose parents are found."""
        # A place comes without its point where it is only what others lie in.
        named = sorted(named, key=lambda one: one.point is None)
        level: list[tuple[Place, OurPlace, OurPlace | None]] = []
        self._new.append(level)
        for one in named:
            parent = found[one.parent] if one.parent else None
            place = self._known.get(one.id) if one.id else None
            if place is None:
                place = self._find(one, parent)
            is_new = place is None
            if place is None:
                place = self._lacking(one, parent, level)
            if one.id and one.id not in self._known:
                self._known[one.id] = place
                self._new_ids[one.id] = (place, "" if place.name == one.name else one.name)
            found[one] = place
            self._report.note("places", place.name, is_new=is_new)

    def _lacking(
        self,
        one: NamedPlace,
        parent: OurPlace | None,
        level: list[tuple[Place, OurPlace, OurPlace | None]],
    ) -> OurPlace:
        """Return a place that is to be made."""
        made = self._draft(one, parent)
        self._lacked += 1
        place = OurPlace(
            pk=-self._lacked,
            name=made.name,
            kind=made.kind,
            parent=parent.pk if parent else None,
            latitude=made.latitude,
            longitude=made.longitude,
        )
        level.append((made, place, parent))
        self._by_pk[place.pk] = place
        self._by_name[fold(one.name)].append(place)
        return place

    def _find(self, one: NamedPlace, parent: OurPlace | None) -> OurPlace | None:
        if one.is_anywhere:
            alike = [place for place in self._by_name[fold(one.name)] if _is_near(place, one.point)]
            return alike[0] if len(alike) == 1 else None
        above = self._above(parent)
        candidates = [
            place
            for name in dict.fromkeys((fold(one.name), _bare(one.name)))
            for place in self._by_name.get(name, ())
            if _is_like(place.kind, one.kind)
            and place.parent in above
            and _is_near(place, one.point)
        ]
        # The one that lies in the narrowest of the places that this lies in.
        return min(candidates, key=lambda place: above[place.parent], default=None)

    def _above(self, parent: OurPlace | None) -> dict[int | None, int]:
        """Return the places that lie above, each with its distance; without any: nowhere."""
        if parent is None:
            return {None: 0}
        above: dict[int | None, int] = {}
        pk: int | None = parent.pk
        while pk is not None and pk not in above:
            above[pk] = len(above)
            pk = self._by_pk[pk].parent
        return above

    def _draft(self, one: NamedPlace, parent: OurPlace | None) -> Place:
        name = one.name
        beside = {
            place.name
            for place in self._by_name.get(fold(name), ())
            if place.parent == (parent.pk if parent else None)
        }
        if name in beside:  # another of that name, elsewhere or of another kind
            where = f"{one.point[0]}, {one.point[1]}" if one.point else PlaceKind(one.kind).label
            name = f"{name[:160]} ({where})"
        return Place(
            name=name,
            slug=self._slugs.take(one.name),
            kind=one.kind,
            latitude=one.point[0] if one.point else None,
            longitude=one.point[1] if one.point else None,
            precision=PRECISIONS[one.kind] if one.point else None,
        )

    def _add(self, place: OurPlace, other_names: Iterable[str]) -> None:
        self._by_pk[place.pk] = place
        for name in (place.name, *other_names):
            self._by_name[fold(name)].append(place)


def _chain(place: NamedPlace) -> Iterable[NamedPlace]:
    while True:
        yield place
        if place.parent is None:
            return
        place = place.parent


def _bare(name: str) -> str:
    """Return the name, folded, without what sort of place it says it is."""
    folded = fold(name)
    found = SORTS.fullmatch(folded)
    return found[1] if found else folded


def _is_like(ours: str, theirs: str) -> bool:
    """Return whether the kinds can be one: what is small need not be called site or area alike."""
    return ours == theirs or {ours, theirs} <= {PlaceKind.SITE, PlaceKind.AREA}


def _is_near(place: OurPlace, point: tuple[str, str] | None) -> bool:
    if point is None or place.latitude is None or place.longitude is None or place.kind in WIDE:
        return True
    return (
        abs(float(place.latitude) - float(point[0])) <= SAME_POINT
        and abs(float(place.longitude) - float(point[1])) <= SAME_POINT
    )
