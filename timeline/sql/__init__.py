"""Statements in SQL, one file for each purpose."""

from importlib.resources import files


def sql(name: str) -> str:
    """Return the text of `<name>.sql` in this package."""
    return files(__name__).joinpath(f"{name}.sql").read_text(encoding="utf-8")
