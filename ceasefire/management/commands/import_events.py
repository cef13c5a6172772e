"""The command that imports a file of events."""

from argparse import ArgumentParser
from pathlib import Path
from typing import IO, Any, Final

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from ceasefire.enums import ImportFormat, ImportScope, ImportState, RowOutcome
from ceasefire.models import ImportRun
from ceasefire.services import imports
from sources.enums import Status
from talks.models import Conflict

#: So many of a list are printed; all of them are in the files and in the admin.
SHOWN: Final = 20


class Command(BaseCommand):
    """Import a file of events, all of it or the good rows only; or say what that would do."""

    help = (
        "Imports a file of events (CSV, plain or compressed with gz or xz): checks every row "
        "first, then writes all of it, or nothing where a row is at fault."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--format", required=True, choices=ImportFormat.values)
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would be done, and do nothing"
        )
        parser.add_argument(
            "--good-rows-only",
            action="store_true",
            help="write the rows that are right, and leave out those at fault",
        )
        parser.add_argument(
            "--strict",
            action="store_true",
            help="refuse rows whose numbers contradict themselves (low above best) as well",
        )
        parser.add_argument(
            "--rejected", type=Path, metavar="CSV", help="write the rows at fault to this file"
        )
        parser.add_argument(
            "--conflict",
            metavar="SLUG",
            help="the conflict that takes what is not yet tied to one; otherwise the one that is "
            "named like the country, and a new one where there is none",
        )
        parser.add_argument(
            "--dataset-version", default="", metavar="VERSION", help="the release: 20.1"
        )
        parser.add_argument(
            "--status",
            choices=(Status.PUBLISHED, Status.DRAFT),
            default=Status.PUBLISHED,
            help="what new records become (default: %(default)s)",
        )
        parser.add_argument("--encoding", default="", help="of the file; otherwise it is found out")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check the file and write it, or only check it, and print what came of it."""
        path: Path = options["file"]
        imports.mark_interrupted()
        try:
            with path.open("rb") as content:
                run = self._take(path, content, options)
                imports.work_on(run.pk, content=content)
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
        run.refresh_from_db()
        if not run.counts:
            raise CommandError(run.message)
        self._report(run, options)
        if run.state == ImportState.REFUSED:
            raise CommandError(
                f"Nothing was written: {run.counts['refused']:,} rows are at fault. Correct them, "
                "or import the others with --good-rows-only."
            )

    def _take(self, path: Path, content: IO[bytes], options: dict[str, Any]) -> ImportRun:
        run = ImportRun(
            format=options["format"],
            file_name=path.name[:200],
            dataset_version=options["dataset_version"],
            status=options["status"],
            is_strict=options["strict"],
            encoding=options["encoding"],
            conflict=self._conflict(options["conflict"]),
        )
        scope = ImportScope.GOOD_ROWS if options["good_rows_only"] else ImportScope.ALL_OR_NOTHING
        try:
            return imports.take(
                run,
                content,
                by=None,
                keeps_file=False,
                scope=None if options["dry_run"] else scope,
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error

    def _conflict(self, slug: str | None) -> Conflict | None:
        if slug is None:
            return None
        conflict = Conflict.objects.filter(slug=slug).first()
        if conflict is None:
            there = ", ".join(Conflict.objects.chronological().values_list("slug", flat=True))
            raise CommandError(f"There is no conflict “{slug}”; there is: {there or 'none'}.")
        return conflict

    def _report(self, run: ImportRun, options: dict[str, Any]) -> None:
        say = self.stdout.write
        say(f"{run.file_name}: {run.counts['rows']:,} rows, read as {run.report['encoding']}.")
        for line in run.report["conflicts"][:SHOWN]:
            say(
                f"  conflict {line['id']} “{line['name']}”, {line['events']:,} events: "
                f"to “{line['ours']}” ({line['how']})"
            )
        if (more := len(run.report["conflicts"]) - SHOWN) > 0:
            say(f"  and {more} conflicts more")
        for what, names in run.report["made"].items():
            shown = ", ".join(names[:SHOWN])
            say(f"  new {what}: {len(names):,} ({shown}{' …' if len(names) > SHOWN else ''})")
        self._findings(run, options)
        done = "Written" if run.state == ImportState.DONE else "What it would do"
        say(f"{done}: {in_words(run.counts)}")
        if options["rejected"] is not None:
            with options["rejected"].open("w", encoding="utf-8", newline="") as file:
                file.writelines(imports.rejected_csv(run))
            say(f"The rows at fault are in {options['rejected']}.")

    def _findings(self, run: ImportRun, options: dict[str, Any]) -> None:
        """Print every fault of every row, then the first remarks and what else needs an eye."""
        for row in run.rows.refused().in_order():
            for finding in row.findings:
                where = f"row {row.number}, {finding['column'] or 'as a whole'}"
                self.stderr.write(f"  {where}: “{finding['value'][:80]}”: {finding['reason']}")
        others = [
            (row, finding)
            for row in run.rows.with_findings().exclude(outcome=RowOutcome.REFUSED).in_order()
            for finding in row.findings
        ]
        shown = len(others) if options["verbosity"] > 1 else SHOWN
        for row, finding in others[:shown]:
            where = f"row {row.number}, {finding['column'] or row.get_outcome_display()}"
            self.stdout.write(f"  {where}: “{finding['value'][:80]}”: {finding['reason']}")
        if len(others) > shown:
            self.stdout.write(f"  and {len(others) - shown} remarks more (all with -v 2)")
        for row in run.rows.filter(outcome=RowOutcome.WITHDRAWN)[:SHOWN]:
            self.stdout.write(f"  {row.value}: {row.get_outcome_display()}")


def in_words(counts: dict[str, int]) -> str:
    """Return what was done, or would be, in a sentence."""
    words = [
        f"{counts['created']:,} created",
        f"{counts['updated']:,} changed",
        f"{counts['unchanged']:,} unchanged",
        f"{counts['conflicts']:,} edited here and kept",
        f"{counts['withdrawn']:,} withdrawn upstream and kept",
        f"{counts['refused']:,} at fault",
        f"{counts['remarks']:,} remarks",
        f"{counts['possible_duplicates']:,} possible duplicates proposed",
    ]
    return ", ".join(words) + "."
