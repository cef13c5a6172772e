"""The page of an incident: every account side by side, and the verdict with its reasons."""

import datetime

import pytest
from django.db import transaction
from django.test import Client

from ceasefire.enums import AttributionStanding, Justification, ViolationStanding
from ceasefire.models import Incident, Truce
from sources.enums import OriginKind, Stance, Visibility
from sources.models import Source
from talks.enums import LinkKind
from talks.models import Party
from tests.factories.ceasefire import (
    AttributionFactory,
    IncidentFactory,
    IncidentPartyFactory,
    IncidentTargetFactory,
    TruceFactory,
    ViolationFactory,
)
from tests.factories.sources import FigureFactory, OutletFactory, SourceFactory, cite, publish
from tests.factories.talks import (
    PartyFactory,
    RecordLinkFactory,
    StatementFactory,
    StatementSubjectFactory,
)
from tests.timeline.reader import change, said, shown, url_of
from timeline import builder

pytestmark = pytest.mark.django_db(transaction=True)


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


def test_evidence_is_told_apart_by_origin(shelling: Incident, bbc: Source) -> None:
    """Two papers that quote one agency are one origin; a party's own word is none."""
    cite(
        shelling,
        SourceFactory.create(outlet=OutletFactory.create(name="Reuters")),
        origin=OriginKind.OTHER_OUTLET,
        attributed_outlet=OutletFactory.create(name="AFP"),
        fields=["when"],
    )
    state = OutletFactory.create(name="State agency", kind="party_affiliated")
    denial = SourceFactory.create(outlet=state)
    cite(shelling, denial, stance=Stance.CONTRADICTS, fields=["attributions"])
    cite(shelling, bbc, origin=OriginKind.UNKNOWN)
    builder.build()

    text = shown(url_of(shelling))

    assert "AFP independent BBC 16 January 2017 (uncertain) supports supports Reuters" in text
    assert "Reuters 16 January 2017 supports –" in text
    assert "State agency belongs to a party, so not counted as independent" in text
    assert "State agency 16 January 2017 –says nothing of it contradicts" in text
    assert "Origin unknown not said who reports it, so no origin BBC" in text


def test_every_attribution_is_set_against_every_truce(shelling: Incident, truce: Truce) -> None:
    AttributionFactory.create(
        incident=shelling, accused=PartyFactory.create(name="Rebels"), claimed_by="a ministry"
    )
    TruceFactory.create(title="Another truce", conflict=truce.conflict, published=True)
    builder.build()

    text = shown(url_of(shelling))

    assert "Rebels (alleged by a ministry) possible violation possible violation" in text
