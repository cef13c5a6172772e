"""The whole world, from its seed."""

from random import Random
from typing import Final

from django.db import connection, transaction

from benchmarks.world import history, stage
from benchmarks.world.chance import shares
from benchmarks.world.names import Names
from benchmarks.world.tables import Tables

#: With fewer, a conflict has no room for its truces and rounds.
FEWEST: Final = 1_000


class WorldError(Exception):
    """The world cannot be written. The message is one sentence."""


def write(*, entries: int, seed: int = 1, with_triggers: bool = False) -> dict[str, int]:
    """Write a world with so many published records; return how many rows each table got.

    Triggers are passed over, unless asked for, since seeding is not what is measured: so there is
    no history of these rows, and one pending change says “everything”. Raises `WorldError`.
    """
    if entries < FEWEST:
        raise WorldError(f"A world has at least {FEWEST} entries.")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM sources_outlet WHERE slug = 'w-data')")
        if cursor.fetchone()[0]:
            raise WorldError("The database already holds a world.")
        if not with_triggers:
            cursor.execute("SET LOCAL session_replication_role = replica")
        tables = Tables(cursor)
        _fill(tables, entries, seed)
        tables.finish()
        cursor.execute("INSERT INTO sources_pendingchange (topic, ref) VALUES ('everything', NULL)")
        return {table: count for table, count in tables.counted.items() if count}


def _fill(tables: Tables, entries: int, seed: int) -> None:
    random = Random(f"{seed} common")
    given: set[str] = set()
    conflicts = max(4, min(40, entries // 25_000))
    common = stage.raise_common(
        tables, random, Names(random, given), outlets=max(40, min(150, entries // 2_000))
    )
    for number, share in enumerate(shares(entries, conflicts, exponent=0.8)):
        # Each conflict from a seed of its own, so that a change to one leaves the others alone.
        random = Random(f"{seed} conflict {number}")
        scene = stage.raise_scene(
            tables, random, Names(random, given), common, number=number, entries=share
        )
        history.tell(tables, random, common, scene, entries=share)
