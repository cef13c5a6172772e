"""The drawn timeline as readers get it: a piece of a page, a file, a framed page, a card."""

import gzip
import re
from copy import copy
from xml.etree import ElementTree

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import Page, expect

from tests.factories.timeline import make_entry, make_label, make_revision
from timeline import builder
from timeline.models import Entry
from timeline.queries.drawing.material import MOST_MARKS

pytestmark = pytest.mark.django_db(transaction=True)

PIECE = "/timeline/drawing/"
KINDS = ("incident", "round", "decision", "statement", "truce", "truce_event", "development")


@pytest.fixture
def one_of_each() -> None:
    make_revision(1)
    make_label("conflict", 1, "north", "North")
    for number, kind in enumerate(("round", "truce", "incident"), 1):
        make_entry(number, kind=kind, when=f"2017-01-0{number}", detail="held")


def body(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return str(response.content.decode())


def names(piece: str) -> list[tuple[str, str]]:
    """Return the lanes of a piece with how many entries they count."""
    return re.findall(r'drawing__name">([^<]+)</tspan><tspan[^>]*>([^<]+)<', piece)


def test_piece_draws_what_the_list_holds(client: Client, one_of_each: None) -> None:
    piece = body(client, PIECE)

    assert names(piece) == [("Talks", "1"), ("Truces", "1"), ("Incidents", "1")]
    assert re.findall(r'<a href="([^"]*)" class="drawing__mark', piece) == [
        "/rounds/record-1/",
        "/truces/record-2/",
        "/incidents/record-3/",
    ]
    assert "style=" not in piece.replace("style=&quot;border:0&quot;", "")
    assert names(body(client, f"{PIECE}?kind=incident")) == [("Incidents", "1")]


def test_window_says_what_is_shown_and_finds_nothing(client: Client, one_of_each: None) -> None:
    piece = body(client, f"{PIECE}?window=2017-01-03/2017-01-09")
    page = client.get("/timeline/?window=2017-01-03/2017-01-09")

    # The truce of 2 January may still hold: nobody recorded its end.
    assert names(piece) == [("Talks", "0"), ("Truces", "1"), ("Incidents", "1")]
    assert "<b>3 January 2017</b> to <b>9 January 2017</b> · 2 of 3 entries" in piece
    assert page.context["total"] == 3
    assert 'name="window" value="2017-01-03/2017-01-09"' in page.content.decode()


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("window=2017", "It takes two dates with a / between them"),
        ("window=2017/..", "It takes two dates with a / between them"),
        ("window=2018/2017", "The interval ends (2017) before it begins (2018)."),
        ("width=9", "Give a whole number of pixels from 200 to 3000."),
        ("width=x", "Give a whole number of pixels from 200 to 3000."),
        ("limit=9", "It is for pages"),
        ("colour=red", "It is no filter"),
    ],
)
def test_what_a_drawing_does_not_understand_is_named(
    client: Client, one_of_each: None, query: str, reason: str
) -> None:
    response = client.get(f"{PIECE}?{query}")

    assert response.status_code == 400
    assert reason in response.content.decode()


def test_states_without_a_picture_say_why(client: Client) -> None:
    make_revision(1)
    empty = body(client, PIECE)
    make_revision(2)
    make_entry(1, when="", title="Sometime", revision_from=2)
    undated = body(client, PIECE)
    make_revision(3)
    make_entry(2, when="2017", revision_from=3)
    beside = body(client, PIECE)

    assert "Nothing to draw: no entry fits." in empty
    assert "Nothing to draw: 1 entry has no date." in undated
    assert "1 entry has no date, and stands nowhere on this drawing:" in beside
    assert [">Sometime</a>" in piece for piece in (empty, undated, beside)] == [False, True, True]
    assert "Nothing to draw." in body(client, "/timeline.svg?kind=truce")


def test_ends_of_time_are_drawn_too(client: Client) -> None:
    make_revision(1)
    make_entry(1, when="0001-01-01/..", extent="throughout")
    make_entry(2, when="../9999-12-31")

    assert names(body(client, PIECE)) == [("Incidents", "2")]
    assert names(body(client, f"{PIECE}?window=9999-12-01/9999-12-31")) == [("Incidents", "2")]


def test_the_fullest_drawing_is_small_on_the_wire() -> None:
    """As many marks as the lanes hold, and no two titles have a word in common."""
    make_revision(1)
    template = make_entry(1, when="2017-01-15")
    rows = []
    for number in range(1, MOST_MARKS * len(KINDS)):
        row = copy(template)
        row.pk = None
        row.record_id, row.public_id = number + 1, f"{number * 7919:x}-{number * 104729:x}"
        row.kind = KINDS[number % len(KINDS)]
        row.title = " ".join(f"{number * prime % 9973:x}" for prime in range(3, 60, 3))
        row.verdict = "possible" if row.kind == "incident" else ""
        rows.append(row)
    Entry.objects.bulk_create(rows)

    response = Client(headers={"accept-encoding": "gzip"}).get(f"{PIECE}?width=1600")

    assert response["Content-Encoding"] == "gzip"
    assert gzip.decompress(response.content).count(b"data-entry=") == len(rows) + 1
    assert len(response.content) <= 50_000


def test_file_stands_alone_and_says_what_it_is(client: Client, one_of_each: None) -> None:
    response = client.get("/timeline.svg?kind=incident&window=2017-01/2017-02")

    assert response["Content-Type"] == "image/svg+xml; charset=utf-8"
    assert "default-src 'none'" in response["Content-Security-Policy"]
    text = response.content.decode()
    said = [element.text for element in ElementTree.fromstring(text).iter() if element.text]
    assert "Timeline" in said
    assert "Incidents." in said
    assert "1 January 2017 to 28 February 2017: 1 of 1 entries" in said
    assert any(line.startswith("Source: Truceline, revision 1 of 1 January 2026") for line in said)
    assert "as_of=1&amp;kind=incident&amp;window=2017-01-01/2017-02-28" in text
    assert "var(" not in text
    assert "%" not in "".join(re.findall(r' (?:x|width)="[^"]*"', text)).replace('"100%"', "")


def test_only_the_embedded_page_may_be_framed_elsewhere(client: Client, one_of_each: None) -> None:
    framed, page = client.get("/embed/timeline/?kind=incident"), client.get("/timeline/")

    assert "frame-ancestors 'self' *" in framed["Content-Security-Policy"]
    assert "X-Frame-Options" not in framed
    assert page["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self' *" not in page["Content-Security-Policy"]
    assert "Incidents." in framed.content.decode()


def test_a_thing_has_the_drawing_of_what_belongs_to_it(client: Client, one_of_each: None) -> None:
    page = body(client, "/conflicts/north/?window=2017-01/2017-02")

    assert "/timeline/drawing/?as_of=1&amp;conflict=north&amp;window=2017-01/2017-02" in page
    assert client.get("/conflicts/north/?window=now").status_code == 400


@pytest.mark.browser
def test_analyst_finds_the_shelling_by_keyboard_and_takes_the_picture(
    page: Page, site: str
) -> None:
    call_command("load_sample", verbosity=0)
    builder.build()
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{site}/timeline/")
    stage = page.locator("[data-stage]")
    expect(stage).to_be_visible()
    assert Axe().run(page).violations_count == 0

    # Into the drawing, down to the incidents, and the card of the first of them.
    stage.focus()
    page.keyboard.press("ArrowDown")
    for _ in range(5):
        page.keyboard.press("ArrowDown")
    focused = page.locator(".drawing__mark:focus")
    expect(focused).to_have_attribute("data-entry", "astana-f8")
    assert page.locator(".drawing__mark[tabindex='0']").count() == 1
    page.keyboard.press("Enter")
    card = page.get_by_role("dialog")
    expect(card).to_contain_text("Possible violation")
    expect(card).to_contain_text("coverage not recorded")
    expect(card).to_contain_text("Syrian Observatory for Human Rights, in BBC")
    assert Axe().run(page).violations_count == 0
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(focused).to_have_attribute("data-entry", "astana-f8")

    # Everything: the window stands in the address, and the mark keeps the focus.
    page.keyboard.press("Home")
    page.wait_for_url(re.compile("window="))
    expect(page.locator("[data-said]")).to_contain_text("31 of 31 entries")
    expect(focused).to_have_attribute("data-entry", "astana-f8")
    shown = page.locator("[data-said]").inner_text()
    page.reload()
    expect(page.locator("[data-said]")).to_have_text(shown)

    with page.expect_download() as download:
        page.click("[data-png]")
    with open(download.value.path(), "rb") as file:
        assert file.read(8) == b"\x89PNG\r\n\x1a\n"
