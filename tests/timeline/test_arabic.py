"""The pages in Arabic: nothing of ours in English, right to left, and the same answers."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from django.test import Client
from django.utils import translation
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from sources.partial_dates import PartialDate
from talks.enums import NameKind
from talks.models import Party, PartyName
from tests.texts import texts_of_page
from timeline import builder
from timeline.queries.freshness import age_in_words
from timeline.queries.sentences import either, grouped, isolated, joined

pytestmark = pytest.mark.django_db(transaction=True)

FILTER = "kind=incident,truce&party=government-of-syria&from=2016-12&to=2017-01&dates=certainly"

#: Names and signs that are the same in every language, and what codes an address may give.
SAME = re.compile(
    "Truceline|UTC|EDTF|SHA-256|CSV|GeoJSON|JSON Lines|JSON|TimelineJS|BibTeX|CSL-JSON|CSL|SVG|PNG"
    "|Atom|Excel|LaTeX|Zotero|pandoc|OpenAPI"
)
#: What editors entered stands between these in a sentence of ours.
ISOLATED = re.compile("\u2068.*?\u2069", re.DOTALL)


@pytest.fixture
def sample() -> None:
    call_command("load_sample", verbosity=0)
    builder.build()


@pytest.fixture
def arabic() -> Iterator[None]:
    with translation.override("ar"):
        yield


def page(path: str) -> str:
    response = Client().get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def addresses() -> list[str]:
    """Return the addresses of all pages that the pages in Arabic lead to, a few of each kind."""
    found: dict[str, list[str]] = {}
    waiting = ["/ar/", "/ar/timeline/map/", f"/ar/timeline/?{FILTER}"]
    seen = set(waiting)
    while waiting:
        path = waiting.pop(0)
        of_kind = found.setdefault("/".join(path.split("/")[:3]), [])
        if len(of_kind) >= 3 and "/records/" not in path:
            continue
        of_kind.append(path)
        for link in re.findall(r'href="(/ar/[^"#?]*)"', page(path)):
            if link not in seen:
                seen.add(link)
                waiting.append(link)
    return [path for paths in found.values() for path in paths]


def test_a_page_in_arabic_says_nothing_in_english(sample: None) -> None:
    left = {
        text: path
        for path in addresses()
        for text in texts_of_page(page(path))
        if re.search("[A-Za-z]{2}", SAME.sub("", ISOLATED.sub("", text)))
        and not text.endswith(" · Truceline")
        # The codebook's sentences name codes.
        and not (path == "/ar/codebook/" and re.search("[ء-ي]", text))
    }

    assert left == {}


def test_an_address_that_is_not_understood_says_so_in_arabic(sample: None) -> None:
    response = Client().get("/ar/timeline/?from=2017-13&party=nobody")

    assert response.status_code == 400
    html = response.content.decode()
    assert "لا وجود للشهر 13." in html
    assert "لا يُعرف «\u2068nobody\u2069» (طرف) في المراجعة 1." in html


def test_a_shared_filter_finds_the_same_in_either_language(sample: None) -> None:
    english, arabic = page(f"/timeline/?{FILTER}"), page(f"/ar/timeline/?{FILTER}")

    def found(html: str) -> list[str]:
        return re.findall(r'class="lines__title" href="(?:/ar)?(/[^"]+)"', html)

    assert found(english) == found(arabic) != []
    csv = re.findall(r'href="(/timeline.csv[^"]*)"', english)
    assert csv == re.findall(r'href="(/timeline.csv[^"]*)"', arabic)


def test_files_do_not_depend_on_the_language(sample: None) -> None:
    def csv() -> bytes:
        response = Client().get("/timeline.csv", headers={"Accept-Language": "ar"})
        return b"".join(response.streaming_content)  # type: ignore[attr-defined]

    plain = csv()
    with translation.override("ar"):
        assert csv() == plain
    assert "\u2068" not in plain.decode()


def test_a_party_bears_its_arabic_name_where_one_is_recorded(sample: None) -> None:
    party = Party.objects.get(slug="government-of-syria")
    PartyName.objects.create(
        party=party,
        text="الحكومة السورية",
        language="ar",
        script="Arab",
        kind=NameKind.OFFICIAL,
    )
    builder.build()

    assert "الحكومة السورية</h1>" in page(f"/ar/parties/{party.slug}/")
    assert "منسوب إلى الحكومة السورية" in page(f"/ar/timeline/?accused={party.slug}")
    assert f"{party.name}</h1>" in page(f"/parties/{party.slug}/")


@pytest.mark.parametrize(
    ("edtf", "words", "short"),
    [
        ("2017-01-16", "16 كانون الثاني/يناير 2017", "16 كانون الثاني 2017"),
        ("2017-01", "كانون الثاني/يناير 2017", "كانون الثاني 2017"),
        ("2016-01~", "نحو كانون الثاني/يناير 2016", "نحو كانون الثاني 2016"),
        ("2017-01-16?", "16 كانون الثاني/يناير 2017 (غير مؤكد)", "16 كانون الثاني 2017?"),
        ("../2017-01-16", "بحلول 16 كانون الثاني/يناير 2017", "بحلول 16 كانون الثاني 2017"),
        (
            "2017-01-12/2017-01-16",
            "في وقت ما بين 12 و16 كانون الثاني/يناير 2017",
            "12–16 كانون الثاني 2017",
        ),
        ("201X", "عقد 2010", "عقد 2010"),
        ("", "التاريخ غير مدوَّن", "بلا تاريخ"),
    ],
)
def test_dates_in_arabic(arabic: None, edtf: str, words: str, short: str) -> None:
    date = PartialDate.parse(edtf)

    assert (date.in_words(), date.in_short()) == (words, short)


def test_numbers_and_plurals_in_arabic(arabic: None) -> None:
    ages = [age_in_words(60 * minutes) for minutes in (1, 2, 3, 11)]

    assert ages == ["دقيقة واحدة", "دقيقتان", "3 دقائق", "11 دقيقة"]
    assert grouped(1234567) == "1,234,567"


def test_lists_in_arabic(arabic: None) -> None:
    assert joined(["أ", "ب", "ج"]) == "أ، ب وج"
    assert either(["أ", "ب"]) == "أ أو ب"
    assert (isolated("BBC"), isolated("هيئة")) == ("\u2068BBC\u2069", "هيئة")


@pytest.mark.browser
def test_pages_in_arabic_fit_and_can_be_read_by_all(
    sample: None, live_server: LiveServer, page: Page
) -> None:
    paths = ["", "timeline/", "truces/astana-f5/", "incidents/astana-f8/", "method/"]
    for path in paths:
        page.set_viewport_size({"width": 360, "height": 800})
        page.goto(f"{live_server.url}/ar/{path}")
        assert page.evaluate("getComputedStyle(document.body).direction") == "rtl"
        for width in (360, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
