"""A real browser for the tests marked `browser`: the system's Chromium, driven by playwright."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
HOW_TO_GET_IT = "install it (Debian: apt-get install chromium) to run these"


def browser_program() -> str | None:
    """Return the path of the system's browser."""
    return next((path for name in PROGRAMS if (path := shutil.which(name))), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # Under CI the fixture fails instead: a job that skips them would look green.
    if browser_program() is None and os.environ.get("CI") != "true":
        for item in items:
            if "browser" in item.keywords:
                item.add_marker(pytest.mark.skip(reason=f"no Chromium here: {HOW_TO_GET_IT}"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser a test process."""
    program = browser_program()
    if program is None:
        pytest.fail(f"no Chromium here: {HOW_TO_GET_IT}", pytrace=False)
    # Playwright runs an event loop in this thread, and Django would refuse to read the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh page, with no cookies; an error of its scripts fails the test."""
    context = browser.new_context()
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []


def choose(page: Page, row: str, field: str, term: str, name: str) -> None:
    """Choose a name from an autocomplete by typing what it is searched for."""
    page.click(f"{row} .field-{field} .select2-selection")
    page.keyboard.type(term)
    page.click(f".select2-results__option:has-text('{name}')")
