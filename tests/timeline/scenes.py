"""One truce, one incident and all between them: the examples of test_verdict.py."""

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ceasefire.enums import Act, Completeness, Coverage, Population, TermRule, TruceRole
from ceasefire.models import Attribution, Incident, Truce, TruceEvent, TruceParty
from sources.models import Record
from talks.models import Conflict, Party, PartyTie, Place
from tests.factories.ceasefire import (
    AttributionFactory,
    IncidentFactory,
    IncidentTargetFactory,
    TruceAreaFactory,
    TruceEventFactory,
    TruceFactory,
    TrucePartyFactory,
    TruceTermFactory,
    ViolationFactory,
)
from tests.factories.talks import ConflictFactory, PartyFactory, PartyTieFactory, PlaceFactory
from tests.timeline.oracle import Answer

Values = Mapping[str, Any]

DAMASCUS = "Asia/Damascus"
NINE, NOON, FIVE = datetime.time(9), datetime.time(12), datetime.time(17)


def yes(code: str) -> Answer:
    return Answer("yes", code)


def no(code: str) -> Answer:
    return Answer("no", code)


def undetermined(code: str) -> Answer:
    return Answer("undetermined", code)


@dataclass
class Case:
    """What the definition says of a scene; only the answers that the example is about."""

    truce: Truce
    incident: Incident
    attribution: Attribution | None
    verdict: str | None
    """None where the two are not judged at all."""
    standing: str
    answers: dict[str, Answer]


@dataclass
class Scene:
    """A conflict of its own, with a truce, an incident and who did it."""

    conflict: Conflict
    region: Place
    town: Place
    truce: Truce
    incident: Incident
    attribution: Attribution | None
    government: Party
    rebels: Party

    def expect(self, verdict: str | None, *, standing: str = "", **answers: Answer) -> Case:
        """Return the case: this verdict, for these reasons."""
        return Case(self.truce, self.incident, self.attribution, verdict, standing, answers)

    def happens(self, event: str, when: str, **values: Any) -> TruceEvent:
        """Publish an event of the truce."""
        values = {"published": True, **values}
        of: TruceEvent = TruceEventFactory.create(
            truce=self.truce, event=event, when_edtf=when, **values
        )
        return of

    def lists(self, place: Place, relation: str = "covered") -> None:
        TruceAreaFactory.create(truce=self.truce, place=place, relation=relation)

    def binds(self, party: Party, role: str = TruceRole.BOUND, **values: Any) -> TruceParty:
        return TrucePartyFactory.create(truce=self.truce, party=party, role=role, **values)

    def joins(self, party: Party, umbrella: Party, when: str, **values: Any) -> PartyTie:
        """Publish that the party is a member of the umbrella."""
        values = {"published": True, "conflict": self.conflict, "when_edtf": when, **values}
        tie: PartyTie = PartyTieFactory.create(party=party, other_party=umbrella, **values)
        return tie

    def is_claimed(self, standing: str, **values: Any) -> Record:
        """Publish a violation record of the two."""
        values = {"published": True, "standing": standing, **values}
        violation: Record = ViolationFactory.create(
            truce=self.truce, incident=self.incident, **values
        )
        return violation


def scene(
    *,
    truce: Values = {},  # noqa: B006 - never changed
    incident: Values = {},  # noqa: B006 - never changed
    accused: bool = True,
    justification: str = "",
    binding: bool = True,
    hit: Iterable[str] = (Population.CIVILIANS,),
    terms: Iterable[tuple[str, str]] = ((TermRule.PROHIBITS, Act.HOSTILITIES),),
) -> Scene:
    """Return a truce of January 2017 that the government breaks on the 15th, unless changed.

    Government and rebels are bound and no one else, everywhere; any use of force is
    prohibited; it was in effect from the 1st, and spoken of until the 31st.
    """
    conflict = ConflictFactory.create()
    region = PlaceFactory.create(kind="region")
    town = PlaceFactory.create(parent=region)
    government, rebels = PartyFactory.create(), PartyFactory.create()
    the_truce = TruceFactory.create(
        **{
            "published": True,
            "conflict": conflict,
            "declared_edtf": "",
            "effective_edtf": "2017-01-01",
            "last_attested_edtf": "2017-01-31",
            "coverage": Coverage.ALL,
            "bound_recorded": Completeness.COMPLETE,
            **truce,
        }
    )
    if binding:
        for party in (government, rebels):
            TrucePartyFactory.create(truce=the_truce, party=party)
    for rule, act in terms:
        TruceTermFactory.create(truce=the_truce, rule=rule, act=act)
    the_incident = IncidentFactory.create(
        **{"published": True, "conflict": conflict, "place": town, **incident}
    )
    for population in hit:
        IncidentTargetFactory.create(incident=the_incident, population=population)
    attribution = None
    if accused:
        attribution = AttributionFactory.create(
            incident=the_incident, accused=government, justification=justification
        )
    return Scene(conflict, region, town, the_truce, the_incident, attribution, government, rebels)


EXAMPLES: list[Callable[[], Case]] = []


def example(build: Callable[[], Case]) -> Callable[[], Case]:
    """Take the function as an example: it builds a scene and says what is to come of it."""
    EXAMPLES.append(build)
    return build
