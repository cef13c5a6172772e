"""What a stream of bytes was: its length and its SHA-256, by which a copy is proved whole."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple


class Digest(NamedTuple):
    sha256: str
    size: int
    """In bytes."""


def digest_of(stream: Iterable[bytes]) -> Digest:
    """Read a stream to its end and return what it was."""
    found: list[Digest] = []
    for _ in digesting(stream, found.append):
        pass
    return found[0]


def digesting(stream: Iterable[bytes], done: Callable[[Digest], object]) -> Iterator[bytes]:
    """Pass a stream on; say what it was when it has come to its end, and only then."""
    sha256, size = hashlib.sha256(), 0
    for piece in stream:
        sha256.update(piece)
        size += len(piece)
        yield piece
    done(Digest(sha256.hexdigest(), size))
