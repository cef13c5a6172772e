"""What differs between two revisions, as CSV: a row a field that changed, in words."""

import csv
import io
from collections.abc import Iterator
from typing import Final

from django.utils import translation

from sources.spreadsheets import guard
from timeline.queries import reading
from timeline.queries.differences import Difference, LineChange
from timeline.queries.selection import CHUNK, ENGLISH

COLUMNS: Final = (
    "id",
    "kind",
    "title",
    "what",
    "field",
    "before",
    "after",
    "url",
)


def csv_stream(difference: Difference, site: str) -> Iterator[bytes]:
    """Stream a difference: `what` is added, changed or removed; `page`, that only its page is."""
    yield _csv([COLUMNS])
    for start in range(0, len(difference), CHUNK):
        with reading(difference.last.number), translation.override(ENGLISH):
            changes = difference.told(start, start + CHUNK)
        yield _csv([row for change in changes for row in _rows(change, site)])


def _rows(change: LineChange, site: str) -> Iterator[tuple[str, ...]]:
    line = change.line
    about = (line.id, line.kind, line.title, change.what)
    url = f"{site}records/{line.id}/"
    for field in change.fields:
        yield (*about, field.name, field.before, field.after, url)
    if not change.fields:
        yield (*about, "page" if change.what == "changed" else "", "", "", url)


def _csv(rows: list[tuple[str, ...]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([guard(cell) for cell in row] for row in rows)
    return text.getvalue().encode()
