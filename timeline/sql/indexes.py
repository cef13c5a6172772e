"""The indexes of tables that are about to be filled, or were written to.

An index made of all rows at once takes a third of the time of one that grows row by row; the
trigrams of a million names a tenth. Dropping an index keeps readers out until the transaction ends,
making one does not. So they are dropped in a short transaction of their own, while there is nothing
to read, and made in the one that fills the tables. Where that one fails the tables are as empty as
they were, and the next puts the indexes back.
"""

import logging
from collections.abc import Iterable
from typing import Final

from django.contrib.postgres.indexes import GinIndex
from django.db import OperationalError, connection, models, transaction

from timeline.sql import execute

logger = logging.getLogger(__name__)

#: For so long we wait for whoever reads an empty table, and readers behind us.
_PATIENCE: Final = "SET LOCAL lock_timeout = '500ms'"


def take_off(tables: Iterable[type[models.Model]]) -> None:
    """Drop the indexes of tables, but for keys; leave them all where somebody is in the way."""
    names = ", ".join(index.name for table in tables for index in table._meta.indexes)
    try:
        with transaction.atomic(durable=True), connection.cursor() as cursor:
            execute(cursor, _PATIENCE)
            execute(cursor, f"DROP INDEX IF EXISTS {names}")
    except OperationalError as error:
        logger.info("The indexes stay, and filling the timeline takes longer: %s", error)


def put_back(tables: Iterable[type[models.Model]]) -> None:
    """Make those indexes of tables that are not there."""
    with connection.cursor() as cursor:
        execute(cursor, "SELECT indexname FROM pg_indexes WHERE schemaname = current_schema()")
        there = {name for (name,) in cursor.fetchall()}
    with connection.schema_editor(atomic=False) as editor:
        for table in tables:
            for index in table._meta.indexes:
                if index.name not in there:
                    editor.add_index(table, index)


def take_in(tables: Iterable[type[models.Model]]) -> None:
    """Put the keys that wait beside the indexes of arrays and words into them.

    PostgreSQL lets up to 4 MB wait, which makes writing quick; but every reader goes through all of
    them: after some hundred edits, a fourth of the time of a truce's page. Costs what was written
    since; readers and writers go on meanwhile. Left alone is what belongs to another role.
    """
    names = [
        index.name
        for table in tables
        for index in table._meta.indexes
        if isinstance(index, GinIndex)
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT gin_clean_pending_list(oid) FROM pg_class "
            "WHERE oid = ANY (%s::regclass[]) AND pg_has_role(relowner, 'USAGE')",
            [names],
        )
