"""Reading ahead: the next part of a file is read while the one before it is sent."""

from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import connection

Item = TypeVar("Item")


def ahead(items: Generator[Item, None, None]) -> Generator[Item, None, None]:
    """Yield the same, each made by a thread while the caller is busy with the one before it.

    What makes them reads by a connection of that thread, which goes back to the pool at the end,
    also when the caller stops early; then whatever is being made is waited for. An error comes out
    in its place among the items.
    """
    with ThreadPoolExecutor(1, "ahead") as thread:
        try:
            coming = thread.submit(_next, items)
            while found := coming.result():
                coming = thread.submit(_next, items)
                yield found[0]
                # Gone from memory before the next is asked for.
                del found
        finally:
            thread.submit(_end, items).result()


def _next(items: Iterator[Item]) -> tuple[Item] | None:
    for item in items:
        return (item,)
    return None


def _end(items: Generator[Item, None, None]) -> None:
    """End what makes the items, and give this thread's connection back."""
    items.close()
    connection.close()
