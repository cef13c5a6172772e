"""Start servers, database, web, worker and beat; stop them on Ctrl-C."""

import contextlib
import fcntl
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from types import FrameType

from config import embedded
from config.up.addresses import check_broker, check_database
from config.up.children import Child
from config.up.errors import UpError

START_TIMEOUT = 60
LOOK_SECONDS = 0.3


class Up:
    """One run of `make up`."""

    def __init__(self) -> None:
        self.home = embedded.home()
        self.host = os.environ.get("HOST") or "127.0.0.1"
        self.port = port_number(os.environ.get("PORT") or "8000")
        self.stopping = threading.Event()
        self.leases: list[embedded.Lease] = []
        self.children: list[Child] = []

    def run(self) -> None:
        """Run until a signal, or until something cannot be kept running."""
        started = time.monotonic()
        check_port(self.host, self.port)
        embedded.prepare(self.home)
        with self.alone():
            try:
                self.start_servers()
                self.prepare()
                self.start_children()
                if not self.stopping.is_set():
                    self.say_welcome(time.monotonic() - started)
                self.watch()
            finally:
                self.stop()

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Refuse a second site on one home: two beats would do everything twice."""
        with (self.home / "up.lock").open("a+") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                file.seek(0)
                raise UpError(
                    f"Truceline already runs from {self.home} (process {file.read().strip()}): "
                    f"stop it, or set TRUCELINE_HOME to another directory."
                ) from None
            file.truncate(0)
            file.write(str(os.getpid()))
            file.flush()
            yield

    def start_servers(self) -> None:
        for variable, check, server in (
            ("DATABASE_URL", check_database, embedded.Postgres(self.home)),
            ("REDIS_URL", check_broker, embedded.Valkey(self.home)),
        ):
            if self.stopping.is_set():
                return
            address = os.environ.get(variable)
            if address:
                check(address)
            else:
                say(f"Starting the embedded {server.title} ...")
                self.leases.append(server.acquire())
                if not server.data.is_relative_to(self.home):
                    say(
                        f"  Its data is in {server.data}: under root {server.title} has an account "
                        f"of its own, which may not enter {self.home}."
                    )

    def prepare(self) -> None:
        """Bring database and files up to date, in a process of its own."""
        if self.stopping.is_set():
            return
        say("Preparing the database and the static files ...")
        log = self.home / "log" / "prepare.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", "config.up.prepare"],
                cwd=embedded.CHECKOUT,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            while process.poll() is None:
                if self.stopping.wait(0.1):
                    process.terminate()
                    process.wait()
                    return
        if process.returncode != 0:
            said = [line for line in log.read_text().splitlines() if line.strip()]
            raise UpError(f"{said[-1] if said else 'The preparation failed.'} (The log is {log}.)")

    def start_children(self) -> None:
        web = ["gunicorn", "config.wsgi", "--bind", f"{self.host}:{self.port}"]
        web += ["--workers", "2", "--threads", "4", "--graceful-timeout", "5"]
        worker = ["celery", "-A", "config", "worker", "--concurrency", "2"]
        # One worker has nobody to gossip with.
        worker += ["--loglevel", "INFO", "--without-gossip", "--without-mingle"]
        beat = ["celery", "-A", "config", "beat", "--loglevel", "INFO"]
        beat += ["--schedule", str(self.home / "beat"), "--pidfile", ""]
        for name, arguments, ready in (
            ("web", web, "Booting worker"),
            ("worker", worker, " ready."),
            ("beat", beat, "beat: Starting"),
        ):
            if self.stopping.is_set():
                return
            child = Child(name, arguments, ready, self.home / "log" / f"{name}.log")
            self.children.append(child)
            child.start()
        deadline = time.monotonic() + START_TIMEOUT
        while not self.stopping.wait(LOOK_SECONDS):
            self.look()
            if all(child.ready.is_set() for child in self.children) and self.answers():
                return
            if time.monotonic() > deadline:
                late = [child.name for child in self.children if not child.ready.is_set()]
                raise UpError(
                    f"The site did not answer within {START_TIMEOUT} seconds "
                    f"(waiting for {', '.join(late) or 'web'}); see {self.home / 'log'}."
                )

    def watch(self) -> None:
        while not self.stopping.wait(LOOK_SECONDS):
            self.look()

    def look(self) -> None:
        """Start again what has died."""
        for lease in self.leases:
            if lease.server.pid() is None:
                say(f"The embedded {lease.server.title} has ended; it is started again.")
                with lease.server.locked():
                    lease.server.start()
        for child in self.children:
            child.look()

    def answers(self) -> bool:
        """Return whether the web server takes a connection."""
        try:
            socket.create_connection((connectable(self.host), self.port), timeout=1).close()
        except OSError:
            return False
        return True

    def stop(self) -> None:
        """Stop what this run started: beat first, so that nothing new is sent; servers last."""
        if self.children:
            say("Stopping ...")
        for child in reversed(self.children):
            child.stop()
        while self.leases:
            lease = self.leases.pop()
            if not lease.release():
                say(f"The embedded {lease.server.title} stays for another command that uses it.")

    def say_welcome(self, seconds: float) -> None:
        address = f"http://{connectable(self.host)}:{self.port}/"
        credentials = self.home / "credentials"
        lines = ["", "=" * 72, f"  Truceline is at {address}  (started in {seconds:.1f} s)", ""]
        new = credentials.with_suffix(".new")
        if new.exists():
            # Shown once; afterwards only the file knows.
            lines += [f"  {line}" for line in credentials.read_text().splitlines()]
            lines += [f"  These passwords are shown once and kept in {credentials}.", ""]
            new.unlink()
        elif credentials.exists():
            lines += [f"  Editors log in at {address}admin/; passwords: {credentials}", ""]
        else:
            lines += [f"  Editors log in at {address}admin/ with their own accounts.", ""]
        lines += [f"  Logs: {self.home / 'log'}", "  Stop: Ctrl-C", "=" * 72, ""]
        say("\n".join(lines))


def port_number(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise UpError(f"PORT is {text!r}; it must be a number from 1 to 65535.")
    return int(text)


def check_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise UpError(
                f"Port {port} on {host} cannot be used ({error.strerror}): stop what listens "
                f"there, or choose another, for example PORT={port % 65000 + 1} make up."
            ) from None


def connectable(host: str) -> str:
    """Return where a server that listens on a host is reached from here."""
    return {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)


def say(text: str) -> None:
    print(text, flush=True)


def main() -> None:
    try:
        up = Up()

        def ask_to_stop(number: int, frame: FrameType | None) -> None:
            up.stopping.set()

        # Explicitly: a shell starts its background jobs with SIGINT ignored.
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, ask_to_stop)
        up.run()
    except (UpError, embedded.EmbeddedError) as failure:
        sys.exit(str(failure))


if __name__ == "__main__":
    main()
