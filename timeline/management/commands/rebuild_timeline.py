"""Derive the whole timeline afresh."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from timeline import builder


class Command(BaseCommand):
    """Write the difference between the timeline and what the records say, or only report it."""

    help = "Derive the whole timeline from the records and write the difference as a revision."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--verify",
            action="store_true",
            help="drain the pending changes, then report the difference without writing it; "
            "exit code 1 if there is any",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            difference = builder.verify() if options["verify"] else builder.rebuild()
        except builder.BuilderError as error:
            raise CommandError(str(error)) from error
        if options["verify"] and not difference.is_empty:
            raise CommandError(f"The timeline differs from its records: {difference}.")
        self.stdout.write(self.style.SUCCESS(f"Derived everything: {difference}."))
