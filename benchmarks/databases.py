"""The databases of a run: one a size, all on one server, with the same migrated beginning."""

import time
from collections.abc import Mapping
from urllib.parse import quote

from django.apps import apps
from django.core.management import call_command
from django.db import connection, models, transaction
from psycopg import Connection, connect, sql

from benchmarks.world.writing import write
from timeline.models import Revision

TEMPLATE = "bench_template"
FLOOR = "bench_floor"
#: The condition that holds for every row.
ALL = "true"


class Databases:
    """Makes databases, and says which of them this process uses."""

    def __init__(self, seed: int, template: str = "") -> None:
        """Begin with a migrated database that is at hand, or migrate one."""
        self.seed = seed
        self.template = template or TEMPLATE
        if not template:
            if not _exists(TEMPLATE):
                self._make(TEMPLATE, "template0")
            self._migrate(TEMPLATE)
            disconnect()

    def seed_world(self, entries: int) -> str:
        """Make a database with a world of that size, underived; use it, and return its name."""
        name = name_of(entries)
        disconnect()
        self._make(name, self.template)
        self.use(name)
        write(entries=entries, seed=self.seed)
        return name

    def empty_timeline(self, entries: int) -> None:
        """Take away what was derived from the records of a world, and use it."""
        self._migrate(name_of(entries))
        tables = ", ".join(model._meta.db_table for model in derived_tables())
        with connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {tables} RESTART IDENTITY CASCADE")

    def holds(self, entries: int) -> bool:
        """Return whether an earlier run has left a derived world of that size."""
        name = name_of(entries)
        if not _exists(name):
            return False
        self._migrate(name)
        return Revision.objects.exists()

    def _migrate(self, name: str) -> None:
        self.use(name)
        call_command("migrate", verbosity=0, interactive=False)

    def use(self, name: str) -> None:
        """Let this process use a database from now on."""
        disconnect()
        connection.settings_dict["NAME"] = name

    def _make(self, name: str, template: str) -> None:
        with _server() as server:
            server.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
            )
            server.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                    sql.Identifier(name), sql.Identifier(template)
                )
            )


def _exists(name: str) -> bool:
    with _server() as server:
        found = server.execute("SELECT FROM pg_database WHERE datname = %s", [name])
        return found.fetchone() is not None


def name_of(entries: int) -> str:
    return f"bench_{entries}"


def disconnect() -> None:
    """Close this process's connections, those of the pool too."""
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]  # stubs lack it


def address() -> str:
    """Return the address of the database in use."""
    found = connection.settings_dict
    user = quote(found["USER"]) + (f":{quote(found['PASSWORD'])}" if found["PASSWORD"] else "")
    if found["HOST"].startswith("/"):
        return f"postgres://{user}@/{found['NAME']}?host={quote(found['HOST'])}"
    port = f":{found['PORT']}" if found["PORT"] else ""
    return f"postgres://{user}@{found['HOST']}{port}/{found['NAME']}"


def _server() -> "Connection[tuple[object, ...]]":
    found = connection.settings_dict
    return connect(
        host=found["HOST"] or None,
        port=found["PORT"] or None,
        user=found["USER"] or None,
        password=found["PASSWORD"] or None,
        dbname="postgres",
        autocommit=True,
    )


def derived_tables() -> list[type[models.Model]]:
    """Return the models that the builder writes."""
    return [
        model for model in apps.get_app_config("timeline").get_models() if not _is_history(model)
    ]


def _is_history(model: type[models.Model]) -> bool:
    return hasattr(model, "pgh_tracked_model")


def bare_insert(rows: Mapping[str, str]) -> dict[str, float]:
    """Return how long a bare INSERT … SELECT of rows takes, by table; and the commit as “”.

    `rows` names tables and a condition for each. They go into tables like those, with the same
    columns, checks and indexes, empty at first; one transaction. Some rows of a table are looked
    up before, and that does not count.
    """
    seconds = {}
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE SCHEMA IF NOT EXISTS {FLOOR}")
        for table in rows:
            cursor.execute(
                f"CREATE TABLE IF NOT EXISTS {FLOOR}.{table} (LIKE public.{table} INCLUDING ALL)"
            )
        origin = {table: _looked_up(table, condition) for table, condition in rows.items()}
        with transaction.atomic():
            for table in rows:
                begin = time.perf_counter()
                cursor.execute(f"INSERT INTO {FLOOR}.{table} SELECT * FROM {origin[table]}")
                seconds[table] = time.perf_counter() - begin
            begin = time.perf_counter()
        # Deferred checks are made now.
        seconds[""] = time.perf_counter() - begin
        for table in rows:
            cursor.execute(f"DROP TABLE {FLOOR}.{table}; DROP TABLE IF EXISTS taken_{table}")
    return seconds


def _looked_up(table: str, condition: str) -> str:
    """Return where rows stand alone: their own table, if all of it is meant."""
    if condition == ALL:
        return f"public.{table}"
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TEMP TABLE taken_{table} AS SELECT * FROM public.{table} WHERE {condition}"
        )
    return f"taken_{table}"


def put_back(rows: Mapping[str, str]) -> float:
    """Return how long a bare INSERT … SELECT of rows takes where they are, all else standing.

    `rows` names tables and a condition for each. They are taken out, the tables vacuumed, and the
    rows put back in one transaction under the same constraints, foreign keys and indexes, but with
    every trigger of ours asleep. Only the putting back counts, its commit included. A checkpoint
    comes before it, for what it is held against begins so too: see `checkpoint`.
    """
    with connection.cursor() as cursor:
        for table, condition in rows.items():
            cursor.execute(
                f"CREATE TEMP TABLE taken_{table} AS SELECT * FROM {table} WHERE {condition}"
            )
        take_out(rows)
        for table in rows:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        checkpoint()
        try:
            begin = time.perf_counter()
            with transaction.atomic():
                for table in rows:
                    cursor.execute(f"INSERT INTO {table} SELECT * FROM taken_{table}")
            # Deferred checks are made with the commit.
            return time.perf_counter() - begin
        finally:
            for table in rows:
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
                cursor.execute(f"DROP TABLE taken_{table}")


def take_out(rows: Mapping[str, str]) -> None:
    """Delete rows, named as in `put_back`, and vacuum their tables."""
    with connection.cursor() as cursor:
        with transaction.atomic():
            # Nothing follows them out: neither our triggers nor what refers to them.
            cursor.execute("SET LOCAL session_replication_role = replica")
            for table, condition in rows.items():
                cursor.execute(f"DELETE FROM {table} WHERE {condition}")
        for table in rows:
            cursor.execute(f"VACUUM {table}")


def checkpoint() -> None:
    """Let every page be written, so that the next to change it logs the whole of it.

    Two that write to the same pages are alike only if both come right after one.
    """
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
