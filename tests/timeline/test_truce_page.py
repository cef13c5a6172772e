"""The page of a truce: what it says, and what it leaves unsaid."""

import datetime

import pytest

from ceasefire.enums import (
    Act,
    Completeness,
    Coverage,
    ExclusionBasis,
    Recorded,
    TermRule,
    TruceLinkKind,
    TruceRole,
)
from ceasefire.models import Incident, Truce
from sources.models import Source
from talks.models import Party
from tests.factories.ceasefire import (
    IncidentFactory,
    IncidentTargetFactory,
    TallyFactory,
    TruceAreaFactory,
    TruceFactory,
    TruceLinkFactory,
    TrucePartyFactory,
    TruceTermFactory,
    TruceWindowFactory,
)
from tests.factories.talks import PartyFactory, PlaceFactory
from tests.timeline.reader import change, shown, url_of
from timeline import builder

pytestmark = pytest.mark.django_db(transaction=True)


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
