"""Editors and readers at work while what they rely on is killed, at moments that nobody chose.

`TRUCELINE_STORM_SECONDS` makes the storm longer than a test run has time for.
"""

import contextlib
import csv
import http.client
import io
import os
import random
import signal
import threading
import time
import urllib.error
import urllib.request
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import psycopg
from kombu import Connection
from kombu.exceptions import OperationalError

from config import embedded
from config.celery import app
from config.environment import broker_url
from tests.processes import CeleryWorker, database_address

SECONDS = float(os.environ.get("TRUCELINE_STORM_SECONDS", "6"))
PAGES = ("/", "/timeline/", "/timeline/?kind=development", "/revisions/", "/readyz")
FILE = "/timeline.csv"
#: What a reader may be told while the database is being killed.
EXCUSED = {500, 502, 503}
NOT_OURS = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> ALL (%s)"
)

Key = tuple[str, int]


@dataclass
class Ledger:
    """What editors know of their edits: those that were acknowledged, and those in doubt."""

    acknowledged: dict[Key, list[str]] = field(default_factory=lambda: defaultdict(list))
    #: The connection died before the answer came: either may be true, until the next answer.
    in_doubt: dict[Key, list[str]] = field(default_factory=lambda: defaultdict(list))

    def possible(self, key: Key) -> set[str]:
        """Return the values that the row may have at the end."""
        return {*self.acknowledged[key][-1:], *self.in_doubt[key]}


@dataclass
class Storm:
    """One storm: call `rage`, then look at what is left."""

    site: str
    worker: CeleryWorker
    broker: embedded.Valkey
    #: The titles of these records are edited, half of them by each editor.
    records: Sequence[int]
    parties: Sequence[int]
    #: How many lines a whole file has.
    lines: int
    seed: int
    spared: Sequence[int] = ()
    """Processes of the database that are not killed: the test's own."""
    ledger: Ledger = field(default_factory=Ledger)
    wrong: list[str] = field(default_factory=list)
    answers: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    kills: list[str] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def rage(self, seconds: float = SECONDS) -> None:
        halves = [(self.records[half::2], self.parties[half::2]) for half in (0, 1)]
        threads = [
            *(
                threading.Thread(target=self._guarded, args=(self._edit, number, *half))
                for number, half in enumerate(halves)
            ),
            threading.Thread(target=self._guarded, args=(self._read_pages, 2)),
            threading.Thread(target=self._guarded, args=(self._read_files, 3)),
            threading.Thread(target=self._guarded, args=(self._wake, 4)),
        ]
        for thread in threads:
            thread.start()
        try:
            self._kill(random.Random(self.seed), time.monotonic() + seconds)
        finally:
            self.over.set()
            for thread in threads:
                thread.join()

    def _guarded(self, work: Callable[..., None], number: int, *rest: Sequence[int]) -> None:
        try:
            work(random.Random(f"{self.seed} {number}"), *rest)
        except Exception as error:
            self.wrong.append(f"{work.__name__}: {error!r}")

    # --- Editors ------------------------------------------------------------------------------

    def _edit(self, chance: random.Random, records: Sequence[int], parties: Sequence[int]) -> None:
        number = 0
        while not self.over.is_set():
            with self._connected() as connection:
                while not self.over.is_set():
                    number += 1
                    topic, table, column, ids = chance.choice(
                        [
                            ("record", "sources_record", "title", records),
                            ("record", "sources_record", "title", records),
                            ("party", "talks_party", "name", parties),
                        ]
                    )
                    chosen = chance.sample(list(ids), chance.randint(1, len(ids)))
                    value = f"{topic} {chance.getrandbits(32)}-{number}"
                    self._commit(connection, topic, table, column, chosen, value)
                    time.sleep(chance.uniform(0, 0.05))

    def _commit(
        self,
        connection: "psycopg.Connection[tuple[object, ...]]",
        topic: str,
        table: str,
        column: str,
        ids: Sequence[int],
        value: str,
    ) -> None:
        """Write a value to some rows in one transaction, and note what came of it."""
        unique = f"{column} = %s || ' of ' || id" if topic == "party" else f"{column} = %s"
        try:
            with connection.transaction():
                connection.execute(
                    f"UPDATE {table} SET {unique} WHERE id = ANY (%s)", [value, sorted(ids)]
                )
        except psycopg.OperationalError:
            for ref in ids:
                self.ledger.in_doubt[topic, ref].append(_written(topic, ref, value))
            raise
        for ref in ids:
            self.ledger.acknowledged[topic, ref].append(_written(topic, ref, value))
            self.ledger.in_doubt[topic, ref].clear()

    @contextlib.contextmanager
    def _connected(self) -> Iterator["psycopg.Connection[tuple[object, ...]]"]:
        """Yield a connection; that it was killed is no error of the editor's."""
        with contextlib.suppress(psycopg.OperationalError):
            connection = psycopg.connect(database_address(), autocommit=True)
            try:
                yield connection
            finally:
                connection.close()

    def _wake(self, chance: random.Random) -> None:
        """Send what a saved form sends, twice, so that two builders meet."""
        while not self.over.is_set():
            with (
                contextlib.suppress(OperationalError),
                Connection(broker_url(self.broker.url)) as broker,
            ):
                for _ in range(2):
                    app.send_task("timeline.build", connection=broker, retry=False)
            time.sleep(chance.uniform(0, 0.2))

    # --- Readers ------------------------------------------------------------------------------

    def _read_pages(self, chance: random.Random) -> None:
        while not self.over.is_set():
            path = chance.choice(PAGES)
            status, _ = self._get(path)
            if status != 200 and status not in EXCUSED:
                self.wrong.append(f"{path} answered {status}")

    def _read_files(self, chance: random.Random) -> None:
        while not self.over.is_set():
            status, body = self._get(FILE)
            if status == 200 and body is not None:
                rows = list(csv.reader(io.StringIO(body.decode(), newline="")))
                if len(rows) != self.lines + 1:
                    self.wrong.append(f"a file that seemed whole has {len(rows) - 1} lines")
            time.sleep(chance.uniform(0, 0.05))

    def _get(self, path: str) -> tuple[int, bytes | None]:
        """Return the status and the body; no body where the answer broke off, and says so."""
        try:
            with urllib.request.urlopen(f"{self.site}{path}", timeout=30) as response:
                status, body = response.status, response.read()
        except urllib.error.HTTPError as error:
            error.close()
            status, body = error.code, None
        except (http.client.IncompleteRead, ConnectionError):
            status, body = 200, None
        self.answers[str(status) if body is not None or status != 200 else "broken"] += 1
        return status, body

    # --- What dies ----------------------------------------------------------------------------

    def _kill(self, chance: random.Random, deadline: float) -> None:
        deaths: list[Callable[[], None]] = [
            self.kill_worker,
            self.kill_broker,
            *[self.kill_connections] * 4,
        ]
        # Each at least once, then whatever comes.
        order = chance.sample(deaths, len(deaths))
        while time.monotonic() < deadline or order:
            time.sleep(chance.uniform(0.02, 0.5))
            (order.pop() if order else chance.choice(deaths))()
            self.revive()

    def revive(self) -> None:
        """Start the worker again if it ended, as `make up` and the containers do.

        It may, when the broker is gone while it gives a message back: Celery's connection has
        lost its address by then (kombu's issue 582).
        """
        if self.worker.has_ended():
            self.worker.kill()
            self.worker.start()

    def kill_worker(self) -> None:
        self.kills.append("worker")
        self.worker.kill()
        self.worker.start()

    def kill_broker(self) -> None:
        self.kills.append("broker")
        pid = self.broker.pid()
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        if self.broker.process is not None:
            self.broker.process.wait()
        (self.broker.sockets / "valkey.sock").unlink(missing_ok=True)
        self.broker.start()

    def kill_connections(self) -> None:
        self.kills.append("connections")
        with psycopg.connect(database_address(), autocommit=True) as killer:
            own = killer.info.backend_pid
            killer.execute(NOT_OURS, [killer.info.dbname, [own, *self.spared]])


def _written(topic: str, ref: int, value: str) -> str:
    return f"{value} of {ref}" if topic == "party" else value
