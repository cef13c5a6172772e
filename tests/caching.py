"""The cache of the tests: of what one test kept, the next finds nothing.

Its database is new, and its revisions have the numbers and times of the last one's.
"""

import os
from itertools import count

import pytest

_numbers = count()
_current = 0


def key(text: str, prefix: str, version: int) -> str:
    """Return the key in Redis: of this process and this test alone."""
    return f"{prefix}:{os.getpid()}:{_current}:{version}:{text}"


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    global _current  # noqa: PLW0603 - every thread of the process shall see it
    _current = next(_numbers)
