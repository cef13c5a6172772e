"""The page of the timeline, what bad input gets, and the checks."""

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext, override_settings
from django.utils.html import escape
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sources.models import PendingChange
from tests.factories.timeline import (
    index_words,
    keep_counts,
    make_citation,
    make_entry,
    make_label,
    make_revision,
)
from timeline.filters import TimelineFilter
from timeline.models import Revision, Sheet
from timeline.queries import Reading, Shown, reading
from timeline.views.kept import kept

pytestmark = pytest.mark.django_db(transaction=True)

PAGE = "/timeline/"
FILE = "/timeline.csv"
INLINE_SCRIPT = re.compile(r"<script(?![^>]* src=)")
PARAMETERS = tuple(TimelineFilter.base_filters)


def get(path: str, query: str | dict[str, Any] = "") -> HttpResponse:
    if isinstance(query, str):
        return Client().get(f"{path}?{query}", headers={"host": "localhost"})  # type: ignore[return-value]
    return Client().get(path, query, headers={"host": "localhost"})  # type: ignore[return-value]


def body_of(response: HttpResponse) -> bytes:
    """Return the body of a page, or of a file that is streamed."""
    return b"".join(response)


def text_of(response: HttpResponse) -> str:
    return response.content.decode()


@pytest.fixture
def rows() -> None:
    """Three entries that mention different things, under revision 1."""
    make_revision(1)
    make_label("conflict", 1, "north", "North")
    for ref in (1, 2, 3):
        make_label("party", ref, f"party-{ref}", f"Party {ref}")
        make_label("place", ref, f"place-{ref}", f"Place {ref}")
        make_label("outlet", ref, f"outlet-{ref}", f"Outlet {ref}")
        make_label("source", ref, f"source-{ref}", f"Source {ref}")
        make_entry(
            ref,
            kind=("truce", "incident", "round")[ref - 1],
            when=f"2017-01-0{ref}",
            party_ids=[ref],
            accused_ids=[ref],
            place_id=ref,
            place_ids=[ref],
            origins=[f"outlet:{ref}"],
            source_ids=[ref],
            citations=[make_citation(ref, outlet=ref, source=ref)],
        )
    Sheet.objects.create(revision_from=1, record_id=1, doc={"end": "2017-01-02/2017-01-05"})
    index_words()


WRONG = {
    "conflict=nope": "No conflict “nope” is known in revision 1.",
    "kind=war": "“war” is not one of round, delegation,",
    "party=nope": "No party “nope” is known in revision 1.",
    "accused=nope": "No party “nope” is known in revision 1.",
    "accuser=nope": "No party “nope” is known in revision 1.",
    "target=nope": "No party “nope” is known in revision 1.",
    "truce=nope": "No truce “nope” is known in revision 1.",
    "truce=record-2": "“record-2” is not a truce, but this: incident.",
    "process=nope": "No process “nope” is known in revision 1.",
    "round=record-1": "“record-1” is not a talks round, but this: truce.",
    "place=nope": "No place “nope” is known in revision 1.",
    "act=party": "“party” is not one of hostilities,",
    "verdict=guilty": "“guilty” is not one of violation, possible, not_covered, none.",
    "judged=nope": "“nope” is not a truce's id, a colon, and one of violation,",
    "aggregate=perhaps": "“perhaps” is not one of no, yes.",
    "evidence=strong": "“strong” is not one of origin_unknown,",
    "origin=nope": "No outlet “nope” is known in revision 1.",
    "outlet=unknown": "No outlet “unknown” is known in revision 1.",
    "source=nope": "No source “nope” is known in revision 1.",
    "q=" + "+".join(["a"] * 11): "It has 11 words; 10 are the most.",
    "q=" + "a" * 201: "It has 201 characters; 200 are the most.",
    "q=a%00b": "It contains a NUL character.",
    "party=a%00b": "It contains a NUL character.",
    "party=" + "a" * 10_000: "No party “" + "a" * 60 + "…” is known in revision 1.",
    "party=" + ",".join(map(str, range(101))): "It has 101 values; 100 are the most.",
    "party=%27%3B+DROP+TABLE+x%3B--": "No party “';",
    "from=2017-13": "There is no month 13.",
    "from=2017-02-30": "30 February 2017 does not exist.",
    "from=0000": "Years run from 0001 to 9999.",
    "to=10000": "Years run from 0001 to 9999.",
    "to=yesterday": "“yesterday” is not a date such as 2017,",
    "to=2017/2018": "It takes one date such as 2017, 2017-01 or 2017-01-16, not an interval.",
    "window=2017": "It takes two dates with a / between them, such as 2016-12/2017-01-16.",
    "from=2018&to=2017": "It ends (2017) before “from” begins (2018).",
    "reported_from=x": "“x” is not a date such as 2017,",
    "reported_to=2017-1": "“2017-1” is not a date such as 2017,",
    "reported_from=2018&reported_to=2017": "It ends (2017) before “reported_from” begins (2018).",
    "dates=perhaps&from=2017": "“perhaps” is not one of possibly, certainly.",
    "dates=certainly": "It says how “from” and “to”, “reported_from” and “reported_to” are read:",
    "changed_since=2": "There is no revision 2 up to revision 1.",
    "changed_since=-1": "“-1” is neither a revision's number nor a time such as 2017-01-16",
    "changed_since=9999-12-31T23:59:59-12:00": "is neither a revision's number nor a time",
    "changed_since=" + "9" * 30: "is neither a revision's number nor a time",
    "as_of=0": "There is no revision 0.",
    "as_of=2": "There is no revision 2; the latest is 1.",
    "as_of=999999999999999999": "There is no revision 999999999999999999; the latest is 1.",
    "as_of=2017-01-16": "The first revision was written later, at 2026-01-01 13:00:00 UTC.",
    "as_of=0001-01-01T00:00:00%2B14:00": "is neither a revision's number nor a time",
    "as_of=soon": "“soon” is neither a revision's number nor a time",
    "order=size": "“size” is not one of -date, date, -reported, reported.",
    "after=x": "It is not the cursor of a page.",
    "after=%C3%A9": "It is not the cursor of a page.",
    "after=ZGF0ZSA-IDIwMTctMDEtMDIgMQ": "It belongs to a list in another order than “-date”.",
    "after=LWRhdGUgPiAyMDE3LTEzLTAyIDE": "It is not the cursor of a page.",
    "limit=0": "“0” is not a whole number from 1 to 500.",
    "limit=501": "“501” is not a whole number from 1 to 500.",
    "limit=%D9%A1": "“١” is not a whole number from 1 to 500.",
}


def test_wrong_value_gets_400_that_names_the_parameter_and_the_reason(rows: None) -> None:
    for query, reason in WRONG.items():
        response = get(PAGE, query)

        page = text_of(response)
        shown = re.findall(r"<dt>(.*?)</dt>\s*<dd>(.*?)</dd>", page, re.DOTALL)
        name = "dates" if query.startswith("dates") else query.split("&")[-1].split("=")[0]
        assert response.status_code == 400, query
        assert [found for found, _ in shown] == [name], query
        assert shown[0][1].startswith(escape(reason)) or escape(reason) in shown[0][1], query


def test_every_parameter_has_its_wrong_values() -> None:
    assert {query.split("&")[-1].split("=")[0] for query in WRONG} | {"dates"} == set(PARAMETERS)


def test_unknown_parameter_gets_400(rows: None) -> None:
    for name in ("foo", "Kind", "page", "kind[]", "<b>", "a" * 300):
        response = get(PAGE, {name: "1"})

        assert response.status_code == 400
        assert f"<dt>{escape(name[:60])}</dt>" in text_of(response)


def test_single_valued_parameter_given_twice_gets_400(rows: None) -> None:
    single = [n for n, f in TimelineFilter.base_filters.items() if not f.field.is_many]

    for name in single:
        response = get(PAGE, f"{name}=1&{name}=1")

        assert response.status_code == 400
        assert "It may be given only once." in text_of(response)
    assert len(single) == 12


def test_empty_values_are_not_given(rows: None) -> None:
    response = get(PAGE, "&".join(f"{name}=" for name in PARAMETERS))

    assert response.status_code == 200
    assert '<b id="total">3</b>' in text_of(response)


def test_file_refuses_in_plain_text_and_takes_no_pages(rows: None) -> None:
    response = get(FILE, "limit=5&after=x&foo=1")
    wrong = get(FILE, "from=2017-13")

    assert response.status_code == 400
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert [line.split(":")[0] for line in text_of(response).splitlines()] == [
        "limit",
        "after",
        "foo",
    ]
    assert text_of(wrong) == "from: There is no month 13.\n"


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    name=st.sampled_from(PARAMETERS),
    value=st.text(max_size=40)
    | st.sampled_from(
        ["' OR 1=1 --", "\\", "%", "*", "a:*", "!a & b", "(", "9" * 20, "٣", "'\\':*"]
    )
    | st.from_regex(r"\A[0-9\-~?%X/.]{1,12}\Z"),
)
def test_no_value_is_ever_an_error_of_ours(rows: None, name: str, value: str) -> None:
    for path in (PAGE, FILE):
        response = get(path, {name: value})

        assert response.status_code in (200, 400)
        if response.status_code == 400:
            assert name in text_of(response)
        elif response.streaming:
            assert body_of(response).startswith(b"id,kind")


def test_page_lists_names_and_marks_what_it_found(rows: None) -> None:
    page = text_of(get(PAGE, "kind=incident,round&party=party-2"))

    assert '<b id="total">1</b> entry' in page
    assert "Incidents and talks rounds, naming Party 2." in page
    assert '<a class="lines__title" href="/incidents/record-2/" dir="auto">Record 2</a>' in page
    assert '<a class="chip" href="?party=party-2&amp;kind=round"' not in page
    assert '<a class="chip" href="?kind=round&amp;party=party-2">Incident' in page
    assert 'href="/timeline.csv?kind=incident,round&amp;party=party-2">CSV · 1 row<' in page
    assert 'href="?as_of=1&amp;kind=incident,round&amp;party=party-2">Link to this' in page


def test_titles_are_text_and_never_markup() -> None:
    make_revision(1)
    make_entry(1, title="<script>alert(1)</script>\"'& \u202eمرحبا 🕊")
    make_label("party", 1, "p", "<b>bold</b>")

    page = text_of(get(PAGE, "q=script"))
    named = text_of(get(PAGE, "party=p"))

    assert INLINE_SCRIPT.search(page) is None
    assert "<b>bold" not in named
    assert "&lt;b&gt;bold&lt;/b&gt;" in named


def test_pages_lead_through_all_lines_and_back(rows: None) -> None:
    def follow(query: str, word: str) -> list[list[str]]:
        pages = []
        while True:
            page = text_of(get(PAGE, query))
            pages.append(re.findall(r'lines__title" href="[^"]*/(record-\d)/"', page))
            link = re.search(rf'rel="{word}" href="\?([^"#]*)#list"', page)
            if link is None:
                last.append(query)
                return pages
            query = link[1].replace("&amp;", "&")

    last: list[str] = []
    forth = follow("limit=1", "next")
    back = follow(last[0], "prev")

    assert forth == [["record-3"], ["record-2"], ["record-1"]]
    assert back == forth[::-1]


def test_page_asks_the_database_as_often_for_three_lines_as_for_one(rows: None) -> None:
    # What facets without `kind` count is the same for all.
    get(PAGE, "kind=tally")
    counts = []
    for query in ("kind=truce", "kind=incident,truce,round"):
        with CaptureQueriesContext(connection) as queries:
            get(PAGE, query)
        counts.append(len(queries))

    assert counts == [18, 18]


def test_file_asks_the_database_as_often_for_three_lines_as_for_one(rows: None) -> None:
    counts = []
    for query in ("kind=incident", "kind=incident,truce,round"):
        with of_every_thread() as statements:
            body_of(get(FILE, query))
        counts.append(len(statements))

    assert counts == [9, 9]


@contextmanager
def of_every_thread() -> Iterator[list[str]]:
    """Yield the statements of the block, those of connections that are made in it too."""
    found: list[str] = []

    def note(execute: Any, statement: str, *others: Any) -> Any:
        found.append(statement)
        return execute(statement, *others)

    def watch(connection: BaseDatabaseWrapper, **_: Any) -> None:
        if note not in connection.execute_wrappers:
            connection.execute_wrappers.append(note)

    connection_created.connect(watch)
    try:
        with connection.execute_wrapper(note):
            yield found
    finally:
        connection_created.disconnect(watch)


def test_form_carries_along_what_it_does_not_show(rows: None) -> None:
    page = text_of(get(PAGE, "party=party-1,party-2&as_of=1&kind=truce&from=2017&limit=7"))
    form = page[page.index("<form") : page.index("</form>")]

    assert re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form) == [
        ("as_of", "1"),
        ("limit", "7"),
    ]
    assert re.findall(r'name="(\w+)" value="([\w-]+)" checked', form) == [
        ("kind", "truce"),
        ("party", "party-1"),
        ("party", "party-2"),
    ]
    assert 'name="from" value="2017"' in form


def test_before_the_first_revision_the_page_says_so() -> None:
    response = get(PAGE)

    assert response.status_code == 200
    assert "Nothing has been published yet." in text_of(response)


def test_older_revision_is_shown_as_it_was(rows: None) -> None:
    make_revision(2)
    make_entry(9, revision_from=2)

    old, new = text_of(get(PAGE, "as_of=1&kind=incident")), text_of(get(PAGE, "kind=incident"))

    assert ('<b id="total">1</b>' in old, '<b id="total">2</b>' in new) == (True, True)
    assert "You are reading revision 1, as this address asks." in old
    assert '<a href="?kind=incident">read this page as it is now</a>' in old


def test_page_is_kept_by_revision_and_known_by_its_etag(rows: None) -> None:
    first = get(PAGE, "kind=truce&kind=incident")
    with CaptureQueriesContext(connection) as queries:
        again = get(PAGE, "kind=incident,truce&order=-date")
    etag = first["ETag"]
    known = Client().get(
        f"{PAGE}?kind=truce,incident", headers={"host": "localhost", "if-none-match": etag}
    )
    other = get(PAGE, "kind=truce")
    make_revision(2)
    make_entry(9, revision_from=2)
    later = get(PAGE, "kind=truce,incident")

    assert not etag.startswith("W/")
    assert first["Cache-Control"] == "no-cache"
    assert first.content == again.content
    # Neither the list nor a count is read again.
    assert not any("timeline_entry" in query["sql"] for query in queries)
    assert (known.status_code, known.content) == (304, b"")
    assert len({etag, other["ETag"], later["ETag"]}) == 3
    assert '<b id="total">3</b>' in text_of(later)


@override_settings(PAGES_LAG_SECONDS=60)
def test_pages_are_built_once_in_a_while_when_revisions_hurry(rows: None) -> None:
    """Who asks for a revision gets that one; a page always says which it shows."""
    pages = [get(PAGE, "kind=incident")]
    for number in (2, 3):
        make_revision(number)
        make_entry(number + 10, revision_from=number)
    asked = get(PAGE, "kind=incident&as_of=3")
    pages.append(get(PAGE, "kind=incident"))
    with override_settings(PAGES_LAG_SECONDS=1e-9):
        pages.append(get(PAGE, "kind=incident"))
    make_revision(4)
    make_entry(14, revision_from=4)
    pages.append(get(PAGE, "kind=incident"))

    totals = [re.findall(r'id="total">(\d)<', text_of(page)) for page in (asked, *pages)]
    assert totals == [["3"], ["1"], ["1"], ["3"], ["4"]]
    assert pages[0]["ETag"] == pages[1]["ETag"]


@override_settings(PAGES_LAG_SECONDS=1e-9)
def test_while_somebody_builds_a_page_others_get_the_last_one() -> None:
    request = RequestFactory().get("/", headers={"host": "localhost"})
    meanwhile: list[bytes] = []

    def shown(build: Callable[[], HttpResponse]) -> bytes:
        with reading() as found:
            return b"".join(kept(request, found, "", build))

    def build_second() -> HttpResponse:
        beside = Reading(Shown.of(Revision.objects.latest("number")), is_latest=True)
        meanwhile.append(b"".join(kept(request, beside, "", lambda: HttpResponse(b"third"))))
        return HttpResponse(b"second")

    make_revision(1)
    first = shown(lambda: HttpResponse(b"first"))
    make_revision(2)
    second = shown(build_second)

    assert (first, second, meanwhile) == (b"first", b"second", [b"first"])


def test_whoever_asks_for_a_page_that_is_being_built_waits_for_it() -> None:
    request = RequestFactory().get("/", headers={"host": "localhost"})
    answers: list[bytes] = []

    def ask(build: Callable[[], HttpResponse]) -> None:
        shown = Shown.of(Revision.objects.latest("number"))
        answers.append(b"".join(kept(request, Reading(shown, is_latest=True), "", build)))
        connection.close()

    other = threading.Thread(target=ask, args=[lambda: HttpResponse(b"built again")])

    def build() -> HttpResponse:
        other.start()
        # Nothing is kept yet: the other one asks in vain, and again.
        other.join(0.2)
        return HttpResponse(b"built once")

    make_revision(1)
    ask(build)
    other.join()

    assert answers == [b"built once", b"built once"]


def test_page_in_another_language_is_another_page(rows: None) -> None:
    english, arabic = get(PAGE), get("/ar/timeline/")

    assert english["ETag"] != arabic["ETag"]
    assert 'lang="ar"' in text_of(arabic)


def test_pages_work_while_redis_is_gone(rows: None) -> None:
    gone = {"default": {**django_settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0"}}
    with override_settings(CACHES=gone):
        first, second = get(PAGE), get(PAGE)

    assert (first.status_code, second.status_code) == (200, 200)
    assert first.content == second.content


def test_freshness_tells_the_time_apart_from_the_page(rows: None) -> None:
    PendingChange.objects.create(topic="party", ref=1)
    fresh, older = get("/freshness/", "shown=1"), get("/freshness/", "shown=0")

    assert fresh["Cache-Control"].startswith("max-age=0, no-cache")
    assert re.fullmatch(r"\d+ days old · \d+ changes? waiting for \d+ \w+", text_of(fresh))
    assert text_of(older).startswith("the latest is revision 1, ")
    assert 'data-freshness="/freshness/?shown=1"' in text_of(get(PAGE))


def test_large_timeline_shows_its_list_first(rows: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its facets are there uncounted, and counted on a page of their own."""
    monkeypatch.setattr(Reading, "SMALL", 2)

    page = text_of(get(PAGE, "party=party-2&q=record"))
    whole = text_of(get("/timeline/facets/", "party=party-2&q=record"))
    keep_counts(1)
    told = text_of(get(PAGE, "kind=truce,incident"))

    address = 'data-fragment="/timeline/facets/?party=party-2&amp;q=record"'
    assert page.count(address) == 3
    assert 'href="/timeline/facets/?party=party-2&amp;q=record"' in page
    assert 'name="kind" value="incident"' in page
    assert "facet__count" not in page
    assert 'class="lines__title" href="/incidents/record-2/"' in page
    assert 'name="party" value="party-2" checked' in page
    assert '<b id="total">1</b>' in whole
    assert "data-fragment" not in whole
    assert 'name="party" value="party-2" checked' in whole
    # What is kept is told at once.
    assert '<b id="total">2</b>' in told


def test_pages_of_a_list_keep_to_its_revision(rows: None) -> None:
    first = text_of(get(PAGE, "limit=2"))
    make_revision(2)
    make_entry(9, when="2017-01-02", revision_from=2)
    link = re.search(r'rel="next" href="\?([^"#]*)#list"', first)
    assert link is not None
    second = text_of(get(PAGE, link[1].replace("&amp;", "&")))

    assert re.findall(r'lines__title" href="[^"]*/(record-\d)/"', second) == ["record-1"]
    assert "These pages keep to revision 1" in second
    assert "You are reading" not in second


def test_only_reading_is_allowed(rows: None) -> None:
    statuses = {path: Client().post(path).status_code for path in (PAGE, FILE, "/readyz")}

    assert statuses == {PAGE: 405, FILE: 405, "/readyz": 405}
