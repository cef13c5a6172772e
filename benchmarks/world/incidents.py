"""Incidents, with parties, targets, attributions and figures; violations, and links."""

from random import Random
from typing import Final

from benchmarks.world import dates
from benchmarks.world.chance import Skew
from benchmarks.world.records import SPEAKERS, Records
from benchmarks.world.stage import Common, Scene
from benchmarks.world.tables import Tables
from ceasefire.enums import Act, AttributionStanding, Justification, Population, ViolationStanding
from sources.enums import Extent, RecordKind
from talks.enums import LinkKind

ACTS: Final = Skew(
    [
        *(Act.SHELLING, Act.AIR_STRIKE, Act.ARMED_CLASH, Act.ATTACK_ON_CIVILIANS, Act.SNIPING),
        *(Act.EXPLOSIVE_DEVICE, Act.GROUND_ATTACK, Act.ABDUCTION, Act.ARREST, Act.BOMBARDMENT),
        *(Act.SIEGE, Act.TROOP_MOVEMENT, Act.LOOTING, Act.OVERFLIGHT, Act.SERVICES_CUT),
        *(Act.DISPLACEMENT, Act.CHEMICAL_WEAPON, Act.FORTIFICATION, Act.OTHER),
    ],
    exponent=0.9,
)
POPULATIONS: Final = Skew(
    [
        *(Population.CIVILIANS, Population.CIVILIAN_OBJECTS, Population.COMBATANTS),
        *(Population.MEDICAL, Population.INFRASTRUCTURE, Population.HUMANITARIAN),
        *(Population.JOURNALISTS, Population.MONITORS),
    ]
)
STANDINGS: Final = Skew(
    [
        *(AttributionStanding.ALLEGED, AttributionStanding.CONFIRMED),
        *(AttributionStanding.CONTESTED, AttributionStanding.DENIED),
    ],
    weights=[80, 10, 7, 3],
)
SUMMARIES: Final = (
    "Two accounts agree on the place and differ on the hour.",
    "Houses in the old quarter were hit, by several accounts; no side has taken responsibility.",
    "The road to {place} was closed until the evening. Nobody could reach the wounded at first.",
    "Local staff counted the dead; the other side's account speaks of fewer.",
    "The monitors asked both sides for an explanation and have published none.",
)
FIELDS: Final = ("act", "place", "figures", "attributions")


class Incidents:
    """Writes the incidents of one conflict in the order of their days."""

    def __init__(
        self, tables: Tables, random: Random, common: Common, scene: Scene, records: Records
    ) -> None:
        self.tables = tables
        self.random = random
        self.common = common
        self.scene = scene
        self.records = records
        self.number = 0

    def add(self, day: int, *, unseen: bool = False) -> int:
        random, scene, tables = self.random, self.scene, self.tables
        act = ACTS.one(random)
        place = scene.places.one(random) if random.random() < 0.96 else None
        where = scene.place_names[place] if place else scene.name
        killed = int(random.paretovariate(1.1)) - 1 if random.random() < 0.6 else None
        title = f"{act.label.partition(' (')[0].capitalize()} reported in {where}"
        if killed:
            title += f", {min(killed, 400)} killed"
        is_aggregate = random.random() < 0.03
        incident = self.records.add(
            RecordKind.INCIDENT,
            title,
            day,
            summary=random.choice(SUMMARIES).format(place=where) if random.random() < 0.5 else "",
            extent=Extent.THROUGHOUT if is_aggregate else Extent.WITHIN,
            hour=f"{random.randrange(24):02}:{random.choice((0, 15, 30)):02}"
            if random.random() < 0.1
            else None,
            unseen=unseen,
        )
        tables.add_child(
            "ceasefire_incident",
            incident,
            scene.conflict,
            act,
            is_aggregate,
            place,
            "" if place else "a village in the north",
            random.choice((1, 1, 1, 2, 3, 4)),
        )
        cited = self.records.cite(incident, day, place=where, fields=FIELDS)
        if killed is not None:
            for citation, _ in cited:
                if random.random() < 0.6:
                    self.records.count_harm(citation, min(killed, 400))
        involved = scene.involved.some(random, random.choice((1, 2, 2, 2, 3)))
        for party in involved:
            tables.add("ceasefire_incidentparty", incident, party, "")
        self._targets(incident, involved)
        self._attributions(incident, involved, cited)
        self.number += 1
        if random.random() < 0.6:
            tables.add(
                "sources_externalid",
                incident,
                "world_event",
                f"{scene.conflict}-{self.number}",
                "24.1",
            )
        return incident

    def _targets(self, incident: int, involved: list[int]) -> None:
        chance = self.random.random()
        if chance < 0.5:
            for population in POPULATIONS.some(self.random, 1 if chance < 0.4 else 2):
                self.tables.add("ceasefire_incidenttarget", incident, None, population, "")
        if chance > 0.4 and chance < 0.7:
            self.tables.add("ceasefire_incidenttarget", incident, involved[-1], "", "")

    def _attributions(
        self, incident: int, involved: list[int], cited: list[tuple[int, int]]
    ) -> None:
        random = self.random
        chance = random.random()
        blamed = involved[: 0 if chance < 0.4 else 1 if chance < 0.88 else 2]
        for accused in blamed:
            citation, outlet = random.choice(cited)
            claimant = None
            by = self.common.outlet_names.get(outlet, "a dataset")
            if random.random() < 0.3:
                by = random.choice(SPEAKERS)
            elif random.random() < 0.2 and accused != self.scene.government:
                claimant, by = self.scene.government, self.scene.party_names[self.scene.government]
            justified = random.random() < 0.08
            self.tables.add(
                "ceasefire_attribution",
                incident,
                accused,
                "" if random.random() < 0.8 else "gunmen",
                by,
                claimant,
                citation if random.random() < 0.85 else None,
                STANDINGS.one(random),
                random.choice(Justification.values[1:]) if justified else "",
                "",
            )

    def accuse(self, truce: int, incident: int | None, day: int) -> None:
        """Write somebody's claim that the truce was violated."""
        random, scene = self.random, self.scene
        violation = self.records.add(
            RecordKind.VIOLATION,
            f"{scene.party_names[scene.government]} speaks of a breach of the truce",
            day,
            when=dates.rather_exact(random, day),
        )
        standing = random.choice([ViolationStanding.ALLEGED] * 8 + [*ViolationStanding])
        self.tables.add_child(
            "ceasefire_violation",
            violation,
            truce,
            incident,
            random.choice((None, scene.armed[0], scene.armed[2])),
            scene.government,
            None,
            "",
            False,
            standing,
            "",
        )
        self.records.cite(violation, day)

    def link(self, record: int, other: int) -> None:
        """Lay two accounts side by side."""
        kind = self.random.choice((LinkKind.CONTRADICTS, LinkKind.POSSIBLE_DUPLICATE))
        self.tables.add("talks_recordlink", record, kind, other, "")
