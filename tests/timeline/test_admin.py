"""The derived tables in the admin: to be looked into by editors, and changed by nobody."""

from html import unescape
from typing import Any

import pytest
from django.db import connection, models
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ceasefire.models import Incident, Truce
from sources.models import PendingChange, Record
from tests.factories.ceasefire import AttributionFactory, IncidentFactory, TruceFactory
from tests.factories.talks import ConflictFactory, PartyFactory, PartyTieFactory
from tests.factories.timeline import make_entry, make_label, make_revision
from timeline import builder
from timeline.models import Assessment, Entry, Label, Membership, Revision, Sheet

pytestmark = pytest.mark.django_db(transaction=True)

DERIVED: list[type[models.Model]] = [
    Revision,
    Entry,
    Sheet,
    Label,
    Membership,
    Assessment,
    PendingChange,
]


@pytest.fixture
def shelling() -> Incident:
    """A shelling by a member of an umbrella, under a truce; built, and with a change waiting."""
    conflict = ConflictFactory.create(name="Syria")
    TruceFactory.create(conflict=conflict, title="The truce", published=True)
    incident: Incident = IncidentFactory.create(
        conflict=conflict, title="The <b>shelling</b>", published=True
    )
    member = PartyFactory.create(name="The brigade")
    AttributionFactory.create(incident=incident, accused=member)
    PartyTieFactory.create(
        conflict=conflict,
        party=member,
        other_party=PartyFactory.create(name="The front"),
        tie="member_of",
        published=True,
    )
    builder.build()
    PendingChange.objects.create(topic="record", ref=incident.pk)
    return incident


def list_of(model: type[models.Model]) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def page_of(obj: models.Model, page: str = "change") -> str:
    return reverse(f"admin:{obj._meta.app_label}_{obj._meta.model_name}_{page}", args=[obj.pk])


def first(model: type[models.Model]) -> Any:
    return model._default_manager.order_by("pk")[0]


def shown(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, url
    return unescape(response.content.decode())


def found(client: Client, model: type[models.Model], query: str) -> list[int]:
    """Return the primary keys that the list shows, in order."""
    response = client.get(f"{list_of(model)}?{query}")
    assert response.status_code == 200, query
    return [obj.pk for obj in response.context["cl"].result_list]


@pytest.mark.parametrize("model", DERIVED)
def test_editors_look_at_lists_and_rows(
    as_editor: Client, shelling: Incident, model: type[models.Model]
) -> None:
    assert found(as_editor, model, "q=1") is not None
    assert first(model).pk in found(as_editor, model, "")

    html = shown(as_editor, page_of(first(model)))

    assert 'name="_save"' not in html
    assert "/history/" not in html
    assert as_editor.get(page_of(first(model), "history")).status_code == 404


@pytest.mark.parametrize("model", DERIVED)
@pytest.mark.parametrize("role", ["as_editor", "as_administrator"])
def test_nobody_adds_changes_or_deletes(
    request: pytest.FixtureRequest, shelling: Incident, model: type[models.Model], role: str
) -> None:
    client: Client = request.getfixturevalue(role)
    row = first(model)
    before = list(model._default_manager.order_by("pk").values())

    for url in (f"{list_of(model)}add/", page_of(row), page_of(row, "delete")):
        assert client.post(url, {"post": "yes"}).status_code == 403, url
    client.post(
        list_of(model), {"action": "delete_selected", "_selected_action": row.pk, "post": "yes"}
    )

    assert list(model._default_manager.order_by("pk").values()) == before


@pytest.mark.parametrize("model", DERIVED)
def test_contributors_do_not_see_them(
    as_contributor: Client, shelling: Incident, model: type[models.Model]
) -> None:
    assert as_contributor.get(list_of(model)).status_code == 403
    assert as_contributor.get(page_of(first(model))).status_code == 403


def written(model: type[models.Model], number: int) -> None:
    """Write one more row, which names things of its own."""
    make_revision(number)
    make_entry(number)
    make_label("party", number, f"party-{number}", f"Party {number}")
    Sheet.objects.create(record_id=number, doc={}, revision_from=1)
    Membership.objects.create(
        record_id=number, party_id=number, umbrella_id=number, revision_from=1
    )
    Assessment.objects.create(
        truce_id=number, incident_id=number, attribution_id=0, revision_from=1
    )
    PendingChange.objects.create(topic="record", ref=number)


@pytest.mark.parametrize("model", DERIVED)
def test_lists_cost_the_same_for_one_row_and_three(
    as_editor: Client, model: type[models.Model]
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert as_editor.get(list_of(model)).status_code == 200
        return len(captured)

    written(model, 1)
    as_editor.get(list_of(model))
    one = queries()
    written(model, 2)
    written(model, 3)

    assert queries() == one


def test_assessments_say_what_they_judge(as_editor: Client, shelling: Incident) -> None:
    assessment = Assessment.objects.get()

    for url in (list_of(Assessment), page_of(assessment)):
        html = as_editor.get(url).content.decode()
        assert "The truce" in html
        assert "The &lt;b&gt;shelling&lt;/b&gt;" in html

    assert "period_why" not in shown(as_editor, list_of(Assessment))
    assert assessment.period_why in shown(as_editor, page_of(assessment))


def test_rows_are_found_by_the_names_behind_their_ids(
    as_editor: Client, shelling: Incident
) -> None:
    (assessment,), (membership,) = Assessment.objects.all(), Membership.objects.all()
    sheet = Sheet.objects.get(record_id=shelling.pk)

    assert found(as_editor, Assessment, "q=TRUCE") == [assessment.pk]
    assert found(as_editor, Assessment, f"q={shelling.public_id}") == [assessment.pk]
    assert found(as_editor, Assessment, "q=elsewhere") == []
    assert found(as_editor, Sheet, "q=shelling") == [sheet.pk]
    assert found(as_editor, Membership, "q=brigade") == [membership.pk]
    assert found(as_editor, Membership, "q=front") == [membership.pk]
    assert found(as_editor, Membership, "q=truce") == []
    assert "The brigade" in shown(as_editor, list_of(Membership))
    assert "The front" in shown(as_editor, list_of(Membership))
    assert '"attributions": [' in shown(as_editor, page_of(sheet))


def test_versions_are_told_apart(as_editor: Client, shelling: Incident) -> None:
    truce = Truce.objects.get()
    Record.objects.filter(pk=truce.pk).update(title="The truce, renamed")
    builder.build()
    closed, current = Entry.objects.filter(record_id=truce.pk).order_by("pk")

    assert found(as_editor, Entry, "q=truce") == [current.pk, closed.pk]
    assert found(as_editor, Entry, "q=truce&version=current") == [current.pk]
    assert found(as_editor, Entry, "q=truce&version=closed") == [closed.pk]
    assert found(as_editor, Entry, "q=truce&version=other") == [current.pk, closed.pk]


def test_view_on_site_leads_to_the_version(as_editor: Client, shelling: Incident) -> None:
    truce = Truce.objects.get()
    Record.objects.filter(pk=truce.pk).update(title="The truce, renamed")
    builder.build()
    closed, current = Entry.objects.filter(record_id=truce.pk).order_by("pk")

    for entry, url in (
        (current, f"/records/{truce.public_id}/"),
        (closed, f"/records/{truce.public_id}/?as_of=1"),
    ):
        assert f'<a href="{url}" class="viewsitelink">' in shown(as_editor, page_of(entry))
        assert entry.title in Client().get(url, follow=True).content.decode()
    assert '<a href="/revisions/1/" class="viewsitelink">' in shown(
        as_editor, page_of(first(Revision))
    )
    assert "viewsitelink" not in shown(as_editor, page_of(first(Label)))
