"""The review in the admin: who takes which step, and what is refused."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from ceasefire.models import Incident, TruceEvent
from sources.enums import Status
from sources.models import Citation, Record, Source
from tests.factories.ceasefire import IncidentFactory, TruceEventFactory
from tests.factories.sources import cite
from tests.factories.talks import StatementFactory
from tests.pages import errors_of, form_of
from tests.sources.admin_forms import (
    ADD_INCIDENT,
    add_citation,
    change,
    new_incident,
    opened,
)

pytestmark = pytest.mark.django_db


def test_an_editor_saves_and_publishes_at_once(as_editor: Client) -> None:
    form = new_incident(as_editor)
    add_citation(form)

    response = as_editor.post(ADD_INCIDENT, {**form, "_publish": ["1"]}, follow=True)

    incident = Incident.objects.get()
    assert incident.status == Status.PUBLISHED
    assert response.redirect_chain == [(change(incident), 302)]
    assert "“A village is shelled” is saved and published." in response.content.decode()


def test_publishing_without_supporting_citation_is_refused_on_the_form(as_editor: Client) -> None:
    form = new_incident(as_editor, title="A title typed with care")
    add_citation(form, stance="contradicts", locator="paragraph 9")

    response = as_editor.post(ADD_INCIDENT, {**form, "_publish": ["1"]})

    assert errors_of(response) == [
        (
            "A published record needs at least one supporting citation: “A title typed with care” "
            "has none."
        )
    ]
    again = form_of(response.content.decode())
    assert again["title"] == ["A title typed with care"]
    assert again["citations-0-locator"] == ["paragraph 9"]
    assert Record.objects.count() == 0


def test_the_last_supporting_citation_of_a_published_record_stays(as_editor: Client) -> None:
    incident = IncidentFactory.create(title="A village is shelled", published=True)
    form = opened(as_editor, change(incident))
    form["citations-0-DELETE"] = ["on"]
    form["title"] = ["Changed"]

    response = as_editor.post(change(incident), form)

    assert errors_of(response) == [
        'A published record needs at least one supporting citation: "Changed" has none.'
    ]
    assert incident.citations.count() == 1
    assert form_of(response.content.decode())["title"] == ["Changed"]
    incident.refresh_from_db()
    assert incident.title == "A village is shelled"


@pytest.mark.parametrize(
    ("status", "role", "buttons"),
    [
        (Status.DRAFT, "editor", ["_publish", "_submit"]),
        (Status.IN_REVIEW, "editor", ["_publish", "_return"]),
        (Status.PUBLISHED, "editor", ["_withdraw"]),
        (Status.WITHDRAWN, "editor", ["_publish"]),
        (Status.DRAFT, "contributor", ["_submit"]),
        (Status.IN_REVIEW, "contributor", ["_return"]),
        (Status.PUBLISHED, "contributor", []),
    ],
)
def test_the_buttons_are_those_of_status_and_role(
    status: str, role: str, buttons: list[str], request: pytest.FixtureRequest
) -> None:
    client = request.getfixturevalue(f"as_{role}")
    incident = IncidentFactory.create(published=True)
    Record.objects.filter(pk=incident.pk).update(status=status)

    page = client.get(change(incident)).content.decode()

    found = set(re.findall(r'name="(_submit|_return|_publish|_withdraw)"', page))
    assert sorted(found) == buttons


@pytest.mark.parametrize(
    ("before", "button", "after"),
    [
        (Status.DRAFT, "_submit", Status.IN_REVIEW),
        (Status.IN_REVIEW, "_return", Status.DRAFT),
        (Status.PUBLISHED, "_withdraw", Status.WITHDRAWN),
        (Status.WITHDRAWN, "_publish", Status.PUBLISHED),
    ],
)
def test_each_button_takes_its_step(
    as_editor: Client, before: str, button: str, after: str
) -> None:
    incident = IncidentFactory.create(published=True)
    Record.objects.filter(pk=incident.pk).update(status=before)

    as_editor.post(change(incident), {**opened(as_editor, change(incident)), button: ["1"]})

    incident.refresh_from_db()
    assert incident.status == after


def test_a_contributor_who_forges_the_button_is_refused(as_contributor: Client) -> None:
    form = new_incident(as_contributor)
    add_citation(form)

    response = as_contributor.post(ADD_INCIDENT, {**form, "_publish": ["1"]})

    assert response.status_code == 403
    assert Record.objects.count() == 0


def test_a_contributor_changes_drafts_and_nothing_published(as_contributor: Client) -> None:
    incident = IncidentFactory.create()
    form = {**opened(as_contributor, change(incident)), "title": ["Changed"]}
    assert as_contributor.post(change(incident), form).status_code == 302
    cite(incident)
    Record.objects.filter(pk=incident.pk).update(status=Status.PUBLISHED)

    forged = as_contributor.post(change(incident), {**form, "title": ["Changed again"]})
    deleted = as_contributor.post(
        reverse("admin:ceasefire_incident_delete", args=[incident.pk]), {"post": "yes"}
    )

    assert (forged.status_code, deleted.status_code) == (403, 403)
    assert Incident.objects.get().title == "Changed"


def test_the_list_takes_steps_and_says_what_cannot_be_done(as_editor: Client) -> None:
    ready, uncited = IncidentFactory.create(title="Ready"), IncidentFactory.create(title="Uncited")
    cite(ready)

    response = as_editor.post(
        "/admin/sources/record/",
        {"action": "publish_selected", "_selected_action": [str(ready.pk), str(uncited.pk)]},
        follow=True,
    )

    assert [str(message) for message in response.context["messages"]] == [
        "A published record needs at least one supporting citation: “Uncited” has none.",
        "1 record was published.",
    ]
    assert [record.status for record in Record.objects.order_by("pk")] == ["published", "draft"]


@pytest.mark.parametrize(
    ("action", "before", "after"),
    [
        ("submit_selected", Status.DRAFT, Status.IN_REVIEW),
        ("withdraw_selected", Status.PUBLISHED, Status.WITHDRAWN),
    ],
)
def test_the_other_steps_of_the_list(
    as_editor: Client, action: str, before: str, after: str
) -> None:
    records = [IncidentFactory.create(published=True) for _ in range(2)]
    Record.objects.update(status=before)

    as_editor.post(
        "/admin/ceasefire/incident/",
        {"action": action, "_selected_action": [str(record.pk) for record in records]},
    )

    assert {record.status for record in Record.objects.all()} == {after}


def test_a_contributor_is_offered_no_publishing_in_lists(as_contributor: Client) -> None:
    IncidentFactory.create()

    for url in ("/admin/sources/record/", "/admin/ceasefire/incident/"):
        page = as_contributor.get(url).content.decode()
        assert "submit_selected" in page
        assert "publish_selected" not in page
        assert "withdraw_selected" not in page


def test_the_queue_leads_to_the_page_of_the_kind(as_editor: Client) -> None:
    statement = StatementFactory.create()

    response = as_editor.get(reverse("admin:sources_record_change", args=[statement.pk]))

    assert response.headers["Location"] == change(statement)


def test_a_draft_is_deleted_with_its_citations(as_contributor: Client) -> None:
    incident = IncidentFactory.create()
    cite(incident)
    url = reverse("admin:ceasefire_incident_delete", args=[incident.pk])

    page = as_contributor.get(url).content.decode()
    as_contributor.post(url, {"post": "yes"})

    assert "Are you sure" in page
    assert Record.objects.count() == Citation.objects.count() == 0


def test_records_are_deleted_from_the_list(as_editor: Client) -> None:
    for _ in range(2):
        cite(IncidentFactory.create())

    as_editor.post(
        "/admin/ceasefire/incident/",
        {
            "action": "delete_selected",
            "_selected_action": [str(record.pk) for record in Record.objects.all()],
            "post": "yes",
        },
    )

    assert Record.objects.count() == 0


def test_what_others_rest_on_is_not_deleted(as_editor: Client) -> None:
    event: TruceEvent = TruceEventFactory.create(title="It is strained")
    url = reverse("admin:ceasefire_truce_delete", args=[event.truce_id])

    page = as_editor.get(url).content.decode()
    as_editor.post(url, {"post": "yes"})

    assert "truce event: It is strained" in page
    assert Record.objects.filter(pk=event.truce_id).exists()


def test_the_last_source_of_a_published_record_is_not_deleted(as_editor: Client) -> None:
    incident = IncidentFactory.create(published=True)
    source = incident.citations.get().source

    as_editor.post(reverse("admin:sources_source_delete", args=[source.pk]), {"post": "yes"})

    assert Source.objects.filter(pk=source.pk).exists()
