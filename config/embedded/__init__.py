"""A real PostgreSQL and a real Valkey inside the checkout, for development and tests.

They are used where DATABASE_URL or REDIS_URL is not set. Both listen on a Unix socket only, in
a directory that only their owner may enter, so their addresses follow from TRUCELINE_HOME and
never collide. Whoever uses a server holds a lease (a shared lock that the kernel drops when the
process ends, however it ends); the last one to leave stops the server.
"""

import contextlib
import os
import sys
from collections.abc import Iterator

from config.embedded.places import CHECKOUT, EmbeddedError, home, prepare
from config.embedded.postgres import Postgres
from config.embedded.server import Lease, Server
from config.embedded.valkey import Valkey

__all__ = [
    "CHECKOUT",
    "EmbeddedError",
    "Lease",
    "Postgres",
    "Server",
    "Valkey",
    "database",
    "database_url",
    "home",
    "prepare",
    "redis_url",
]


def database_url() -> str:
    """Return the address of the embedded PostgreSQL, running or not."""
    return Postgres(home()).url


def redis_url() -> str:
    """Return the address of the embedded Valkey, running or not."""
    return Valkey(home()).url


@contextlib.contextmanager
def database() -> Iterator[None]:
    """Keep PostgreSQL running for the length of a block, unless DATABASE_URL names another."""
    if os.environ.get("DATABASE_URL"):
        yield
        return
    try:
        lease = Postgres(home()).acquire()
    except EmbeddedError as error:
        sys.exit(str(error))
    with lease:
        yield
