"""Readers who turn pages: `python -m benchmarks.crowd < order.json`, which answers with figures.

A program of its own, so that it takes no time from whoever edits meanwhile.
"""

import http.client
import json
import sys
import threading
import time
from collections import defaultdict
from dataclasses import dataclass, field
from random import Random
from typing import Any
from urllib.parse import urlsplit

TIMEOUT = 60


@dataclass
class Crowd:
    """So many readers, who ask for one of the visits' addresses after the other, and then read."""

    host: str
    visits: list[list[str]]
    readers: int
    seconds: float
    #: How long a page is read: on average, drawn from an exponential distribution.
    reading: float
    #: How long each answer took, by its address.
    waits: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)

    def read(self) -> dict[str, Any]:
        threads = [
            threading.Thread(target=self._one, args=(Random(number),))
            for number in range(self.readers)
        ]
        begin = time.monotonic()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return {
            "waits": self.waits,
            "errors": self.errors,
            "seconds": time.monotonic() - begin,
        }

    def _one(self, random: Random) -> None:
        finish = time.monotonic() + self.seconds
        # They do not all arrive at once.
        time.sleep(random.random() * self.reading)
        while time.monotonic() < finish:
            connection = http.client.HTTPConnection(self.host, timeout=TIMEOUT)
            for path in random.choice(self.visits):
                self._ask(connection, path)
            connection.close()
            if self.reading:
                time.sleep(min(random.expovariate(1 / self.reading), 4 * self.reading))

    def _ask(self, connection: http.client.HTTPConnection, path: str) -> None:
        begin = time.perf_counter()
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:
                self.errors.append(f"{answer.status} {path}")
        except (OSError, http.client.HTTPException) as error:
            self.errors.append(f"{type(error).__name__} {path}")
            connection.close()
        self.waits[path].append(time.perf_counter() - begin)


def main() -> None:
    order = json.load(sys.stdin)
    url = order.pop("url")
    json.dump(Crowd(host=urlsplit(url).netloc, **order).read(), sys.stdout)


if __name__ == "__main__":
    main()
