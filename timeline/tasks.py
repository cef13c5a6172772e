"""What Celery does for the timeline. A message only says “wake up”; the database says why."""

import logging

from celery import shared_task

from timeline import builder

logger = logging.getLogger(__name__)


@shared_task(name="timeline.build")
def build() -> None:
    """Drain the pending changes into revisions."""
    builder.build()


@shared_task(name="timeline.sweep")
def sweep() -> None:
    """Drain whatever a lost message left behind."""
    builder.build()


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
