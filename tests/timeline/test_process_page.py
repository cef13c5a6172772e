"""The page of a process: who sat at the table, and that nobody sat at what was not held."""

import re

import pytest
from django.test import Client
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from sources.models import Source
from talks.enums import Attendance, Capacity, DecisionKind, RoundStatus
from talks.models import Party, Round
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
from tests.timeline.reader import said, shown
from timeline import builder

pytestmark = pytest.mark.django_db(transaction=True)


def send(to: Round, party: Party | None, *, wording: str = "", **values: object) -> None:
    delegation = DelegationFactory.create(round=to, published=True, **values)
    DelegationPartyFactory.create(delegation=delegation, party=party, wording=wording)


def decide(about: Round, party: Party | None, decision: str, *, wording: str = "") -> None:
    made = DelegationDecisionFactory.create(round=about, decision=decision, published=True)
    DecisionPartyFactory.create(decision=made, party=party, wording=wording)


@pytest.fixture
def rounds(government: Party) -> tuple[Round, Round]:
    """A round that was held, and one that is to come."""
    process = RoundFactory.create(
        label="First", round_status=RoundStatus.HELD, when_edtf="2016", published=True
    )
    held: Round = process
    to_come: Round = RoundFactory.create(
        process=held.process,
        label="Second",
        round_status=RoundStatus.EXPECTED,
        when_edtf="2017",
        published=True,
    )
    head, member = PersonFactory.create(name="The head"), PersonFactory.create(name="The member")
    send(held, government, attendance=Attendance.SAT, head=head, capacity=Capacity.OBSERVER)
    DelegationMemberFactory.create(
        delegation=held.delegations.get(), person=member, role="legal adviser"
    )
    decide(held, government, DecisionKind.BOYCOTTS)
    send(to_come, government, attendance=Attendance.EXPECTED, head=head)
    send(to_come, None, wording="three factions", attendance="", capacity="")
    decide(to_come, PartyFactory.create(name="Rebels"), DecisionKind.CONSIDERS_BOYCOTT)
    RoundRoleFactory.create(round=to_come, party=PartyFactory.create(name="Russia"), role="host")
    builder.build()
    return held, to_come


def cells(html: str) -> dict[str, list[str]]:
    """Return what each row of the table says in its cells, without the cards behind them."""
    table = html.partition('<div class="scroll seating"')[2].partition("</table>")[0]
    table = re.sub(r'<div class="seating__card".*?</div>', "", table, flags=re.DOTALL)
    found = {}
    for row in re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)[1:]:
        first, *rest = (
            said(f'<main id="main" tabindex="-1">{cell}</main>')
            for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
        )
        found[first] = rest
    return found


def test_table_says_who_sat_and_never_that_anybody_will_have(rounds: tuple[Round, Round]) -> None:
    held, _ = rounds
    html = Client().get(f"/processes/{held.process.slug}/").content.decode()

    found = cells(html)

    assert list(found) == ["Government of Syria", "Rebels", "Russia", "“three factions”"]
    first, second = found["Government of Syria"]
    # Claims that differ stand side by side.
    assert first.startswith("sat boycotted The head as observer")
    assert second.startswith("expected The head")
    assert found["Rebels"][0] == "nothing recorded"
    assert found["Rebels"][1].startswith("considered a boycott")
    assert found["Russia"][1].startswith("host")
    assert found["“three factions”"][1].startswith("attendance not recorded")
    assert all("sat" not in row[1] for row in found.values())
    text = said(html)
    assert "Members: The member legal adviser" in text
    assert "Second 2017 expected; not recorded as held" in text


def test_table_is_bounded(rounds: tuple[Round, Round], monkeypatch: pytest.MonkeyPatch) -> None:
    held, to_come = rounds
    path = f"/processes/{held.process.slug}/"
    monkeypatch.setattr("timeline.queries.seating.MOST_ROUNDS", 1)
    monkeypatch.setattr("timeline.queries.seating.MOST_PARTIES", 2)

    text = shown(f"{path}?as_of=1")

    assert "1 earlier round is not drawn here" in text
    assert "2 parties that are told of less often are not drawn." in text
    assert to_come.title in text


@pytest.mark.browser
def test_a_cell_shows_who_says_so(
    rounds: tuple[Round, Round], live_server: LiveServer, page: Page
) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{live_server.url}/processes/{rounds[0].process.slug}/")

    page.click("button.seating__cell >> nth=0")

    source = Source.objects.filter(citations__record=rounds[0].delegations.get()).get()
    assert page.locator(".seating__card:popover-open").inner_text().count(source.outlet.name) >= 1
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
