"""Whatever dies while editors and readers are at work, no committed edit is lost."""

import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from config import embedded
from sources.models import PendingChange, Record
from talks.models import Party
from tests.factories.ceasefire import IncidentFactory, IncidentPartyFactory, TruceFactory
from tests.factories.talks import DevelopmentFactory, PartyFactory
from tests.processes import CeleryWorker, serving
from tests.storm import Storm
from tests.waiting import verified, wait_for
from timeline import builder
from timeline.models import Entry, Label, Revision

pytestmark = pytest.mark.django_db(transaction=True)

LINES = 11


@pytest.fixture
def worker(own_broker: embedded.Valkey, tmp_path: Path) -> Iterator[CeleryWorker]:
    """Two builders at once, and the sweep."""
    arguments = ["celery", "-A", "config", "worker", "--concurrency=2", "--loglevel=INFO"]
    arguments += ["--beat", "--schedule", str(tmp_path / "schedule")]
    arguments += ["--without-mingle", "--without-gossip"]
    found = CeleryWorker(arguments, tmp_path / "celery.log")
    found.start()
    yield found
    found.stop()


@pytest.fixture
def site(own_broker: embedded.Valkey, tmp_path: Path) -> Iterator[str]:
    with serving(tmp_path) as address:
        yield address


def has_all_lines() -> bool:
    builder.build()
    return Entry.objects.current().count() == LINES


def test_nothing_committed_is_lost_in_a_storm(
    own_broker: embedded.Valkey, worker: CeleryWorker, site: str
) -> None:
    truce = TruceFactory.create(published=True)
    records = [each.pk for each in DevelopmentFactory.create_batch(6, published=True)]
    incidents = IncidentFactory.create_batch(4, conflict=truce.conflict, published=True)
    parties = PartyFactory.create_batch(4)
    for incident, party in zip(incidents, parties, strict=True):
        IncidentPartyFactory.create(incident=incident, party=party)
    # The worker sweeps: it may be at work when we are, on what was there a moment ago.
    wait_for(has_all_lines, "all of it on the timeline")
    seed = int(os.environ.get("TRUCELINE_STORM_SEED") or random.randrange(10_000))

    storm = Storm(
        site=site,
        worker=worker,
        broker=own_broker,
        records=[*records, *(incident.pk for incident in incidents)],
        parties=[party.pk for party in parties],
        lines=LINES,
        seed=seed,
        spared=[connection.connection.info.backend_pid],
    )
    storm.rage()

    assert storm.wrong == [], f"seed {seed}"
    assert {"worker", "broker", "connections"} <= set(storm.kills)
    assert storm.answers["200"] > 5

    def is_drained() -> bool:
        storm.revive()
        return not PendingChange.objects.exists()

    wait_for(is_drained, f"the last edits (seed {seed})", patience=90)
    assert_every_edit_is_there(storm)
    assert verified().is_empty
    numbers = list(Revision.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))


def assert_every_edit_is_there(storm: Storm) -> None:
    titles = dict(Record.objects.values_list("pk", "title"))
    names = dict(Party.objects.values_list("pk", "name"))
    shown = dict(Entry.objects.current().values_list("record_id", "title"))
    called = dict(Label.objects.current().filter(topic="party").values_list("ref", "name"))
    history: dict[tuple[str, int], set[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT pgh_obj_id, title FROM sources_recordhistory")
        for ref, title in cursor.fetchall():
            history.setdefault(("record", ref), set()).add(title)
        cursor.execute("SELECT pgh_obj_id, name FROM talks_partyhistory")
        for ref, name in cursor.fetchall():
            history.setdefault(("party", ref), set()).add(name)
    edited = storm.ledger.acknowledged
    assert edited
    for (topic, ref), values in edited.items():
        now, on_page = (titles, shown) if topic == "record" else (names, called)
        assert now[ref] in storm.ledger.possible((topic, ref)), f"seed {storm.seed}"
        assert on_page[ref] == now[ref], f"seed {storm.seed}"
        assert set(values) <= history[topic, ref], f"seed {storm.seed}"
