"""A whole list in chunks by keyset: the ids of each in one text, however many there are."""

from collections.abc import Sequence
from typing import Any, Final, NamedTuple, Self

from django.db import connection
from django.db.models import Q

from timeline.models.entry import SORT_KEY, EntryQuerySet
from timeline.queries.keyset import Cursor, Order

#: How many lines are one piece of a file. The memory of one piece (some 300 kB) serves the next; of
#: blocks of megabytes each thread that sends files would keep some.
PIECE: Final = 250


class Chunk(NamedTuple):
    """Some lines of a list, in its order."""

    ids: str
    """Of the entries, as PostgreSQL writes an array: it goes back there unread."""
    sort_keys: str
    """Where they stand in the order by date, whatever the list's own; an array like `ids`."""
    size: int
    next: Cursor | None
    """Where the next chunk begins; None behind the last."""

    @classmethod
    def of(cls, ids: Sequence[int]) -> Self:
        """Return some lines of a chunk as one of their own, which nothing follows."""
        return cls(f"{{{','.join(map(str, ids))}}}", "{}", len(ids), None)

    @property
    def id_list(self) -> list[int]:
        return [int(number) for number in self.ids.strip("{}").split(",") if number]


def chunk(entries: EntryQuerySet, *, order: Order, after: Cursor | None, limit: int) -> Chunk:
    """Return up to `limit` lines of a list from a cursor on. One query, one row."""
    # The day that it is ordered by is no field of the model's.
    found: Any = order.prepared(entries).annotate(sort_key=SORT_KEY)
    towards = "lt" if order.descends else "gt"
    if after is not None:
        found = found.filter(
            # The first condition is what an index can use; the second decides among ties.
            Q(**{f"ordered_on__{towards}e": after.day}),
            Q(**{f"ordered_on__{towards}": after.day})
            | Q(**{f"record_id__{towards}": after.record_id}),
        )
    sign = "-" if order.descends else ""
    found = found.order_by(f"{sign}ordered_on", f"{sign}record_id")
    statement, values = found.values("id", "ordered_on", "record_id", "sort_key")[
        :limit
    ].query.sql_with_params()
    with connection.cursor() as cursor:
        # The statement inside is Django's own, its values are apart.
        cursor.execute(
            "SELECT array_agg(id)::text, array_agg(sort_key)::text, count(*), "  # noqa: S608
            "(array_agg(ordered_on))[count(*)], (array_agg(record_id))[count(*)] "
            f"FROM ({statement}) AS line",
            values,
        )
        ids, sort_keys, size, day, record_id = cursor.fetchone()
    behind = Cursor(order, False, day, record_id) if size == limit else None
    return Chunk(ids or "{}", sort_keys or "{}", size, behind)
