"""The pages of records that have no page of their own sort, and where records lead."""

import pytest
from django.test import Client

from ceasefire.models import Incident, Truce
from sources.enums import Status
from sources.models import Record, Source
from tests.factories.ceasefire import TallyFactory, ViolationFactory
from tests.factories.sources import OutletFactory
from tests.factories.talks import DevelopmentFactory, PartyFactory, PlaceFactory, RoundFactory
from tests.timeline.reader import shown, url_of
from timeline import builder
from timeline.queries import records as record_queries
from timeline.queries.sentences import joined
from timeline.queries.words import since_until, when_in_words

pytestmark = pytest.mark.django_db(transaction=True)


def test_violation_page_names_the_accuser(truce: Truce) -> None:
    finding = ViolationFactory.create(
        truce=truce, is_editors_finding=True, accuser_wording="", published=True
    )
    claim = ViolationFactory.create(truce=truce, accuser_wording="an official", published=True)
    builder.build()

    assert "a finding of this site's editors" in shown(url_of(finding))
    assert "Accuser an official" in shown(url_of(claim))


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


def test_facts_of_a_record_without_a_sheet_are_none(truce: Truce) -> None:
    assert record_queries.of_words("") == ()


def test_words_of_dates_claim_no_more_than_is_known() -> None:
    assert when_in_words("2016-05", "throughout") == "throughout May 2016"
    assert when_in_words("2016-05/2016-07", "throughout") == "from May to July 2016"
    assert when_in_words("", "throughout") == "date not recorded"
    assert since_until("2016", "2017~") == "since 2016, until about 2017"
    assert since_until("", "") == ""
    assert joined([]) == ""
    assert joined(["a", "b", "c"]) == "a, b and c"


def test_a_record_with_a_page_of_its_own_leads_there(truce: Truce, shelling: Incident) -> None:
    held = RoundFactory.create(published=True)
    builder.build()

    for record in (truce, shelling, held):
        response = Client().get(f"/records/{record.public_id}/?as_of=1")
        assert (response.status_code, response["Location"]) == (302, f"{url_of(record)}?as_of=1")
        assert Client().get(f"/records/{record.public_id}/")["Location"] == url_of(record)


def test_a_record_of_another_kind_is_not_found(truce: Truce) -> None:
    builder.build()

    assert Client().get(f"/incidents/{truce.public_id}/").status_code == 404


def test_an_unpublished_record_is_not_found(truce: Truce) -> None:
    builder.build()
    Record.objects.filter(pk=truce.pk).update(status=Status.WITHDRAWN)
    builder.build()

    assert Client().get(url_of(truce)).status_code == 404
    assert "The truce" in shown(f"{url_of(truce)}?as_of=1")
