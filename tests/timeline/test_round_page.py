"""The page of a talks round: who sat, who decided."""

import pytest

from sources.models import Source
from talks.enums import Attendance, RoundStatus
from talks.models import Party
from tests.factories.talks import (
    DecisionPartyFactory,
    DelegationDecisionFactory,
    DelegationFactory,
    DelegationMemberFactory,
    DelegationPartyFactory,
    PartyFactory,
    PersonFactory,
    RoundFactory,
    RoundRoleFactory,
)
from tests.timeline.reader import shown, url_of
from timeline import builder

pytestmark = pytest.mark.django_db(transaction=True)


def test_round_page_tells_who_sat_and_who_decided(bbc: Source, government: Party) -> None:
    held = RoundFactory.create(
        title="The round", round_status=RoundStatus.HELD, venue_wording="a hotel", published=True
    )
    RoundRoleFactory.create(round=held, party=PartyFactory.create(name="Russia"), role="organiser")
    RoundRoleFactory.create(round=held, party=PartyFactory.create(name="Kazakhstan"), role="host")
    delegation = DelegationFactory.create(
        round=held,
        attendance=Attendance.SAT,
        head=PersonFactory.create(name="The head"),
        title="The delegation",
        published=True,
    )
    DelegationPartyFactory.create(delegation=delegation, party=government, wording="the regime")
    DelegationPartyFactory.create(delegation=delegation, party=None, wording="an ally")
    DelegationMemberFactory.create(
        delegation=delegation, person=PersonFactory.create(name="The member"), role="adviser"
    )
    silent = DelegationFactory.create(round=held, attendance="", capacity="", published=True)
    decision = DelegationDecisionFactory.create(
        round=held, delegation=delegation, title="The decision", published=True
    )
    DecisionPartyFactory.create(decision=decision, party=government)
    builder.build()

    text = shown(url_of(held))

    assert "· held" in text
    assert "Venue a hotel" in text
    assert "Organised by Russia" in text
    assert "Hosted by Kazakhstan" in text
    assert "Mediated by not recorded" in text
    assert "Represents Government of Syria “the regime” an ally" in text
    assert "Members The member adviser" in text
    assert "Attendance sat" in text
    assert silent.title in text
    assert "Government of Syria: confirms attendance" in text
    assert "Attendance sat" in shown(url_of(delegation))
    assert "Attendance not recorded" in shown(url_of(silent))
    assert "The delegation" in shown("/parties/government-of-syria/")
    assert "The delegation" in shown("/people/the-member/")


def test_round_without_anything_says_so() -> None:
    held = RoundFactory.create(published=True)
    builder.build()

    assert "No delegation recorded." in shown(url_of(held))
