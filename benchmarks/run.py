"""One run: its sizes, its databases, and what each measurement may use."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from django.db import connection

from benchmarks.databases import Databases, name_of
from benchmarks.measuring import duration
from timeline import builder

#: A run of a smaller world only shows that the benchmark works.
SMALL: Final = 10_000


@dataclass
class Rebuild:
    """How long the first rebuild of a world took, and where the time went."""

    seconds: float
    #: The beginning of each statement, and its seconds in total.
    statements: dict[str, float]
    judging: float
    difference: builder.Difference


@dataclass
class Run:
    """What the measurements of one run share."""

    home: Path
    sizes: Sequence[int]
    databases: Databases
    rebuilds: dict[int, Rebuild] = field(default_factory=dict)
    #: How many rows the peers were given; 0 until they were.
    flat_rows: int = 0

    @property
    def largest(self) -> int:
        return max(self.sizes)

    def times(self, often: int) -> int:
        """Return how often to measure a thing: once in a world too small to tell anything."""
        return often if self.largest >= SMALL else 1

    def use(self, entries: int) -> None:
        """Use the database of a size from now on; make it where it is not."""
        if entries in self.rebuilds or self.databases.holds(entries):
            self.databases.use(name_of(entries))
        else:
            say(f"  a world of {entries:,} entries ...")
            self.databases.seed_world(entries)
            self._derive(entries)

    def use_anew(self, entries: int) -> None:
        """Use the database of a size, derived by this run from an empty timeline."""
        if entries not in self.rebuilds and self.databases.holds(entries):
            say(f"  the world of {entries:,} entries that is there ...")
            self.databases.empty_timeline(entries)
            self._derive(entries)
        self.use(entries)

    def _derive(self, entries: int) -> None:
        self.rebuilds[entries] = _rebuild()
        say(f"  derived in {duration(self.rebuilds[entries].seconds)}")


#: The statements that choose and judge pairs, as the builder's session runs them.
JUDGING: Final = ("EXECUTE timeline_pairs_", "EXECUTE timeline_assess_")


def _rebuild() -> Rebuild:
    statements: dict[str, float] = {}
    judging = 0.0

    def timed(execute: Any, statement: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal judging
        begin = time.perf_counter()
        result = execute(statement, params, many, context)
        spent = time.perf_counter() - begin
        head = _head(statement)
        statements[head] = statements.get(head, 0.0) + spent
        if statement.startswith(JUDGING):
            judging += spent
        return result

    begin = time.perf_counter()
    with connection.execute_wrapper(timed):
        difference = builder.rebuild()
    return Rebuild(time.perf_counter() - begin, statements, judging, difference)


def _head(statement: str) -> str:
    """Return the words by which a statement is known: its first comment, or its beginning."""
    lines = [line.strip(" -") for line in statement.splitlines() if line.strip(" -")]
    return lines[0][:80] if lines else ""


def say(text: str) -> None:
    print(text, flush=True)
