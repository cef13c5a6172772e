"""Fill the database with a world: `python -m benchmarks.world --entries 100000 [--seed 7]`."""

import argparse
import os
import sys
import time

import django

from config import embedded


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.world", description=__doc__)
    parser.add_argument("--entries", type=int, default=100_000, help="published records to write")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    with embedded.database():
        django.setup()
        # Models can be read only now.
        from django.core.management import call_command  # noqa: PLC0415

        from benchmarks.world.writing import WorldError, write  # noqa: PLC0415

        call_command("migrate", verbosity=0, interactive=False)
        begin = time.monotonic()
        try:
            counted = write(entries=arguments.entries, seed=arguments.seed)
        except WorldError as error:
            sys.exit(str(error))
        for table, rows in counted.items():
            print(f"{rows:>12,}  {table}")
        print(f"Written in {time.monotonic() - begin:.1f} s. Next: manage.py rebuild_timeline")


if __name__ == "__main__":
    main()
