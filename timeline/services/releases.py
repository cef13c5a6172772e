"""Named releases: made by an administrator, completed with the hashes of their files."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from timeline.models import Release, Revision


@transaction.atomic
def make(
    *, name: str, slug: str, revision: Revision, note: str, site: str, at: datetime
) -> Release:
    """Give a revision a name. Its files are hashed afterwards, by the task.

    `site` is the address in front of the paths in its files, with a slash at its end. Raises
    ValidationError.
    """
    release = Release(name=name, slug=slug, revision=revision, note=note, site=site, created_at=at)
    release.full_clean()
    release.save(force_insert=True)
    return release


def complete(release: Release, *, lines: int, files: Mapping[str, tuple[str, int]]) -> None:
    """Write down what the files are, each by its path: SHA-256 and length; once for all."""
    found = [
        {"path": path, "sha256": sha256, "bytes": size} for path, (sha256, size) in files.items()
    ]
    Release.objects.awaiting_hashes().filter(pk=release.pk).update(lines=lines, files=found)
