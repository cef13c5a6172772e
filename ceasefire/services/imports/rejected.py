"""The rows that did not go in, as a file to be corrected and brought in again."""

import csv
import io
import re
from collections.abc import Iterator
from typing import Any, Final

from ceasefire.models import ImportRow, ImportRun
from ceasefire.services.imports.reading import REASONS
from sources.spreadsheets import guard

#: A number, with its minus, is left alone: no spreadsheet runs it.
_NUMBER: Final = re.compile(r"[+-]?\d+(\.\d+)?")
CHUNK: Final = 500


def rejected_csv(run: ImportRun) -> Iterator[str]:
    """Yield the rows at fault as CSV: the file's columns, and the reasons in a last one.

    Cells that a spreadsheet would run are made harmless, which our import reverses.
    """
    columns: list[str] = []
    for row in run.rows.refused().in_order().iterator(chunk_size=CHUNK):
        if not columns:
            columns = list(row.raw)
            yield _line([*columns, REASONS])
        cells = [_cell(str(row.raw.get(column, ""))) for column in columns]
        yield _line([*cells, guard(reasons(row))])


def reasons(row: ImportRow) -> str:
    """Return what is wrong with a row, in one line: each fault with its column and value."""
    return " ".join(_in_words(finding) for finding in row.findings if finding["is_fault"])


def _in_words(finding: dict[str, Any]) -> str:
    if not finding["column"]:
        return str(finding["reason"])
    return f"{finding['column']} “{str(finding['value'])[:80]}”: {finding['reason']}"


def _cell(text: str) -> str:
    return text if _NUMBER.fullmatch(text) else guard(text)


def _line(cells: list[str]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerow(cells)
    return text.getvalue()
