"""The test database: migrated once for the session, then copied for each of its workers."""

from collections.abc import Iterator

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection
from psycopg import sql
from pytest_django.plugin import DjangoDbBlocker

from tests.servers import SESSION

#: Names the lock under which the first worker migrates while the others wait.
LOCK = 0x7465_7374


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
    django_db_modify_db_settings: None,
) -> Iterator[None]:
    """Give this process a copy of the migrated template, and drop it at the end.

    Migrating costs some 15 s of a processor; copying costs a tenth of a second.
    """
    settings = connection.settings_dict
    name = connection.creation._get_test_db_name()  # type: ignore[attr-defined]  # stubs lack it
    template = f"template_{SESSION}"
    with django_db_blocker.unblock(), _server() as server:
        server.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        exists = server.execute("SELECT FROM pg_database WHERE datname = %s", [template])
        if exists.fetchone() is None:
            unfinished = f"{template}_unfinished"
            _recreate(server, unfinished)
            settings["NAME"] = unfinished
            call_command("migrate", verbosity=0, interactive=False)
            _disconnect()
            server.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                    sql.Identifier(unfinished), sql.Identifier(template)
                )
            )
        _recreate(server, name, template)
        server.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
        settings["NAME"] = name
        yield
        _disconnect()
        _drop(server, name)
        if not hasattr(request.config, "workerinput"):
            _drop(server, template)


def _server() -> "psycopg.Connection[tuple[object, ...]]":
    settings = connection.settings_dict
    return psycopg.connect(
        host=settings["HOST"] or None,
        port=settings["PORT"] or None,
        user=settings["USER"] or None,
        password=settings["PASSWORD"] or None,
        dbname="postgres",
        autocommit=True,
    )


def _disconnect() -> None:
    """Close this process's connections, those of the pool too: a copied database has none."""
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]  # stubs lack it


def _recreate(
    server: "psycopg.Connection[tuple[object, ...]]", name: str, template: str = "template0"
) -> None:
    _drop(server, name)
    server.execute(
        sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
            sql.Identifier(name), sql.Identifier(template)
        )
    )


def _drop(server: "psycopg.Connection[tuple[object, ...]]", name: str) -> None:
    server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
