"""The servers of a test session: started once, shared by all its workers."""

import os
import secrets
import shutil
import tempfile
from pathlib import Path

from config import embedded


class Servers:
    """The embedded servers that this process started, in a home of their own."""

    def __init__(self) -> None:
        self.home: Path | None = None
        self.wanted: list[embedded.Server] = []
        self.leases: list[embedded.Lease] = []

    def start(self) -> None:
        try:
            for server in self.wanted:
                self.leases.append(server.acquire())
        except embedded.EmbeddedError:
            self.stop()
            raise

    def stop(self) -> None:
        while self.leases:
            self.leases.pop().release()
        if self.home is not None:
            shutil.rmtree(self.home, ignore_errors=True)
            self.home = None


SERVERS = Servers()

#: Names this session, and with it the template of its databases.
SESSION = os.environ.setdefault("TRUCELINE_TEST_SESSION", secrets.token_hex(4))


def prepare_environment() -> None:
    """Put into the environment what the settings are to read.

    The first process of a session names the addresses of servers that it will start itself; the
    workers that it starts inherit them, and take a Redis database of their own.
    """
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    inherited = "TRUCELINE_TEST" in os.environ
    if not inherited:
        os.environ["TRUCELINE_TEST"] = "yes"
        SERVERS.home = Path(tempfile.mkdtemp(prefix="truceline-test-"))
        # PostgreSQL's own account passes through it when the tests run as root.
        SERVERS.home.chmod(0o711)
        # Whitenoise warns about a directory that is not there.
        (SERVERS.home / "static").mkdir()
        os.environ["TRUCELINE_HOME"] = str(SERVERS.home)
        for variable, server in (
            ("DATABASE_URL", embedded.Postgres(SERVERS.home, throwaway=True)),
            ("REDIS_URL", embedded.Valkey(SERVERS.home, throwaway=True)),
        ):
            if not os.environ.get(variable):
                os.environ[variable] = server.url
                SERVERS.wanted.append(server)
    if worker:
        os.environ["REDIS_URL"] = numbered(os.environ["REDIS_URL"], int(worker.removeprefix("gw")))
    os.environ["PRODUCTION"] = "off"
    os.environ["DEBUG"] = "off"
    os.environ["STATIC_MANIFEST"] = "off"


def numbered(redis_url: str, number: int) -> str:
    """Return the address of another database of the same Redis."""
    if redis_url.startswith("unix://"):
        return f"{redis_url.partition('?')[0]}?db={number}"
    scheme, _, rest = redis_url.partition("://")
    return f"{scheme}://{rest.partition('/')[0]}/{number}"
