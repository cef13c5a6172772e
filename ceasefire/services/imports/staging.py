"""Brings parts of a file into tables of the database, and says what they name there."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

from django.db.backends.utils import CursorWrapper
from psycopg import Copy

from ceasefire.services.imports.parts import COLUMNS, DELIMITER, QUOTE, TEXTS, Named, Part
from ceasefire.sql import sql

#: How often rows that are to be written, behind one of them, use each numbered thing.
USES: Final = {
    "conflicts": "SELECT conflict, count(*) FROM new_record WHERE number > %s GROUP BY 1",
    "places": "SELECT place, count(*) FROM new_record "
    "WHERE place IS NOT NULL AND number > %s GROUP BY 1",
    "parties": "SELECT party, count(*) FROM new_record "
    "CROSS JOIN unnest(parties) AS party WHERE number > %s GROUP BY 1",
    "outlets": "SELECT outlet, count(*) FROM incoming_passage JOIN new_record USING (number) "
    "WHERE outlet IS NOT NULL AND number > %s GROUP BY 1",
    "origins": "SELECT told_by, count(*) FROM incoming_passage JOIN new_record USING (number) "
    "WHERE told_by IS NOT NULL AND number > %s GROUP BY 1",
}


class Staging:
    """The incoming tables of one transaction, and what their numbers stand for."""

    def __init__(self, cursor: CursorWrapper) -> None:
        cursor.execute(sql("import_stage"))
        self._cursor = cursor
        self.named = Named()
        self.rows = 0
        self.remarks = 0
        #: The number of the last row that was brought in.
        self.last = 0

    def take(self, part: Part) -> None:
        """Bring a part in."""
        for table, lines in part.written.items():
            options = f"FORMAT csv, DELIMITER '{DELIMITER}', QUOTE '{QUOTE}'"
            if TEXTS[table]:
                options += f", FORCE_NOT_NULL ({', '.join(TEXTS[table])})"
            with _copying(self._cursor, f"{table} ({COLUMNS[table]})", options) as entrance:
                entrance.write(lines)
        self.rows += part.rows
        self.remarks += part.remarks
        self.last = part.last or self.last

    def say(self, table: str, rows: Iterable[Sequence[Any]]) -> None:
        """Fill one of the tables that say which of ours a thing is."""
        copy(self._cursor, table, rows)

    def uses(self, what: str, *, after: int = 0) -> Counter[int]:
        """Return how often rows that are to be written use each numbered thing of a kind.

        `after`: only rows with a higher number count.
        """
        self._cursor.execute(USES[what], [after])
        return Counter(dict(self._cursor.fetchall()))


def copy(cursor: CursorWrapper, table: str, rows: Iterable[Sequence[Any]]) -> None:
    """Copy rows into a table, or into those of its columns that are named behind it.

    Raises DatabaseError where a rule is broken.
    """
    rows = list(rows)  # which may ask the database: not while it waits for the copy
    with _copying(cursor, table) as entrance:
        for row in rows:
            entrance.write_row(row)


@contextmanager
def _copying(cursor: CursorWrapper, table: str, options: str = "") -> Iterator[Copy]:
    # Django gives the errors of a copy no name of its own, as it does those of a statement.
    with (
        cursor.db.wrap_database_errors,
        cursor.copy(f"COPY {table} FROM STDIN" + (f" ({options})" if options else "")) as entrance,
    ):
        yield entrance
