"""What Celery does for the timeline. A message only says “wake up”; the database says why."""

import logging
from datetime import timedelta
from time import monotonic, sleep
from typing import Final

from celery import shared_task
from django.http import QueryDict
from django.utils import timezone, translation

from timeline import builder
from timeline.exports import timeline_csv
from timeline.exports.digests import digest_of
from timeline.exports.files import RELEASED
from timeline.filters import filtered
from timeline.filters.selected import selected
from timeline.models import Entry, Label, Release, Revision
from timeline.queries.selection import ENGLISH
from timeline.services import releases
from timeline.services.lock import LINES, RELEASES, held
from timeline.sql import indexes

logger = logging.getLogger(__name__)

#: How long there must have been no revision before many lines are kept.
CALM: Final = timedelta(seconds=10)


@shared_task(name="timeline.build")
def build() -> None:
    """Drain the pending changes into revisions."""
    builder.build()


@shared_task(name="timeline.sweep")
def sweep() -> None:
    """Drain whatever a lost message left behind."""
    builder.build()


@shared_task(name="timeline.take_in_keys")
def take_in_keys() -> None:
    """Spare readers what the builder left for later, so that a revision is out sooner."""
    indexes.take_in([Entry, Label])


@shared_task(name="timeline.hash_releases")
def hash_releases() -> None:
    """Read and hash the files of the releases that were made since; one worker at a time does."""
    with held(RELEASES) as is_ours:
        for release in Release.objects.awaiting_hashes() if is_ours else ():
            with filtered(QueryDict(release.query)) as everything, translation.override(ENGLISH):
                selection = selected(everything, site=release.site)
                lines = selection.entries.count()
            files = {file.path: digest_of(file.stream(selection)) for file in RELEASED}
            releases.complete(release, lines=lines, files=files)
            logger.info("Release %s: %s files hashed.", release, len(files))


@shared_task(name="timeline.keep_lines")
def keep_lines() -> None:
    """Keep the lines of the CSV that the next readers will ask for; one worker at a time does."""
    with held(LINES) as is_ours:
        latest = Revision.objects.order_by("-number").first() if is_ours else None
        if latest is None:
            return
        is_calm = timezone.now() - latest.created_at > CALM
        begin = monotonic()
        for lines in timeline_csv.keeping_lines(latest, is_calm=is_calm):
            if lines:
                # Nobody waits for it: half of the time is left to readers and to the builder.
                sleep(monotonic() - begin)
            begin = monotonic()


@shared_task(name="timeline.verify")
def verify() -> None:
    """Derive everything afresh and log any difference: there must be none."""
    try:
        difference = builder.verify()
    except builder.BuilderBusyError as error:
        logger.warning("The nightly check did not run: %s", error)
        return
    if difference.is_empty:
        logger.info("The timeline agrees with its records.")
    else:
        logger.error("The timeline differs from its records: %s", difference)
