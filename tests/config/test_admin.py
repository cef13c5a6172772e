"""The admin site: its index, and its icon."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_index_groups_the_derived_tables(as_editor: Client) -> None:
    groups = {
        app["name"]: [model["name"] for model in app["models"]]
        for app in as_editor.get("/admin/").context["app_list"]
    }

    assert list(groups)[-3:] == ["Evidence and review", "Derived timeline (read-only)", "History"]
    assert groups["Derived timeline (read-only)"] == [
        "Revisions",
        "Entries",
        "Sheets",
        "Assessments",
        "Memberships",
        "Labels",
    ]
    assert groups["Evidence and review"][-1] == "Pending changes"


def test_index_shows_contributors_no_derived_tables(as_contributor: Client) -> None:
    names = [app["app_label"] for app in as_contributor.get("/admin/").context["app_list"]]

    assert "timeline" not in names


def test_an_occasion_of_the_history_has_no_history(as_editor: Client) -> None:
    path = "/admin/pghistory/context/1/history/"

    assert as_editor.get(path).status_code == 404


def test_every_page_has_the_icon(as_editor: Client) -> None:
    icon = '<link rel="icon" href="/static/img/mark.svg" type="image/svg+xml">'

    for client, path in (
        (Client(), "/admin/login/"),
        (as_editor, "/admin/"),
        (as_editor, "/admin/talks/party/"),
        (as_editor, "/admin/talks/party/add/"),
    ):
        assert icon in client.get(path).content.decode(), path
