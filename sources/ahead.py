"""Reading ahead: the next part of something long is made while the one before it is used."""

import sys
from collections import deque
from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Lock
from typing import Final, TypeVar

from django.db import connection

Item = TypeVar("Item")

#: Seconds after which a thread that works lets another have its turn, instead of Python's 0.005:
#: who has waited for the database would wait as long again, for each of a thousand answers.
TURN: Final = 0.00002


def ahead(items: Generator[Item, None, None], *, depth: int = 1) -> Generator[Item, None, None]:
    """Yield the same, each made by a thread while the caller is busy with those before it.

    `depth`: so many are made, at most, before the caller asks for them. What makes them reads by a
    connection of that thread, which goes back to the pool at the end, also when the caller stops
    early; then whatever is being made is waited for. An error comes out in its place.
    """
    with short_turns(), ThreadPoolExecutor(1, "ahead") as thread:
        coming = deque(thread.submit(_next, items) for _ in range(depth))
        try:
            while found := coming.popleft().result():
                coming.append(thread.submit(_next, items))
                yield found[0]
                # Gone from memory before the next is asked for.
                del found
        finally:
            for each in coming:
                each.cancel()
            thread.submit(_end, items).result()


def _next(items: Iterator[Item]) -> tuple[Item] | None:
    for item in items:
        return (item,)
    return None


def _end(items: Generator[Item, None, None]) -> None:
    """End what makes the items, and give this thread's connection back."""
    items.close()
    connection.close()


class _Turns:
    """How many blocks want short turns, and how long turns were before them."""

    lock = Lock()
    wanted = 0
    usual = 0.0


@contextmanager
def short_turns() -> Iterator[None]:
    """Let the threads of the process take short turns while a block runs."""
    with _Turns.lock:
        if not _Turns.wanted:
            _Turns.usual = sys.getswitchinterval()
            sys.setswitchinterval(TURN)
        _Turns.wanted += 1
    try:
        yield
    finally:
        with _Turns.lock:
            _Turns.wanted -= 1
            if not _Turns.wanted:
                sys.setswitchinterval(_Turns.usual)
