"""The sample heals after TRUNCATE, which takes rows past every rule.

Apart from the other tests of the sample: those share one open transaction, and TRUNCATE and the
builder need transactions of their own.
"""

import pytest
from django.db import transaction

from ceasefire.models import Incident, Truce
from sources import services as records
from sources.models import Citation, ExternalId, Record, Source
from talks.models import Conflict, RecordLink
from tests.ceasefire.test_load_sample import FACTS, child, fact, load, snapshot, written
from tests.rows import execute
from timeline import builder

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    "table",
    [
        "ceasefire_violation",
        "ceasefire_incident",
        "ceasefire_truce",
        "talks_round",
        "talks_statement",
        "talks_delegation",
    ],
)
def test_sample_is_restored_after_truncate(table: str) -> None:
    load()
    before = snapshot()
    public_ids = set(Record.objects.values_list("public_id", flat=True))
    builder.build()
    execute(f"TRUNCATE {table} CASCADE")
    assert snapshot() != before
    load()
    assert snapshot() == before
    assert sorted(ExternalId.objects.values_list("value", flat=True)) == sorted(
        expected.value for expected in FACTS
    )
    assert Record.objects.count() == 31
    assert set(Record.objects.values_list("public_id", flat=True)) == public_ids
    builder.build()
    assert str(builder.verify()) == "no difference"
    settled = written()
    load()
    assert written() == settled


def test_what_others_say_of_a_lost_record_stays() -> None:
    load()
    lost = fact("F10/accusation")
    ExternalId.objects.create(record=lost, scheme="ged_event", value="7")
    with transaction.atomic():
        other = records.create(
            Incident(conflict=Conflict.objects.get(), title="Another", act="shelling"),
            citations=[Citation(source=Source.objects.get())],
            parts=[RecordLink(kind="follows", to_record=lost)],
            by=None,
        )
    before = snapshot()
    execute("TRUNCATE ceasefire_violation CASCADE")
    load()
    assert snapshot() == before
    assert other.links.get().to_record.public_id == lost.public_id


def test_lost_record_under_another_public_id_makes_room() -> None:
    load()
    before = snapshot()
    Record.objects.filter(pk=fact("F5").pk).update(public_id="renamed")
    execute("TRUNCATE ceasefire_truce CASCADE")
    load()
    assert snapshot() == before
    assert child(Truce, "F5").public_id == "astana-f5"
