"""What the two embedded servers have in common: how they start, who uses them, how they stop."""

import contextlib
import fcntl
import os
import pwd
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from config.embedded.accounts import as_account
from config.embedded.places import EmbeddedError, prepare

START_TIMEOUT = 60
STOP_TIMEOUT = 30


@dataclass
class Lease:
    """One process's use of a server."""

    server: "Server"
    file: IO[str]

    def __enter__(self) -> "Lease":
        return self

    def __exit__(self, *exc: object) -> None:
        self.release()

    def release(self) -> bool:
        """Give the server up, and return whether it was stopped: whether nobody else uses it."""
        with self.server.locked():
            try:
                fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            else:
                self.server.stop()
                return True
            finally:
                self.file.close()


class Server:
    """What the two servers have in common: where they live, and who uses them."""

    name: str
    title: str
    # What asks it to end soon, without waiting for its clients.
    stop_signal: signal.Signals
    process: subprocess.Popen[bytes] | None = None

    def __init__(self, home: Path, *, throwaway: bool = False) -> None:
        self.home = home
        self.throwaway = throwaway

    @property
    def data(self) -> Path:
        raise NotImplementedError

    @property
    def log(self) -> Path:
        return self.home / "log" / f"{self.name}.log"

    @property
    def url(self) -> str:
        raise NotImplementedError

    def pid(self) -> int | None:
        """Return the running server's process id, None when it does not run."""
        raise NotImplementedError

    def start(self) -> None:
        raise NotImplementedError

    def stop(self) -> None:
        """Stop the server, whoever started it."""
        pid = self.pid()
        if pid is not None:
            os.kill(pid, self.stop_signal)
            deadline = time.monotonic() + STOP_TIMEOUT
            while self.pid() is not None and time.monotonic() < deadline:
                time.sleep(0.02)
        if self.process is not None:
            self.process.wait(STOP_TIMEOUT)

    def launch(self, *command: str | Path, owner: pwd.struct_passwd | None = None) -> bool:
        """Start the server's program, and return whether it came up."""
        with self.log.open("a") as log:
            # A child of ours, so that one that is killed is not left behind as a zombie, which
            # PostgreSQL would take for a running server.
            self.process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd="/",
                # Its own session: Ctrl-C reaches whoever asked, who then stops it in order.
                start_new_session=True,
                **as_account(owner),
            )
        deadline = time.monotonic() + START_TIMEOUT
        while not self.is_ready():
            if self.process.poll() is not None:
                return False
            if time.monotonic() > deadline:
                raise EmbeddedError(
                    f"The embedded {self.title} did not answer; its log is {self.log}."
                )
            time.sleep(0.02)
        return True

    def is_ready(self) -> bool:
        raise NotImplementedError

    def acquire(self) -> Lease:
        """Return a lease on the running server, having started it where it was not running."""
        prepare(self.home)
        with self.locked():
            file = (self.home / f"{self.name}.users").open("a")
            fcntl.flock(file, fcntl.LOCK_SH)
            if self.pid() is None:
                self.start()
            return Lease(self, file)

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Let one process at a time decide whether the server starts or stops."""
        with (self.home / f"{self.name}.lock").open("a") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


def running_pid(file: Path, program: str) -> int | None:
    """Return the process id in a pid file, if that process lives and is this program."""
    try:
        pid = int(file.read_text().split()[0])
        # A pid file outlives a crash, and its number may be somebody else's by now.
        name = Path(f"/proc/{pid}/comm").read_text().strip()
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (OSError, ValueError, IndexError):
        return None
    return pid if name == program and state != "Z" else None
