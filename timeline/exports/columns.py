"""Columns: each says its name, what it is, how to read it, and how the database works it out."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Final

from sources.spreadsheets import FORMULA

FORMAT: Final = 1
"""Of the files' columns: raise it with a column, which then says `since`.

Each revision keeps the number that it was written under, and with it its columns.
"""
VERSION: Final = 2
"""Of what the files' bytes are: raise it when the same revision would give others."""
SEPARATOR: Final = "; "

_FIRST_OF_FORMULA = ", ".join(str(ord(sign)) for sign in "'=+-@\t\r\n＝＋－＠")


class Shape(Enum):
    """What the cells of a column are."""

    TEXT = "text"
    """Words that somebody wrote: made harmless for spreadsheets in CSV and Excel."""
    LIST = "list"
    """Several texts: joined in a table, a list in JSON."""
    CODE = "code"
    """A code, an id, a date or an address: nothing that a spreadsheet would run."""
    CODES = "codes"
    """Several codes or ids."""
    NUMBER = "number"
    """A number, with its minus; empty is not zero."""
    BOOLEAN = "boolean"
    """true or false."""

    @property
    def is_several(self) -> bool:
        return self in (Shape.LIST, Shape.CODES)

    @property
    def is_free(self) -> bool:
        return self in (Shape.TEXT, Shape.LIST)

    @property
    def is_text(self) -> bool:
        return self not in (Shape.NUMBER, Shape.BOOLEAN)


@dataclass(frozen=True)
class Column:
    """One column of a table, the same in CSV, JSON, Excel, the codebook and the API's description.

    `expression` is SQL over the statement of its table; empty text and NULL both mean “not
    recorded”, and nothing stands in the cell.
    """

    name: str
    label: str
    help: str
    shape: Shape
    expression: str
    since: int = 1
    """The first format that has it."""

    @property
    def as_value(self) -> str:
        """Return SQL for its value, by its name."""
        return f'{self.expression} AS "{self.name}"'

    @property
    def as_flat_value(self) -> str:
        """Return the same with several texts joined."""
        if not self.shape.is_several:
            return self.as_value
        return f"array_to_string({self.expression}, '{SEPARATOR}') AS \"{self.name}\""

    @property
    def as_cell(self) -> str:
        """Return SQL for its cell of a flat table, from the flat value of the same name."""
        value = f'value."{self.name}"'
        return _guarded(value) if self.shape.is_free else f"nullif({value}::text, '')"

    @property
    def as_typed_cell(self) -> str:
        """Return SQL for its cell where text cannot be a formula, from the flat value."""
        value = f'value."{self.name}"'
        return f"nullif({value}::text, '')" if self.shape.is_text else value

    @property
    def as_member(self) -> str:
        """Return SQL for its member of a JSON object, from the value of the same name."""
        value = f'value."{self.name}"'
        if self.shape.is_several:
            return f"coalesce({value}, '{{}}') AS \"{self.name}\""
        if self.shape.is_text:
            return f"nullif({value}::text, '') AS \"{self.name}\""
        return f'{value} AS "{self.name}"'


def column(
    name: str,
    help_text: str,
    *,
    label: str = "",
    shape: Shape = Shape.TEXT,
    sql: str = "",
    since: int = 1,
) -> Column:
    """Return a column; its label and its SQL follow from its name where none is given."""
    words = label or name.replace("_", " ")
    return Column(name, words[0].upper() + words[1:], help_text, shape, sql or name, since)


def code(name: str, help_text: str, *, label: str = "", sql: str = "", since: int = 1) -> Column:
    return column(name, help_text, label=label, shape=Shape.CODE, sql=sql, since=since)


def number(name: str, help_text: str, *, label: str = "", sql: str = "", since: int = 1) -> Column:
    return column(name, help_text, label=label, shape=Shape.NUMBER, sql=sql, since=since)


def truth(name: str, help_text: str, *, label: str = "", sql: str = "", since: int = 1) -> Column:
    return column(name, help_text, label=label, shape=Shape.BOOLEAN, sql=sql, since=since)


def of_format(columns: Iterable[Column], version: int) -> tuple[Column, ...]:
    """Return the columns that files of this format have, in their order."""
    return tuple(each for each in columns if each.since <= version)


def _guarded(value: str) -> str:
    """Return SQL for a text that no spreadsheet runs; the rule of sources.spreadsheets.guard."""
    pattern = FORMULA.replace("'", "''")
    return (
        f"CASE WHEN ascii({value}) IN ({_FIRST_OF_FORMULA}) AND {value} ~ '^{pattern}' "
        f"THEN '''' || {value} ELSE nullif({value}, '') END"
    )
