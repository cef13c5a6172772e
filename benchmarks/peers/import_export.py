"""django-import-export, loading the flat rows of a file of events into one table."""

import csv
from collections.abc import Sequence
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any, Final

from django.db import connection, models

#: Its own advice for many rows: written in batches, without comparing them with what is there.
BULK: Final = {"use_bulk": True, "batch_size": 1_000, "skip_diff": True, "skip_unchanged": False}

#: What the columns of an event hold that are no texts.
DATES: Final = frozenset({"date_start", "date_end"})
DEGREES: Final = frozenset({"latitude", "longitude"})
NUMBERS: Final = frozenset(
    {
        *("year", "active_year", "type_of_violence", "conflict_new_id", "dyad_new_id"),
        *("side_a_new_id", "gwnoa", "side_b_new_id", "gwnob", "number_of_sources", "where_prec"),
        *("priogrid_gid", "country_id", "event_clarity", "date_prec", "deaths_a", "deaths_b"),
        *("deaths_civilians", "deaths_unknown", "low", "best", "high"),
    }
)


class Peer:
    """A table for flat rows, and the resource that loads them."""

    def __init__(self, columns: Sequence[str], *, bulk: bool, texts: bool) -> None:
        """`texts`: every column is a text, so that nothing is read and nothing is refused. Else
        numbers, degrees and dates are read as such, as whoever wants to count by them needs.
        """
        name = f"Flat{'Texts' if texts else 'Rows'}{'Bulk' if bulk else ''}"
        fields = {
            column: models.TextField(primary_key=True)
            if column == "id"
            else _field("" if texts else column)
            for column in columns
        }
        # Of an app that is installed, as the peer asks; any will do.
        meta = type("Meta", (), {"app_label": "sessions", "db_table": f"bench_{name.lower()}"})
        self.model: type[models.Model] = type(
            name, (models.Model,), {"__module__": __name__, **fields, "Meta": meta}
        )
        # Only now: the tests run without the peers.
        resources = import_module("import_export.resources")
        options = type("Meta", (), {"model": self.model, **(BULK if bulk else {})})
        resource = type("FlatResource", (resources.ModelResource,), {"Meta": options})
        self.resource = resource()

    def load(self, rows: Any) -> None:
        """Load rows into a table made for them. Raises where one of them is refused."""
        with connection.schema_editor() as editor:
            editor.create_model(self.model)
        try:
            self.resource.import_data(rows, dry_run=False, raise_errors=True)
            if self.model._default_manager.count() != len(rows):
                raise RuntimeError("Not all rows arrived.")
        finally:
            with connection.schema_editor() as editor:
                editor.delete_model(self.model)


def _field(column: str) -> "models.Field[Any, Any]":
    if column in DATES:
        return models.DateField(null=True)
    if column in DEGREES:
        return models.FloatField(null=True)
    if column in NUMBERS:
        return models.IntegerField(null=True)
    return models.TextField(blank=True, default="")


def read(file: Path, rows: int) -> Any:
    """Return the first rows of a file, as the peer takes them."""
    with file.open(encoding="utf-8", newline="") as lines:
        reader = csv.reader(lines)
        headers = next(reader)
        return import_module("tablib").Dataset(*islice(reader, rows), headers=headers)
