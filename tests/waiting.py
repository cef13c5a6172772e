"""Waiting for what other processes do."""

import time
from collections.abc import Callable

import pytest

from timeline import builder

PATIENCE = 30


def wait_for(condition: Callable[[], object], what: str, *, patience: float = PATIENCE) -> None:
    """Wait until the condition holds; fail with what was waited for."""
    deadline = time.monotonic() + patience
    while not condition():
        if time.monotonic() > deadline:
            pytest.fail(f"waited {patience:.0f} s for {what}")
        time.sleep(0.02)


def verified() -> builder.Difference:
    """Return what `verify` finds, once no builder is at work any more."""
    found: list[builder.Difference] = []

    def is_free() -> bool:
        try:
            found.append(builder.verify())
        except builder.BuilderBusyError:
            return False
        return True

    wait_for(is_free, "the other builder to end")
    return found[0]
