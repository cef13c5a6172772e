"""Lines of the CSV that are kept from the last time that somebody made them.

They are right as of one revision. What has changed between that and another one the versioned
tables tell, so a reader of any revision near it takes the lines that are the same in both.
"""

from collections.abc import Iterator
from math import ceil
from typing import Any, Final, NamedTuple

from django.db import connection

from timeline.models import KeptAsOf
from timeline.queries.chunks import PIECE, Chunk
from timeline.queries.keyset import Order
from timeline.sql import sql

#: Stands in a kept line for the address of the site. No text of the database can hold it.
SITE: Final = b"\0"
#: Stands for a line that is not kept.
_MISSING: Final = b"\0\0"

#: If more lines than these differ, all are made afresh: to pass each of them over costs as much.
MOST_STALE: Final = 50_000
#: Up to so many are passed on as they are: to find those of a chunk would cost more.
_FEW_STALE: Final = 500

_NOT_KEPT: Final = """
    SELECT coalesce(array_agg(id ORDER BY line), '{}')
    FROM unnest(%(ids)s::bigint[], %(sort_keys)s::bigint[]) WITH ORDINALITY
        AS wanted(id, sort_key, line)
    WHERE NOT EXISTS (SELECT FROM timeline_keptline AS kept WHERE kept.sort_key = wanted.sort_key)
"""


class Kept(NamedTuple):
    """What is kept of some lines."""

    lines: bytes
    """In their order. SITE stands where the address of the site belongs."""
    missing: list[int]
    """The entries of which nothing is kept."""

    def filled(self, made: Iterator[bytes]) -> bytes:
        """Return the lines, with the missing ones taken from those that were made."""
        if not self.missing:
            return self.lines
        first, *others = self.lines.split(_MISSING)
        return b"".join((first, *(each for piece in others for each in (next(made), piece))))


class KeptLines:
    """The kept lines that are right as of one revision; asked for within readings of it."""

    def __init__(self, revision: int, *, form: str) -> None:
        """Begin without a query. `form` is what beside the revision makes the bytes."""
        self._revision = revision
        self._form = form
        self._kept = revision
        self._stale: frozenset[int] | None = frozenset()

    def read(self, lines: Chunk, order: Order) -> list[Kept] | None:
        """Return what is kept of a chunk, in pieces; None where that would be of no use."""
        stale = self._differing()
        return None if stale is None else _read(lines, order, stale)

    def _differing(self) -> frozenset[int] | None:
        """Return the entries whose kept line is not right; None where none is known to be."""
        kept = KeptAsOf.objects.filter(form=self._form).values_list("revision", flat=True).first()
        if kept is None:
            return None
        if kept != self._kept:
            # Kept as of another revision since the last chunk.
            self._kept, self._stale = kept, _differing(kept, self._revision)
        return self._stale


def not_kept(lines: Chunk) -> Chunk:
    """Return those of a chunk that have no kept line."""
    with connection.cursor() as cursor:
        cursor.execute(_NOT_KEPT, {"ids": lines.ids, "sort_keys": lines.sort_keys})
        (missing,) = cursor.fetchone()
    return Chunk.of(missing)


def _read(lines: Chunk, order: Order, stale: frozenset[int]) -> list[Kept]:
    values: dict[str, Any] = {
        "ids": lines.ids,
        "sort_keys": lines.sort_keys,
        "size": lines.size,
        "piece": PIECE,
        "stale": list(stale if len(stale) <= _FEW_STALE else stale.intersection(lines.id_list)),
    }
    whole: list[bytes | None] = [None] * ceil(lines.size / PIECE)
    if not order.is_by_report:
        statement = sql("file_kept").format(towards="DESC" if order.descends else "ASC")
        whole = [piece for (piece,) in _copied(statement, ["bytea"], values)]
    values["pieces"] = [number for number, piece in enumerate(whole) if piece is None]
    partly = sql("file_kept_partly")
    others = iter(_copied(partly, ["bytea", "int8[]"], values) if values["pieces"] else [])
    return [Kept(*next(others)) if piece is None else Kept(piece, []) for piece in whole]


def _copied(statement: str, types: list[str], values: dict[str, Any]) -> list[tuple[Any, ...]]:
    # By COPY, which gives bytes as they are, where a plain answer would have them as digits.
    copy = connection.ops.compose_sql(  # type: ignore[attr-defined]  # the stubs lack it
        f"COPY ({statement}) TO STDOUT (FORMAT binary)", values
    )
    with connection.cursor() as cursor, cursor.copy(copy) as pieces:
        pieces.set_types(types)
        return list(pieces.rows())


def _differing(one: int, other: int) -> frozenset[int] | None:
    """Return the entries whose line may differ between two revisions; None where they are many."""
    values = {"since": min(one, other), "until": max(one, other), "most": MOST_STALE + 1}
    with connection.cursor() as cursor:
        cursor.execute(sql("file_stale"), values)
        found = frozenset(entry for (entry,) in cursor.fetchall())
    return found if len(found) <= MOST_STALE else None
