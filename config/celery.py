"""The Celery application: `celery -A config worker`."""

import gc
import os
from typing import Any

from celery import Celery
from celery.app.amqp import AMQP
from celery.signals import task_postrun, task_prerun, worker_init
from django.db import close_old_connections
from kombu import Connection

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


class RestlessConnection(Connection):
    """A connection that looks for a lost broker every second.

    Celery's own pause grows to half a minute, which a reader would wait for after a restart.
    """

    def _ensure_connection(
        self,
        errback: Any = None,
        max_retries: int | None = None,
        # Kombu passes these by position where a message could not be sent.
        interval_start: int = 1,
        interval_step: int = 0,
        interval_max: int = 1,
        *args: Any,
        **kwargs: Any,
    ) -> Any:
        return super()._ensure_connection(
            errback, max_retries, interval_start, interval_step, interval_max, *args, **kwargs
        )


class Amqp(AMQP):
    Connection = RestlessConnection


class Truceline(Celery):
    amqp_cls = "config.celery:Amqp"


app = Truceline("truceline")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


def give_connections_back(**_: Any) -> None:
    """Return a task's connections to the pool, as the end of a request does."""
    close_old_connections()


# Celery itself would close the pool after every task (CELERY_DB_REUSE_MAX keeps it from that), and
# with it the builder's session, whose tables and plans make the next build cheap.
task_prerun.connect(give_connections_back, dispatch_uid="give_connections_back_before")
task_postrun.connect(give_connections_back, dispatch_uid="give_connections_back_after")


def keep_what_is_loaded(**_: Any) -> None:
    """Let the collector pass over what the code itself takes: it stays, and is shared by children.

    Else each import of a file, which makes thousands of things that stay, has all of it looked
    through many times.
    """
    gc.collect()
    gc.freeze()


# All tasks are loaded by now, and no child is there yet.
worker_init.connect(keep_what_is_loaded, dispatch_uid="keep_what_is_loaded")
