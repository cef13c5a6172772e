"""How many entries a list has of each: one grouping each, over entries already filtered."""

from collections.abc import Iterable

from django.db import connection
from django.db.models import Count, F, Func, Q

from timeline.models.entry import EntryQuerySet
from timeline.sql import sql

Counts = dict[str, int]


def count_by(entries: EntryQuerySet, column: str) -> Counts:
    """Return how many entries have each code of a column, most first, then by code."""
    rows = entries.values_list(column).annotate(entries=Count("pk")).order_by("-entries", column)
    return dict(rows)


def count_origins(entries: EntryQuerySet) -> Counts:
    """Return how many entries rest on each origin; an entry with two is counted under both."""
    rows = (
        entries.annotate(origin=Func(F("origins"), function="unnest"))
        .values_list("origin")
        .annotate(entries=Count("pk"))
        .order_by("-entries", "origin")
    )
    return {origin: count for origin, count in rows if not origin.startswith("speaker:")}


def count_accused(entries: EntryQuerySet, revision: int) -> dict[int, int]:
    """Return how many entries accuse each party, itself or through its members of that date."""
    accusing = entries.filter(~Q(accused_ids=[]))
    columns = ("record_id", "accused_ids", "earliest", "latest")
    inner, parameters = accusing.values_list(*columns).query.sql_with_params()
    with connection.cursor() as cursor:
        statement = sql("accused").replace("{accusing}", inner)
        cursor.execute(statement, [*parameters, revision, revision])
        return dict(cursor.fetchall())


def outlet_ids(origins: Iterable[str]) -> list[int]:
    """Return the outlets among some origins."""
    return [int(origin.removeprefix("outlet:")) for origin in origins if ":" in origin]
