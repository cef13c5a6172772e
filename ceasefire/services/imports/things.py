"""Finds which of ours the things are that a dataset names, and makes those that we lack.

Found by an id of the dataset, else by name. What is found is never changed, but for the id that is
noted on it, so that a later rename does not lose it. What is made is listed in the report.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Generic, TypeVar

from django.db import models
from django.utils.text import slugify

from ceasefire.services.imports.incoming import DatasetId, NamedConflict, NamedParty, NamedPlace
from sources.enums import OutletKind
from sources.models import Outlet
from talks.enums import PlaceKind, PlacePrecision
from talks.models import Conflict, ConflictId, Party, PartyId, PartyName, Place, PlaceId

Named = TypeVar("Named", bound=Hashable)

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


class Numbers(Generic[Named]):
    """Gives each different thing a number, in the order in which they come."""

    def __init__(self) -> None:
        self._numbers: dict[Named, int] = {}

    def __getitem__(self, named: Named) -> int:
        return self._numbers.setdefault(named, len(self._numbers))

    def among(self, numbers: Collection[int]) -> dict[int, Named]:
        """Return the things with these numbers."""
        return {number: named for named, number in self._numbers.items() if number in numbers}


@dataclass(slots=True)
class Report:
    """What was found and what was made, by the names of ours."""

    conflicts: list[dict[str, Any]] = field(default_factory=list)
    made: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    found: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def note(self, what: str, name: str, *, is_new: bool) -> None:
        (self.made if is_new else self.found)[what].append(name)


def fold(name: str) -> str:
    """Return a name as it is compared: without case, accents and doubled white space."""
    if name.isascii():  # as most are, and thousands are asked for
        return " ".join(name.lower().split())
    plain = unicodedata.normalize("NFKD", name)
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).casefold().split())


# --- Conflicts --------------------------------------------------------------------------------


def conflicts(
    named: dict[int, NamedConflict],
    events: Counter[int],
    parts: Iterable[tuple[int, DatasetId, str]],
    *,
    chosen: Conflict | None,
    report: Report,
) -> dict[int, int]:
    """Return our conflict for each of the dataset's.

    The one that has its id; else the one that was `chosen`; else the one that is named like the
    country in which most of its events lie, and a new one where there is none. `parts` are ids of
    dyads, each with the number of its conflict; they are noted on our conflict too.
    """
    known = {
        (one.scheme, one.value): one.conflict
        for one in ConflictId.objects.select_related("conflict")
    }
    by_name = {fold(one.name): one for one in Conflict.objects.all()}
    # A conflict may be given in several countries; where most of it was is where it belongs.
    countries: dict[DatasetId, Counter[str]] = defaultdict(Counter)
    for ref, one in named.items():
        countries[one.id][one.country] += events[ref]
    slugs = Slugs(Conflict)
    ours: dict[int, int] = {}
    ids: dict[DatasetId, tuple[int, str]] = {}
    lines: dict[DatasetId, dict[str, Any]] = {}
    for ref, one in named.items():
        conflict, how = known.get(one.id), "its id is noted here"
        if conflict is None and chosen is not None:
            conflict, how = chosen, "as chosen"
        if conflict is None:
            country = countries[one.id].most_common(1)[0][0]
            conflict, how = by_name.get(fold(country)), "named like its country"
            if conflict is None:
                slug = slugs.take(country)
                conflict, how = Conflict.objects.create(name=country, slug=slug), "new"
                by_name[fold(country)] = conflict
                report.note("conflicts", country, is_new=True)
        if one.id not in known:
            ids[one.id] = (conflict.pk, one.name)
            known[one.id] = conflict
        ours[ref] = conflict.pk
        line = lines.setdefault(
            one.id,
            {
                "id": one.id[1],
                "name": one.name,
                "events": 0,
                "ours": conflict.name,
                "slug": conflict.slug,
                "how": how,
            },
        )
        line["events"] += events[ref]
    for ref, part, name in parts:
        if part not in known and part not in ids and ref in ours:
            ids[part] = (ours[ref], name)
    ConflictId.objects.bulk_create(
        ConflictId(scheme=scheme, value=value, name=name, conflict_id=pk)
        for (scheme, value), (pk, name) in ids.items()
    )
    report.conflicts = sorted(lines.values(), key=lambda line: -line["events"])
    return ours


# --- Parties ----------------------------------------------------------------------------------


def parties(named: dict[int, NamedParty], *, report: Report) -> dict[int, tuple[int, str]]:
    """Return our party for each of the dataset's, with the dataset's name where it is another.

    The party that has its id; else the only one of that name, usual, short or dated; else a new
    one.
    """
    known = {(one.scheme, one.value): one.party for one in PartyId.objects.select_related("party")}
    by_name = parties_by_name()
    new: dict[str, Party] = {}
    found: dict[int, Party] = {}
    slugs = Slugs(Party)
    for ref, one in named.items():
        party = known.get(one.id) if one.id else None
        if party is None:
            party = by_name.get(fold(one.name)) or new.get(fold(one.name))
        is_new = party is None
        if party is None:
            party = Party(name=one.name, slug=slugs.take(one.name), kind=one.kind)
            new[fold(one.name)] = party
        found[ref] = party
        report.note("parties", party.name, is_new=is_new)
    Party.objects.bulk_create(new.values())
    PartyId.objects.bulk_create(
        PartyId(
            scheme=one.id[0],
            value=one.id[1],
            name="" if one.name == found[ref].name else one.name,
            party=found[ref],
        )
        for ref, one in named.items()
        if one.id and one.id not in known
    )
    return {
        ref: (party.pk, "" if named[ref].name == party.name else named[ref].name)
        for ref, party in found.items()
    }


def parties_by_name() -> dict[str, Party]:
    """Return the parties by every name that only one of them bears, folded."""
    bearers: dict[str, dict[int, Party]] = defaultdict(dict)
    by_pk = Party.objects.in_bulk()
    for party in by_pk.values():
        for name in filter(None, (party.name, party.short_name)):
            bearers[fold(name)][party.pk] = party
    for pk, text in PartyName.objects.values_list("party", "text"):
        bearers[fold(text)][pk] = by_pk[pk]
    return {
        name: next(iter(parties.values())) for name, parties in bearers.items() if len(parties) == 1
    }


# --- Outlets ----------------------------------------------------------------------------------


def outlets(named: dict[int, str], *, report: Report) -> dict[int, int]:
    """Return our outlet for each name; a new one's kind is not recorded, for nobody judged it."""
    by_name = outlets_by_name()
    new: dict[str, Outlet] = {}
    found: dict[int, Outlet] = {}
    slugs = Slugs(Outlet)
    for ref, name in named.items():
        outlet = by_name.get(fold(name)) or new.get(fold(name))
        report.note("outlets", outlet.name if outlet else name, is_new=outlet is None)
        if outlet is None:
            outlet = Outlet(name=name, slug=slugs.take(name), kind=OutletKind.NOT_RECORDED)
            new[fold(name)] = outlet
        found[ref] = outlet
    Outlet.objects.bulk_create(new.values())
    return {ref: outlet.pk for ref, outlet in found.items()}


def outlets_by_name() -> dict[str, Outlet]:
    """Return the outlets by their names, folded; a name proper goes before another's variant."""
    by_name: dict[str, Outlet] = {}
    every = list(Outlet.objects.order_by("pk"))
    for outlet in every:
        by_name.setdefault(fold(outlet.name), outlet)
    for outlet in every:
        for name in outlet.other_names:
            by_name.setdefault(fold(name), outlet)
    return by_name


# --- Places -----------------------------------------------------------------------------------


def places(named: dict[int, NamedPlace], *, report: Report) -> dict[int, Place]:
    """Return our place for each of the dataset's, making them and those that they lie in.

    A place is ours if it has the id; or if it bears the name (with or without what sort of place
    it is: “Aleppo town” is Aleppo), is of that kind, lies in the same place or in one that this
    lies in, and has no point far from the dataset's.
    """
    return _Places(report).resolve(named)


class _Places:
    def __init__(self, report: Report) -> None:
        self._report = report
        self._slugs = Slugs(Place)
        self._known = {
            (one.scheme, one.value): one.place for one in PlaceId.objects.select_related("place")
        }
        self._by_name: dict[str, list[Place]] = defaultdict(list)
        self._parents: dict[int, int | None] = {}
        for place in Place.objects.order_by("pk"):
            self._add(place)

    def resolve(self, named: dict[int, NamedPlace]) -> dict[int, Place]:
        found: dict[NamedPlace, Place] = {}
        levels: dict[int, dict[NamedPlace, None]] = defaultdict(dict)
        for one in named.values():
            chain = list(_chain(one))
            for depth, place in enumerate(reversed(chain)):
                levels[depth][place] = None
        for depth in sorted(levels):
            self._resolve_level(list(levels[depth]), found)
        return {ref: found[one] for ref, one in named.items()}

    def _resolve_level(self, named: Sequence[NamedPlace], found: dict[NamedPlace, Place]) -> None:
        """Find or make places whose parents are found."""
        # A place comes without its point where it is only what others lie in.
        named = sorted(named, key=lambda one: one.point is None)
        new: list[Place] = []
        ids: dict[DatasetId, tuple[Place, str]] = {}
        for one in named:
            parent = found[one.parent] if one.parent else None
            place = self._known.get(one.id) if one.id else None
            if place is None:
                place = self._find(one, parent)
            is_new = place is None
            if place is None:
                place = self._make(one, parent)
                new.append(place)
                self._by_name[fold(one.name)].append(place)
            if one.id and one.id not in self._known:
                self._known[one.id] = place
                ids[one.id] = (place, "" if place.name == one.name else one.name)
            found[one] = place
            self._report.note("places", str(place.name), is_new=is_new)
        Place.objects.bulk_create(new)
        for place in new:
            self._parents[place.pk] = place.parent_id
        PlaceId.objects.bulk_create(
            PlaceId(scheme=scheme, value=value, name=name, place=place)
            for (scheme, value), (place, name) in ids.items()
        )

    def _find(self, one: NamedPlace, parent: Place | None) -> Place | None:
        if one.is_anywhere:
            alike = [place for place in self._by_name[fold(one.name)] if _is_near(place, one.point)]
            return alike[0] if len(alike) == 1 else None
        above = self._above(parent)
        candidates = [
            place
            for name in dict.fromkeys((fold(one.name), _bare(one.name)))
            for place in self._by_name.get(name, ())
            if _is_like(place.kind, one.kind)
            and place.parent_id in above
            and _is_near(place, one.point)
        ]
        # The one that lies in the narrowest of the places that this lies in.
        return min(candidates, key=lambda place: above[place.parent_id], default=None)

    def _above(self, parent: Place | None) -> dict[int | None, int]:
        """Return the places that lie above, each with its distance; without any: nowhere."""
        if parent is None:
            return {None: 0}
        above: dict[int | None, int] = {}
        pk: int | None = parent.pk
        while pk is not None and pk not in above:
            above[pk] = len(above)
            pk = self._parents[pk]
        return above

    def _make(self, one: NamedPlace, parent: Place | None) -> Place:
        name = one.name
        beside = {
            place.name
            for place in self._by_name.get(fold(name), ())
            if place.parent_id == (parent.pk if parent else None)
        }
        if name in beside:  # another of that name, elsewhere or of another kind
            where = f"{one.point[0]}, {one.point[1]}" if one.point else PlaceKind(one.kind).label
            name = f"{name[:160]} ({where})"
        return Place(
            name=name,
            slug=self._slugs.take(one.name),
            kind=one.kind,
            parent=parent,
            latitude=one.point[0] if one.point else None,
            longitude=one.point[1] if one.point else None,
            precision=PRECISIONS[one.kind] if one.point else None,
        )

    def _add(self, place: Place) -> None:
        self._parents[place.pk] = place.parent_id
        for name in (place.name, *place.other_names):
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


def _is_near(place: Place, point: tuple[str, str] | None) -> bool:
    if point is None or place.latitude is None or place.longitude is None or place.kind in WIDE:
        return True
    return (
        abs(float(place.latitude) - float(point[0])) <= SAME_POINT
        and abs(float(place.longitude) - float(point[1])) <= SAME_POINT
    )


# --- Names in addresses -----------------------------------------------------------------------


class Slugs:
    """The names in addresses that things of one model have."""

    def __init__(self, model: type[models.Model]) -> None:
        self._fallback = str(model._meta.model_name)
        manager: Any = model._default_manager
        self._taken: set[str] = set(manager.values_list("slug", flat=True))

    def take(self, name: str) -> str:
        """Return one for a name that nothing has yet, and will have now."""
        wanted = slug = slugify(name)[:70] or self._fallback
        number = 1
        while slug in self._taken:
            number += 1
            slug = f"{wanted}-{number}"
        self._taken.add(slug)
        return slug
