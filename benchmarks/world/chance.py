"""Uneven choices."""

from bisect import bisect
from collections.abc import Sequence
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

Thing = TypeVar("Thing")


class Skew(Generic[Thing]):
    """Things of which the first is chosen most often: by Zipf's law, or by weights of their own."""

    def __init__(
        self, things: Sequence[Thing], *, exponent: float = 1.0, weights: Sequence[float] = ()
    ) -> None:
        self.things = things
        weights = weights or [1 / (rank + 1) ** exponent for rank in range(len(things))]
        self.up_to = list(accumulate(weights))
        self.total = self.up_to[-1]

    def one(self, random: Random) -> Thing:
        return self.things[min(bisect(self.up_to, random.random() * self.total), self.last)]

    def some(self, random: Random, count: int) -> list[Thing]:
        """Return up to `count` different things, in the order in which they came."""
        return list(dict.fromkeys(self.one(random) for _ in range(count)))

    @property
    def last(self) -> int:
        return len(self.things) - 1


def shares(total: int, parts: int, *, exponent: float) -> list[int]:
    """Divide a number by Zipf's law, so that nothing is left."""
    weights = [1 / (rank + 1) ** exponent for rank in range(parts)]
    found = [int(total * weight / sum(weights)) for weight in weights]
    found[0] += total - sum(found)
    return found
