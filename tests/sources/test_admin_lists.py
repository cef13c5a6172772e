"""Sources, lists, searches and the history in the admin."""

from collections import Counter
from html import unescape

import pghistory
import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pghistory.models import Context

from sources.enums import Status
from sources.models import Record, Source
from sources.queries import FEW_ROWS, MOST_ROWS
from tests.factories.ceasefire import IncidentFactory, TruceFactory
from tests.factories.sources import OutletFactory, cite
from tests.factories.talks import ConflictFactory, PersonFactory, StatementFactory
from tests.pages import errors_of
from tests.sources.admin_forms import (
    ADD_INCIDENT,
    ADD_SOURCE,
    change,
    filled_source,
    new_incident,
    opened,
)

pytestmark = pytest.mark.django_db


def test_a_source_can_be_entered_as_restricted_and_only_released_by_an_administrator(
    as_editor: Client, as_administrator: Client
) -> None:
    as_editor.post(ADD_SOURCE, filled_source(as_editor, visibility="restricted"))
    source = Source.objects.get()
    url = reverse("admin:sources_source_change", args=[source.pk])

    assert source.visibility == "restricted"
    assert "visibility" not in opened(as_editor, url)
    as_administrator.post(url, {**opened(as_administrator, url), "visibility": ["public"]})
    source.refresh_from_db()
    assert source.visibility == "public"
    as_administrator.post(url, {**opened(as_administrator, url), "visibility": ["restricted"]})
    source.refresh_from_db()
    assert source.visibility == "restricted"


def pages() -> list[str]:
    return [
        reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        for model in admin.site._registry
    ]


def test_every_list_opens_and_searches(as_administrator: Client) -> None:
    for url in pages():
        assert as_administrator.get(url).status_code == 200
        assert as_administrator.get(url, {"q": "محمد alloush"}).status_code == 200


def test_every_kind_can_be_added(as_editor: Client) -> None:
    models = [
        model
        for model, page in admin.site._registry.items()
        if issubclass(model, Record) and model is not Record
    ]

    statuses = [
        as_editor.get(
            reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")
        ).status_code
        for model in models
    ]

    assert statuses == [200] * 12


@pytest.mark.parametrize("kind", ["ceasefire/incident", "sources/record", "sources/source"])
def test_a_list_asks_the_database_as_often_for_three_rows_as_for_one(
    as_editor: Client, kind: str
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert as_editor.get(f"/admin/{kind}/").status_code == 200
        return len(captured)

    IncidentFactory.create(published=True)
    as_editor.get(f"/admin/{kind}/")
    one = queries()
    for _ in range(2):
        IncidentFactory.create(published=True, when_edtf="2017-01-15")

    assert queries() == one


def test_the_list_says_when_in_words_and_counts_citations(as_editor: Client) -> None:
    incident = IncidentFactory.create(when_edtf="../2017-01-16")
    cite(incident)
    cite(incident)

    page = as_editor.get("/admin/ceasefire/incident/").content.decode()

    assert "by 16 January 2017" in page
    assert '<td class="field-number_of_citations">2</td>' in page


def test_a_person_is_found_by_any_name(as_editor: Client) -> None:
    PersonFactory.create(name="Mohammed Alloush", other_names=["محمد علوش", "Muhammad Allush"])
    PersonFactory.create(name="Somebody else")

    for query in ("علوش", "allush", "Mohammed"):
        response = as_editor.get(
            "/admin/autocomplete/",
            {
                "term": query,
                "app_label": "talks",
                "model_name": "statement",
                "field_name": "speaker",
            },
        )
        assert [found["text"] for found in response.json()["results"]] == ["Mohammed Alloush"]


@pytest.mark.django_db(transaction=True)
def test_the_history_tells_who_what_and_through_which_door(as_editor: Client) -> None:
    incident = IncidentFactory.create(title="Before", published=True)
    form = {**opened(as_editor, change(incident)), "title": ["After"]}
    as_editor.post(change(incident), form)

    response = as_editor.get(reverse("admin:ceasefire_incident_history", args=[incident.pk]))

    latest = response.context["occasions"][0]
    assert (latest.who, latest.door) == ("editor", "admin")
    assert [
        (one.model, one.done, [(field.name, field.before, field.after) for field in one.fields])
        for one in latest.changes
    ] == [("Record", "changed", [("title", "Before", "After")])]
    assert "by way of the admin" in unescape(response.content.decode())


def test_the_history_is_read_only(as_administrator: Client, administrator: User) -> None:
    incident = IncidentFactory.create()
    form = {**opened(as_administrator, change(incident)), "title": ["After"]}
    as_administrator.post(change(incident), form)
    context = Context.objects.get()
    url = reverse("admin:pghistory_context_change", args=[context.pk])

    page = as_administrator.get(url)

    assert "After" in page.content.decode()
    assert as_administrator.post(url, {"metadata": "{}"}).status_code == 403
    assert as_administrator.get("/admin/pghistory/context/add/").status_code == 403
    assert (
        as_administrator.post(
            reverse("admin:pghistory_context_delete", args=[context.pk]), {"post": "yes"}
        ).status_code
        == 403
    )


@pytest.mark.django_db(transaction=True)
def test_what_touched_many_rows_is_told_of_the_first_and_counted(as_administrator: Client) -> None:
    number = MOST_ROWS + 3
    with pghistory.context(reason="an import"):
        OutletFactory.create_batch(number)
        ConflictFactory.create(name="The only one")
    context = Context.objects.get()

    page = as_administrator.get(reverse("admin:pghistory_context_change", args=[context.pk]))

    (occasion,) = page.context["occasions"]
    told = Counter(change.model for change in occasion.changes)
    assert told == {"Outlet": FEW_ROWS, "Conflict": 1}
    assert f"Outlets added: {number}." in page.content.decode()
    assert "Conflicts added" not in page.content.decode()
    assert "<h2>an import</h2>" in page.content.decode()


def test_the_list_of_what_was_done_names_users(as_editor: Client, as_administrator: Client) -> None:
    incident = IncidentFactory.create()
    as_editor.post(change(incident), {**opened(as_editor, change(incident)), "title": ["After"]})

    page = as_administrator.get("/admin/pghistory/context/")

    assert '<td class="field-who">editor</td>' in page.content.decode()


def test_the_history_of_nothing_leads_back(as_editor: Client) -> None:
    response = as_editor.get(reverse("admin:ceasefire_incident_history", args=[123456]))

    assert response.status_code == 302


def test_view_on_site_is_offered_once_published(as_editor: Client) -> None:
    truce, statement = TruceFactory.create(published=True), StatementFactory.create()

    assert f'href="/truces/{truce.public_id}/"' in as_editor.get(change(truce)).content.decode()
    assert "View on site" not in as_editor.get(change(statement)).content.decode()
    cite(statement)
    Record.objects.filter(pk=statement.pk).update(status=Status.PUBLISHED)
    assert (
        f'href="/records/{statement.public_id}/"'
        in as_editor.get(change(statement)).content.decode()
    )


@pytest.mark.parametrize("key", ["abc", "-1", "9" * 30])
def test_what_can_be_no_key_is_refused_at_its_field(as_editor: Client, key: str) -> None:
    response = as_editor.post(ADD_INCIDENT, new_incident(as_editor, conflict=key))

    assert errors_of(response) == [
        "Select a valid choice. That choice is not one of the available choices."
    ]
    assert "A village is shelled" in response.content.decode()
