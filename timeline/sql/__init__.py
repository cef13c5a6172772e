"""Statements in SQL, one file for each purpose."""

import re
from functools import cache
from importlib.resources import files


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
