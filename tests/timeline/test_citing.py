"""How each page is cited: with the revision that never changes, and its permalink."""

import json
import re
from html import unescape

import pytest
from django.test import Client

from ceasefire.models import Truce
from sources.models import Record
from tests.timeline.reader import url_of
from timeline import builder

pytestmark = pytest.mark.django_db(transaction=True)


def citations(path: str) -> tuple[str, str, dict[str, object]]:
    html = Client().get(path).content.decode()
    bibtex, csl = re.findall(r'<pre tabindex="0" dir="ltr">(.*?)</pre>', html, re.DOTALL)
    text = re.findall(r"<dd><p>(.*?)</p>", html)[0]
    return unescape(text), unescape(bibtex), json.loads(unescape(csl))[0]


def test_a_page_is_cited_as_of_its_revision(truce: Truce) -> None:
    Record.objects.filter(pk=truce.pk).update(title="The 50% truce & its {end}")
    builder.build()
    path = f"{url_of(truce)}?days=14"

    text, bibtex, csl = citations(path)

    url = f"http://testserver{url_of(truce)}?days=14&as_of=1"
    assert text.startswith("“The 50% truce & its {end}.” Truceline, revision 1, ")
    assert text.endswith(url)
    assert r"title = {{The 50\% truce \& its \{end\}}}" in bibtex
    assert f"url = {{{url}}}" in bibtex
    assert (csl["URL"], csl["version"]) == (url, "revision 1")
    assert Client().get(url).status_code == 200
    Record.objects.filter(pk=truce.pk).update(title="Renamed")
    builder.build()
    assert citations(url) == (text, bibtex, csl)


def test_a_list_is_cited_with_its_filter(truce: Truce) -> None:
    builder.build()

    text, _, csl = citations("/timeline/?kind=truce&kind=incident&limit=10")

    assert csl["URL"] == "http://testserver/timeline/?as_of=1&kind=incident,truce&limit=10"
    assert text.startswith("“Timeline: Truces and incidents")
    assert "Cite this page" not in Client().get("/truces/").content.decode()
