"""The CSV of everything, against psql with the same query and against Datasette's stream."""

from contextlib import ExitStack
from pathlib import Path
from random import Random

from django.db import connection
from django.http import QueryDict
from psycopg import ClientCursor

from benchmarks import flat_rows
from benchmarks.databases import address
from benchmarks.measures.edits import Editor
from benchmarks.measuring import Finding, Timing, duration, size, unmeasured
from benchmarks.peers import datasette
from benchmarks.programs import watching_memory
from benchmarks.run import Run, say
from benchmarks.site import open_site
from benchmarks.streams import Stream, download, has_psql, run_psql
from timeline import builder
from timeline.exports import timeline_csv
from timeline.exports.copying import CSV, cells, columns_of, values_of
from timeline.exports.timeline_table import ENTRIES
from timeline.filters import filtered
from timeline.filters.selected import selected
from timeline.models import Entry, Revision
from timeline.queries.chunks import Chunk
from timeline.queries.selection import CHUNK
from timeline.services import keeping

ROUNDS = 3
FIRST_OCTETS = 15
#: Datasette is watched for so long; its speed does not change over a stream.
PEER_SECONDS = 40.0
#: What one edit changes in half of a conflict's lines: they are made anew until a worker has them.
FAR_REACHING = "a party's name"

IN_CHUNKS = "in chunks like ours"

LEAST_OF_PSQL = 0.7
TIMES_DATASETTE = 8
MOST_MEMORY = 64e6
MOST_FIRST_OCTET = 0.2


def measure(run: Run) -> list[Finding]:
    run.use(run.largest)
    builder.build()
    keeping.forget()
    floors: dict[str, Stream] = {}
    keeps = Timing()
    with ExitStack() as servers:
        site = servers.enter_context(open_site(run.home))
        url = f"{site.url}/timeline.csv"
        first_made = _first_octets(run, url)
        with watching_memory(site.web) as memory:
            say("  everything as CSV, nothing kept ...")
            made = download(url)
            if has_psql():
                say("  psql with the same query ...")
                for name, lines in ((IN_CHUNKS, CHUNK), ("in one statement", None)):
                    script = run.home / "lines.sql"
                    _write_script(f"{site.url}/", script, lines)
                    floors[name] = run_psql(
                        ["-X", "-q", "-d", address(), "-f", str(script)],
                        # By then it is slower, and by how much does not matter.
                        at_most=2 * made.seconds,
                    )
            say("  a worker keeps the lines ...")
            with keeps.once():
                _keep_lines()
            edits = _edit(run)
            first_kept = _first_octets(run, url)
            say(f"  everything as CSV, {edits} edits later ...")
            kept = [download(url) for _ in range(run.times(ROUNDS))]
        rows = flat_rows.load(run, site)
        peer_url = servers.enter_context(
            datasette.serving(rows.database, run.home / "log" / "datasette-csv.log")
        )
        say("  Datasette's stream ...")
        peer = download(f"{peer_url}.csv?_stream=on&_size=max", at_most=PEER_SECONDS)
    kept.sort(key=lambda stream: stream.seconds)
    return [
        _against_psql(made, floors),
        _against_datasette(made, kept[len(kept) // 2], peer, keeps=keeps, edits=edits),
        _memory(memory),
        _first_octet(first_made, first_kept),
    ]


def _first_octets(run: Run, url: str) -> Timing:
    found = Timing()
    for number in range(run.times(FIRST_OCTETS) + 1):
        stream = download(url, at_most=0)
        if number:
            found.samples.append(stream.first_octet)
    return found


def _keep_lines() -> None:
    """Keep the lines of the latest revision, as a worker does."""
    for _ in timeline_csv.keeping_lines(Revision.objects.latest("number")):
        pass


def _edit(run: Run) -> int:
    """Make an edit of each kind but one, and a revision of each; return how many."""
    editor = Editor(Random(run.largest))
    edits = [edit for kind, edit in editor.kinds.items() if kind != FAR_REACHING]
    for edit in edits:
        edit()
        builder.build()
    return len(edits)


def _write_script(site: str, script: Path, lines: int | None) -> None:
    """Write for psql the site's own statement, with all values, for so many lines at a time."""
    entries = Entry.objects.current().order_by("sort_on", "record_id")
    ids = list(entries.values_list("id", flat=True))
    step = lines or len(ids)
    with script.open("w") as file, filtered(QueryDict()) as everything:
        selection = selected(everything, site=site)
        statement = cells(ENTRIES, columns_of(ENTRIES, selection))
        connection.ensure_connection()
        cursor = ClientCursor(connection.connection)
        file.write("SET DateStyle = 'ISO'; SET jit = off;\n")
        for begin in range(0, len(ids), step):
            values = values_of(selection, Chunk.of(ids[begin : begin + step]))
            file.write(cursor.mogrify(f"COPY ({statement}) TO STDOUT {CSV};\n", values))


def _against_psql(ours: Stream, floors: dict[str, Stream]) -> Finding:
    what = "CSV of everything, nothing of it kept"
    target = f"≥ {LEAST_OF_PSQL} × psql with the same query"
    if not floors:
        return unmeasured(what, target, "no psql")
    # All lines in one transaction is what a site cannot do: it is told, and is not the floor.
    floor = floors[IN_CHUNKS]
    ratio = ours.speed / floor.speed
    return Finding(
        what=what,
        target=target,
        measured=f"{ours.lines - 1:,} lines, {size(ours.octets)} in {duration(ours.seconds)}: "
        f"{_speed(ours)}",
        against="psql, "
        + "; ".join(f"{name}: {_speed(found)}" for name, found in floors.items())
        + " (told, not compared: one transaction as long as the slowest reader)",
        ratio=f"{ratio:.2f} ×",
        is_met=ratio >= LEAST_OF_PSQL,
        figures={
            "seconds": ours.seconds,
            "bytes": ours.octets,
            "bytes_a_second": ours.speed,
            **{f"psql {name}": found.speed for name, found in floors.items()},
        },
    )


def _against_datasette(
    made: Stream, kept: Stream, peer: Stream, *, keeps: Timing, edits: int
) -> Finding:
    # Rows, not bytes: the same row has other bytes in another program's file.
    afresh, mine, theirs = (each.lines / each.seconds for each in (made, kept, peer))
    ratio = mine / theirs
    return Finding(
        what="the same from lines that a worker keeps, beside Datasette's stream of the same rows",
        target=f"≥ {TIMES_DATASETTE} ×",
        measured=f"{mine:,.0f} rows a second ({_speed(kept)}), {edits} edits after the lines were "
        f"kept; {afresh:,.0f} rows a second ({afresh / theirs:.1f} ×) where none is kept yet. To "
        f"keep all of them takes a worker {keeps}",
        against=f"Datasette: {theirs:,.0f} rows a second ({_speed(peer)})",
        ratio=f"{ratio:.1f} ×",
        is_met=ratio >= TIMES_DATASETTE,
        figures={
            "rows_a_second": mine,
            "rows_a_second_afresh": afresh,
            "datasette_rows_a_second": theirs,
            "keeping_seconds": keeps.median,
        },
    )


def _memory(samples: list[int]) -> Finding:
    growth = max(samples) - samples[0]
    return Finding(
        what="memory of the web server while it sends these files",
        target=f"grows by ≤ {size(MOST_MEMORY)}",
        measured=f"grows by {size(growth)}, from {size(samples[0])} to {size(max(samples))}",
        is_met=growth <= MOST_MEMORY,
        figures={"growth_bytes": growth, "before_bytes": samples[0]},
    )


def _first_octet(made: Timing, kept: Timing) -> Finding:
    slowest = max(made.median, kept.median)
    return Finding(
        what="its first byte",
        target=f"≤ {duration(MOST_FIRST_OCTET)}",
        measured=f"{made} where nothing is kept, {kept} where lines are",
        is_met=slowest <= MOST_FIRST_OCTET,
        figures={"seconds": slowest, "p95": max(made.percentile(95), kept.percentile(95))},
    )


def _speed(stream: Stream) -> str:
    return f"{size(stream.speed)}/s" if stream.octets else f"no byte in {duration(stream.seconds)}"
