"""What Celery does for imports. A message only says “look”; the run's own state says what to do."""

import logging

from celery import shared_task
from django.db import transaction
from kombu.exceptions import OperationalError

from ceasefire.models import ImportRun
from ceasefire.services import imports

logger = logging.getLogger(__name__)

#: A message that waited longer is as good as the sweep's next one: they must not pile up.
EXPIRES = 60


@shared_task(name="ceasefire.import_events")
def import_events(*, run_id: int) -> None:
    """Check or write one import, if it waits for that."""
    imports.work_on(run_id)


@shared_task(name="ceasefire.sweep_imports")
def sweep_imports() -> None:
    """Say which imports were interrupted, and wake those whose message was lost."""
    if found := imports.mark_interrupted():
        logger.warning("Imports that were interrupted: %s", found)
    for run in ImportRun.objects.queued().filter(file__isnull=False):
        import_events.apply_async(kwargs={"run_id": run.pk}, expires=EXPIRES)


def wake(run: ImportRun) -> None:
    """Let a worker look at a run once this transaction is committed.

    A dead broker is logged and never reaches the editor: the sweep finds the run.
    """

    def send() -> None:
        try:
            import_events.apply_async(kwargs={"run_id": run.pk}, retry=False)
        except OperationalError as error:
            logger.warning("The broker cannot be reached, the sweep will do: %s", error)

    transaction.on_commit(send)
