"""Programs that the benchmark runs beside itself, and what they take of the machine's memory."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from config.embedded import CHECKOUT

START_SECONDS = 60
STOP_SECONDS = 20


class ProgramError(Exception):
    """A program did not do what it was started for. The message says what it said last."""


class Program:
    """One process in a session of its own; its output goes to a file."""

    def __init__(
        self, name: str, arguments: Sequence[str], log: Path, environment: Mapping[str, str] = {}
    ) -> None:
        self.name = name
        self.log = log
        with log.open("ab") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", *arguments],
                cwd=CHECKOUT,
                env={**os.environ, **environment},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def wait_for(self, words: str) -> None:
        """Wait until it has said these words."""
        deadline = time.monotonic() + START_SECONDS
        while words not in self.log.read_text():
            self._check(deadline)
            time.sleep(0.05)

    def wait_for_answer(self, url: str) -> None:
        """Wait until something, even an error, comes from an address."""
        deadline = time.monotonic() + START_SECONDS
        while not _answers(url):
            self._check(deadline)
            time.sleep(0.05)

    def _check(self, deadline: float) -> None:
        if self.process.poll() is not None or time.monotonic() > deadline:
            raise ProgramError(f"{self.name} did not start: {self.log.read_text()[-2000:]}")

    def stop(self) -> None:
        """Ask it to end; kill it, with its children, if it does not."""
        if self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            # The session is its own, so the group holds its children and nothing else.
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def memory(self) -> int:
        """Return the bytes that it and its children hold in memory."""
        return sum(_resident(pid) for pid in _family(self.process.pid))


@contextlib.contextmanager
def running(program: Program) -> Iterator[Program]:
    try:
        yield program
    finally:
        program.stop()


@contextlib.contextmanager
def watching_memory(program: Program, *, every: float = 0.1) -> Iterator[list[int]]:
    """Yield a list to which the program's memory is added at intervals, in seconds.

    A look takes the kernel some 3 ms for each process of the program, and holds that one up: seldom
    where time is measured as well.
    """
    samples = [program.memory()]
    finished = threading.Event()

    def watch() -> None:
        while not finished.wait(every):
            samples.append(program.memory())

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield samples
    finally:
        finished.set()
        watcher.join()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(url: str) -> bool:
    try:
        urllib.request.urlopen(url, timeout=60).close()
    except urllib.error.HTTPError as error:
        error.close()
    except OSError:
        return False
    return True


def _family(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [pid, *(each for child in children for each in _family(int(child)))]


def _resident(pid: int) -> int:
    """Return a process's own memory, without what it shares with the one that forked it."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(1024 * int(line.split()[1]) for line in lines if line.startswith("Pss:"))
