"""Reading ahead: the next part of a file is read while the one before it is sent."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import connection

Item = TypeVar("Item")


def ahead(items: Iterator[Item]) -> Iterator[Item]:
    """Yield the same, each made by a thread while the caller is busy with the one before it.

    What makes them reads by a connection of that thread, which goes back to the pool at the end,
    also when the caller stops early; then whatever is being made is waited for. An error comes out
    in its place among the items. The caller's own connection goes back before, so that a download
    has one; outside of a transaction it comes again when it is needed.
    """
    if not connection.in_atomic_block:
        connection.close()
    with ThreadPoolExecutor(1, "ahead") as thread:
        try:
            coming = thread.submit(_next, items)
            while found := coming.result():
                coming = thread.submit(_next, items)
                yield found[0]
                # Gone from memory before the next is asked for.
                del found
        finally:
            thread.submit(_let_go).result()


def _next(items: Iterator[Item]) -> tuple[Item] | None:
    for item in items:
        return (item,)
    return None


def _let_go() -> None:
    """Give this thread's connection back."""
    connection.close()
