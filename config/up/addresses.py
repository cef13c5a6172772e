"""Whether the servers that the environment names can be reached."""

from urllib.parse import urlsplit

import psycopg
import redis

from config.up.errors import UpError

TIMEOUT = 5


def check_database(url: str) -> None:
    """Raise a failure that names PostgreSQL's address, without its password."""
    if urlsplit(url).scheme not in ("postgres", "postgresql"):
        raise UpError(
            "DATABASE_URL is not the address of a PostgreSQL: postgres://user:password@host/name."
        )
    try:
        psycopg.connect(url, connect_timeout=TIMEOUT).close()
    except psycopg.Error as error:
        raise UpError(
            f"PostgreSQL at {without_password(url)} (DATABASE_URL) cannot be used: {reason(error)}."
        ) from None


def check_broker(url: str) -> None:
    """Raise a failure that names Redis's address, without its password."""
    try:
        with redis.Redis.from_url(
            url, socket_connect_timeout=TIMEOUT, socket_timeout=TIMEOUT
        ) as client:
            client.ping()
    except (redis.RedisError, ValueError) as error:
        raise UpError(
            f"Redis at {without_password(url)} (REDIS_URL) cannot be used: {reason(error)}."
        ) from None


def without_password(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


def reason(error: Exception) -> str:
    """Return why a connection failed, without the advice that some drivers add."""
    lines = str(error).strip().splitlines()
    return lines[0].rpartition(" failed: ")[2].rstrip(".") if lines else type(error).__name__
