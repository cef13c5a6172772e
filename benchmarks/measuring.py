"""Timing, and what a measurement has to say."""

import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(slots=True)
class Timing:
    """Seconds of one thing, measured several times."""

    samples: list[float] = field(default_factory=list)

    @contextmanager
    def once(self) -> Iterator[None]:
        begin = time.perf_counter()
        yield
        self.samples.append(time.perf_counter() - begin)

    @property
    def median(self) -> float:
        return statistics.median(self.samples)

    def percentile(self, percent: float) -> float:
        """Return the sample below which so many per cent lie; of few samples, the largest."""
        ordered = sorted(self.samples)
        return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]

    @property
    def spread(self) -> float:
        """Return the distance between the quartiles as a share of the median."""
        if len(self.samples) < 4:
            return 0.0
        low, _, high = statistics.quantiles(self.samples, n=4)
        return (high - low) / self.median

    def __str__(self) -> str:
        if len(self.samples) < 2:
            return duration(self.median)
        return f"{duration(self.median)} ± {50 * self.spread:.0f} %"


def interleaved(rounds: int, things: Mapping[str, Callable[[], object]]) -> dict[str, Timing]:
    """Time several things in turn (A B A B …), after one round of each that does not count.

    What drifts in the machine meanwhile drifts for all of them alike.
    """
    timings = {name: Timing() for name in things}
    for number in range(rounds + 1):
        for name, thing in things.items():
            begin = time.perf_counter()
            thing()
            if number:
                timings[name].samples.append(time.perf_counter() - begin)
    return timings


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the table: a target, and what came of it."""

    what: str
    target: str
    measured: str
    #: The floor or the peer of the same run, with its own figure.
    against: str = ""
    ratio: str = ""
    #: None where it could not be measured; `measured` says why.
    is_met: bool | None = None
    figures: Mapping[str, float | str] = field(default_factory=dict)

    def __str__(self) -> str:
        met = {True: "met", False: "NOT MET", None: "–"}[self.is_met]
        parts = [self.measured, self.ratio, f"({self.against})" if self.against else ""]
        return f"[{met}] {self.what}: {'; '.join(part for part in parts if part)}"


def unmeasured(what: str, target: str, why: str) -> Finding:
    return Finding(what, target, f"not measured: {why}")


def duration(seconds: float) -> str:
    """Word a time with three figures: 24.1 ms, 1.32 s, 2 min 5 s."""
    if seconds < 0.001:
        return f"{seconds * 1e6:.0f} µs"
    if seconds < 1:
        return f"{seconds * 1e3:.3g} ms"
    if seconds < 100:
        return f"{seconds:.3g} s"
    return f"{int(seconds) // 60} min {int(seconds) % 60} s"


def size(octets: float) -> str:
    """Word a number of bytes: 31 KB, 4.2 MB, 1.1 GB."""
    for unit, factor in (("GB", 1e9), ("MB", 1e6), ("KB", 1e3)):
        if octets >= factor:
            return f"{octets / factor:.3g} {unit}"
    return f"{octets:.0f} B"
