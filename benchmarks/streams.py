"""How fast a file comes."""

import shutil
import signal
import subprocess
import threading
import time
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

PIECE = 1 << 16


@dataclass(frozen=True)
class Stream:
    """What came of a file, and when."""

    octets: int
    lines: int
    seconds: float
    first_octet: float

    @property
    def speed(self) -> float:
        """Return bytes a second."""
        return self.octets / self.seconds


def download(url: str, *, into: Path | None = None, at_most: float | None = None) -> Stream:
    """Read an address to its end, or for so many seconds, into a file if one is given."""
    begin = time.perf_counter()
    with urllib.request.urlopen(url, timeout=600) as answer:
        return _read(answer, begin, into, at_most)


def has_psql() -> bool:
    return shutil.which("psql") is not None


def run_psql(arguments: Sequence[str], *, at_most: float) -> Stream:
    """Read what psql writes to its end, or for so many seconds."""
    begin = time.perf_counter()
    with subprocess.Popen(["psql", *arguments], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        enough = threading.Timer(at_most, process.terminate)
        enough.start()
        found = _read(process.stdout, begin, None, None)
        enough.cancel()
    if process.returncode not in (0, -signal.SIGTERM):
        raise RuntimeError(f"psql ended with {process.returncode}.")
    return found


def _read(file: "IO[bytes]", begin: float, into: Path | None, at_most: float | None) -> Stream:
    first, octets, lines = 0.0, 0, 0
    sink = into.open("wb") if into else None
    # What has arrived, without waiting for a whole piece.
    read = getattr(file, "read1", file.read)
    try:
        while piece := read(PIECE):
            first = first or time.perf_counter() - begin
            octets += len(piece)
            lines += piece.count(b"\n")
            if sink:
                sink.write(piece)
            if at_most is not None and time.perf_counter() - begin > at_most:
                break
    finally:
        if sink:
            sink.close()
    return Stream(octets, lines, time.perf_counter() - begin, first)
