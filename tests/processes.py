"""Fixtures that run the real programs: a Celery worker, and gunicorn.

Both need rows that are committed, so a test that uses them is marked
`django_db(transaction=True)`; the fixtures ask for that database themselves.
"""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
import redis
from django.conf import settings
from django.db import connection

from config import embedded

CHECKOUT = Path(__file__).resolve().parent.parent
START_TIMEOUT = 30
STOP_TIMEOUT = 15


def database_address() -> str:
    """Return the address of the database that this test process uses."""
    found = connection.settings_dict
    user = quote(found["USER"]) + (f":{quote(found['PASSWORD'])}" if found["PASSWORD"] else "")
    if found["HOST"].startswith("/"):
        return f"postgres://{user}@/{found['NAME']}?host={quote(found['HOST'])}"
    port = f":{found['PORT']}" if found["PORT"] else ""
    return f"postgres://{user}@{found['HOST']}{port}/{found['NAME']}"


class Process:
    """A program of the site on the test database, and its output."""

    def __init__(self, arguments: list[str], log: Path, keep: tuple[int, ...] = ()) -> None:
        self.arguments = arguments
        #: Files that stay open in it, by their numbers.
        self.keep = keep
        self.log = log
        self.popen: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        assert self.popen is not None
        return self.popen.pid

    def start(self) -> None:
        environment = {
            **os.environ,
            "DATABASE_URL": database_address(),
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            # It is not itself a test worker: its addresses are complete.
            "PYTEST_XDIST_WORKER": "",
        }
        with self.log.open("ab") as output:
            self.popen = subprocess.Popen(
                [sys.executable, "-m", *self.arguments],
                cwd=CHECKOUT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                pass_fds=self.keep,
            )

    def has_ended(self) -> bool:
        """Return whether it ended by itself."""
        return self.popen is not None and self.popen.poll() is not None

    def kill(self) -> None:
        """Kill it and its children at once, as a power cut would."""
        if self.popen is not None:
            with contextlib.suppress(ProcessLookupError):
                # The session is its own, so the group holds its children and nothing else.
                os.killpg(self.popen.pid, signal.SIGKILL)
            self.popen.wait()
            self.popen = None

    def stop(self) -> None:
        """Ask it to end, and kill what does not."""
        if self.popen is None:
            return
        self.popen.terminate()
        try:
            self.popen.wait(STOP_TIMEOUT)
        except subprocess.TimeoutExpired:
            self.kill()
        self.popen = None

    def fail(self, sentence: str) -> None:
        pytest.fail(f"{sentence}\n{self.log.read_text()[-5000:]}", pytrace=False)


class CeleryWorker(Process):
    """A real worker on the real broker."""

    def start(self) -> None:
        # A worker that is started again goes on with its log.
        begun = len(self.log.read_bytes()) if self.log.exists() else 0
        super().start()
        deadline = time.monotonic() + START_TIMEOUT
        while b" ready." not in self.log.read_bytes()[begun:]:
            assert self.popen is not None
            if self.popen.poll() is not None or time.monotonic() > deadline:
                self.fail("the Celery worker did not start")
            time.sleep(0.05)


@pytest.fixture
def broker() -> Iterator[redis.Redis]:
    """The broker of this test process, emptied."""
    with redis.Redis.from_url(settings.REDIS_URL) as client:
        client.flushdb()
        yield client
        client.flushdb()


@pytest.fixture
def own_broker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[embedded.Valkey]:
    """A Valkey of this test's own, to stop, kill and start."""
    server = embedded.Valkey(tmp_path, throwaway=True)
    monkeypatch.setenv("REDIS_URL", server.url)
    lease = server.acquire()
    yield server
    lease.release()


@pytest.fixture
def celery_worker(
    transactional_db: None, broker: redis.Redis, tmp_path: Path
) -> Iterator[CeleryWorker]:
    """A running worker; `.kill()`, `.stop()` and `.start()` are for tests of faults."""
    arguments = [
        "celery",
        "-A",
        "config",
        "worker",
        "--concurrency=1",
        "--loglevel=INFO",
    ]
    arguments += ["--without-mingle", "--without-gossip"]
    worker = CeleryWorker(arguments, tmp_path / "celery.log")
    try:
        worker.start()
        yield worker
    finally:
        worker.stop()


@pytest.fixture
def site(transactional_db: None, tmp_path: Path) -> Iterator[str]:
    """The address of a real gunicorn on the test database (`live_server` is the light one)."""
    with serving(tmp_path) as address:
        yield address


@contextlib.contextmanager
def serving(directory: Path) -> Iterator[str]:
    """Run a gunicorn on the test database for a block; yield its address."""
    # Bound here and handed on: a port that is only looked up may be somebody else's by then.
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"127.0.0.1:{listener.getsockname()[1]}"
        bound = f"fd://{listener.fileno()}"
        arguments = ["gunicorn", "config.wsgi", "--bind", bound, "--threads", "4"]
        server = Process(arguments, directory / "gunicorn.log", keep=(listener.fileno(),))
        yield from _served(server, address)


def _served(server: Process, address: str) -> Iterator[str]:
    try:
        server.start()
        deadline = time.monotonic() + START_TIMEOUT
        while not answers(f"http://{address}/"):
            assert server.popen is not None
            if server.popen.poll() is not None or time.monotonic() > deadline:
                server.fail("gunicorn did not start")
            time.sleep(0.05)
        yield f"http://{address}"
    finally:
        server.stop()


def answers(url: str) -> bool:
    """Return whether anything, even an error, comes back."""
    try:
        urllib.request.urlopen(url, timeout=5).close()
    except urllib.error.HTTPError as error:
        error.close()
    except OSError:
        return False
    return True
