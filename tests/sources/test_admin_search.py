"""What the search of a list in the admin finds: what Django's own finds, and words that stand in
different rows of an object.
"""

import io
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.core.management import call_command
from django.db import transaction
from django.test import RequestFactory

from ceasefire.models import Incident
from sources.admin import searching
from sources.admin.base import CuratedAdmin
from sources.admin.searching import leads_to_rows
from sources.models import Record
from tests.factories.ceasefire import IncidentFactory, IncidentPartyFactory
from tests.factories.talks import PartyFactory

TERMS = (
    "Barada",
    "barada wadi",
    '"Wadi Barada"',
    "Alloush",
    "Jaish",
    "Army Islam",
    "syria",
    "a",
    "'",
    "%",
    "nothing of the sort",
)


@pytest.fixture(scope="module", autouse=True)
def _sample(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_sample", verbosity=0, stdout=io.StringIO())
        assert Record.objects.filter(title__icontains="barada").exists()
        yield
        transaction.set_rollback(True)


def pages_over_rows() -> list[CuratedAdmin]:
    """Return the pages whose search goes by way of rows."""
    return [
        page
        for page in admin.site._registry.values()
        if isinstance(page, CuratedAdmin)
        and any(leads_to_rows(page.model, field) for field in page.search_fields)
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("held", [0, searching.MOST_HELD])
@pytest.mark.parametrize("page", pages_over_rows(), ids=lambda page: page.model.__name__)
def test_the_search_of_a_list_finds_what_a_join_of_everything_finds(
    page: CuratedAdmin, held: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "MOST_HELD", held)
    request = RequestFactory().get("/")
    for term in TERMS:
        everything = page.model._default_manager.all()
        found, may_be_double = page.get_search_results(request, everything, term)
        joined, _ = super(CuratedAdmin, page).get_search_results(request, everything, term)

        keys = list(found.values_list("pk", flat=True))
        assert sorted(keys) == sorted(joined.distinct().values_list("pk", flat=True)), term
        assert not may_be_double


@pytest.mark.django_db
def test_words_may_stand_in_different_rows_and_a_phrase_in_one() -> None:
    incident = IncidentFactory.create(title="Shelling")
    for name in ("Green Army", "Blue Front"):
        IncidentPartyFactory.create(incident=incident, party=PartyFactory.create(name=name))
    page = admin.site._registry[Incident]

    def found(term: str) -> list[Record]:
        request = RequestFactory().get("/")
        return list(page.get_search_results(request, Incident.objects.all(), term)[0])

    assert found("army front shelling") == [incident]
    assert found('"green army"') == [incident]
    assert found('"green front"') == []
