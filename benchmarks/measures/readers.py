"""Fifty readers beside ten edits a second."""

import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from typing import Any

from django.db import connection

from benchmarks.measures.edits import Editor
from benchmarks.measuring import Finding, Timing, duration
from benchmarks.run import Run, say
from benchmarks.site import open_site
from config.embedded import CHECKOUT
from sources.enums import RecordKind
from timeline import builder, tasks
from timeline.enums import Topic
from timeline.models import Entry, Label, Revision

READERS = 50
EDITS_A_SECOND = 10
SECONDS = 40.0
#: How long somebody reads before the next page.
READING = 5.0
MOST_P99 = 0.5


def measure(run: Run) -> list[Finding]:
    run.use(run.largest)
    builder.build()
    seconds = SECONDS if run.times(2) > 1 else 2.0
    order = {"visits": _visits(), "readers": READERS, "seconds": seconds, "reading": READING}
    with open_site(run.home, with_worker=True) as site:
        before = Revision.objects.count()
        say(f"  {READERS} readers, {seconds:.0f} s ...")
        with _editing() as edits:
            found = _crowd(order | {"url": site.url})
        built = Revision.objects.count() - before
        say("  the same readers without a pause, nobody editing ...")
        pressed = _crowd(order | {"url": site.url, "reading": 0.0, "seconds": seconds / 4})
    waits, rush = _all(found), _all(pressed)
    by_path = {path: Timing(each).median for path, each in found["waits"].items()}
    slowest = max(by_path, key=lambda path: by_path[path])
    errors = found["errors"]
    p99 = waits.percentile(99)
    rate = len(rush.samples) / pressed["seconds"]
    said = f" ({errors[0]})" if errors else ""
    return [
        Finding(
            what=f"{READERS} readers, a page each {READING:.0f} s, beside {EDITS_A_SECOND} edits/s",
            target=f"no error; p99 ≤ {duration(MOST_P99)}",
            measured=f"{len(waits.samples)} answers, {len(errors)} errors{said}; "
            f"median {duration(waits.median)}, p99 {duration(p99)}; "
            f"slowest {slowest}, median {duration(by_path[slowest])}; "
            f"{edits[0]} edits, {built} revisions",
            against=f"without a pause between pages, nobody editing: {rate:.0f} answers/s, "
            f"median {duration(rush.median)}, p99 {duration(rush.percentile(99))}",
            is_met=not errors and p99 <= MOST_P99,
            figures={
                "p50_seconds": waits.median,
                "p99_seconds": p99,
                "errors": len(errors),
                "edits": edits[0],
                "revisions": built,
                "rush_answers_a_second": rate,
                "rush_p99_seconds": rush.percentile(99),
                **{f"median of {path}": median for path, median in by_path.items()},
            },
        )
    ]


def _all(found: dict[str, Any]) -> Timing:
    return Timing([wait for waits in found["waits"].values() for wait in waits])


def _visits() -> list[list[str]]:
    """Return what readers open: lists, filtered and not, and the pages of single things."""
    incidents = Entry.objects.current().of_kinds([RecordKind.INCIDENT]).order_by("-sort_on")
    truces = Entry.objects.current().of_kinds([RecordKind.TRUCE])
    parties = Label.objects.current().filter(topic=Topic.PARTY).order_by("ref")
    first = parties[0].slug
    return [
        ["/"],
        *[_list("")] * 4,
        _list("verdict=possible"),
        _list("kind=truce"),
        _list("from=2016-01&to=2016-12"),
        _list(f"party={first}"),
        *[[f"/incidents/{entry.public_id}/"] for entry in incidents[:8]],
        *[[f"/truces/{entry.public_id}/"] for entry in truces[:2]],
        [f"/parties/{first}/"],
    ]


def _list(query: str) -> list[str]:
    """Return a list of the timeline with what a browser fetches for it."""
    pieces = ("", "facets/", "drawing/")
    return [f"/timeline/{piece}?{query}" for piece in pieces]


@contextmanager
def _editing() -> Iterator[list[int]]:
    """Edit ten times a second for the length of the block; yield a list of how often."""
    edits = [0]
    finished = threading.Event()

    def edit() -> None:
        editor = Editor(Random(1))
        kinds = list(editor.kinds.values())
        begin = time.monotonic()
        while not finished.is_set():
            kinds[edits[0] % len(kinds)]()
            # As the site does after a request that changed something.
            tasks.build.apply_async(retry=False)
            edits[0] += 1
            finished.wait(max(0.0, begin + edits[0] / EDITS_A_SECOND - time.monotonic()))
        # It belongs to this thread.
        connection.close()

    writer = threading.Thread(target=edit)
    writer.start()
    try:
        yield edits
    finally:
        finished.set()
        writer.join()


def _crowd(order: dict[str, Any]) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.crowd"],
        input=json.dumps(order),
        capture_output=True,
        text=True,
        check=True,
        cwd=CHECKOUT,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found
