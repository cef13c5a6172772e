"""The site itself, as `make up` runs it: web, worker and clock on a database of the run."""

import http.client
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from benchmarks.databases import address
from benchmarks.forms import read_form
from benchmarks.programs import Program, free_port, running
from config.up.children import FRUGAL

USER = "bench"


@dataclass(frozen=True)
class Site:
    """A running site."""

    url: str
    web: Program
    worker: Program | None


@contextmanager
def open_site(home: Path, *, with_worker: bool = False) -> Iterator[Site]:
    """Run the site on the database in use, and stop it at the end."""
    environment = {**FRUGAL, "DATABASE_URL": address(), "LOG_LEVEL": "WARNING"}
    logs = home / "log"
    port = free_port()
    web = ["gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "2"]
    web += ["--threads", "4", "--graceful-timeout", "5"]
    worker = ["celery", "-A", "config", "worker", "--concurrency", "2", "--loglevel", "INFO"]
    worker += ["--without-gossip", "--without-mingle"]
    beat = ["celery", "-A", "config", "beat", "--loglevel", "INFO", "--pidfile", ""]
    beat += ["--schedule", str(home / f"beat-{port}")]
    with ExitStack() as programs:
        served = programs.enter_context(
            running(Program("web", web, logs / f"web-{port}.log", environment))
        )
        working = None
        if with_worker:
            working = programs.enter_context(
                running(Program("worker", worker, logs / f"worker-{port}.log", environment))
            )
            working.wait_for(" ready.")
            programs.enter_context(
                running(Program("beat", beat, logs / f"beat-{port}.log", environment))
            )
        served.wait_for_answer(f"http://127.0.0.1:{port}/healthz")
        yield Site(f"http://127.0.0.1:{port}", served, working)


class Browser:
    """A reader or editor without a screen: one connection that stays, and cookies."""

    def __init__(self, url: str) -> None:
        self.host = urlsplit(url).netloc
        self.connection = http.client.HTTPConnection(self.host, timeout=300)
        self.cookies: dict[str, str] = {}

    def close(self) -> None:
        self.connection.close()

    def get(self, path: str) -> tuple[int, bytes]:
        return self._ask("GET", path, None)

    def post(self, path: str, fields: list[tuple[str, str]]) -> tuple[int, bytes]:
        return self._ask("POST", path, urlencode(fields))

    def log_in(self, name: str, password: str) -> None:
        _, page = self.get("/admin/login/")
        fields = [*read_form(page.decode(), "login-form")]
        known = [field for field in fields if field[0] not in ("username", "password")]
        status, _ = self.post("/admin/login/", [*known, ("username", name), ("password", password)])
        if status != 302:
            raise RuntimeError(f"{name} could not log in: the admin answers {status}.")

    def _ask(self, method: str, path: str, body: str | None) -> tuple[int, bytes]:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["Referer"] = f"http://{self.host}{path}"
        try:
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
        except (http.client.RemoteDisconnected, ConnectionResetError):
            # The server lets go of a connection that was idle for two seconds: a new one.
            self.connection.close()
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
        for header in answer.headers.get_all("Set-Cookie", []):
            if found := re.match(r"([^=]+)=([^;]*)", header):
                self.cookies[found[1]] = found[2]
        return answer.status, answer.read()
