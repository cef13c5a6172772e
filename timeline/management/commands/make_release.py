"""Give a revision a name, and hash its files."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.text import slugify

from timeline import tasks
from timeline.models import Revision
from timeline.services import releases


class Command(BaseCommand):
    """Make a release of a revision, the latest one if none is named."""

    help = "Give a revision a name, with the SHA-256 of each of its files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="what it is called where it is cited, such as 2017-02")
        parser.add_argument(
            "--site",
            required=True,
            help="the site's address as readers know it, such as https://truceline.example/: the "
            "files hold addresses of their records",
        )
        parser.add_argument("--revision", type=int, help="its number; otherwise the latest")
        parser.add_argument("--slug", help="its name in web addresses; otherwise from the name")
        parser.add_argument("--note", default="", help="what readers should know of it")

    def handle(self, *args: Any, **options: Any) -> None:
        revisions = Revision.objects.order_by("-number")
        if options["revision"] is not None:
            revisions = revisions.filter(number=options["revision"])
        revision = revisions.first()
        if revision is None:
            raise CommandError("There is no such revision.")
        try:
            release = releases.make(
                name=options["name"],
                slug=options["slug"] or slugify(options["name"]),
                revision=revision,
                note=options["note"],
                site=f"{options['site'].rstrip('/')}/",
                at=timezone.now(),
            )
        except ValidationError as error:
            reasons = (f"{field}: {' '.join(said)}" for field, said in error.message_dict.items())
            raise CommandError("; ".join(reasons)) from error
        tasks.hash_releases()
        release.refresh_from_db()
        found = (
            f"{len(release.files)} files hashed" if release.files else "its files are being hashed"
        )
        self.stdout.write(
            self.style.SUCCESS(f"Release {release.slug}, revision {revision.number}: {found}.")
        )
