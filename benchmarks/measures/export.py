"""The CSV of everything, against psql with the same query and against Datasette's stream."""

from contextlib import ExitStack
from pathlib import Path

from django.db import connection
from django.http import QueryDict
from psycopg import ClientCursor

from benchmarks import flat_rows
from benchmarks.databases import FLOOR, address
from benchmarks.measuring import Finding, Timing, duration, size, unmeasured
from benchmarks.peers import datasette
from benchmarks.programs import watching_memory
from benchmarks.run import Run, say
from benchmarks.site import open_site
from benchmarks.streams import Stream, download, has_psql, run_psql
from timeline import builder
from timeline.exports.copying import columns_of, flat, values_of
from timeline.exports.timeline_table import ENTRIES
from timeline.filters import filtered
from timeline.filters.selected import selected
from timeline.queries.chunks import Chunk
from timeline.queries.selection import CHUNK

ROUNDS = 1
FIRST_OCTETS = 15
#: Datasette is watched for so long; its speed does not change over a stream.
PEER_SECONDS = 40.0

LEAST_OF_PSQL = 0.7
TIMES_DATASETTE = 8
MOST_MEMORY = 64e6
MOST_FIRST_OCTET = 0.2


def measure(run: Run) -> list[Finding]:
    run.use(run.largest)
    builder.build()
    whole, chunked = run.home / "whole.sql", run.home / "chunked.sql"
    ours: list[Stream] = []
    floors: dict[str, list[Stream]] = {"in chunks like ours": [], "in one statement": []}
    first = Timing()
    with ExitStack() as servers:
        site = servers.enter_context(open_site(run.home))
        url = f"{site.url}/timeline.csv"
        for number in range(run.times(FIRST_OCTETS) + 1):
            stream = download(url, at_most=0)
            if number:
                first.samples.append(stream.first_octet)
        with watching_memory(site.web) as memory:
            _write_scripts(site.url, whole, chunked)
            for number in range(run.times(ROUNDS)):
                say(f"  everything as CSV, {number + 1} ...")
                ours.append(download(url))
                if has_psql():
                    for name, script in zip(floors, (chunked, whole), strict=True):
                        floors[name].append(
                            run_psql(
                                ["-X", "-q", "-d", address(), "-f", str(script)],
                                # By then it is slower, and by how much does not matter.
                                at_most=2 * ours[-1].seconds,
                            )
                        )
        rows = flat_rows.load(run, site)
        peer_url = servers.enter_context(
            datasette.serving(rows.database, run.home / "log" / "datasette-csv.log")
        )
        say("  Datasette's stream ...")
        peer = download(f"{peer_url}.csv?_stream=on&_size=max", at_most=PEER_SECONDS)
    best = max(ours, key=lambda stream: stream.speed)
    return [
        _against_psql(best, floors),
        _against_datasette(best, peer),
        _memory(memory),
        Finding(
            what="its first byte",
            target=f"≤ {duration(MOST_FIRST_OCTET)}",
            measured=str(first),
            is_met=first.median <= MOST_FIRST_OCTET,
            figures={"seconds": first.median, "p95": first.percentile(95)},
        ),
    ]


def _write_scripts(site: str, whole: Path, chunked: Path) -> None:
    """Write for psql the query that the site runs: over all lines at once, and chunk by chunk."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE SCHEMA IF NOT EXISTS {FLOOR}")
        cursor.execute(f"DROP TABLE IF EXISTS {FLOOR}.line")
        cursor.execute(
            f"CREATE TABLE {FLOOR}.line AS SELECT id, row_number() OVER "
            "(ORDER BY sort_on, record_id) AS nth FROM timeline_entry WHERE revision_to IS NULL"
        )
        cursor.execute(f"CREATE UNIQUE INDEX ON {FLOOR}.line (nth)")
        cursor.execute(f"ANALYZE {FLOOR}.line")
        cursor.execute(f"SELECT count(*) FROM {FLOOR}.line")
        lines = cursor.fetchone()[0]
    settings = "SET DateStyle = 'ISO'; SET jit = off;\n"
    statement = _statement(f"{site}/")
    every = f"SELECT array_agg(id ORDER BY nth) FROM {FLOOR}.line"
    whole.write_text(settings + statement.replace("'{}'", f"({every})"))
    with chunked.open("w") as script:
        script.write(settings)
        for begin in range(0, lines, CHUNK):
            ids = f"({every} WHERE nth > {begin} AND nth <= {begin + CHUNK})"
            script.write(statement.replace("'{}'", ids))


def _statement(site: str) -> str:
    """Return the site's own COPY with its values written out; '{}' stands for the ids."""
    with filtered(QueryDict()) as everything:
        selection = selected(everything, site=site)
        columns = columns_of(ENTRIES, selection)
        cells = ", ".join(column.as_cell for column in columns)
        query = f"SELECT {cells} FROM ({flat(ENTRIES, columns)}) AS value"
        connection.ensure_connection()
        cursor = ClientCursor(connection.connection)
        values = values_of(selection, Chunk("{}", 0, None))
        return cursor.mogrify(f"COPY ({query}) TO STDOUT (FORMAT csv);\n", values)


def _against_psql(ours: Stream, floors: dict[str, list[Stream]]) -> Finding:
    what = "CSV of everything"
    target = f"≥ {LEAST_OF_PSQL} × psql with the same query"
    if not any(floors.values()):
        return unmeasured(what, target, "no psql")
    best = {name: max(found, key=lambda each: each.speed) for name, found in floors.items()}
    fastest = max(best.values(), key=lambda each: each.speed)
    ratio = ours.speed / fastest.speed
    return Finding(
        what=what,
        target=target,
        measured=f"{ours.lines - 1:,} lines, {size(ours.octets)} in {duration(ours.seconds)}: "
        f"{_speed(ours)}",
        against="psql, "
        + "; ".join(f"{name}: {_speed(found)}" for name, found in best.items())
        + " (the faster counts)",
        ratio=f"{ratio:.2f} ×",
        is_met=ratio >= LEAST_OF_PSQL,
        figures={
            "seconds": ours.seconds,
            "bytes": ours.octets,
            "bytes_a_second": ours.speed,
            **{f"psql {name}": found.speed for name, found in best.items()},
        },
    )


def _against_datasette(ours: Stream, peer: Stream) -> Finding:
    # Rows, not bytes: the same row has other bytes in another program's file.
    mine, theirs = ours.lines / ours.seconds, peer.lines / peer.seconds
    ratio = mine / theirs
    return Finding(
        what="the same beside Datasette's stream of the same rows",
        target=f"≥ {TIMES_DATASETTE} ×",
        measured=f"{mine:,.0f} rows a second",
        against=f"Datasette: {theirs:,.0f} rows a second ({_speed(peer)})",
        ratio=f"{ratio:.1f} ×",
        is_met=ratio >= TIMES_DATASETTE,
        figures={"rows_a_second": mine, "datasette_rows_a_second": theirs},
    )


def _memory(samples: list[int]) -> Finding:
    growth = max(samples) - samples[0]
    return Finding(
        what="memory of the web server while it sends the file",
        target=f"grows by ≤ {size(MOST_MEMORY)}",
        measured=f"grows by {size(growth)}, from {size(samples[0])} to {size(max(samples))}",
        is_met=growth <= MOST_MEMORY,
        figures={"growth_bytes": growth, "before_bytes": samples[0]},
    )


def _speed(stream: Stream) -> str:
    return f"{size(stream.speed)}/s"
