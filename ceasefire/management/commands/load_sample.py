"""The command that loads the sample."""

from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError

from ceasefire.services import samples

SAMPLE: Final = Path(__file__).parent.parent / "astana_2017.yaml"


class Command(BaseCommand):
    """Load the sample, or restore it."""

    help = (
        "Loads the sample (a news report on the Astana talks of January 2017) as published, cited "
        "records. Where it is already there, restores its own text; other records stay as they are."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Load the file and say what that changed."""
        try:
            count = samples.load(
                samples.read(SAMPLE.read_text(encoding="utf-8")), by=None, reason="load_sample"
            )
        except samples.BadSample as error:
            raise CommandError(f"The sample cannot be loaded. {error}") from error
        self.stdout.write(f"Records: {in_words(count.records)}.")
        self.stdout.write(f"Parties, places, outlets and the like: {in_words(count.shared)}.")


def in_words(counts: dict[samples.Outcome, int]) -> str:
    """Return “3 created, 0 restored, 0 unchanged”."""
    return ", ".join(f"{number} {outcome.value}" for outcome, number in counts.items())
