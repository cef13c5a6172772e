"""An editor at work, in a real browser."""

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import ConsoleMessage, Page
from pytest_django.live_server_helper import LiveServer

from ceasefire.models import Truce
from tests.browser import choose
from tests.factories.ceasefire import TruceFactory
from tests.factories.sources import OutletFactory, SourceFactory
from tests.factories.talks import PartyFactory, PartyNameFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_an_editor_records_a_bound_party_with_its_citation(
    page: Page, live_server: LiveServer, editor: User
) -> None:
    truce: Truce = TruceFactory.create(title="The truce of December", published=True)
    party = PartyFactory.create(name="Government of Syria")
    PartyNameFactory.create(party=party, text="الحكومة السورية", language="ar", kind="variant")
    source = SourceFactory.create(outlet=OutletFactory.create(name="BBC"), title="Rebels to attend")
    said: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        # The site has no icon in these tests.
        if message.type == "error" and "favicon" not in message.location["url"]:
            said.append(message.text)

    page.on("console", listen)
    page.goto(f"{live_server.url}/admin/")
    page.fill("#id_username", "editor")
    page.fill("#id_password", "editor")
    page.click("[type=submit]")
    page.goto(f"{live_server.url}/admin/ceasefire/truce/?q=December")
    page.click("text=The truce of December")

    page.click("text=Add another Truce party")
    choose(page, "#parties-0", "party", "السورية", "Government of Syria")
    page.select_option("#id_parties-0-role", "bound")
    page.click("text=Add another Citation")
    choose(page, "#citations-1", "source", "attend", "BBC: Rebels to attend")
    page.check("#citations-1 input[value=bound]")
    page.click("input[name=_continue] >> nth=0")

    assert "was changed successfully" in page.inner_text(".messagelist")
    row = truce.parties.get()
    citation = truce.citations.get(source=source)
    assert (row.party, row.role) == (party, "bound")
    assert citation.fields == ["bound"]
    assert said == []
