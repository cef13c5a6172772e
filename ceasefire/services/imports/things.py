"""Finds which of ours the things are that a dataset names, and makes those that we lack.

Found by an id of the dataset, else by name. What is found is never changed, but for the id that is
noted on it, so that a later rename does not lose it. What is made is listed in the report.
"""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from typing import Any, Final, Generic, TypeVar

from django.db import models
from django.utils.text import slugify

from ceasefire.services.imports.incoming import DatasetId, NamedConflict, NamedParty
from sources.enums import OutletKind
from sources.models import Outlet
from talks.models import Conflict, ConflictId, Party, PartyId, PartyName

Named = TypeVar("Named", bound=Hashable)


class Numbers(Generic[Named]):
    """Gives each different thing a number, in the order in which they come."""

    def __init__(self) -> None:
        self._numbers: dict[Named, int] = {}
        self._things: list[Named] = []

    def __getitem__(self, named: Named) -> int:
        number = self._numbers.get(named)
        if number is None:
            number = self._numbers[named] = len(self._things)
            self._things.append(named)
        return number

    def among(self, numbers: Iterable[int]) -> dict[int, Named]:
        """Return the things with these numbers, the lowest first."""
        return {number: self._things[number] for number in sorted(numbers)}


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
    return " ".join(unicodedata.normalize("NFKD", name).translate(_BARE).casefold().split())


class _Bare(dict[int, int | None]):
    """What becomes of each character, of those that were met: those that combine are left out."""

    def __missing__(self, character: int) -> int | None:
        bare = self[character] = None if unicodedata.combining(chr(character)) else character
        return bare


_BARE: Final = _Bare()


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


class Outlets:
    """Our outlets by their names, and those that an import makes."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._by_name = outlets_by_name()
        self._slugs = Slugs(Outlet)

    def get(self, name: str) -> Outlet | None:
        """Return the outlet of that name, if there is one."""
        return self._by_name.get(fold(name))

    def resolve(self, named: dict[int, str]) -> dict[int, int]:
        """Return our outlet for each name; of a new one nobody has judged what kind it is."""
        new: list[Outlet] = []
        found: dict[int, Outlet] = {}
        for ref, name in named.items():
            outlet = self.get(name)
            self._report.note("outlets", outlet.name if outlet else name, is_new=outlet is None)
            if outlet is None:
                slug = self._slugs.take(name)
                outlet = Outlet(name=name, slug=slug, kind=OutletKind.NOT_RECORDED)
                self._by_name[fold(name)] = outlet
                new.append(outlet)
            found[ref] = outlet
        Outlet.objects.bulk_create(new)
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


# --- Names in addresses -----------------------------------------------------------------------


class Slugs:
    """The names in addresses that things of one model have."""

    def __init__(self, model: type[models.Model], *, taken: Iterable[str] | None = None) -> None:
        """`taken`: those that things of the model have, if whoever asks has read them."""
        self._fallback = str(model._meta.model_name)
        if taken is None:
            manager: Any = model._default_manager
            taken = manager.values_list("slug", flat=True)
        self._taken = set(taken)

    def take(self, name: str) -> str:
        """Return one for a name that nothing has yet, and will have now."""
        wanted = slug = slugify(name)[:70] or self._fallback
        number = 1
        while slug in self._taken:
            number += 1
            slug = f"{wanted}-{number}"
        self._taken.add(slug)
        return slug
