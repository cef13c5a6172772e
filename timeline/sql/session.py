"""A builder's session: work tables and prepared statements that outlive one build.

Creating forty temporary tables and planning sixty statements costs a hundred milliseconds, an
edit's own work a few. So the first build on a connection creates the tables and later ones empty
them; each statement is planned once, for the few rows that an edit touches. A build that turns
out to be large has its tables analysed and its statements planned anew, and leaves neither to the
next: what was learned of a million rows is wrong for one.
"""

import re
from collections.abc import Callable
from types import TracebackType
from typing import Any, Final, Self
from weakref import WeakKeyDictionary

import psycopg
from django.db import connection
from django.db.backends.utils import CursorWrapper

from timeline.sql import execute, statements

#: From so many rows on a table is analysed: the planner takes a work table to hold one, and the
#: database's own upkeep comes to a permanent table only a minute later.
LARGE: Final = 500

#: Work tables that no build changes.
FILLED_ONCE: Final = {"act_path"}

#: Which statements each connection has prepared. One that is not here has nothing of ours.
_PREPARED: WeakKeyDictionary["psycopg.Connection[Any]", set[str]] = WeakKeyDictionary()

_TARGET: Final = re.compile(r"INSERT INTO (\w+)")

#: The size that plans are made for. Without it the planner takes an empty table to have ten pages.
_ONE_ROW: Final = """
    SELECT relname, pg_restore_relation_stats(
        'schemaname', relnamespace::regnamespace::text, 'relname', relname::text,
        'relpages', 1, 'reltuples', 1::real
    ) FROM pg_class WHERE relnamespace = pg_my_temp_schema() AND relkind = 'r'
"""

#: What statements join and select by: nothing of a work table's arrays, documents and long texts
#: is worth the time that its figures take.
_COLUMNS: Final = """
    SELECT string_agg(quote_ident(attname), ', ')
    FROM pg_attribute
    WHERE attrelid = %s::regclass AND attnum > 0
        AND atttypid IN ('bigint'::regtype, 'text'::regtype, 'date'::regtype, 'boolean'::regtype)
"""

#: A work table is looked at a little: how many rows it has, and how many of them are alike.
_ANALYSE: Final = """
    SET LOCAL default_statistics_target = 10;
    ANALYZE {table} ({columns});
    RESET default_statistics_target
"""

#: Larger by a tenth. The database's own upkeep comes a minute after a large change.
_OUTGROWN: Final = """
    SELECT relname FROM pg_class
    WHERE oid = ANY (%s::regclass[])
        AND pg_relation_size(oid) > 1.1 * relpages * current_setting('block_size')::bigint
"""

#: What the server's owner lets upkeep have, shared among the few sorts and joins of one statement:
#: on disk they take twice as long. Given back when the transaction ends.
_ROOM: Final = """
    SELECT set_config('work_mem', greatest(
        pg_size_bytes(current_setting('work_mem')),
        pg_size_bytes(current_setting('maintenance_work_mem')) / 4
    ) / 1024 || 'kB', true)
"""


class Session:
    """What one build works with: open it before the transaction begins, close it after.

    `create` makes the work tables; it is called where the connection has none.
    """

    def __init__(self, cursor: CursorWrapper, create: Callable[[CursorWrapper], None]) -> None:
        self.cursor = cursor
        self.is_large = False
        assert connection.connection is not None
        self._connection: psycopg.Connection[Any] = connection.connection
        if self._connection not in _PREPARED:
            # A build that failed may have left something, and it may no longer fit.
            execute(cursor, "DEALLOCATE ALL")
            execute(cursor, "DISCARD TEMP")
            create(cursor)
            execute(cursor, _ONE_ROW)
            each = ", ".join(
                f"{name}_ AS (DELETE FROM {name})"  # noqa: S608 - names of ours
                for name, _ in cursor.fetchall()
                if name not in FILLED_ONCE
            )
            execute(cursor, f"PREPARE timeline_empty AS WITH {each} SELECT")
            _PREPARED[self._connection] = set()
        self._prepared = _PREPARED[self._connection]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: object, trace: TracebackType | None
    ) -> None:
        if self.is_large or kind is not None:
            _PREPARED.pop(self._connection, None)

    def empty(self) -> None:
        """Empty the work tables of what an earlier build left in them."""
        execute(self.cursor, "EXECUTE timeline_empty")

    def run(self, name: str) -> int:
        """Run the statements of `<name>.sql` and return how many rows the last one wrote."""
        rows = 0
        for place, statement in enumerate(statements(name)):
            rows = self.execute(f"{name}_{place}", statement)
        return rows

    def execute(self, name: str, statement: str, number: int | None = None) -> int:
        """Run a statement under its name, `$1` a number if given; return how many rows it wrote.

        A work table into which it wrote many is analysed, for the statements to come.
        """
        if name not in self._prepared:
            types = "" if number is None else "(bigint)"
            execute(self.cursor, f"PREPARE timeline_{name}{types} AS {statement}")
            self._prepared.add(name)
        values = "" if number is None else f"({number:d})"
        execute(self.cursor, f"EXECUTE timeline_{name}{values}")
        rows: int = self.cursor.rowcount
        # What answers with rows has written into no work table.
        targets = _TARGET.findall(statement) if self.cursor.description is None else []
        if rows >= LARGE and targets:
            self.analyse(targets[-1])
        return rows

    def analyse(self, table: str) -> None:
        """Tell the planner how large a work table has become, and plan anew from here on."""
        self.cursor.execute(_COLUMNS, [table])
        (columns,) = self.cursor.fetchone()
        execute(self.cursor, _ANALYSE.format(table=table, columns=columns))
        if not self.is_large:
            self.is_large = True
            execute(self.cursor, _ROOM)
            execute(self.cursor, "DISCARD PLANS")

    def analyse_outgrown(self, *tables: str) -> None:
        """Analyse those of some permanent tables that are larger than the planner thinks."""
        self.cursor.execute(_OUTGROWN, [list(tables)])
        for (table,) in self.cursor.fetchall():
            execute(self.cursor, f"ANALYZE {table}")

    def analyse_filled(self, table: str) -> None:
        """Analyse a permanent table that was empty, whatever the planner has made of it so far."""
        execute(self.cursor, f"ANALYZE {table}")

    def holds(self, rows: str) -> bool:
        """Return whether a table, or a table and a condition, holds any row."""
        execute(self.cursor, f"SELECT EXISTS (SELECT FROM {rows})")  # noqa: S608 - names of ours
        return bool(self.cursor.fetchone()[0])
