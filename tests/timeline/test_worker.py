"""Edit, trigger, message, worker, revision: with real processes, and with what can die killed."""

import urllib.request
from pathlib import Path
from urllib.parse import urlencode

import psycopg
import pytest
import redis
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client

from config import embedded
from sources.models import PendingChange, Record
from tests.factories.talks import DevelopmentFactory
from tests.processes import CeleryWorker, database_address
from tests.roles import client_of
from tests.waiting import verified, wait_for
from timeline import builder, tasks
from timeline.models import Entry, Revision

pytestmark = pytest.mark.django_db(transaction=True)

WAITING_FOR_A_TABLE = "SELECT FROM pg_locks WHERE relation = %s::regclass AND NOT granted"

#: A conflict's form without ids of other datasets.
NO_IDS = {"dataset_ids-TOTAL_FORMS": "0", "dataset_ids-INITIAL_FORMS": "0"}


def title_on_the_timeline(record: Record) -> str | None:
    return (
        Entry.objects.current().filter(record_id=record.pk).values_list("title", flat=True).first()
    )


def rename_conflict(client: Client, record: Record, name: str) -> int:
    """Save a form of the admin; return the response's status."""
    conflict = record.as_development.conflict
    return client.post(
        f"/admin/talks/conflict/{conflict.pk}/change/",
        {"name": name, "slug": conflict.slug, **NO_IDS},
    ).status_code


@pytest.fixture
def development() -> Record:
    """A published record, its revision written."""
    created = DevelopmentFactory.create(title="Before", published=True)
    builder.build()
    return Record.objects.get(pk=created.pk)


def conflict_on_the_timeline() -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM timeline_label WHERE topic = 'conflict' AND revision_to IS NULL"
        )
        return str(cursor.fetchone()[0])


def test_a_saved_form_reaches_the_timeline(
    development: Record, celery_worker: CeleryWorker, administrator: User
) -> None:
    """By the wake-up alone: no sweep runs here."""
    assert rename_conflict(client_of(administrator), development, "Renamed") == 302

    wait_for(lambda: conflict_on_the_timeline() == "Renamed", "the new name")
    assert not PendingChange.objects.exists()


def test_a_worker_keeps_its_connection(development: Record, celery_worker: CeleryWorker) -> None:
    """And with it the builder's session, without which each build would cost ten times as much."""
    sessions = []
    with psycopg.connect(database_address(), autocommit=True) as watcher:
        for title in ("Second", "Third", "Fourth"):
            Record.objects.filter(pk=development.pk).update(title=title)
            tasks.build.delay()
            wait_for(lambda: title_on_the_timeline(development) == title, title)  # noqa: B023 - waited for here
            sessions.append(
                watcher.execute(
                    "SELECT pid FROM pg_stat_activity WHERE datname = current_database() "
                    "AND backend_type = 'client backend' ORDER BY pid"
                ).fetchall()
            )

    assert sessions[0] == sessions[1] == sessions[2]


def test_reading_wakes_nobody(development: Record, broker: redis.Redis) -> None:
    Record.objects.filter(pk=development.pk).update(title="After")

    Client().get("/healthz")

    assert broker.keys("*") == []


def test_a_worker_killed_while_it_builds_loses_nothing(
    development: Record, celery_worker: CeleryWorker
) -> None:
    """The build is held at the point of writing by a lock, and killed there."""
    with (
        psycopg.connect(database_address()) as other,
        psycopg.connect(database_address(), autocommit=True) as watcher,
    ):
        other.execute("LOCK TABLE timeline_sheet IN ACCESS EXCLUSIVE MODE")
        Record.objects.filter(pk=development.pk).update(title="After")
        tasks.build.delay()
        wait_for(
            lambda: watcher.execute(WAITING_FOR_A_TABLE, ["timeline_sheet"]).fetchone() is not None,
            "the builder to meet the lock",
        )
        celery_worker.kill()
        other.rollback()

    celery_worker.start()
    tasks.sweep.delay()
    wait_for(lambda: title_on_the_timeline(development) == "After", "the edit")
    assert Revision.objects.count() == 2
    assert Entry.objects.filter(record_id=development.pk).count() == 2
    assert verified().is_empty


def test_an_edit_while_the_broker_is_gone_arrives(
    development: Record, own_broker: embedded.Valkey, tmp_path: Path
) -> None:
    """Worker and beat find it by the sweep when the broker is back."""
    arguments = ["celery", "-A", "config", "worker", "--concurrency=1", "--loglevel=INFO"]
    arguments += ["--beat", "--schedule", str(tmp_path / "schedule")]
    arguments += ["--without-mingle", "--without-gossip"]
    worker = CeleryWorker(arguments, tmp_path / "celery.log")
    worker.start()
    try:
        own_broker.stop()
        Record.objects.filter(pk=development.pk).update(title="After")
        assert title_on_the_timeline(development) == "Before"

        own_broker.start()
        wait_for(lambda: title_on_the_timeline(development) == "After", "the edit")
    finally:
        worker.stop()
    assert verified().is_empty


def test_a_form_is_saved_though_the_broker_is_gone(
    development: Record, administrator: User, own_broker: embedded.Valkey, site: str
) -> None:
    """The editor is told nothing of it, and does not wait: the sweep will do."""
    session = client_of(administrator).cookies["sessionid"].value
    token = "a" * 32
    conflict = development.as_development.conflict
    own_broker.stop()

    request = urllib.request.Request(
        f"{site}/admin/talks/conflict/{conflict.pk}/change/",
        data=urlencode({"name": "Renamed", "slug": conflict.slug, **NO_IDS}).encode(),
        headers={"Cookie": f"sessionid={session}; csrftoken={token}", "X-CSRFToken": token},
    )
    with urllib.request.urlopen(request, timeout=20) as response:
        # The list to which a saved form leads.
        assert response.url == f"{site}/admin/talks/conflict/"

    builder.build()
    assert conflict_on_the_timeline() == "Renamed"
