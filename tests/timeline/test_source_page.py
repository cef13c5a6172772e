"""The page of a source: all that rests on it."""

import datetime

import pytest
from django.test import Client

from ceasefire.models import Truce
from sources.enums import Stance
from sources.models import Source
from tests.factories.ceasefire import IncidentFactory, TruceFactory
from tests.factories.sources import cite
from tests.timeline.reader import shown
from timeline import builder
from timeline.models import Label

pytestmark = pytest.mark.django_db(transaction=True)


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


def test_source_page_groups_by_what_it_does_to_a_record_and_quotes_it(bbc: Source) -> None:
    truce = TruceFactory.create(published=True, published__source=bbc)
    other = TruceFactory.create(title="The denied truce", published=True)
    cite(other, bbc, stance=Stance.CONTRADICTS, quote="There is no truce.")
    builder.build()

    text = shown(f"/sources/{bbc.public_id}/")

    assert f"Supported by it 1 record Truce {truce.title}" in text
    assert "Contradicted by it 1 record Truce The denied truce" in text
    assert "“There is no truce.”" in text


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
