"""Talks: rounds with delegations and decisions; statements, developments, offices and ties."""

from random import Random
from typing import Final

from benchmarks.world import dates
from benchmarks.world.records import SPEAKERS, Records
from benchmarks.world.stage import Common, Scene
from benchmarks.world.tables import Tables
from sources.enums import Extent, RecordKind
from talks.enums import (
    Attendance,
    Capacity,
    ConveningRole,
    DecisionKind,
    DevelopmentKind,
    Phase,
    RoundFormat,
    RoundStatus,
    TieKind,
)

POSTS: Final = ("spokesman", "chief negotiator", "commander", "foreign minister", "adviser")
POSITIONS: Final = (
    "Talks make sense only while the truce is kept.",
    "The other side uses the pause to move its forces.",
    "Those who are not at the table cannot be bound by what is said there.",
    "The next round should deal with detainees first.",
)


class Talks:
    """Writes what is said and decided in one conflict."""

    def __init__(
        self, tables: Tables, random: Random, common: Common, scene: Scene, records: Records
    ) -> None:
        self.tables = tables
        self.random = random
        self.common = common
        self.scene = scene
        self.records = records

    def convene(self, day: int, number: int) -> int:
        """Write a round with its delegations and decisions."""
        random, scene = self.random, self.scene
        status = random.choice([RoundStatus.HELD] * 6 + [*RoundStatus])
        meeting = self.records.add(
            RecordKind.ROUND,
            f"Round {number} of talks on {scene.name}",
            day,
            when=dates.between(day, day + random.choice((1, 2, 4))),
            extent=Extent.THROUGHOUT,
        )
        self.tables.add_child(
            "talks_round",
            meeting,
            random.choice(scene.processes),
            str(number),
            status,
            random.choice(RoundFormat.values),
            scene.country if random.random() < 0.1 else None,
            "the host's capital",
        )
        self.records.cite(meeting, day)
        host = random.choice(self.common.states)
        for role in (ConveningRole.HOST, ConveningRole.MEDIATOR)[: random.randint(0, 2)]:
            self.tables.add("talks_roundrole", meeting, host, role)
        sides = [scene.government, scene.umbrella, *random.sample(scene.armed, 2)]
        for party in sides[: random.randint(2, 4)]:
            self._send(meeting, party, day, is_held=status == RoundStatus.HELD)
        return meeting

    def _send(self, meeting: int, party: int, day: int, *, is_held: bool) -> None:
        random = self.random
        head = self.scene.persons.one(random) if random.random() < 0.7 else None
        delegation = self.records.add(
            RecordKind.DELEGATION,
            f"Delegation of the {self.scene.party_names[party]}",
            day,
            when=dates.rather_exact(random, day),
        )
        attendance = Attendance.SAT if is_held else Attendance.EXPECTED
        self.tables.add_child(
            "talks_delegation", delegation, meeting, Capacity.PARTY, attendance, head
        )
        self.tables.add("talks_delegationparty", delegation, party, "")
        for person in self.scene.persons.some(random, random.randint(0, 3)):
            self.tables.add("talks_delegationmember", delegation, person, "")
        self.records.cite(delegation, day)
        if random.random() < 0.5:
            before = day - random.randrange(1, 10)
            kind = random.choice([*DecisionKind])
            decision = self.records.add(
                RecordKind.DECISION,
                f"{self.scene.party_names[party]} {kind.label}",
                before,
                when=dates.rather_exact(random, before),
            )
            named = head if kind == DecisionKind.NAMES_HEAD else None
            self.tables.add_child(
                "talks_delegationdecision", decision, meeting, delegation, kind, named
            )
            self.tables.add("talks_decisionparty", decision, party, "")
            self.records.cite(decision, before)

    def say(self, day: int, about: int | None, *, unseen: bool = False) -> None:
        """Write a statement, about a round or a truce if one is given."""
        random, scene = self.random, self.scene
        named = random.random() < 0.7
        party = scene.involved.one(random)
        title = f"On {scene.name}: a speaker sets out a position"
        statement = self.records.add(RecordKind.STATEMENT, title, day, unseen=unseen)
        self.tables.add_child(
            "talks_statement",
            statement,
            scene.conflict,
            scene.persons.one(random) if named else None,
            party,
            "" if named else random.choice(SPEAKERS),
            random.choice(POSITIONS),
            "",
            "",
        )
        if about is not None:
            self.tables.add("talks_statementsubject", statement, about)
        self.records.cite(statement, day)

    def develop(self, day: int) -> None:
        """Write a development."""
        random, scene = self.random, self.scene
        place = scene.places.one(random)
        kind = random.choice([*DevelopmentKind])
        record = self.records.add(
            RecordKind.DEVELOPMENT,
            f"{kind.label.capitalize()} in {scene.place_names[place]}",
            day,
            extent=random.choice((Extent.WITHIN, Extent.THROUGHOUT)),
        )
        self.tables.add_child("talks_development", record, scene.conflict, kind, place)
        for party in scene.involved.some(random, 2):
            self.tables.add("talks_developmentparty", record, party, "")
        cited = self.records.cite(record, day, place=scene.place_names[place])
        if kind == DevelopmentKind.TOLL:
            self.records.count_harm(cited[0][0], random.randint(10, 5_000))

    def appoint(self, day: int) -> None:
        """Write that a person takes up a post."""
        random, scene = self.random, self.scene
        post = random.choice(POSTS)
        office = self.records.add(
            RecordKind.OFFICE, f"A new {post} in {scene.name}", day, when=dates.exact(day)
        )
        self.tables.add_child(
            "talks_office",
            office,
            scene.conflict,
            scene.persons.one(random),
            random.choice((scene.government, *scene.armed)),
            post,
            Phase.BEGINS,
            *dates.exact(day),
            *dates.UNDATED,
        )
        self.records.cite(office, day)

    def tie(self, day: int, party: int) -> None:
        """Write that a group joins the umbrella, or that a state backs it."""
        random, scene = self.random, self.scene
        joins = random.random() < 0.7
        one, other = (
            (party, scene.umbrella) if joins else (random.choice(self.common.states), party)
        )
        title = "A group joins the joint command" if joins else "A state backs a group"
        record = self.records.add(
            RecordKind.TIE, f"{title} in {scene.name}", day, when=dates.exact(day)
        )
        left = random.random() < 0.3
        self.tables.add_child(
            "talks_partytie",
            record,
            scene.conflict,
            one,
            "",
            TieKind.MEMBER_OF if joins else TieKind.BACKS,
            other,
            "",
            Phase.BEGINS,
            *dates.UNDATED,
            *(
                dates.rather_exact(random, day + random.randrange(60, 900))
                if left
                else dates.UNDATED
            ),
        )
        self.records.cite(record, day)
