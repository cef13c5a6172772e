"""Named releases: made by an administrator, completed with the hashes of their files."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Final

from django.db import connection, transaction

from timeline.models import Release, Revision

#: Names the advisory lock that whoever hashes holds: “released” in ASCII.
LOCK: Final = 0x7265_6C65_6173_6564


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


@contextmanager
def hashing() -> Iterator[bool]:
    """Hold the lock of those who hash for a block, if nobody else does; yield whether we do."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        is_ours = bool(cursor.fetchone()[0])
    try:
        yield is_ours
    finally:
        # A connection that is gone has let go of the lock by itself.
        if is_ours and connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
