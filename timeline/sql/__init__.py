"""Statements in SQL, one file for each purpose."""

import re
from functools import cache
from importlib.resources import files

from django.db.backends.utils import CursorWrapper


@cache
def sql(name: str) -> str:
    """Return the text of `<name>.sql` in this package."""
    return files(__name__).joinpath(f"{name}.sql").read_text(encoding="utf-8")


@cache
def statements(name: str) -> tuple[str, ...]:
    """Return the statements of `<name>.sql` one by one, without their comments."""
    text = re.sub(r"^\s*--.*\n", "", sql(name), flags=re.MULTILINE)
    return tuple(
        filter(None, (each.strip() for each in re.split(r";\s*$", text, flags=re.MULTILINE)))
    )


def execute(cursor: CursorWrapper, statement: str) -> None:
    """Run a statement that takes no parameters; a per cent sign in it means itself.

    The history of a request puts parameters of its own before what runs inside it, and a statement
    that has any reads every per cent sign as the beginning of one. So it always has some: none.
    """
    cursor.execute(statement.replace("%", "%%"), ())
