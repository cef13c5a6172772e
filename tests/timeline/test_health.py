"""Whether the site lives, and how fresh it is: what probes and readers are told."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.utils import timezone

from sources.models import PendingChange
from tests.factories.timeline import make_revision
from tests.processes import database_address
from tests.waiting import wait_for
from timeline.models import Revision
from timeline.queries.freshness import look

pytestmark = pytest.mark.django_db(transaction=True)


def get(path: str) -> Any:
    return Client().get(path)


@pytest.fixture(autouse=True)
def _revision() -> None:
    make_revision(1)
    # Emptying the tables between tests is a change as well.
    PendingChange.objects.all().delete()


def let_wait(seconds: float) -> None:
    queued_at = timezone.now() - timedelta(seconds=seconds)
    PendingChange.objects.create(topic="record", ref=1, queued_at=queued_at)


@pytest.fixture
def other() -> Iterator["psycopg.Connection[Any]"]:
    """Another session of the database, which builds."""
    with psycopg.connect(database_address(), autocommit=True) as found:
        found.execute("SELECT pg_advisory_lock(%s)", [Revision.LOCK])
        yield found


def test_healthz_lives_without_asking_anybody() -> None:
    with CaptureQueriesContext(connection) as queries:
        response = get("/healthz")

    assert (response.status_code, response.content, len(queries)) == (200, b"ok\n", 0)


def test_readyz_is_ready_when_all_answer() -> None:
    response = get("/readyz")

    body = response.json()
    assert response.status_code == 200
    assert body.pop("revision_age_seconds") > 0
    assert body == {
        "status": "ready",
        "reasons": [],
        "revision": 1,
        "pending_changes": 0,
        "oldest_pending_seconds": None,
        "bulk_change": False,
        "builder_seconds": None,
    }


def test_nobody_who_builds_is_named() -> None:
    let_wait(20)
    waiting = get("/readyz")
    let_wait(45)
    stuck = get("/readyz")

    body = stuck.json()
    assert (waiting.status_code, stuck.status_code) == (200, 503)
    assert (body["status"], body["pending_changes"]) == ("not ready", 2)
    assert 45 <= body["oldest_pending_seconds"] < 60
    (reason,) = body["reasons"]
    assert reason.startswith("No builder is at work: a change has waited for 4")
    assert "2 changes waiting for 4" in get("/freshness/").content.decode()
    assert get("/freshness/").content.decode().endswith(": the builder is stuck")


def test_a_large_change_is_named_and_no_failure(other: "psycopg.Connection[Any]") -> None:
    let_wait(45)

    response = get("/readyz")

    body = response.json()
    assert (response.status_code, body["reasons"], body["bulk_change"]) == (200, [], True)
    assert body["builder_seconds"] >= 0
    assert get("/freshness/").content.decode().endswith(": a large change is being taken in")


def test_a_builder_that_waits_for_a_lock_is_stuck_after_a_while(
    other: "psycopg.Connection[Any]",
) -> None:
    let_wait(45)
    with psycopg.connect(database_address()) as holder:
        holder.execute("LOCK TABLE timeline_sheet IN ACCESS EXCLUSIVE MODE")
        other.autocommit = False
        other.execute("SET LOCAL lock_timeout = '20s'")
        with other.pipeline():
            other.execute("SELECT FROM timeline_sheet")

            def is_blocked() -> bool:
                state = look().builder
                return state is not None and state.is_blocked

            wait_for(is_blocked, "the builder to meet the lock")
            now = look()
            assert now.builder is not None
            assert not now.is_stuck(timezone.now())
            half_a_minute_later = replace(now.builder, seconds=31)
            assert replace(now, builder=half_a_minute_later).is_stuck(timezone.now())
            holder.rollback()


def test_readyz_names_a_broker_that_is_gone() -> None:
    with override_settings(REDIS_URL="unix:///nowhere/valkey.sock?db=0"):
        response = get("/readyz")

    assert response.status_code == 503
    assert response.json()["reasons"] == [
        "The broker does not answer; edits arrive when it is back."
    ]


def test_readyz_names_a_database_that_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setitem(connection.settings_dict, "HOST", "/nowhere")
        response = get("/readyz")

    body = response.json()
    assert response.status_code == 503
    assert body["reasons"] == ["The database does not answer."]
    assert body["revision"] is None
