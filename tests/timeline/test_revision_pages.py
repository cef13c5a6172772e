"""The pages of revisions: what differs from one to the next."""

import re

import pytest
from django.test import Client

from ceasefire.enums import TruceRole
from ceasefire.models import Incident, Truce
from sources.enums import Status
from sources.models import Record, Source
from talks.models import Party
from tests.factories.ceasefire import (
    IncidentFactory,
    TruceEventFactory,
    TruceFactory,
    TrucePartyFactory,
    TruceTermFactory,
)
from tests.timeline.reader import change, shown
from timeline import builder

pytestmark = pytest.mark.django_db(transaction=True)


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


def test_a_large_revision_is_cut(truce: Truce) -> None:
    for _ in range(8):
        TruceEventFactory.create(truce=truce, published=True)
    builder.build()

    assert "All of revision 1" in shown("/")
