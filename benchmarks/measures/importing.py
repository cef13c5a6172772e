"""A bulk import of events, against a bare INSERT of the same rows and django-import-export."""

import time
from pathlib import Path

from django.db import connection

from benchmarks import events
from benchmarks.databases import address, bare_insert
from benchmarks.measuring import Finding, Timing, duration, size
from benchmarks.peers import import_export
from benchmarks.programs import Program, running, watching_memory
from benchmarks.run import Run, say
from benchmarks.world.tables import COLUMNS
from timeline import builder

LEAST_OF_FLOOR = 0.4
TIMES_PEER = 5
#: The peer gets so many rows: in its usual way, and in its way for many.
PEER_ROWS, PEER_ROWS_IN_BULK = 1_000, 5_000


def measure(run: Run) -> list[Finding]:
    run.use(run.largest)
    builder.build()
    file = run.home / "events.csv"
    origin = events.write(file, rows=None if run.times(2) > 1 else 200)
    before = _last_keys()
    say(f"  importing {origin} ...")
    with running(_program(run, file)) as program, watching_memory(program) as memory:
        begin = time.perf_counter()
        code = program.process.wait()
        seconds = time.perf_counter() - begin
    if code:
        raise RuntimeError(f"The import failed: {program.log.read_text()[-1000:]}")
    rows = _rows_behind(before)
    say("  the floor: the same rows by bare INSERT … SELECT ...")
    floor = Timing()
    for _ in range(run.times(3)):
        floor.samples.append(sum(bare_insert(rows, foreign_keys=True).values()))
    say("  django-import-export with the flat rows ...")
    usual, bulk = _peer(file, PEER_ROWS, bulk=False), _peer(file, PEER_ROWS_IN_BULK, bulk=True)
    events_read = len(import_export.read(file, 10**9))
    say("  the revision of the imported records ...")
    built = Timing()
    with built.once():
        builder.build()
    return _findings(events_read, seconds, floor.median, usual, bulk, memory, built.median, origin)


def _program(run: Run, file: Path) -> Program:
    arguments = ["manage", "import_events", "--format", "ucdp-ged", str(file)]
    environment = {"DATABASE_URL": address()}
    return Program("import", arguments, run.home / "log" / "import.log", environment)


def _key(table: str) -> str:
    return COLUMNS[table][0]


def _last_keys() -> dict[str, int]:
    found = {}
    with connection.cursor() as cursor:
        for table in COLUMNS:
            cursor.execute(f"SELECT coalesce(max({_key(table)}), 0) FROM {table}")
            found[table] = cursor.fetchone()[0]
    return found


def _rows_behind(keys: dict[str, int]) -> dict[str, str]:
    """Return the tables that got rows since then, and the condition for these rows."""
    found = {}
    with connection.cursor() as cursor:
        for table, last in keys.items():
            condition = f"{_key(table)} > {last}"
            cursor.execute(f"SELECT EXISTS (SELECT FROM {table} WHERE {condition})")
            if cursor.fetchone()[0]:
                found[table] = condition
    return found


def _peer(file: Path, rows: int, *, bulk: bool) -> float:
    """Return how many rows a second the peer loads."""
    dataset = import_export.read(file, rows)
    peer = import_export.Peer(dataset.headers, bulk=bulk)
    begin = time.perf_counter()
    peer.load(dataset)
    return len(dataset) / (time.perf_counter() - begin)


def _findings(
    rows: int,
    seconds: float,
    floor: float,
    usual: float,
    bulk: float,
    memory: list[int],
    built: float,
    origin: str,
) -> list[Finding]:
    ours = rows / seconds
    return [
        Finding(
            what="bulk import with citations, figures and history",
            target=f"≥ {LEAST_OF_FLOOR} × a bare INSERT of the same rows",
            measured=f"{rows:,} events in {duration(seconds)}: {ours:,.0f} a second "
            f"({origin}; the check of every row and the start of the program included)",
            against=f"bare INSERT … SELECT with constraints, foreign keys and indexes: "
            f"{duration(floor)}",
            ratio=f"{floor / seconds:.2f} ×",
            is_met=floor / seconds >= LEAST_OF_FLOOR,
            figures={"seconds": seconds, "rows": rows, "floor_seconds": floor, "revision": built},
        ),
        Finding(
            what="the same beside django-import-export loading the flat rows alone",
            target=f"≥ {TIMES_PEER} ×",
            measured=f"{ours:,.0f} events a second",
            against=f"django-import-export: {usual:,.0f} rows a second, {bulk:,.0f} in bulk mode",
            ratio=f"{ours / usual:.1f} ×; {ours / bulk:.1f} × its bulk mode",
            is_met=ours >= TIMES_PEER * usual,
            figures={"rows_a_second": ours, "peer": usual, "peer_in_bulk": bulk},
        ),
        Finding(
            what="memory of the process that imports",
            target="recorded",
            measured=f"at most {size(max(memory))}, the program itself included",
            figures={"most_bytes": max(memory)},
        ),
    ]
