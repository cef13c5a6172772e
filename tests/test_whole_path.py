"""The whole path: an editor saves, the worker judges again, an analyst sees it and takes it away.

With the sample, a real web server, a real worker and a real browser.
"""

import csv
import time

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from playwright.sync_api import Page, expect

from tests.browser import choose
from tests.processes import CeleryWorker
from timeline import builder
from timeline.models import Revision

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

#: What an editor may wait for the page to follow, in milliseconds. The goal is a second; the
#: machines of the tests are busy.
PATIENCE = 20_000


def log_in(page: Page, site: str, name: str) -> None:
    page.goto(f"{site}/admin/")
    page.fill("#id_username", name)
    page.fill("#id_password", name)
    page.click("[type=submit]")


def open_truce(page: Page, site: str) -> None:
    page.goto(f"{site}/admin/ceasefire/truce/?q=brokered")
    page.click("text=Truce in Syria brokered by Russia and Turkey")


def wait_for_verdict(page: Page, site: str, verdict: str) -> None:
    """Reload the incident's page until it shows the verdict."""
    deadline = time.monotonic() + PATIENCE / 1000
    while True:
        page.goto(f"{site}/incidents/astana-f8/")
        if page.locator("h3", has_text=verdict).count():
            return
        if time.monotonic() > deadline:
            pytest.fail(f"the page never showed “{verdict}”")
        time.sleep(0.1)


def csv_of(page: Page) -> list[dict[str, str]]:
    """Download the file of the filter that the page shows."""
    with page.expect_download() as download:
        page.click("a[href*='timeline.csv']")
    with open(download.value.path(), encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_terms_make_the_shelling_a_violation_and_an_exclusion_undoes_it(
    page: Page, site: str, celery_worker: CeleryWorker, editor: User
) -> None:
    call_command("load_sample", verbosity=0)
    builder.build()
    first = Revision.objects.latest("number").number
    wait_for_verdict(page, site, "Possible violation")

    # That the government is bound, the whole country covered and shelling prohibited, cited.
    log_in(page, site, "editor")
    open_truce(page, site)
    page.select_option("#id_coverage", "all")
    page.click("text=Add another Truce party")
    choose(page, "#parties-4", "party", "Government", "Government of Syria")
    page.select_option("#id_parties-4-role", "bound")
    page.click("text=Add another Truce term")
    page.select_option("#id_terms-0-rule", "prohibits")
    page.select_option("#id_terms-0-act", "shelling")
    page.click("text=Add another Citation")
    choose(page, "#citations-2", "source", "attend", "BBC")
    for field in ("bound", "coverage", "terms"):
        page.check(f"#citations-2 input[value={field}]")
    page.click("input[name=_continue] >> nth=0")
    expect(page.locator(".messagelist")).to_contain_text("was changed successfully")

    wait_for_verdict(page, site, "A violation, if it happened as alleged")
    assert Revision.objects.latest("number").number == first + 1
    page.goto(f"{site}/timeline/?verdict=violation")
    expect(page.locator("main")).to_contain_text("At least nine civilians reported killed")
    rows = csv_of(page)
    assert [row["id"] for row in rows] == ["astana-f8"]
    assert rows[0]["verdict"] == "violation"
    assert "bound party yes" in rows[0]["verdict_reasons"]

    # Excluded instead.
    open_truce(page, site)
    page.select_option("#id_parties-4-role", "excluded")
    page.click("input[name=_continue] >> nth=0")
    expect(page.locator(".messagelist")).to_contain_text("was changed successfully")
    wait_for_verdict(page, site, "Not covered")

    # The sample's own text comes back.
    call_command("load_sample", verbosity=0)
    builder.build()
    wait_for_verdict(page, site, "Possible violation")
    assert builder.verify().is_empty
