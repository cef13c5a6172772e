"""The language of a page is in its address, and nowhere else."""

import re

import pytest
from django.test import Client
from django.urls import resolve, reverse
from django.utils import translation

pytestmark = pytest.mark.django_db(transaction=True)


def text(path: str, **headers: str) -> str:
    response = Client().get(path, headers=headers)
    assert response.status_code == 200
    return response.content.decode()


def switch(html: str) -> list[str]:
    return re.findall(r'<a class="language" href="([^"]+)"', html)


def test_an_address_speaks_one_language_whatever_the_browser_prefers() -> None:
    plain = Client().get("/timeline/", headers={"Accept-Language": "ar"})
    arabic = Client().get("/ar/timeline/", headers={"Accept-Language": "en"})

    assert '<html lang="en" dir="ltr"' in plain.content.decode()
    assert '<html lang="ar" dir="rtl"' in arabic.content.decode()
    assert (plain["Content-Language"], arabic["Content-Language"]) == ("en", "ar")
    assert "Accept-Language" not in plain.get("Vary", "") + arabic.get("Vary", "")


def test_the_switch_keeps_path_and_query() -> None:
    assert switch(text("/timeline/?kind=truce&q=x")) == ["/ar/timeline/?kind=truce&amp;q=x"]
    assert switch(text("/ar/timeline/?kind=truce&q=x")) == ["/timeline/?kind=truce&amp;q=x"]


def test_the_switch_of_an_address_without_a_page_leads_to_the_first_one() -> None:
    response = Client().get("/ar/no-such-page/")

    assert response.status_code == 404
    assert switch(response.content.decode()) == ["/"]


def test_a_page_names_its_versions() -> None:
    found = re.findall(r'<link rel="alternate" hreflang="(\w+)" href="([^"]+)">', text("/ar/"))

    assert found == [("en", "http://testserver/"), ("ar", "http://testserver/ar/")]


def test_links_of_a_page_stay_in_its_language() -> None:
    links = set(re.findall(r'<a [^>]*href="(/[^"]*)"', text("/ar/method/")))

    assert "/ar/truces/" in links
    plain = {link for link in links if not link.startswith("/ar/")}
    # The switch alone leads to a page in another language.
    assert {link for link in plain if resolve(link).namespace == "timeline"} == {"/method/"}


def test_files_have_one_address() -> None:
    with translation.override("ar"):
        assert reverse("files:timeline_csv") == "/timeline.csv"

    assert Client().get("/ar/timeline.csv").status_code == 404


def test_a_page_leaves_no_language_behind() -> None:
    text("/ar/")

    assert '<html lang="en"' in text("/")
