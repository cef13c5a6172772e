"""What is taken out of older revisions is nowhere any more, and manifests say that it was."""

from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import ProgrammingError, connection, transaction
from django.db.models import F
from django.test import Client

from ceasefire.models import Incident
from sources.enums import Status, Visibility
from sources.models import Record, Source
from tests.factories.ceasefire import IncidentFactory
from tests.factories.sources import OutletFactory, SourceFactory, cite
from tests.factories.talks import (
    DevelopmentFactory,
    OfficeFactory,
    PersonFactory,
    RecordLinkFactory,
)
from tests.roles import client_of
from tests.timeline.test_leaks import SECRET, everything_readers_get, found_in
from timeline import builder, tasks
from timeline.models import Redaction, Revision
from timeline.queries import redactions

pytestmark = pytest.mark.django_db(transaction=True)

ADD = "/admin/timeline/redaction/add/"


@pytest.fixture
def incident() -> Incident:
    created: Incident = IncidentFactory.create(title="A public incident", published=True)
    return created


def rename(record: Record, title: str) -> None:
    Record.objects.filter(pk=record.pk).update(title=title)
    builder.build()


def keep_lines() -> None:
    """Keep the lines of the CSV, as a worker does a moment after the last edit."""
    Revision.objects.update(created_at=F("created_at") - 2 * tasks.CALM)
    tasks.keep_lines()


def manifest(query: str = "") -> Any:
    return Client().get(f"/timeline/manifest.json{query}").json()


def kept_anywhere(word: str) -> list[str]:
    """Return the derived tables that hold the word, in whatever version."""
    tables = [model._meta.db_table for model in apps.get_app_config("timeline").get_models()]
    with connection.cursor() as cursor:
        found = []
        for table in tables:
            cursor.execute(
                f"SELECT count(*) FROM {table} AS each WHERE each::text ILIKE ANY (%s)",
                # As text, or as bytes.
                [[f"%{word}%", f"%{word.encode().hex()}%"]],
            )
            found += [table] * bool(cursor.fetchone()[0])
    return found


def asked_of_old_revisions(keys: list[str]) -> dict[str, str]:
    """Return what readers get of the timeline and of these records as of the first and the last."""
    bodies = {}
    numbers = list(Revision.objects.order_by("number").values_list("number", flat=True))
    for number in {numbers[0], numbers[-1]}:
        for path in ("/timeline.csv", "/timeline/", *(f"/records/{key}/" for key in keys)):
            response: Any = Client().get(f"{path}?as_of={number}", follow=True)
            parts = response.streaming_content if response.streaming else [response.content]
            bodies[f"{path}?as_of={number}"] = b"".join(parts).decode().lower()
    return bodies


def test_a_source_restricted_after_ten_revisions_is_in_none(incident: Incident) -> None:
    outlet = OutletFactory.create(name=f"{SECRET} outlet", slug=f"{SECRET}-outlet")
    source = SourceFactory.create(
        outlet=outlet, title=f"{SECRET} title", author=SECRET, public_id=f"{SECRET}-src"
    )
    cite(incident, source, quote=SECRET, locator=SECRET)
    for number in range(10):
        rename(incident, f"A public incident, version {number}")
    keys = [incident.public_id, f"{SECRET}-src", f"{SECRET}-outlet"]
    # Into the cache and among the kept lines with it, and into the hands of a reader.
    keep_lines()
    assert "timeline_keptline" in kept_anywhere(SECRET)
    assert found_in(asked_of_old_revisions(keys), SECRET) != []
    before = manifest("?as_of=5")
    etag = Client().get("/timeline.csv?as_of=5")["ETag"]

    Source.objects.filter(pk=source.pk).update(visibility=Visibility.RESTRICTED)
    builder.build()

    assert kept_anywhere(SECRET) == []
    assert found_in(asked_of_old_revisions(keys) | everything_readers_get(keys), SECRET) == []
    after = manifest("?as_of=5")
    assert (before["redactions"], len(after["redactions"])) == ([], 1)
    assert after["redactions"][0]["reason"] == "restricted"
    assert SECRET not in str(after)
    assert (after["rows"], after["sha256"] != before["sha256"]) == (before["rows"], True)
    again = Client().get("/timeline.csv?as_of=5", headers={"If-None-Match": etag})
    assert again.status_code == 200
    assert redactions.epoch() == 1
    assert builder.verify().is_empty


def test_a_source_that_nobody_had_seen_leaves_no_trace(incident: Incident) -> None:
    cite(incident, SourceFactory.create(visibility=Visibility.RESTRICTED))
    builder.build()

    assert redactions.redactions() == []


def test_an_administrator_takes_the_words_of_a_corrected_record_out_of_all_revisions(
    incident: Incident, administrator: User
) -> None:
    person = PersonFactory.create(name=f"{SECRET} person", slug=f"{SECRET}-person")
    office = OfficeFactory.create(person=person, title=f"{SECRET} office", published=True)
    other = DevelopmentFactory.create(title="Another", published=True)
    RecordLinkFactory.create(from_record=other, to_record=office)
    builder.build()
    rename(office, "An office")
    keep_lines()
    local = PersonFactory.create(name="A local mediator")
    type(office).objects.filter(pk=office.pk).update(person=local)
    keys = [incident.public_id, office.public_id, other.public_id, f"{SECRET}-person"]

    response = client_of(administrator).post(
        ADD, {"topic": "record", "name": office.public_id, "note": "At their request."}
    )

    assert response.status_code == 302
    assert kept_anywhere(SECRET) == []
    bodies = asked_of_old_revisions(keys)
    assert found_in(bodies, SECRET) == []
    assert "an office" in bodies[f"/records/{office.public_id}/?as_of=1"]
    assert "an office" in bodies[f"/records/{other.public_id}/?as_of=1"]
    (redaction,) = redactions.redactions()
    assert redaction.reason == "safety"
    kept = Redaction.objects.get()
    assert (kept.by, kept.note) == (administrator.username, "At their request.")
    assert builder.verify().is_empty


def test_a_withdrawn_record_is_taken_out_of_all_revisions(
    incident: Incident, administrator: User
) -> None:
    gone = DevelopmentFactory.create(title=f"{SECRET} title", summary=SECRET, published=True)
    RecordLinkFactory.create(from_record=incident, to_record=gone)
    builder.build()
    Record.objects.filter(pk=gone.pk).update(status=Status.WITHDRAWN)

    client_of(administrator).post(ADD, {"topic": "record", "name": gone.public_id, "note": "Why."})

    assert kept_anywhere(SECRET) == []
    assert found_in(asked_of_old_revisions([gone.public_id, incident.public_id]), SECRET) == []
    assert manifest("?as_of=1")["rows"] == 1
    shown = dict(Revision.objects.values_list("number", "entries"))
    assert (shown[1], shown[max(shown)]) == (None, 1)
    assert builder.verify().is_empty


def test_a_name_is_taken_out_of_all_revisions(incident: Incident, administrator: User) -> None:
    person = PersonFactory.create(name=f"{SECRET} person", slug="a-person")
    office = OfficeFactory.create(person=person, title="An office", published=True)
    builder.build()
    type(person).objects.filter(pk=person.pk).update(name="Somebody")

    client_of(administrator).post(ADD, {"topic": "person", "name": "a-person", "note": "Why."})

    assert kept_anywhere(SECRET) == []
    bodies = asked_of_old_revisions([office.public_id, "a-person"])
    assert found_in(bodies, SECRET) == []
    assert "somebody" in bodies[f"/records/{office.public_id}/?as_of=1"]
    assert builder.verify().is_empty


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nothing", "No revision shows such a thing."),
        ("an-incident", "No older revision says anything of it that the latest does not."),
    ],
)
def test_what_cannot_be_redacted_is_said_at_the_form(
    administrator: User, name: str, said: str
) -> None:
    IncidentFactory.create(public_id="an-incident", published=True)
    builder.build()

    page = client_of(administrator).post(ADD, {"topic": "record", "name": name, "note": "Why."})

    assert page.status_code == 200
    assert said in page.content.decode()
    assert not Redaction.objects.exists()


def test_only_administrators_redact(editor: User) -> None:
    assert client_of(editor).get(ADD).status_code == 403


def test_a_redaction_stays(incident: Incident) -> None:
    Redaction.objects.create(redacted_at="2026-01-01T00:00Z", reason="safety", revision=1)

    with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
        Redaction.objects.all().delete()


def test_the_broker_keeps_its_messages_when_the_cache_is_emptied(broker: Any) -> None:
    cache.set("page", "kept")
    broker.set("a message", "of the broker's")

    cache.forget()  # type: ignore[attr-defined]  # a method of our own cache

    assert cache.get("page") is None
    assert broker.get("a message") == b"of the broker's"
