"""django-import-export, loading the flat rows of a file of events into one table of texts."""

import csv
from collections.abc import Sequence
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import connection, models

#: Its own advice for many rows: written in batches, without comparing them with what is there.
BULK = {"use_bulk": True, "batch_size": 1_000, "skip_diff": True, "skip_unchanged": False}


class Peer:
    """A table for flat rows, and the resource that loads them."""

    def __init__(self, columns: Sequence[str], *, bulk: bool) -> None:
        fields: dict[str, Any] = {
            name: models.TextField(blank=True, default="") for name in columns if name != "id"
        }
        # Of an app that is installed, as the peer asks; any will do.
        meta = type("Meta", (), {"app_label": "sessions", "db_table": f"bench_flat_{bulk:d}"})
        fields |= {"id": models.TextField(primary_key=True), "Meta": meta}
        self.model: type[models.Model] = type(
            f"FlatRow{bulk:d}", (models.Model,), {"__module__": __name__, **fields}
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


def read(file: Path, rows: int) -> Any:
    """Return the first rows of a file, as the peer takes them."""
    with file.open(encoding="utf-8", newline="") as lines:
        reader = csv.reader(lines)
        headers = next(reader)
        return import_module("tablib").Dataset(*islice(reader, rows), headers=headers)
