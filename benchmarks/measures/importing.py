"""A bulk import of events, against a bare INSERT of the same rows and django-import-export.

What is measured is an upload: a worker checks it; then, once an editor has seen what it holds, it
reads the file again, checks every row again, compares it with what is here and writes it. That
second pass is a whole import, as the command makes it, and is held against the floor and the peer,
which pass over their rows once as well; the check before it stands beside it.

As everywhere, a round that does not count comes first: whatever was measured before has pushed the
tables out of memory, where the floor finds them again. How long that round took is told.
"""

import time
from pathlib import Path

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models

from benchmarks import events
from benchmarks.databases import checkpoint, put_back, take_out
from benchmarks.measuring import Finding, Timing, duration, size
from benchmarks.peers import import_export
from benchmarks.programs import watching_memory
from benchmarks.run import Run, say
from benchmarks.site import USER, open_site
from ceasefire import tasks
from ceasefire.enums import ImportFormat, ImportScope, ImportState
from ceasefire.models import ImportFile, ImportRun
from ceasefire.services import imports
from sources.enums import Status
from sources.models import PendingChange
from timeline import builder
from timeline.services.lock import builders_lock

LEAST_OF_FLOOR = 0.4
TIMES_PEER = 5
#: The run itself, its file, and what the builder has drained by the time that we look.
NOT_COUNTED = {ImportRun, ImportFile, PendingChange}
#: The peer gets so many rows, in its usual way and in its way for many, several times over.
PEER_ROWS, PEER_ROWS_IN_BULK, PEER_TIMES = 1_000, 5_000, 3


def measure(run: Run) -> list[Finding]:
    run.use(run.largest)
    builder.build()
    file = run.home / "events.csv"
    origin = events.write(file, rows=None if run.times(2) > 1 else 200)
    before = _last_keys()
    say(f"  importing {origin} ...")
    with open_site(run.home, with_worker=True) as site:
        assert site.worker is not None
        with watching_memory(site.worker, every=0.5) as memory:
            first = _rehearse(file, before)
            seconds = _import(file)
    rows = _rows_behind(before)
    say("  the floor: the same rows, put back by bare INSERT … SELECT ...")
    floor = Timing()
    for _ in range(run.times(3)):
        floor.samples.append(put_back(rows))
    say("  django-import-export with the flat rows ...")
    peers = {
        (texts, bulk): _peer(file, bulk=bulk, texts=texts, times=run.times(PEER_TIMES))
        for texts in (False, True)
        for bulk in (False, True)
    }
    events_read = len(import_export.read(file, 10**9))
    say("  the revision of the imported records ...")
    built = Timing()
    with built.once():
        builder.build()
    return _findings(
        rows=events_read,
        seconds=seconds,
        first=first,
        floor=floor.median,
        peers=peers,
        memory=memory,
        built=built.median,
        origin=origin,
    )


def _rehearse(file: Path, before: dict[type[models.Model], int]) -> float:
    """Import the file and take out what came of it; return how long the import took.

    No builder sees any of it.
    """
    with builders_lock():
        seconds = _import(file)["write"]
        take_out(_rows_behind(before))
        PendingChange.objects.all().delete()
    return seconds


def _import(file: Path) -> dict[str, float]:
    """Let the worker check a file and write it, as after an upload; return how long each took."""
    editor, _ = get_user_model()._default_manager.get_or_create(username=USER, is_superuser=True)
    run = ImportRun(format=ImportFormat.UCDP_GED, file_name=file.name, status=Status.PUBLISHED)
    with file.open("rb") as content:
        imports.take(run, content, by=editor, keeps_file=True)
    seconds = {"check": _work(run, until=ImportState.CHECKED)}
    imports.confirm(run, ImportScope.ALL_OR_NOTHING)
    checkpoint()
    return seconds | {"write": _work(run, until=ImportState.DONE)}


def _work(run: ImportRun, *, until: str) -> float:
    """Wake the worker, and wait until it has brought the import so far."""
    begin = time.perf_counter()
    tasks.wake(run)
    while run.state != until:
        if run.state in (ImportState.REFUSED, ImportState.INTERRUPTED):
            raise RuntimeError(f"The import stopped: {run.message}")
        time.sleep(0.05)  # to ask takes a core from the two that work
        run.refresh_from_db(fields=["state", "message"])
    return time.perf_counter() - begin


def _last_keys() -> dict[type[models.Model], int]:
    """Return the last key of each table that an import fills: the records, what hangs on them, the
    history of both, and the rows as they stood in the file.
    """
    return {
        model: model._default_manager.aggregate(last=models.Max("pk"))["last"] or 0
        for label in ("sources", "talks", "ceasefire")
        for model in apps.get_app_config(label).get_models()
        if model not in NOT_COUNTED
    }


def _rows_behind(keys: dict[type[models.Model], int]) -> dict[str, str]:
    """Return the tables that got rows since then, and the condition for these rows."""
    return {
        model._meta.db_table: f"{model._meta.pk.column} > {last}"
        for model, last in keys.items()
        if model._default_manager.filter(pk__gt=last).exists()
    }


def _peer(file: Path, *, bulk: bool, texts: bool, times: int) -> float:
    """Return how many rows a second the peer loads."""
    dataset = import_export.read(file, PEER_ROWS_IN_BULK if bulk else PEER_ROWS)
    peer = import_export.Peer(dataset.headers, bulk=bulk, texts=texts)
    loading = Timing()
    for _ in range(times):
        with loading.once():
            peer.load(dataset)
    return len(dataset) / loading.median


def _findings(
    *,
    rows: int,
    seconds: dict[str, float],
    first: float,
    floor: float,
    peers: dict[tuple[bool, bool], float],
    memory: list[int],
    built: float,
    origin: str,
) -> list[Finding]:
    ours, ratio = rows / seconds["write"], floor / seconds["write"]
    usual, bulk = peers[False, False], peers[False, True]
    texts, texts_in_bulk = peers[True, False], peers[True, True]
    growth = max(memory) - memory[0]
    return [
        Finding(
            what="bulk import with citations, figures and history",
            target=f"≥ {LEAST_OF_FLOOR} × a bare INSERT of the same rows",
            measured=f"{rows:,} events read, every row checked, compared and written in "
            f"{duration(seconds['write'])} ({origin}); {duration(first)} in the round that does "
            "not count, with the tables out of memory; the check of the upload before it, which "
            f"writes nothing, took {duration(seconds['check'])}",
            against="bare INSERT … SELECT of the same rows (records, what hangs on them, history, "
            "rows as they stood in the file) into the same tables, with their constraints, foreign "
            f"keys and indexes: {duration(floor)}",
            ratio=f"{ratio:.2f} × ({floor / sum(seconds.values()):.2f} × check and import "
            "together)",
            is_met=ratio >= LEAST_OF_FLOOR,
            figures={
                "rows": rows,
                "floor_seconds": floor,
                "revision_seconds": built,
                "first_seconds": first,
                **seconds,
            },
        ),
        Finding(
            what="the same beside django-import-export loading the flat rows alone",
            target=f"≥ {TIMES_PEER} ×",
            measured=f"{ours:,.0f} events a second",
            against="django-import-export into a table whose numbers are numbers and whose dates "
            f"are dates: {usual:,.0f} rows a second, {bulk:,.0f} in bulk mode; into one of texts "
            f"alone, which reads and refuses nothing: {texts:,.0f}, {texts_in_bulk:,.0f} in bulk "
            "mode (told, not compared)",
            ratio=f"{ours / usual:.1f} ×; {ours / bulk:.1f} × its bulk mode; with texts alone "
            f"{ours / texts:.1f} × and {ours / texts_in_bulk:.1f} ×",
            is_met=ours >= TIMES_PEER * usual,
            figures={
                "rows_a_second": ours,
                "peer": usual,
                "peer_in_bulk": bulk,
                "peer_of_texts": texts,
                "peer_of_texts_in_bulk": texts_in_bulk,
            },
        ),
        Finding(
            what="memory of the worker while it imports",
            target="recorded",
            measured=f"grows by {size(growth)}, from {size(memory[0])} to {size(max(memory))}",
            figures={"growth_bytes": growth, "before_bytes": memory[0]},
        ),
    ]
