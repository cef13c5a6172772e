"""The base of every test: the servers of the session, and nothing beyond this machine."""

import socket
from typing import Any

import pytest

from config import embedded
from tests.servers import SERVERS

pytest_plugins = [
    "tests.caching",
    "tests.database",
    "tests.processes",
    "tests.browser",
    "tests.roles",
]

LOOPBACK = ("127.0.0.1", "::1", "localhost")


def pytest_configure(config: pytest.Config) -> None:
    # Before xdist starts its workers, which inherit the addresses.
    if not hasattr(config, "workerinput"):
        try:
            SERVERS.start()
        except embedded.EmbeddedError as error:
            raise pytest.UsageError(str(error)) from None


def pytest_unconfigure() -> None:
    SERVERS.stop()


@pytest.fixture(autouse=True, scope="session")
def _only_this_machine() -> Any:
    """Refuse every connection that leaves the machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in LOOPBACK:
            raise PermissionError(f"a test tried to connect to {address[0]}")
        connect(self, address)

    patch = pytest.MonkeyPatch()
    patch.setattr(socket.socket, "connect", guarded)
    yield
    patch.undo()
