"""Our own file of everything, kept for the peers that are given the same rows."""

from dataclasses import dataclass
from pathlib import Path

from benchmarks.measuring import duration
from benchmarks.peers import datasette
from benchmarks.run import Run, say
from benchmarks.site import Site
from benchmarks.streams import download


@dataclass(frozen=True)
class FlatRows:
    """The file, and the same in SQLite."""

    file: Path
    database: Path
    rows: int


def load(run: Run, site: Site) -> FlatRows:
    """Return the rows of the largest world, which the site shows; they are fetched once a run."""
    file, database = run.home / "rows.csv", run.home / "rows.db"
    if not database.exists():
        say("  the same rows in SQLite, for Datasette ...")
        stream = download(f"{site.url}/timeline.csv", into=file)
        say(f"  fetched in {duration(stream.seconds)}")
        rows = datasette.load(file, database)
        run.flat_rows = rows
    return FlatRows(file, database, run.flat_rows)
