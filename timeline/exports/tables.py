"""Tables: what a file holds a row of, with its columns and the statement that works them out."""

from dataclasses import dataclass
from typing import Final

from timeline.exports.columns import Column
from timeline.sql import sql

_PARTS: Final = ("file_chunk", "file_parties", "file_passages")


@dataclass(frozen=True)
class Table:
    """One kind of row, made from the lines of the timeline; a line may give none or several."""

    name: str
    label: str
    help: str
    columns: tuple[Column, ...]
    statement: str
    """Its name among the files of SQL."""

    def selecting(self, cells: str) -> str:
        """Return the table's statement with these cells, its parts put in."""
        text = sql(self.statement)
        for part in _PARTS:
            text = text.replace(f"{{{part}}}", sql(part))
        return text.replace("{cells}", cells)
