"""What the database's planner has to be told, as it cannot know it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def by_bitmap() -> Iterator[None]:
    """Let the planner look into indexes as a whole, for the length of a block in a transaction.

    For what may be as rare as a misspelt name: the planner takes each word and each party to be
    about as frequent as the next, expects to meet it soon, and reads a million entries in vain.
    """
    with _set(enable_seqscan="off", enable_indexscan="off"):
        yield


COUNTING_MEMORY = "64MB"
"""What counting some hundred thousand lines takes, which else go to a disk and come back."""


@contextmanager
def by_hashing() -> Iterator[None]:
    """Let the planner hash what it would sort, for the length of a block in a transaction.

    For sets of parties: they are many and unlike, and the planner takes them to be few.
    """
    with _set(enable_sort="off", work_mem=f"'{COUNTING_MEMORY}'"):
        yield


@contextmanager
def _set(**values: str) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("; ".join(f"SET LOCAL {name} = {value}" for name, value in values.items()))
        yield
        # After an error there is no transaction any more, and nothing to set back.
        cursor.execute("; ".join(f"SET LOCAL {name} TO DEFAULT" for name in values))
