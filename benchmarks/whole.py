"""The whole run, and where its results go."""

import sys
import time
import traceback
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from benchmarks import machine
from benchmarks.databases import Databases, disconnect
from benchmarks.measures import MEASUREMENTS
from benchmarks.measuring import duration, unmeasured
from benchmarks.report import Report
from benchmarks.run import Run, say

SMALLER = (10_000, 100_000)


def run_all(
    home: Path, *, size: int, names: Sequence[str], seed: int, out: Path, template: str = ""
) -> Report:
    """Measure what is asked for, print it, and write it to `out` if it was everything.

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
    report = Report(machine.describe(), sizes, seed)
    for name, measure in MEASUREMENTS.items():
        if names and name not in names:
            continue
        report.loads[name] = machine.load()
        say(f"{name}  ({duration(time.monotonic() - begin)}, load {report.loads[name]:.1f})")
        try:
            found = measure(run)
        except Exception as error:  # the others must not be lost
            traceback.print_exc()
            found = [unmeasured(name, "", f"{type(error).__name__}: {error}"[:200])]
        report.findings += found
        report.seconds = time.monotonic() - begin
        for finding in found:
            say(f"  {finding}")
        if not names:
            # After each, so that a run that is cut short has said what it knows.
            report.write(out)
    disconnect()
    say(f"Written to {out}." if not names else "A part of the measurements: nothing is written.")
    return report
