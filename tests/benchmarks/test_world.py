"""The world of the benchmark is one that editors could have written, and always the same."""

from typing import Any

import pytest
from django.db import connection, transaction

from benchmarks.world.writing import WorldError, write
from sources.models import Citation, PendingChange, Record, Source
from timeline import builder
from timeline.models import Assessment, Entry

pytestmark = pytest.mark.django_db

ENTRIES = 1_000


def written(*, with_triggers: bool) -> list[list[tuple[Any, ...]]]:
    """Write a world, let every rule look at it, return its rows, and take it back."""
    with transaction.atomic():
        write(entries=ENTRIES, with_triggers=with_triggers)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        rows = [
            list(model._default_manager.order_by("pk").values_list())
            for model in (Record, Source, Citation)
        ]
        transaction.set_rollback(True)
    return rows


def test_world_keeps_every_rule_and_is_the_same_without_triggers() -> None:
    kept = written(with_triggers=True)
    assert kept == written(with_triggers=False)


@pytest.mark.django_db(transaction=True)
def test_world_becomes_so_many_entries() -> None:
    write(entries=ENTRIES)

    builder.rebuild()

    assert Entry.objects.current().count() == ENTRIES
    assert Record.objects.published().count() == ENTRIES
    assert Assessment.objects.current().count() > ENTRIES // 10
    assert not PendingChange.objects.exists()
    assert builder.verify().is_empty


def test_world_refuses_what_it_cannot_write() -> None:
    with pytest.raises(WorldError, match="at least 1000 entries"):
        write(entries=10)
