"""Wakes the builder after a request that may have changed a record."""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from kombu.exceptions import OperationalError

from timeline import builder, tasks

logger = logging.getLogger(__name__)

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


class WakeBuilderMiddleware:
    """Sends one message after an unsafe request that left pending changes.

    The message is a convenience. A dead broker is logged and never reaches the editor: the sweep
    finds the change.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method not in SAFE_METHODS and builder.has_pending_changes():
            try:
                tasks.build.apply_async(retry=False)
            except OperationalError as error:
                logger.warning("The broker cannot be reached, the sweep will do: %s", error)
        return response
