"""The locks of whoever writes what is derived: one a kind of work, held by one session."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.db import connection

from timeline.models import Revision

#: Names the lock of whoever hashes releases: “released” in ASCII.
RELEASES: Final = 0x7265_6C65_6173_6564
#: Names the lock of whoever keeps lines: “keptline” in ASCII.
LINES: Final = 0x6B65_7074_6C69_6E65


class InTransactionError(RuntimeError):
    """The lock was asked for inside a transaction."""


@contextmanager
def builders_lock() -> Iterator[bool]:
    """Hold the builders' lock for a block if nobody else does; yield whether we do.

    A session's lock, taken before the transaction begins: a transaction that waited for its lock
    would look at the world as it was before the wait. Raises `InTransactionError`.
    """
    if connection.in_atomic_block:
        raise InTransactionError("What writes the timeline must not run inside a transaction.")
    with held(Revision.LOCK) as is_ours:
        yield is_ours


@contextmanager
def held(lock: int) -> Iterator[bool]:
    """Hold a session's lock for a block if nobody else does; yield whether we do."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [lock])
        is_ours = bool(cursor.fetchone()[0])
        try:
            yield is_ours
        finally:
            # A connection that is gone has let go of the lock by itself.
            if is_ours and connection.connection is not None and not connection.connection.closed:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [lock])
