"""The Celery application: `celery -A config worker`."""

import os
from typing import Any

from celery import Celery
from celery.app.amqp import AMQP
from kombu import Connection

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


class RestlessConnection(Connection):
    """A connection that looks for a lost broker every second.

    Celery's own pause grows to half a minute, which a reader would wait for after a restart.
    """

    def _ensure_connection(self, *args: Any, **kwargs: Any) -> Any:
        intervals = {"interval_start": 1, "interval_step": 0, "interval_max": 1}
        return super()._ensure_connection(*args, **{**intervals, **kwargs})


class Amqp(AMQP):
    Connection = RestlessConnection


class Truceline(Celery):
    amqp_cls = "config.celery:Amqp"


app = Truceline("truceline")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
