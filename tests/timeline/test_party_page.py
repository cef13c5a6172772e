"""The pages of parties and persons: both sides of every tie and accusation."""

import pytest

from ceasefire.models import Incident, Truce
from sources.models import Record
from talks.enums import NameKind, TieKind
from talks.models import Party, Person
from tests.factories.ceasefire import (
    AttributionFactory,
    IncidentFactory,
    TruceFactory,
    ViolationFactory,
)
from tests.factories.talks import (
    DevelopmentFactory,
    OfficeFactory,
    PartyFactory,
    PartyNameFactory,
    PartyTieFactory,
    PersonFactory,
)
from tests.timeline.reader import shown, url_of
from timeline import builder

pytestmark = pytest.mark.django_db(transaction=True)


def test_party_page_tells_both_sides_of_ties_and_accusations(
    shelling: Incident, truce: Truce, government: Party
) -> None:
    umbrella = PartyFactory.create(name="Umbrella", short_name="UMB")
    PartyNameFactory.create(
        party=umbrella, text="المظلة", language="ar", kind=NameKind.VARIANT, since_edtf="2011/2012"
    )
    PartyTieFactory.create(
        party=government, other_party=umbrella, since_edtf="2015", published=True
    )
    PartyTieFactory.create(
        party=umbrella, other_party=government, tie=TieKind.BACKS, published=True
    )
    OfficeFactory.create(
        party=umbrella, person=PersonFactory.create(name="The chief"), post="chief", published=True
    )
    AttributionFactory.create(
        incident=shelling, accused=umbrella, claimed_by="the ministry", claimed_by_party=government
    )
    for _ in range(8):
        further = IncidentFactory.create(conflict=truce.conflict, published=True)
        AttributionFactory.create(incident=further, accused=umbrella, claimed_by="a monitor")
    ViolationFactory.create(
        truce=truce, title="It broke it", accused=government, accuser_party=umbrella, published=True
    )
    DevelopmentFactory.create(title="A battle", published=True).parties.create(party=umbrella)
    PartyNameFactory.create(
        party=umbrella, text="Mizalla", language="ar", script="Latn", kind=NameKind.VARIANT
    )
    builder.build()

    text = shown("/parties/umbrella/")
    other = shown("/parties/government-of-syria/")

    for words_ in (
        "UMB",
        "Also written Arabic",
        "المظلة since (some time between 2011 and 2012)",
        "Government of Syria is a member of it since 2015",
        "It backs Government of Syria",
        "The chief, chief",
        "9 possible violation",
        "All 9 on the timeline",
        "Accuses others",
        "It broke it",
        "A battle",
    ):
        assert words_ in text
    assert "It is a member of Umbrella since 2015" in other
    assert "Umbrella backs it" in other
    assert "The shelling" in other
    assert "The chief" in shown("/people/the-chief/")
    office = Record.objects.get(kind="office")
    assert "At this date it holds Period not recorded" in shown(url_of(office))
    assert "(UMB)" in shown("/parties/")


def test_person_page_lists_what_else_names_them() -> None:
    person: Person = PersonFactory.create(name="The accuser", other_names=["المتهِم", "X"])
    ViolationFactory.create(
        truce=TruceFactory.create(published=True),
        accuser_person=person,
        title="The claim",
        published=True,
    )
    builder.build()

    text = shown("/people/the-accuser/")

    assert "Also named in" in text
    assert "The claim" in text
    assert "المتهِم, X" in text
    assert "Accuser The accuser" in shown(f"/records/{violation_id('The claim')}/")


def violation_id(title: str) -> str:
    return Record.objects.get(title=title).public_id
