"""A full rebuild into an empty timeline, against a bare INSERT … SELECT of the same rows.

The floor writes verdicts, too, but works none out: so the statements that do (which pairs there
are, and the five answers to each) are taken from the time of the rebuild, and told beside it.
"""

from django.db import connection

from benchmarks.databases import ALL, bare_insert, derived_tables
from benchmarks.measuring import Finding, duration
from benchmarks.run import Run, say

MOST = 2.5


def measure(run: Run) -> list[Finding]:
    tables = [model._meta.db_table for model in derived_tables()]
    floors = {}
    for entries in run.sizes:
        run.use_anew(entries)
        say(f"  the floor: the rows of {entries:,} entries by bare INSERT … SELECT ...")
        floors[entries] = sum(bare_insert(dict.fromkeys(tables, ALL)).values())
    found = run.rebuilds[run.largest]
    bare = floors[run.largest]
    deriving = found.seconds - found.judging
    ratio, of_all = deriving / bare, found.seconds / bare
    figures: dict[str, float | str] = {
        "seconds": found.seconds,
        "floor_seconds": bare,
        "judging_seconds": found.judging,
        "rows": _rows(tables),
        "ratio": ratio,
        "ratio_with_verdicts": of_all,
    }
    figures |= {f"seconds_at_{size}": run.rebuilds[size].seconds for size in run.sizes}
    figures |= {f"floor_at_{size}": seconds for size, seconds in floors.items()}
    slowest = sorted(found.statements.items(), key=lambda item: -item[1])[:12]
    figures |= {f"statement: {head}": seconds for head, seconds in slowest}
    return [
        Finding(
            what="full rebuild into an empty timeline",
            target=f"≤ {MOST} × a bare INSERT … SELECT of the same rows with the same indexes, "
            "the verdict's joins told apart",
            measured=f"{duration(deriving)}, and {duration(found.judging)} for the verdict's joins",
            against=f"bare INSERT … SELECT: {duration(bare)}",
            ratio=f"{ratio:.2f} × ({of_all:.2f} × with the verdict's joins)",
            is_met=ratio <= MOST,
            figures=figures,
        )
    ]


def _rows(tables: list[str]) -> int:
    with connection.cursor() as cursor:
        counts = 0
        for table in tables:
            cursor.execute(f"SELECT count(*) FROM {table}")
            counts += cursor.fetchone()[0]
    return counts
