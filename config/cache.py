"""The cache, which a page must be able to do without."""

import functools
import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)
# After a failure the server is left alone, so that a page waits for a dead one once, not twenty
# times.
PAUSE_SECONDS = 5


def tolerant(name: str, *, instead: Callable[..., Any]) -> Callable[..., Any]:
    """Return RedisCache's method of that name, which answers `instead` while Redis is gone."""
    method = getattr(RedisCache, name)

    @functools.wraps(method)
    def call(self: "TolerantRedisCache", *args: Any, **kwargs: Any) -> Any:
        if time.monotonic() < self.paused_until:
            return instead(*args, **kwargs)
        try:
            return method(self, *args, **kwargs)
        except RedisError as error:
            self.paused_until = time.monotonic() + PAUSE_SECONDS
            logger.warning("The cache does not answer and is passed over: %s", error)
            return instead(*args, **kwargs)

    return call


def no(*args: Any, **kwargs: Any) -> bool:
    return False


def nothing(*args: Any, **kwargs: Any) -> None:
    return None


def default(key: str, default: Any = None, version: int | None = None) -> Any:
    return default


def none_found(*args: Any, **kwargs: Any) -> dict[str, Any]:
    return {}


def all_failed(
    data: dict[str, Any], timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
) -> list[str]:
    return list(data)


class TolerantRedisCache(RedisCache):
    """Django's Redis cache; while Redis is gone nothing is found and nothing is kept."""

    paused_until = 0.0

    add = tolerant("add", instead=no)
    get = tolerant("get", instead=default)
    set = tolerant("set", instead=nothing)
    touch = tolerant("touch", instead=no)
    delete = tolerant("delete", instead=no)
    get_many = tolerant("get_many", instead=none_found)
    has_key = tolerant("has_key", instead=no)
    set_many = tolerant("set_many", instead=all_failed)
    delete_many = tolerant("delete_many", instead=nothing)

    def forget(self) -> None:
        """Delete all that this cache keeps, and nothing of others in the same database.

        `clear` would empty the broker as well. While Redis is gone nothing is found there either,
        and what it keeps runs out of itself.
        """
        try:
            client = self._cache.get_client(None, write=True)
            for key in client.scan_iter(match=self.make_key("*"), count=1_000):
                client.delete(key)
        except RedisError as error:
            logger.warning("The cache does not answer and is not emptied: %s", error)
