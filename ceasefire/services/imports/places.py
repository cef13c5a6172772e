"""Finds which of ours the places are that a dataset names, and makes those that we lack."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, count
from typing import Any, Final

from django.db import connection, models
from django.db.backends.utils import CursorWrapper

from ceasefire.services.imports.incoming import DatasetId, NamedPlace
from ceasefire.services.imports.staging import copy
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
#: So many rows are read without a break.
PORTION: Final = 500
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


@dataclass(slots=True)
class _NewPlace:
    """A place to be made: what only its own row holds."""

    place: OurPlace
    parent: OurPlace | None
    #: What the dataset calls it, where it could not be called so.
    other_names: list[str]
    slug: str
    precision: int | None


class Places:
    """Our places, and those that an import makes.

    A place is ours if it has the id; or if it bears the name (with or without what sort of place
    it is: “Aleppo town” is Aleppo), is of that kind, lies in the same place or in one that this
    lies in, and has no point far from the dataset's.
    """

    def __init__(self, report: Report) -> None:
        """Ask for ours; the answer is read in `find`, for which the database need not wait."""
        self._report = report
        #: Those to be made, by how many they lie in.
        self._new: list[list[_NewPlace]] = []
        self._new_ids: dict[DatasetId, tuple[OurPlace, str]] = {}
        self._lacked = 0
        self._by_pk: dict[int, OurPlace] = {}
        self._by_name: dict[str, list[OurPlace]] = defaultdict(list)
        #: The names of those that lie in each.
        self._within: dict[int | None, set[str]] = defaultdict(set)
        self._known: dict[DatasetId, OurPlace] = {}
        self._ours = _asked(
            Place.objects.values_list(
                *("pk", "name", "kind", "parent", "latitude", "longitude", "slug", "other_names")
            )
        )
        self._ids = _asked(PlaceId.objects.values_list("scheme", "value", "place"))

    def find(self, named: dict[int, NamedPlace]) -> dict[int, OurPlace]:
        """Return our place for each of the dataset's. Those that we lack, and those that they lie
        in, are there once they are made. Asks the database for nothing.
        """
        self._take_ours()
        found: dict[NamedPlace, OurPlace] = {}
        levels: dict[int, dict[NamedPlace, None]] = defaultdict(dict)
        for one in named.values():
            for depth, place in enumerate(reversed(list(_chain(one)))):
                levels[depth][place] = None
        for depth in sorted(levels):
            self._resolve_level(list(levels[depth]), found)
        return {ref: found[one] for ref, one in named.items()}

    def make(self, cursor: CursorWrapper) -> None:
        """Make the places that we lack."""
        new = [each for level in self._new for each in level]
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('talks_place', 'id')) "
            "FROM generate_series(1, %s)",
            [len(new)],
        )
        for each, (pk,) in zip(new, cursor.fetchall(), strict=True):
            each.place.pk = pk
        copy(
            cursor,
            "talks_place (id, name, other_names, slug, kind, parent_id, latitude, longitude, "
            "precision)",
            (
                (
                    *(each.place.pk, each.place.name, each.other_names, each.slug),
                    each.place.kind,
                    each.parent.pk if each.parent else None,
                    *(each.place.latitude, each.place.longitude, each.precision),
                )
                for each in new
            ),
        )
        copy(
            cursor,
            "talks_placeid (scheme, value, name, place_id)",
            (
                (scheme, value, name, place.pk)
                for (scheme, value), (place, name) in self._new_ids.items()
            ),
        )

    def _take_ours(self) -> None:
        slugs: set[str] = set()
        for *place, slug, other_names in sorted(chain.from_iterable(_portions(self._ours))):
            slugs.add(slug)
            self._add(OurPlace(*place), other_names)
        self._slugs = Slugs(Place, taken=slugs)
        # Of a place that came or went between the two questions, one answer says nothing.
        self._known = {
            (scheme, value): self._by_pk[pk]
            for scheme, value, pk in chain.from_iterable(_portions(self._ids))
            if pk in self._by_pk
        }

    def _add(self, place: OurPlace, other_names: Iterable[str]) -> None:
        self._by_pk[place.pk] = place
        self._within[place.parent].add(place.name)
        for name in {fold(name) for name in (place.name, *other_names)}:
            self._by_name[name].append(place)

    def _resolve_level(
        self, named: Sequence[NamedPlace], found: dict[NamedPlace, OurPlace]
    ) -> None:
        """Find places whose parents are found."""
        # A place comes without its point where it is only what others lie in.
        named = sorted(named, key=lambda one: one.point is None)
        level: list[_NewPlace] = []
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
        self, one: NamedPlace, parent: OurPlace | None, level: list[_NewPlace]
    ) -> OurPlace:
        """Return a place that is to be made."""
        self._lacked += 1
        place = OurPlace(
            pk=-self._lacked,
            name=self._name(one, parent),
            kind=one.kind,
            parent=parent.pk if parent else None,
            latitude=one.point[0] if one.point else None,
            longitude=one.point[1] if one.point else None,
        )
        precision = PRECISIONS[one.kind] if one.point else None
        other_names = [] if place.name == one.name else [one.name]
        level.append(_NewPlace(place, parent, other_names, self._slugs.take(one.name), precision))
        self._add(place, other_names)
        return place

    def _find(self, one: NamedPlace, parent: OurPlace | None) -> OurPlace | None:
        if one.is_anywhere:
            alike = [place for place in self._by_name[fold(one.name)] if _is_near(place, one.point)]
            if len(alike) > 1:
                # Of several, the one that an earlier import made for want of a better one.
                alike = [
                    place for place in alike if place.parent is None and place.kind == one.kind
                ]
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

    def _name(self, one: NamedPlace, parent: OurPlace | None) -> str:
        """Return how a new place is called: its name, with where or what it is if that is taken,
        and with a number if that is, too.
        """
        taken = self._within[parent.pk if parent else None]
        where = f"{one.point[0]}, {one.point[1]}" if one.point else PlaceKind(one.kind).label
        numbered = (f"{one.name[:160]} ({where}, {number})" for number in count(2))
        names = chain((one.name, f"{one.name[:160]} ({where})"), numbered)
        return next(name for name in names if name not in taken)


def _asked(query: models.QuerySet[Any, Any]) -> CursorWrapper:
    """Return a cursor that holds the answer to a query, of which nothing is read yet."""
    cursor: CursorWrapper = connection.cursor()
    cursor.execute(*query.query.sql_with_params())
    return cursor


def _portions(cursor: CursorWrapper) -> Iterator[list[Any]]:
    """Yield the rows of an answer, portion by portion: all at once would hold up other threads."""
    while rows := cursor.fetchmany(PORTION):
        yield rows


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
