"""The pages: what each says, what it says of what is missing, and what it costs."""

import datetime
import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from ceasefire.enums import (
    Act,
    AttributionStanding,
    Completeness,
    Coverage,
    ExclusionBasis,
    Justification,
    Recorded,
    TermRule,
    TruceLinkKind,
    TruceRole,
    ViolationStanding,
)
from ceasefire.models import Incident, Truce
from sources.enums import OriginKind, Stance, Status, Visibility
from sources.models import Record, Source
from talks.enums import Attendance, LinkKind, NameKind, RoundStatus, TieKind
from talks.models import Party, Person
from tests.factories.ceasefire import (
    AttributionFactory,
    IncidentFactory,
    IncidentPartyFactory,
    IncidentTargetFactory,
    TallyFactory,
    TruceAreaFactory,
    TruceEventFactory,
    TruceFactory,
    TruceLinkFactory,
    TrucePartyFactory,
    TruceTermFactory,
    TruceWindowFactory,
    ViolationFactory,
)
from tests.factories.sources import FigureFactory, OutletFactory, SourceFactory, cite, publish
from tests.factories.talks import (
    DecisionPartyFactory,
    DelegationDecisionFactory,
    DelegationFactory,
    DelegationMemberFactory,
    DelegationPartyFactory,
    DevelopmentFactory,
    OfficeFactory,
    PartyFactory,
    PartyNameFactory,
    PartyTieFactory,
    PersonFactory,
    PlaceFactory,
    RecordLinkFactory,
    RoundFactory,
    RoundRoleFactory,
    StatementFactory,
    StatementSubjectFactory,
)
from timeline import builder
from timeline.models import Label
from timeline.queries import records as record_queries
from timeline.queries.sentences import joined
from timeline.queries.words import since_until, when_in_words

pytestmark = pytest.mark.django_db(transaction=True)


class _Text(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.feed(html.partition('<main id="main" tabindex="-1">')[2].partition("</main>")[0])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("br", "li", "p", "dt", "dd", "td", "small"):
            self.words.append(" ")

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def said(html: str) -> str:
    """Return the words of a page's main part, as a reader meets them."""
    return " ".join("".join(_Text(html).words).split())


def shown(path: str) -> str:
    response = Client().get(path)
    assert response.status_code == 200, path
    return said(response.content.decode())


def url_of(record: Record) -> str:
    noun = {"truce": "truces", "round": "rounds", "incident": "incidents"}
    return f"/{noun.get(record.kind, 'records')}/{record.public_id}/"


def change(record: Record, **values: Any) -> None:
    for name, value in values.items():
        setattr(record, name, value)
    record.save()


@pytest.fixture
def sample() -> Source:
    """The Astana announcement, as readers see it."""
    call_command("load_sample", verbosity=0)
    builder.build()
    return Source.objects.get()


@pytest.fixture
def bbc() -> Source:
    return SourceFactory.create(
        outlet=OutletFactory.create(name="BBC"), title="A report", published_edtf="2017-01-16?"
    )


@pytest.fixture
def truce(bbc: Source) -> Truce:
    found: Truce = TruceFactory.create(
        title="The truce", last_attested_edtf="2017-01-16", published=True, published__source=bbc
    )
    return found


@pytest.fixture
def government() -> Party:
    return PartyFactory.create(name="Government of Syria")


@pytest.fixture
def shelling(truce: Truce, bbc: Source, government: Party) -> Incident:
    """A shelling that an agency, in the BBC, ascribes to the government."""
    incident: Incident = IncidentFactory.create(title="The shelling", conflict=truce.conflict)
    with transaction.atomic():
        publish(
            incident,
            bbc,
            origin=OriginKind.OTHER_OUTLET,
            attributed_outlet=OutletFactory.create(name="AFP"),
            quote="At least nine <b>dead</b>",
            locator="page 2",
        )
    AttributionFactory.create(
        incident=incident, accused=government, claimed_by="AFP", citation=incident.citations.get()
    )
    return incident


#: Of the sample, what each page must say.
SAMPLE = {
    "/": ["Syria", "31 lines on the timeline", "Revision 1", "31 added", "added"],
    "/truces/": ["Truce in Syria brokered by Russia and Turkey", "30 Dec 2016", "BBC"],
    "/rounds/": ["Astana talks", "Announced", "Geneva talks", "Expected"],
    "/parties/": ["Jabhat Fateh al-Sham", "al-Nusra Front", "umbrella", "(HNC)"],
    "/sources/": ["BBC", "broadcaster", "16 January 2017 (uncertain)", "31"],
    "/revisions/": ["Revision 1", "31 added"],
    "/revisions/1/": ["31 added", "Syrian government retakes Aleppo"],
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
        "al-Nusra Front official, until July 2016",
        "Jabhat Fateh al-Sham official, since July 2016",
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


def test_every_number_leads_to_its_source_and_back(sample: Source) -> None:
    html = Client().get("/incidents/astana-f8/").content.decode()
    text = shown(f"/sources/{sample.public_id}/")

    assert f'<a href="/sources/{sample.public_id}/">Syrian Observatory' in html
    assert "Violation claims" in text
    assert (
        "Supports the record as a whole · attributed to Syrian Observatory for Human Rights" in text
    )
    assert "· origin unknown ·" in text
    assert "Address not recorded" in text


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


def test_a_record_of_another_kind_is_not_found(truce: Truce) -> None:
    builder.build()

    assert Client().get(f"/incidents/{truce.public_id}/").status_code == 404


def test_an_unpublished_record_is_not_found(truce: Truce) -> None:
    builder.build()
    Record.objects.filter(pk=truce.pk).update(status=Status.WITHDRAWN)
    builder.build()

    assert Client().get(url_of(truce)).status_code == 404
    assert "The truce" in shown(f"{url_of(truce)}?as_of=1")


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

    assert "You are reading revision 1. The latest is 2" in html
    assert said(html).startswith("Truce /Syria The truce 30")


def test_a_record_with_a_page_of_its_own_leads_there(truce: Truce, shelling: Incident) -> None:
    held = RoundFactory.create(published=True)
    builder.build()

    for record in (truce, shelling, held):
        response = Client().get(f"/records/{record.public_id}/?as_of=1")
        assert (response.status_code, response["Location"]) == (302, f"{url_of(record)}?as_of=1")
        assert Client().get(f"/records/{record.public_id}/")["Location"] == url_of(record)


def test_truce_page_shows_all_that_is_recorded(truce: Truce, government: Party) -> None:
    change(
        truce,
        effective_edtf="2016-12-31",
        effective_time=datetime.time(0, 5),
        effective_zone="Asia/Damascus",
        coverage=Coverage.LISTED,
        coverage_wording="everywhere but two towns",
        truce_class="cessation",
        side="bilateral",
        purposes=["humanitarian", "peace_process"],
        mediated=Recorded.YES,
        bound_recorded=Completeness.COMPLETE,
        terms_recorded=Completeness.PARTIAL,
    )
    TruceAreaFactory.create(
        truce=truce, place=PlaceFactory.create(name="Idlib"), relation="left_out"
    )
    TruceWindowFactory.create(truce=truce)
    TrucePartyFactory.create(
        truce=truce,
        party=government,
        wording="the regime",
        binds_members=Recorded.UNCLEAR,
        joined_edtf="2017-01-02",
        outcome="broke_down",
    )
    TrucePartyFactory.create(
        truce=truce,
        party=PartyFactory.create(name="A group"),
        role=TruceRole.EXCLUDED,
        exclusion_basis=ExclusionBasis.DESIGNATION,
        designation="UN list",
        designation_as_of_edtf="2016-12",
        contested_by="Turkey",
    )
    TrucePartyFactory.create(
        truce=truce,
        party=PartyFactory.create(name="Another group"),
        role=TruceRole.EXCLUDED,
        exclusion_basis=ExclusionBasis.DESIGNATION,
        designation="a list",
    )
    TruceTermFactory.create(truce=truce, wording="no shelling", act=Act.SHELLING)
    before = TruceFactory.create(title="The one before", published=True)
    after = TruceFactory.create(title="The one after", published=True)
    TruceLinkFactory.create(from_truce=truce, to_truce=before, kind=TruceLinkKind.RENEWS)
    TruceLinkFactory.create(from_truce=after, to_truce=truce, kind=TruceLinkKind.REPLACES)
    TallyFactory.create(truce=truce, title="42 breaches", published=True)
    builder.build()

    text = shown(url_of(truce))

    for words_ in (
        "Took effect 31 December 2016, 00:05 (Asia/Damascus)",
        "Class cessation of hostilities",
        "Declared by two sides (bilateral)",
        "humanitarian peace process",
        "the listed places only “everywhere but two towns” Idlib left out",
        "Hours of the day 09:00 to 14:00 Asia/Damascus",
        (
            "Government of Syria “the regime” whether it binds its members is unclear "
            "since 2 January 2017 broke down"
        ),
        "A group by a designation list (UN list, as of December 2016) contested by Turkey",
        "Another group by a designation list (a list)",
        "These are all.",
        "Prohibits shelling, artillery or missile attack “no shelling”",
        "There may be others: not all are recorded.",
        "This truce renews The one before",
        "It is replaced by The one after",
        "42 breaches",
        "None reported while it may have held.",
    ):
        assert words_ in text


def test_truce_page_lists_some_incidents_and_leads_to_all(truce: Truce, bbc: Source) -> None:
    for _ in range(13):
        IncidentFactory.create(conflict=truce.conflict, published=True, published__source=bbc)
    aggregate = {"is_aggregate": True, "title": "Before it", "when_edtf": "2015"}
    IncidentFactory.create(conflict=truce.conflict, published=True, **aggregate)
    change(truce, end_edtf="2017-02")
    builder.build()

    text = shown(url_of(truce))

    assert "13 possible violation" in text
    assert "All 13 incidents on the timeline" in text
    assert "Nobody accused" in text
    assert "Before it" not in text


def test_undated_truce_is_shown_with_every_aggregate(bbc: Source) -> None:
    truce = TruceFactory.create(when_edtf="", declared_edtf="", published=True)
    IncidentFactory.create(
        conflict=truce.conflict, is_aggregate=True, title="Clashes", published=True
    )
    builder.build()

    text = shown(url_of(truce))

    assert "Date not recorded" in text
    assert "Clashes" in text


def test_incident_page_holds_everything_side_by_side(
    shelling: Incident, truce: Truce, government: Party, bbc: Source
) -> None:
    reuters = SourceFactory.create(outlet=OutletFactory.create(name="Reuters"), published_edtf="")
    second = cite(
        shelling,
        reuters,
        stance=Stance.CONTRADICTS,
        fields=["attributions", "when"],
        origin=OriginKind.SPEAKER,
        attributed_speaker="a spokesman",
        is_speaker_aligned=True,
    )
    first = shelling.citations.get(source=bbc)
    earlier = FigureFactory.create(citation=first, low=3, high=5, best=4)
    FigureFactory.create(
        citation=first, low=None, high=12, as_of_edtf="2017-01-17", supersedes=earlier
    )
    FigureFactory.create(
        citation=second, harm="injured", group="side", side="rebels", low=0, high=0
    )
    rebels = PartyFactory.create(name="Rebels")
    IncidentPartyFactory.create(incident=shelling, party=rebels, wording="the fighters")
    IncidentTargetFactory.create(incident=shelling, claimed_by="AFP")
    IncidentTargetFactory.create(incident=shelling, population="", party=rebels)
    AttributionFactory.create(
        incident=shelling,
        accused=None,
        accused_wording="unknown gunmen",
        claimed_by="the ministry",
        claimed_by_party=government,
        standing=AttributionStanding.CONTESTED,
        justification=Justification.SELF_DEFENCE,
        justification_wording="they fired first",
    )
    Incident.objects.filter(pk=shelling.pk).update(
        time_of_day=datetime.time(14, 30), time_zone="Asia/Damascus"
    )
    ViolationFactory.create(
        truce=truce,
        incident=shelling,
        title="Upheld by the monitors",
        accused=government,
        accuser_party=rebels,
        standing=ViolationStanding.UPHELD,
        note="After an inquiry.",
        published=True,
    )
    speech = StatementFactory.create(title="A speech", published=True)
    StatementSubjectFactory.create(statement=speech, record=shelling)
    other = IncidentFactory.create(title="Another account", published=True)
    RecordLinkFactory.create(
        from_record=other, to_record=shelling, kind=LinkKind.CONTRADICTS, note="On the number."
    )
    builder.build()

    text = shown(url_of(shelling))

    for words_ in (
        "15 January 2017, 14:30 (Asia/Damascus)",
        "4 (3 to 5) killed replaced by a later count",
        "up to 12 killed",
        "17 January 2017",
        "0 injured",
        "rebels",
        "a spokesman, in Reuters",
        "Contradicts who did it and date · belongs to a party: not counted as independent",
        "“At least nine <b>dead</b>”",
        "Rebels “the fighters”",
        "civilians according to AFP",
        "“unknown gunmen” contested by the ministry",
        "The accused side claims: self-defence, “they fired first”",
        (
            "A cited claim of a violation: upheld It outranks the judgement in counts, "
            "where this is a violation, if it happened as alleged."
        ),
        "Upheld by the monitors upheld",
        "After an inquiry.",
        "A speech",
        "Another account",
        "The first contradicts the second. On the number.",
    ):
        assert words_ in text


def test_verdict_without_an_accused_names_nobody(truce: Truce, bbc: Source) -> None:
    incident = IncidentFactory.create(
        conflict=truce.conflict, when_edtf="2016-12", published=True, published__source=bbc
    )
    change(truce, outcome="never_took_effect")
    cite(truce, bbc, stance=Stance.CONTEXT, locator="beside the point")
    cite(truce, bbc, fields=["terms"], locator="the terms")
    builder.build()

    text = shown(url_of(incident))

    assert "with nobody accused" in text
    assert "Not covered" in text
    assert "nobody is accused" in text
    assert "Truce: its terms (BBC), terms (BBC)" in text
    assert "period: the truce never took effect" in shown(url_of(truce))


def test_an_incident_that_no_truce_touches_says_so(bbc: Source) -> None:
    incident = IncidentFactory.create(published=True, published__source=bbc)
    builder.build()

    assert "No truce of this conflict may have held then." in shown(url_of(incident))


def test_a_violation_is_worded_with_its_condition(
    shelling: Incident, truce: Truce, government: Party
) -> None:
    TrucePartyFactory.create(truce=truce, party=government, role=TruceRole.BOUND)
    TruceTermFactory.create(truce=truce, act=Act.SHELLING, rule=TermRule.PROHIBITS)
    IncidentTargetFactory.create(incident=shelling)
    change(truce, coverage=Coverage.ALL)
    builder.build()

    assert "A violation, if it happened as alleged" in shown(url_of(shelling))
    assert "1 a violation, if it happened as alleged" in shown(url_of(truce))


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
    builder.build()

    text = shown("/parties/umbrella/")
    other = shown("/parties/government-of-syria/")

    for words_ in (
        "UMB",
        "المظلة variant, since (some time between 2011 and 2012)",
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


def test_violation_page_names_the_accuser(truce: Truce) -> None:
    finding = ViolationFactory.create(
        truce=truce, is_editors_finding=True, accuser_wording="", published=True
    )
    claim = ViolationFactory.create(truce=truce, accuser_wording="an official", published=True)
    builder.build()

    assert "a finding of this site's editors" in shown(url_of(finding))
    assert "Accuser an official" in shown(url_of(claim))


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


def test_development_and_tally_pages(bbc: Source) -> None:
    development = DevelopmentFactory.create(
        when_edtf="2016-05",
        extent="throughout",
        place=PlaceFactory.create(name="Aleppo"),
        summary="One line\nand another",
        published=True,
    )
    development.parties.create(party=PartyFactory.create(name="Iran"), role="from the air")
    tally = TallyFactory.create(
        counted_by=OutletFactory.create(name="The monitor"),
        accused=PartyFactory.create(name="Iran"),
        published=True,
    )
    builder.build()

    text = shown(url_of(development))
    assert "Throughout May 2016" in text
    assert "Where Aleppo" in text
    assert "Iran from the air" in text
    text = shown(url_of(tally))
    assert "Count 42 violations" in text
    assert "Counted by The monitor" in text


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


def test_a_confidential_source_shows_nothing_of_itself(truce: Truce) -> None:
    source = SourceFactory.create(
        outlet=OutletFactory.create(name="Secret outlet"),
        title="Secret title",
        visibility=Visibility.RESTRICTED,
    )
    incident = IncidentFactory.create(conflict=truce.conflict, title="The raid")
    with transaction.atomic():
        publish(
            incident, source, quote="secret quote", locator="secret page", fields=["attributions"]
        )
        cite(incident, source, locator="secret page 2")
    AttributionFactory.create(
        incident=incident, claimed_by="secret speaker", citation=incident.citations.first()
    )
    FigureFactory.create(citation=incident.citations.first())
    builder.build()

    html = Client().get(url_of(incident)).content.decode()

    assert "secret" not in html.lower()
    text = said(html)
    assert "Confidential source Supports who did it" in text
    assert "Confidential source Supports the record as a whole" in text
    assert "alleged by confidential source" in text
    assert "9 or more killed civilians confidential source" in text
    assert Client().get(f"/sources/{source.public_id}/").status_code == 404
    assert "secret" not in Client().get("/sources/").content.decode().lower()


def test_source_page_links_only_the_web(truce: Truce, bbc: Source) -> None:
    Source.objects.filter(pk=bbc.pk).update(
        url="https://example.org/a?b=1&c=2",
        archive_url="http://example.org/copy",
        archive_sha256="0" * 64,
        accessed_on=datetime.date(2017, 1, 20),
        author="A reporter",
    )
    Source.objects.filter(pk=bbc.pk).update(published_edtf="")
    builder.build()
    path = f"/sources/{bbc.public_id}/"

    html = Client().get(path).content.decode()

    assert '<a href="https://example.org/a?b=1&amp;c=2" rel="noopener nofollow">' in html
    assert '<a href="http://example.org/copy" rel="noopener nofollow">' in html
    assert "20 January 2017" in html
    assert "Date not recorded" in html
    assert "date not recorded" in shown("/sources/")

    # No address of another scheme can be stored; should one be, it is no link.
    label = Label.objects.get(topic="source")
    Label.objects.filter(pk=label.pk).update(data=label.data | {"url": "javascript:alert(1)"})
    assert "javascript" not in Client().get(path).content.decode()


def test_source_page_leads_to_the_timeline_when_it_has_too_much(
    monkeypatch: pytest.MonkeyPatch, bbc: Source
) -> None:
    monkeypatch.setattr("timeline.queries.things.MOST", 1)
    TruceFactory.create(published=True, published__source=bbc)
    IncidentFactory.create(published=True, published__source=bbc)
    builder.build()

    assert "All 2 on the timeline" in shown(f"/sources/{bbc.public_id}/")


def test_revision_page_tells_what_differs(truce: Truce, shelling: Incident) -> None:
    builder.build()
    TrucePartyFactory.create(
        truce=truce, party=shelling.attributions.get().accused, role=TruceRole.EXCLUDED
    )
    builder.build()
    change(truce, title="The truce, renamed")
    builder.build()
    Record.objects.filter(pk=shelling.pk).update(status=Status.WITHDRAWN)
    builder.build()
    TruceTermFactory.create(truce=truce)
    builder.build()
    change(truce, form="written")
    builder.build()

    assert "verdict: possible violation → not covered" in shown("/revisions/2/")
    assert "changed The truce, renamed title" in shown("/revisions/3/")
    assert "removed The shelling" in shown("/revisions/4/")
    assert "what its own page says" in shown("/revisions/6/")
    text = shown("/revisions/")
    assert text.index("Revision 6") < text.index("Revision 1")
    assert "Revision 2, before" in shown("/revisions/3/")
    assert "Revision 4, after" in shown("/revisions/3/")
    assert "1 removed" in shown("/?as_of=4")


def test_the_first_revision_lists_only_what_it_added(
    monkeypatch: pytest.MonkeyPatch, bbc: Source
) -> None:
    """However few of its lines are listed: those cut off have not “changed”."""
    monkeypatch.setattr("timeline.queries.revisions.MOST", 3)
    for _ in range(9):
        TruceFactory.create(published=True, published__source=bbc)
    builder.build()

    for path, listed in (("/", 6), ("/revisions/1/", 3)):
        html = Client().get(path).content.decode()
        lines = html.partition('<ul class="changes">')[2].partition("</ul>")[0]
        assert re.findall(r'<span class="delta delta--(\w+)">', lines) == ["added"] * listed
        assert "what its own page says" not in html


def test_a_revision_that_only_renames_has_no_lines(shelling: Incident, government: Party) -> None:
    builder.build()
    Party.objects.filter(pk=government.pk).update(name="The government")
    builder.build()

    assert "No line changed" in shown("/revisions/2/")


def test_an_incident_newly_judged_says_so(bbc: Source) -> None:
    incident = IncidentFactory.create(published=True, published__source=bbc)
    builder.build()
    TruceFactory.create(conflict=incident.conflict, published=True)
    builder.build()

    assert "verdict: not judged → possible violation" in shown("/revisions/2/")


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


def test_a_large_revision_is_cut(truce: Truce) -> None:
    for _ in range(8):
        TruceEventFactory.create(truce=truce, published=True)
    builder.build()

    assert "All of revision 1" in shown("/")


def queries_for(path: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert Client().get(path).status_code == 200
    return len(found)


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
    assert max(once.values()) <= 19


def test_words_of_dates_claim_no_more_than_is_known() -> None:
    assert when_in_words("2016-05", "throughout") == "throughout May 2016"
    assert when_in_words("2016-05/2016-07", "throughout") == "from May to July 2016"
    assert when_in_words("", "throughout") == "date not recorded"
    assert since_until("2016", "2017~") == "since 2016, until about 2017"
    assert since_until("", "") == ""
    assert joined([]) == ""
    assert joined(["a", "b", "c"]) == "a, b and c"


def test_facts_of_a_record_without_a_sheet_are_none(truce: Truce) -> None:
    assert record_queries.of_words("") == ()


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
