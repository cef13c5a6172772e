"""What records are about: outlets, and for each conflict its places, parties and people."""

from dataclasses import dataclass
from random import Random
from typing import Final

from benchmarks.world import dates
from benchmarks.world.chance import Skew
from benchmarks.world.names import Names, accented
from benchmarks.world.tables import Tables, array
from sources.enums import OutletKind
from talks.enums import NameKind, PartyKind, PlaceKind, PlacePrecision

OUTLET_KINDS: Final = (
    *(OutletKind.WIRE_AGENCY, OutletKind.MONITORING_NGO, OutletKind.BROADCASTER),
    *(OutletKind.NEWSPAPER, OutletKind.MONITORING_MISSION, OutletKind.PARTY_AFFILIATED),
    *(OutletKind.SOCIAL_MEDIA, OutletKind.NGO, OutletKind.NEWSPAPER, OutletKind.IGO),
)
STATES: Final = 20
MONITORS: Final = 3
#: What an armed group's name ends in.
KINDS_OF_GROUP: Final = ("Front", "Brigade", "Army", "Movement", "Division", "Council")


@dataclass(frozen=True)
class Common:
    """What all conflicts share."""

    outlets: Skew[int]
    outlet_names: dict[int, str]
    dataset: int
    """The outlet of the dataset that names many incidents a year."""
    states: list[int]
    monitors: list[int]
    """Parties whose own bulletins are outlets."""


@dataclass(frozen=True)
class Scene:
    """One conflict: who is in it, and where."""

    conflict: int
    name: str
    country: int
    regions: list[int]
    places: Skew[int]
    place_names: dict[int, str]
    government: int
    armed: list[int]
    """Armed groups, the most active first."""
    umbrella: int
    banned: int
    """The group that truces exclude."""
    involved: Skew[int]
    party_names: dict[int, str]
    persons: Skew[int]
    processes: list[int]


def raise_common(tables: Tables, random: Random, names: Names, *, outlets: int) -> Common:
    found, outlet_names = [], {}
    for number in range(outlets):
        latin, _ = names.new(2)
        kind = OUTLET_KINDS[number % len(OUTLET_KINDS)]
        slug = f"w-{latin.lower()}-{number}"
        affiliation = "close to the government" if kind == OutletKind.PARTY_AFFILIATED else ""
        grade = random.choice("ABBCCDF")
        outlet = tables.add("sources_outlet", f"{latin} News", slug, kind, affiliation, grade, "")
        found.append(outlet)
        outlet_names[outlet] = f"{latin} News"
    dataset = tables.add("sources_outlet", "World Event Data", "w-data", "dataset", "", "B", "")
    states, monitors = [], []
    for number in range(STATES):
        latin, arabic = names.new(2)
        state = tables.add("talks_party", latin, "", f"w-state-{number}", PartyKind.STATE, None)
        _name(tables, state, latin, arabic)
        states.append(state)
    for number in range(MONITORS):
        latin, arabic = names.new(2)
        name = f"{latin} Monitoring Mission"
        # The fifth in each ten outlets is a monitoring mission's.
        outlet = found[4 + 10 * number]
        party = tables.add("talks_party", name, "", f"w-monitor-{number}", PartyKind.IGO, outlet)
        _name(tables, party, name, f"بعثة {arabic}")
        monitors.append(party)
    return Common(Skew(found, exponent=1.1), outlet_names, dataset, states, monitors)


def raise_scene(
    tables: Tables, random: Random, names: Names, common: Common, *, number: int, entries: int
) -> Scene:
    """Write a conflict that is to have so many entries."""
    name, _ = names.new()
    conflict = tables.add("talks_conflict", name, f"w-conflict-{number}")
    country, regions, places, place_names = _places(
        tables, random, names, f"w-{number}", name, entries
    )
    government, armed, umbrella, party_names = _parties(
        tables, random, names, f"w-{number}", name, entries
    )
    persons = []
    for count in range(max(8, entries // 400)):
        latin, arabic = names.new()
        full = f"{names.new(2)[0]} {latin}"
        others = array([f"{accented(full)}", arabic])
        persons.append(tables.add("talks_person", full, others, f"w-{number}-person-{count}"))
    processes = [
        tables.add("talks_process", conflict, f"{names.new(2)[0]} process", f"w-{number}-p-{each}")
        for each in range(1 + min(3, entries // 5_000))
    ]
    sides = [government, *armed, *random.sample(common.states, 3)]
    return Scene(
        conflict=conflict,
        name=name,
        country=country,
        regions=regions,
        places=Skew(places),
        place_names=place_names,
        government=government,
        armed=armed,
        umbrella=umbrella,
        banned=armed[1],
        involved=Skew(sides, exponent=1.2),
        party_names=party_names,
        persons=Skew(persons),
        processes=processes,
    )


def _places(
    tables: Tables, random: Random, names: Names, slug: str, name: str, entries: int
) -> tuple[int, list[int], list[int], dict[int, str]]:
    """Write a country with its regions, districts, settlements and sites."""
    north, east = random.uniform(5, 45), random.uniform(-10, 75)
    known: dict[int, str] = {}

    def add(kind: PlaceKind, above: int | None, about: tuple[float, float], reach: float) -> int:
        latin, arabic = (name, "") if above is None else names.new()
        others = [accented(latin), arabic] if arabic else []
        # A scale of its own: no point is beyond a pole or the date line.
        point = (about[0] + random.uniform(-reach, reach), about[1] + random.uniform(-reach, reach))
        precision = {
            PlaceKind.COUNTRY: PlacePrecision.COUNTRY,
            PlaceKind.REGION: PlacePrecision.PROVINCE,
            PlaceKind.DISTRICT: PlacePrecision.DISTRICT,
        }.get(kind, PlacePrecision.EXACT)
        has_point = random.random() < 0.97
        place = tables.add(
            "talks_place",
            latin,
            array(others),
            f"{slug}-place-{len(known)}",
            kind,
            above,
            f"{point[0]:.5f}" if has_point else None,
            f"{point[1]:.5f}" if has_point else None,
            precision if has_point else None,
        )
        known[place] = latin
        points[place] = point
        return place

    points: dict[int, tuple[float, float]] = {}
    country = add(PlaceKind.COUNTRY, None, (north, east), 0)
    regions = [add(PlaceKind.REGION, country, (north, east), 2.5) for _ in range(10)]
    districts = [
        add(PlaceKind.DISTRICT, region, points[region], 0.6)
        for region in regions
        for _ in range(random.randint(2, 7))
    ]
    settlements = []
    in_district = Skew(districts, exponent=0.7)
    for _ in range(min(3_000, max(40, entries // 60))):
        district = in_district.one(random)
        settlements.append(add(PlaceKind.SETTLEMENT, district, points[district], 0.2))
    sites = [
        add(PlaceKind.SITE, settlement, points[settlement], 0.02)
        for settlement in settlements[: len(settlements) // 10]
    ]
    # The best known settlements first; then where only the district or the region is said.
    wider = random.sample(districts, len(districts) // 2) + regions[:4]
    return country, regions, settlements[:30] + wider + settlements[30:] + sites, known


def _parties(
    tables: Tables, random: Random, names: Names, slug: str, name: str, entries: int
) -> tuple[int, list[int], int, dict[int, str]]:
    """Write a government, armed groups and an umbrella of some of them."""
    known: dict[int, str] = {}

    def add(text: str, arabic: str, kind: PartyKind) -> int:
        party = tables.add("talks_party", text, "", f"{slug}-party-{len(known)}", kind, None)
        _name(tables, party, text, arabic)
        known[party] = text
        return party

    government = add(f"Government of {name}", f"حكومة {names.new(2)[1]}", PartyKind.GOVERNMENT)
    umbrella = add(f"{name} Joint Command", f"قيادة {names.new(2)[1]}", PartyKind.UMBRELLA)
    armed = []
    for _ in range(max(8, min(60, entries // 800))):
        latin, arabic = names.new()
        party = add(
            f"{latin} {random.choice(KINDS_OF_GROUP)}",
            f"جبهة {arabic}",
            PartyKind.ARMED_ORGANISATION,
        )
        armed.append(party)
        if random.random() < 0.3:
            _rename(tables, random, names, party, latin)
    return government, armed, umbrella, known


def _name(tables: Tables, party: int, latin: str, arabic: str) -> None:
    # One set: some names are written alike with accents and without.
    for text, language, script in sorted(
        {(latin, "en", "Latn"), (accented(latin), "en", "Latn"), (arabic, "ar", "Arab")}
    ):
        tables.add(
            "talks_partyname",
            party,
            text,
            NameKind.VARIANT,
            language,
            script,
            *dates.UNDATED,
            *dates.UNDATED,
        )


def _rename(tables: Tables, random: Random, names: Names, party: int, latin: str) -> None:
    """Give the party two official names, one after the other."""
    day = random.randrange(500, dates.DAYS - 500)
    for text, since, until in (
        (f"{latin} Battalions", dates.UNDATED, dates.exact(day)),
        (f"{latin} {names.new(2)[0]} Union", dates.exact(day + 1), dates.UNDATED),
    ):
        tables.add("talks_partyname", party, text, NameKind.OFFICIAL, "en", "Latn", *since, *until)
