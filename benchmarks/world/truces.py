"""Truces that overlap, with terms, parties, places and the events of their lives."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

from benchmarks.world import dates
from benchmarks.world.records import Records
from benchmarks.world.stage import Common, Scene
from benchmarks.world.tables import Tables, Value, array
from ceasefire.enums import (
    Act,
    AreaRelation,
    Completeness,
    Counted,
    Coverage,
    ExclusionBasis,
    TermRule,
    TruceClass,
    TruceEventType,
    TruceOutcome,
    TruceRole,
    TruceSide,
)
from sources.enums import Extent, RecordKind

CLASSES: Final = (
    *(TruceClass.CESSATION, TruceClass.CESSATION, TruceClass.PRELIMINARY, TruceClass.TRUCE),
    *(TruceClass.HUMANITARIAN_PAUSE, TruceClass.DEFINITIVE, TruceClass.NOT_RECORDED),
)
FIELDS: Final = ("bound", "terms", "coverage")
#: What truces prohibit; all of them the first.
PROHIBITED: Final = (
    *(Act.HOSTILITIES, Act.BOMBARDMENT, Act.SHELLING, Act.AIR_STRIKE, Act.GROUND_ATTACK),
    *(Act.SIEGE, Act.TROOP_MOVEMENT, Act.ARREST),
)


@dataclass(frozen=True)
class Truce:
    """A truce, and the days between which it lies."""

    record: int
    first: int
    last: int


class Truces:
    """Writes the truces of one conflict."""

    def __init__(
        self, tables: Tables, random: Random, common: Common, scene: Scene, records: Records
    ) -> None:
        self.tables = tables
        self.random = random
        self.common = common
        self.scene = scene
        self.records = records

    def add(self, first: int, length: int) -> Truce:
        """Write a truce that takes effect on day `first` and lasts so many days."""
        random, scene = self.random, self.scene
        last = min(first + length, dates.DAYS - 1)
        declared = first - random.choice((0, 0, 1, 1, 2, 5))
        title = f"Truce in {scene.name} of {dates.on(declared):%B %Y}"
        truce = self.records.add(
            RecordKind.TRUCE,
            title,
            declared,
            when=dates.rather_exact(random, declared),
            summary="Its text was not published in full." if random.random() < 0.6 else "",
        )
        # Of one truce in sixteen nobody recorded an end; some ends are known from events only.
        chance = random.random()
        end = dates.rather_exact(random, last) if chance < 0.7 else dates.UNDATED
        attested = dates.exact(last - random.randrange(3)) if chance > 0.6 else dates.UNDATED
        is_dated = random.random() < 0.8
        has_hour = is_dated and random.random() < 0.3
        coverage = random.choice((Coverage.ALL, Coverage.ALL, Coverage.LISTED, *Coverage.values))
        self.tables.add_child(
            "ceasefire_truce",
            truce,
            scene.conflict,
            random.choice(CLASSES),
            random.choice(TruceSide.values),
            random.choice(("written", "verbal", "")),
            array(random.choice(((), ("peace_process",), ("humanitarian", "holiday")))),
            *dates.exact(declared),
            *(dates.exact(first) if is_dated else dates.UNDATED),
            "00:00" if has_hour else None,
            "Asia/Damascus" if has_hour else "",
            *end,
            *attested,
            self._outcome(chance),
            random.choice(("yes", "yes", "no", "")),
            random.choice(("yes", "no", "unclear", "")),
            "",
            coverage,
            "",
            random.choice(Completeness.values),
            random.choice(Completeness.values),
        )
        self.records.cite(truce, declared, fields=FIELDS)
        self._areas(truce, coverage)
        self._parties(truce)
        self._terms(truce)
        if random.random() < 0.05:
            self.tables.add("ceasefire_trucewindow", truce, "06:00", "18:00", "Asia/Damascus")
        self._events(truce, first, last, is_ended=0.7 <= chance < 0.94)
        return Truce(truce, first, last)

    def _outcome(self, chance: float) -> str:
        if chance >= 0.94:
            return TruceOutcome.NOT_RECORDED
        return self.random.choice(
            (TruceOutcome.BROKE_DOWN, TruceOutcome.EXPIRED, TruceOutcome.SUPERSEDED, "")
        )

    def _areas(self, truce: int, coverage: str) -> None:
        random = self.random
        if coverage == Coverage.LISTED:
            for place in random.sample(self.scene.regions, random.randint(1, 5)):
                self.tables.add("ceasefire_trucearea", truce, place, AreaRelation.COVERED)
        if coverage and random.random() < 0.3:
            place = self.scene.places.one(random)
            if place not in self.scene.regions:
                self.tables.add("ceasefire_trucearea", truce, place, AreaRelation.LEFT_OUT)

    def _parties(self, truce: int) -> None:
        random, scene, common = self.random, self.scene, self.common
        bound = {scene.government, scene.umbrella, *random.sample(scene.armed[2:], 3)}
        for party in sorted(bound):
            members = random.choice(("yes", "yes", "unclear")) if party == scene.umbrella else ""
            self._party(truce, party, TruceRole.BOUND, binds_members=members)
        if random.random() < 0.6:
            self._party(
                truce,
                scene.banned,
                TruceRole.EXCLUDED,
                basis=random.choice((ExclusionBasis.NAMED, ExclusionBasis.DESIGNATION)),
                contested_by=random.choice(("", "", "", "a guarantor")),
            )
        for party in random.sample(common.states, random.randint(0, 3)):
            self._party(truce, party, random.choice((TruceRole.BROKER, TruceRole.GUARANTOR)))
        if random.random() < 0.4:
            self._party(truce, random.choice(common.monitors), TruceRole.MONITOR)

    def _party(
        self,
        truce: int,
        party: int,
        role: str,
        *,
        binds_members: str = "",
        basis: str = "",
        contested_by: str = "",
    ) -> None:
        nothing: tuple[Value, ...] = dates.UNDATED
        self.tables.add(
            "ceasefire_truceparty",
            truce,
            party,
            role,
            "",
            binds_members,
            basis,
            "",
            *nothing,
            contested_by,
            *nothing,
            *nothing,
            "",
        )

    def _terms(self, truce: int) -> None:
        random = self.random
        if random.random() < 0.15:
            return
        acts: Sequence[Act] = PROHIBITED[:1]
        if random.random() < 0.5:
            acts = random.sample(PROHIBITED, random.randint(1, 4))
        for act in acts:
            self.tables.add("ceasefire_truceterm", truce, TermRule.PROHIBITS, act, "")
        if random.random() < 0.2:
            rule = random.choice((TermRule.SELF_DEFENCE, TermRule.RETALIATION))
            self.tables.add("ceasefire_truceterm", truce, rule, Act.HOSTILITIES, "")
        if random.random() < 0.1:
            self.tables.add("ceasefire_truceterm", truce, TermRule.PERMITS, Act.OVERFLIGHT, "")

    def _events(self, truce: int, first: int, last: int, *, is_ended: bool) -> None:
        random = self.random
        events = [(TruceEventType.AGREED, first), (TruceEventType.IN_FORCE, first)]
        days = max(1, last - first)
        events += [
            (TruceEventType.STRAINED, first + random.randrange(days))
            for _ in range(random.randint(0, 4))
        ]
        if days > 20 and random.random() < 0.15:
            paused = first + random.randrange(days - 5)
            events += [(TruceEventType.SUSPENDED, paused), (TruceEventType.IN_FORCE, paused + 4)]
        if is_ended:
            how = random.choice((TruceEventType.COLLAPSED, TruceEventType.EXPIRED))
            events.append((how, last))
        for event, day in events:
            record = self.records.add(
                RecordKind.TRUCE_EVENT,
                f"Truce in {self.scene.name}: {event.label}",
                day,
                when=dates.rather_exact(random, day),
            )
            self.tables.add_child("ceasefire_truceevent", record, truce, event)
            self.records.cite(record, day)

    def replace(self, later: Truce, earlier: Truce) -> None:
        kind = self.random.choice(("replaces", "renews", "extends"))
        self.tables.add("ceasefire_trucelink", later.record, kind, earlier.record)

    def count(self, truce: Truce, day: int) -> None:
        """Write a monitor's count of violations for a day."""
        number = int(self.random.expovariate(0.05))
        tally = self.records.add(
            RecordKind.TALLY,
            f"Monitors count {number} violations in {self.scene.name}",
            day,
            when=dates.exact(day),
            extent=Extent.THROUGHOUT,
        )
        self.tables.add_child(
            "ceasefire_tally",
            tally,
            self.scene.conflict,
            truce.record,
            self.common.outlets.things[4],
            Counted.VIOLATIONS,
            None,
            None,
            number,
            None,
        )
        self.records.cite(tally, day)
