"""All pages: what each says of the sample, what it says of what is missing, and what it costs."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from ceasefire.models import Incident, Truce
from sources.models import Record, Source
from talks.models import Party, Person
from tests.factories.ceasefire import (
    AttributionFactory,
    IncidentFactory,
    TruceEventFactory,
    TrucePartyFactory,
    ViolationFactory,
)
from tests.factories.sources import SourceFactory, cite
from tests.factories.talks import (
    DelegationFactory,
    DelegationPartyFactory,
    OfficeFactory,
    PartyFactory,
    PartyTieFactory,
    PersonFactory,
    RecordLinkFactory,
    RoundFactory,
    StatementFactory,
    StatementSubjectFactory,
)
from tests.timeline.reader import queries_for, said, shown, url_of
from timeline import builder

pytestmark = pytest.mark.django_db(transaction=True)


#: Of the sample, what each page must say.
SAMPLE = {
    "/": ["Syria", "31 lines on the timeline", "Revision 1", "31 added", "added"],
    "/truces/": ["Truce in Syria brokered by Russia and Turkey", "30 Dec 2016", "BBC"],
    "/rounds/": ["Astana talks", "Announced", "Geneva talks", "Expected"],
    "/parties/": ["Jabhat Fateh al-Sham", "al-Nusra Front", "umbrella", "(HNC)"],
    "/sources/": ["BBC", "broadcaster", "16 January 2017 (uncertain)", "31"],
    "/revisions/": ["Revision 1", "31 added"],
    "/revisions/1/": ["31 added", "Syrian government retakes Aleppo"],
    "/revisions/0..1/": ["31 added", "Syrian government retakes Aleppo", "These changes as CSV"],
    "/releases/": ["No revision has been given a name yet"],
    "/codebook/": ["timeline/citations.csv", "date_earliest", "never_took_effect", "TruceParty"],
    "/method/": ["A violation, if it happened as alleged", "Silence is never read as a term"],
    "/conflicts/syria/": ["Syria", "Truces", "Astana talks", "Geneva talks", "Developments"],
    "/processes/astana/": ["Astana talks", "Announced", "Statement", "Shaam News Network, in BBC"],
    "/truces/astana-f5/": [
        "Declared 30 December 2016",
        "Took effect not recorded",
        "Bound not recorded",
        "Excluded Islamic State by name Jabhat Fateh al-Sham by name",
        "Where it applies not recorded",
        "Terms not recorded.",
        "1 possible violation",
        "0 a violation, if it happened as alleged",
        "area: coverage not recorded",
        "Aggregate reports, not judged",
        "in no count",
        "Air strikes and clashes on several fronts",
        "a general accusation, of no incident in particular",
        "Repeated violations threaten the truce",
    ],
    "/incidents/astana-f8/": [
        "15 January 2017, at some time that day",
        "9 or more killed",
        "civilians",
        "Syrian Observatory for Human Rights, in BBC",
        "near a place, or a limited area",
        "Government of Syria alleged by Syrian Observatory for Human Rights",
        "Evidence that it happened: single origin (Syrian Observatory for Human Rights).",
        "Who did it: single origin.",
        "Possible violation",
        "Period yes While the truce was in force, counted from its declaration.",
        "Truce: declared (BBC), last attested (BBC)",
        "Area undetermined Coverage not recorded. Truce: nothing cited on its coverage",
        "Prohibited act undetermined Terms not recorded.",
        "16 January 2017 (uncertain)",
        "passage on the shelling of a village",
        "date in the source: not printed; inferred",
    ],
    "/incidents/astana-f7/": [
        "By 16 January 2017",
        "aggregate report",
        "Origin unknown, in BBC",
        "An aggregate report is no single incident.",
        "Not recorded. No source that readers may see ascribes it to anybody.",
    ],
    "/rounds/astana-f2/": [
        "Some time between 23 and 29 January 2017 (in the source’s words: “next week”)",
        "announced; not recorded as held",
        "Organised by Russia Turkey",
        "announced not recorded as having sat",
        "Syrian rebel factions: confirms attendance, under Mohammed Alloush",
        "considers a boycott",
        "The first is an earlier account of the second.",
        "The first contradicts the second.",
        "Neither is preferred.",
        "follows",
    ],
    "/rounds/astana-f12/": ["held", "High Negotiations Committee"],
    "/parties/jabhat-fateh-al-sham/": [
        "al-Nusra Front until July 2016",
        "Jabhat Fateh al-Sham since July 2016",
        "It has formal ties with al-Qaeda until July 2016",
        "excluded",
        "No incident is ascribed to it",
    ],
    "/parties/government-of-syria/": [
        "Russia backs it",
        "Bashar al-Assad, president",
        "1 possible violation",
        "Accused of violating a truce",
    ],
    "/parties/free-syrian-army/": ["a number of Western-backed groups is a member of it"],
    "/people/mohammed-alloush/": [
        "chief negotiator of High Negotiations Committee until May 2016",
        "head of the political office",
        "Decisions",
        "Statements",
    ],
    "/records/astana-f16/": ["Condition", "Said to French politicians", "origin unknown"],
    "/records/astana-f11/": ["considers a boycott", "Accounts that do not agree"],
    "/records/astana-f19/": ["300,000 or more killed", "people", "“almost six years”"],
    "/records/astana-f18/": ["has formal ties with", "ends", "until July 2016"],
    "/records/astana-f10-accusation/": [
        "none in particular: a general accusation",
        "alleged",
        "an unnamed official",
    ],
    "/records/astana-f6/": ["strained", "Truce in Syria brokered by Russia and Turkey"],
    "/records/astana-f12-delegation/": ["High Negotiations Committee", "Geneva"],
}


def test_pages_say_what_the_sample_does(sample: Source) -> None:
    lacking = {
        path: missing
        for path, wanted in SAMPLE.items()
        if (missing := [words for words in wanted if words not in shown(path)])
    }

    assert lacking == {}


def test_what_is_not_there_is_not_found_in_the_look() -> None:
    nouns = [
        "truces",
        "rounds",
        "incidents",
        "records",
        "parties",
        "people",
        "processes",
        "conflicts",
        "sources",
    ]
    paths = [f"/{noun}/none/" for noun in nouns]

    for path in [*paths, "/revisions/7/", f"/revisions/{10**20}/", "/nothing-like-it/"]:
        response = Client().get(path)
        assert response.status_code == 404, path
        assert "There is nothing to read here" in said(response.content.decode())


def test_a_parameter_that_is_not_understood_is_named() -> None:
    for path, parameter, reason in (
        ("/?colour=red", "colour", "knows no such parameter; it knows as_of"),
        ("/truces/?as_of=soon", "as_of", "soon"),
        ("/truces/?as_of=9", "as_of", "no revision"),
        ("/parties/?page=9", "page", "no results"),
        ("/sources/?page=x", "page", "not an integer"),
        ("/revisions/?before=x", "before", "number of a revision"),
    ):
        response = Client().get(path)
        assert response.status_code == 400, path
        assert parameter in said(response.content.decode())
        assert reason in said(response.content.decode())


def test_pages_can_only_be_read() -> None:
    assert Client().post("/truces/").status_code == 405


def test_an_empty_site_says_so() -> None:
    for path, sentence in (
        ("/", "Nothing is published yet."),
        ("/truces/", "No truce is published yet."),
        ("/rounds/", "No round is published yet."),
        ("/parties/", "No party is named"),
        ("/sources/", "No source is cited"),
        ("/revisions/", "Nothing is published yet."),
    ):
        assert sentence in shown(path)


def test_a_past_revision_says_that_it_is_past(truce: Truce) -> None:
    builder.build()
    Record.objects.filter(pk=truce.pk).update(title="The truce, renamed")
    builder.build()

    html = Client().get(f"{url_of(truce)}?as_of=1").content.decode()

    assert "You are reading revision 1, as this address asks." in html
    assert said(html).startswith("Truce /Syria The truce 30")


def test_html_in_a_text_is_shown_and_never_run(bbc: Source) -> None:
    attack = "<script>alert(1)</script>"
    bbc.title = attack
    bbc.save()
    person = PersonFactory.create(name=attack, slug="attack")
    party = PartyFactory.create(name=attack, slug="attack-party", short_name="<i>x")
    statement = StatementFactory.create(
        title=attack,
        summary=attack,
        anonymous_role="",
        speaker=person,
        speaker_party=party,
        position=attack,
        when_wording=attack,
        published=True,
        published__source=bbc,
        published__quote=attack,
        published__locator=attack,
    )
    builder.build()

    for path in (
        url_of(statement),
        "/people/attack/",
        "/parties/attack-party/",
        "/parties/",
        "/sources/",
        f"/sources/{bbc.public_id}/",
        "/revisions/1/",
        "/",
    ):
        html = Client().get(path).content.decode()
        assert attack not in html
        assert (
            "&lt;script&gt;alert(1)&lt;/script&gt;" in html or "&lt;i&gt;x" in html or path == "/"
        )


def test_long_lists_have_pages(monkeypatch: pytest.MonkeyPatch, truce: Truce) -> None:
    monkeypatch.setattr("timeline.views.records.PER_PAGE", 1)
    monkeypatch.setattr("timeline.views.home.REVISIONS_PER_PAGE", 1)
    monkeypatch.setattr("timeline.queries.revisions.MOST", 1)
    for name in ("Alpha", "beta"):
        TrucePartyFactory.create(truce=truce, party=PartyFactory.create(name=name))
    builder.build()
    TruceEventFactory.create(truce=truce, published=True)
    builder.build()

    assert "Alpha" in shown("/parties/")
    assert "Page 2 of 2" in shown("/parties/?page=2")
    assert "Earlier revisions" in shown("/revisions/")
    assert "Revision 1" in shown("/revisions/?before=2")
    assert "Earlier" not in shown("/revisions/?before=2")


def one_more(truce: Truce, government: Party, source: Source) -> None:
    """Add one of everything that the pages list."""
    citing = {"published": True, "published__source": SourceFactory.create()}
    incident = IncidentFactory.create(conflict=truce.conflict, **citing)
    AttributionFactory.create(incident=incident, accused=government, claimed_by="AFP")
    IncidentFactory.create(conflict=truce.conflict, is_aggregate=True, **citing)
    violation = ViolationFactory.create(
        truce=truce,
        incident=incident,
        accused=government,
        accuser_party=PartyFactory.create(),
        **citing,
    )
    TruceEventFactory.create(truce=truce, **citing)
    TrucePartyFactory.create(truce=truce)
    PartyTieFactory.create(party=government, **citing)
    OfficeFactory.create(
        party=government, person=Person.objects.get_or_create(name="P", slug="p")[0], **citing
    )
    held = RoundFactory.create(**citing)
    delegation = DelegationFactory.create(
        round=RoundFactory._meta.model.objects.chronological().first(), **citing
    )
    DelegationPartyFactory.create(delegation=delegation, party=government)
    statement = StatementFactory.create(speaker_party=government, **citing)
    for subject in (truce, held):
        StatementSubjectFactory.create(statement=statement, record=subject)
    RecordLinkFactory.create(from_record=statement, to_record=violation)
    cite(truce, SourceFactory.create())
    cite(incident, source)


PATHS: list[Callable[[Truce, Incident, Source], str]] = [
    lambda truce, incident, source: "/",
    lambda truce, incident, source: "/truces/",
    lambda truce, incident, source: "/rounds/",
    lambda truce, incident, source: "/parties/",
    lambda truce, incident, source: "/sources/",
    lambda truce, incident, source: "/revisions/1/",
    lambda truce, incident, source: url_of(truce),
    lambda truce, incident, source: url_of(incident),
    lambda truce, incident, source: f"/sources/{source.public_id}/",
    lambda truce, incident, source: "/parties/government-of-syria/",
    lambda truce, incident, source: "/people/p/",
    lambda truce, incident, source: "/conflicts/syria/",
    lambda truce, incident, source: "/processes/astana-process/",
    lambda truce, incident, source: url_of(Record.objects.filter(kind="round").earliest("pk")),
]


def test_pages_cost_the_same_for_one_row_and_for_three(
    truce: Truce, shelling: Incident, government: Party, bbc: Source
) -> None:
    one_more(truce, government, bbc)
    builder.build()
    paths = [path(truce, shelling, bbc) for path in PATHS]
    once = {path: queries_for(path) for path in paths}
    one_more(truce, government, bbc)
    one_more(truce, government, bbc)
    builder.rebuild()

    assert {path: queries_for(path) for path in paths if path != "/"} == {
        path: count for path, count in once.items() if path != "/"
    }
    # The page of a truce counts most: before it, after it, over its life.
    assert max(once.values()) <= 27


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_hinders_a_reader(
    sample: Source, live_server: LiveServer, page: Page, scheme: str
) -> None:
    """Axe finds nothing on any page, and nothing scrolls sideways on a telephone."""
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of two
    page.set_viewport_size({"width": 360, "height": 740})
    wrong = {}
    for path in [*SAMPLE, f"/sources/{sample.public_id}/", "/nothing/", "/?colour=red"]:
        page.goto(f"{live_server.url}{path}")
        found = Axe().run(page)
        sideways = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        if found.violations_count or sideways:
            wrong[path] = found.generate_report() if found.violations_count else "sideways"
    assert wrong == {}
