"""Addresses of the site as a whole, and the page for when nothing else works."""

import re

import pytest
from django.template.loader import get_template, render_to_string
from django.test import Client, RequestFactory
from django.views.defaults import server_error
from pytest_django import Settings


def kind_of(path: str) -> str:
    """Return the type of the static file at a path."""
    response = Client().get(path)
    assert response.status_code == 200
    response.close()
    return response["Content-Type"].partition(";")[0]


def test_favicon_leads_to_the_icon() -> None:
    response = Client().get("/favicon.ico")

    assert response.status_code == 301
    assert response["Location"] == "/static/img/mark.svg"
    assert kind_of(response["Location"]) == "image/svg+xml"


def test_500_needs_nothing_that_may_be_broken(settings: Settings) -> None:
    # A manifest that was never written. The database is closed to this test.
    storage = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": storage}}
    settings.ROOT_URLCONF = "tests.no_such_module"
    with pytest.raises(ValueError, match="Missing staticfiles manifest entry"):
        render_to_string("404.html")

    html = get_template("500.html").render({})
    response = server_error(RequestFactory().get("/"))

    assert "Something broke on our side" in html
    assert (response.status_code, response.content.decode()) == (500, html)


def test_500_has_the_look_and_no_style_of_its_own() -> None:
    html = render_to_string("500.html")

    assert re.search(r"<style|style=|<script", html) is None
    links = re.findall(r'<link rel="\w+" href="([^"]+)"', html)
    assert links == ["/static/img/mark.svg", "/static/css/truceline.css"]
    assert [kind_of(link) for link in links] == ["image/svg+xml", "text/css"]
