"""A bulk import of events, against a bare INSERT of the same rows and django-import-export."""

import time
from pathlib import Path

from django.contrib.auth import get_user_model
from django.db import connection

from benchmarks import events
from benchmarks.databases import bare_insert
from benchmarks.measuring import Finding, Timing, duration, size
from benchmarks.peers import import_export
from benchmarks.programs import watching_memory
from benchmarks.run import Run, say
from benchmarks.site import USER, open_site
from benchmarks.world.tables import COLUMNS
from ceasefire import tasks
from ceasefire.enums import ImportFormat, ImportScope, ImportState
from ceasefire.models import ImportRun
from ceasefire.services import imports
from sources.enums import Status
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
    with open_site(run.home, with_worker=True) as site:
        assert site.worker is not None
        with watching_memory(site.worker) as memory:
            seconds = _import(file)
    rows = _rows_behind(before)
    say("  the floor: the same rows by bare INSERT … SELECT ...")
    floor = Timing()
    for _ in range(run.times(3)):
        floor.samples.append(sum(bare_insert(rows, foreign_keys=True).values()))
    say("  django-import-export with the flat rows ...")
    peers = _peer(file, PEER_ROWS, bulk=False), _peer(file, PEER_ROWS_IN_BULK, bulk=True)
    events_read = len(import_export.read(file, 10**9))
    say("  the revision of the imported records ...")
    built = Timing()
    with built.once():
        builder.build()
    return _findings(
        rows=events_read,
        seconds=seconds,
        floor=floor.median,
        peers=peers,
        memory=memory,
        built=built.median,
        origin=origin,
    )


def _import(file: Path) -> dict[str, float]:
    """Let the worker check a file and write it, as after an upload; return how long each took."""
    editor, _ = get_user_model()._default_manager.get_or_create(username=USER, is_superuser=True)
    run = ImportRun(format=ImportFormat.UCDP_GED, file_name=file.name, status=Status.PUBLISHED)
    with file.open("rb") as content:
        imports.take(run, content, by=editor, keeps_file=True)
    seconds = {"check": _work(run, until=ImportState.CHECKED)}
    imports.confirm(run, ImportScope.ALL_OR_NOTHING)
    return seconds | {"write": _work(run, until=ImportState.DONE)}


def _work(run: ImportRun, *, until: str) -> float:
    """Wake the worker, and wait until it has brought the import so far."""
    begin = time.perf_counter()
    tasks.wake(run)
    while run.state != until:
        if run.state in (ImportState.REFUSED, ImportState.INTERRUPTED):
            raise RuntimeError(f"The import stopped: {run.message}")
        time.sleep(0.02)
        run.refresh_from_db(fields=["state", "message"])
    return time.perf_counter() - begin


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
    *,
    rows: int,
    seconds: dict[str, float],
    floor: float,
    peers: tuple[float, float],
    memory: list[int],
    built: float,
    origin: str,
) -> list[Finding]:
    whole = sum(seconds.values())
    ours, ratio = rows / whole, floor / whole
    usual, bulk = peers
    growth = max(memory) - memory[0]
    return [
        Finding(
            what="bulk import with citations, figures and history",
            target=f"≥ {LEAST_OF_FLOOR} × a bare INSERT of the same rows",
            measured=f"{rows:,} events in {duration(whole)}: {duration(seconds['check'])} to check "
            f"every row, {duration(seconds['write'])} to write them ({origin})",
            against=f"bare INSERT … SELECT with constraints, foreign keys and indexes: "
            f"{duration(floor)}",
            ratio=f"{ratio:.2f} × ({floor / seconds['write']:.2f} × the writing alone)",
            is_met=ratio >= LEAST_OF_FLOOR,
            figures={"rows": rows, "floor_seconds": floor, "revision_seconds": built, **seconds},
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
            what="memory of the worker while it imports",
            target="recorded",
            measured=f"grows by {size(growth)}, from {size(memory[0])} to {size(max(memory))}",
            figures={"growth_bytes": growth, "before_bytes": memory[0]},
        ),
    ]
