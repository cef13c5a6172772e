"""Run the benchmark: `python -m benchmarks [--size 1000000] [--only export,page]`.

It starts servers of its own in a temporary home, and ends them. What it finds goes into
docs/benchmarks.md, docs/benchmarks.json and the plot, except where that of a larger world is there.
`--home` keeps servers and worlds in a directory, for the next run to measure again.
"""

import argparse
import os
import shutil
import signal
import sys
import tempfile
from pathlib import Path
from types import FrameType

import django

from config import embedded

FULL = 1_000_000


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--size", type=int, default=FULL, help="entries of the largest world")
    parser.add_argument("--only", default="", help="names of measurements, with commas")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=embedded.CHECKOUT / "docs")
    parser.add_argument("--home", type=Path, help="where to keep the worlds for another run")
    arguments = parser.parse_args()
    home = arguments.home or Path(tempfile.mkdtemp(prefix="truceline-bench-"))
    home.mkdir(exist_ok=True)
    arguments.out.mkdir(parents=True, exist_ok=True)
    # PostgreSQL's own account passes through it when the benchmark runs as root.
    home.chmod(0o711)
    servers = embedded.Postgres(home), embedded.Valkey(home)
    os.environ |= {
        "TRUCELINE_HOME": str(home),
        "DATABASE_URL": servers[0].url,
        "REDIS_URL": servers[1].url,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PRODUCTION": "off",
        "DEBUG": "off",
        "LOG_LEVEL": "WARNING",
        # For the browser's driver, which runs an event loop in this thread.
        "DJANGO_ALLOW_ASYNC_UNSAFE": "true",
    }
    leases = []
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    try:
        leases += [server.acquire() for server in servers]
        django.setup()
        # Models can be read only now.
        from benchmarks.whole import run_all  # noqa: PLC0415

        names = [name for name in arguments.only.split(",") if name]
        run_all(home, size=arguments.size, names=names, seed=arguments.seed, out=arguments.out)
    except embedded.EmbeddedError as error:
        sys.exit(str(error))
    finally:
        for lease in reversed(leases):
            lease.release()
        if arguments.home is None:
            shutil.rmtree(home, ignore_errors=True)


def _stop(number: int, frame: FrameType | None) -> None:
    """End in order: what was started is stopped. Explicitly, as a shell's background jobs ignore
    Ctrl-C, and any other signal would leave the servers behind.
    """
    sys.exit(f"Stopped by {signal.Signals(number).name}.")


if __name__ == "__main__":
    main()
