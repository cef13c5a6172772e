"""Datasette on the rows of our own file, in SQLite with the indexes that its pages can use."""

import csv
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from benchmarks.programs import Program, free_port, running

#: What its table can be sorted and filtered by without reading all of it.
INDEXED = (
    *("date_earliest", "date_latest", "kind", "conflict", "place", "act", "verdict", "evidence"),
)
TEXT = frozenset({"title", "summary", "parties", "accused", "origins", "sources", "url"})
STEP = 20_000


def load(file: Path, database: Path) -> int:
    """Load a CSV file into a new SQLite database; return how many rows it has."""
    database.unlink(missing_ok=True)
    with file.open(encoding="utf-8", newline="") as lines, sqlite3.connect(database) as sqlite:
        sqlite.execute("PRAGMA journal_mode = OFF")
        sqlite.execute("PRAGMA synchronous = OFF")
        reader = csv.reader(lines)
        columns = next(reader)
        declared = ", ".join(f'"{name}" TEXT' if name in TEXT else f'"{name}"' for name in columns)
        sqlite.execute(f"CREATE TABLE entries ({declared}, PRIMARY KEY (id))")
        places = ", ".join("?" * len(columns))
        rows = 0
        while step := list(islice(reader, STEP)):
            sqlite.executemany(f"INSERT INTO entries VALUES ({places})", step)
            rows += len(step)
        for name in INDEXED:
            sqlite.execute(f'CREATE INDEX "by_{name}" ON entries ("{name}")')
        sqlite.execute("ANALYZE")
    return rows


@contextmanager
def serving(database: Path, log: Path) -> Iterator[str]:
    """Serve the database as data that stays, its fastest way; yield the table's address."""
    port = free_port()
    arguments = ["datasette", "serve", "-i", str(database), "--port", str(port)]
    for name, value in (("max_csv_mb", "0"), ("sql_time_limit_ms", "60000")):
        arguments += ["--setting", name, value]
    with running(Program("Datasette", arguments, log)) as program:
        program.wait_for_answer(f"http://127.0.0.1:{port}/-/versions.json")
        yield f"http://127.0.0.1:{port}/{database.stem}/entries"
