"""The whole run, and where its results go."""

import sys
import time
import traceback
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from benchmarks import machine
from benchmarks.databases import Databases, disconnect
from benchmarks.measures import MEASUREMENTS
from benchmarks.measuring import duration, unmeasured
from benchmarks.report import Measured, Report
from benchmarks.run import Run, say

SMALLER = (10_000, 100_000)


def run_all(
    home: Path, *, size: int, names: Sequence[str], seed: int, out: Path, template: str = ""
) -> Report:
    """Measure what is asked for, or everything, and write it into the page of results in `out`.

    `template` names a migrated, empty database, where there is one already.
    """
    unknown = set(names) - set(MEASUREMENTS)
    if unknown:
        sys.exit(f"There is no measurement “{unknown.pop()}”; there are {', '.join(MEASUREMENTS)}.")
    begin = time.monotonic()
    say("Preparing ...")
    sizes = [each for each in SMALLER if each < size] + [size]
    run = Run(home, sizes, Databases(seed, template))
    if not Path(settings.STATIC_ROOT).exists():
        call_command("collectstatic", interactive=False, verbosity=0)
    report = Report.read(out, list(MEASUREMENTS))
    for name, measure in MEASUREMENTS.items():
        if names and name not in names:
            continue
        load = machine.load()
        say(f"{name}  ({duration(time.monotonic() - begin)}, load {load:.1f})")
        began, started = datetime.now(UTC), time.monotonic()
        try:
            findings = measure(run)
        except Exception as error:  # the others must not be lost
            traceback.print_exc()
            findings = [unmeasured(name, "", f"{type(error).__name__}: {error}"[:200])]
        for finding in findings:
            say(f"  {finding}")
        found = Measured(
            sizes=sizes,
            seed=seed,
            load=load,
            seconds=time.monotonic() - started,
            began=f"{began:%Y-%m-%d %H:%M} UTC",
            machine=machine.describe(),
            findings=findings,
        )
        report.take(name, found)
        # After each, so that a run that is cut short has said what it knows.
        report.write(out)
    disconnect()
    say(f"Written to {out}, but for what is known of larger worlds.")
    return report
