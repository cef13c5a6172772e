"""Whether the site lives, and whether it can serve."""

import logging

import psycopg
import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from timeline.queries.freshness import Freshness, look

logger = logging.getLogger(__name__)

PATIENCE_SECONDS = 2


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer: this process serves requests."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """Answer whether database, broker and builder do their work: 200, or 503 with the reasons."""
    reasons = []
    freshness = _freshness()
    if freshness is None:
        reasons.append("The database does not answer.")
    if not _broker_answers():
        reasons.append("The broker does not answer; edits arrive when it is back.")
    now = timezone.now()
    waited = freshness.waiting_seconds(now) if freshness else 0.0
    is_bulk = freshness is not None and freshness.is_bulk(now)
    if freshness and freshness.is_stuck(now):
        reasons.append(
            f"The builder waits for a lock: a change has waited for {waited:.0f} seconds."
            if freshness.builder
            else f"No builder is at work: a change has waited for {waited:.0f} seconds."
        )
    body = {
        "status": "not ready" if reasons else "ready",
        "reasons": reasons,
        "revision": freshness.number if freshness else None,
        "revision_age_seconds": freshness.age_seconds(now) if freshness else None,
        "pending_changes": freshness.pending if freshness else None,
        "oldest_pending_seconds": waited if freshness and freshness.pending else None,
        # Edits arrive when it is taken in; the site serves what there is.
        "bulk_change": is_bulk,
        "builder_seconds": freshness.builder.seconds if freshness and freshness.builder else None,
    }
    return JsonResponse(body, status=503 if reasons else 200)


@require_safe
@never_cache
def freshness(request: HttpRequest) -> HttpResponse:
    """Say in words how old the latest revision is and what waits; a page that is kept asks this.

    `shown` is the revision that the page shows: whether there is a later one is said as well.
    """
    now = look()
    words = now.in_words(timezone.now())
    if request.GET.get("shown") not in (None, str(now.number)):
        words = gettext("the latest is revision %(number)s, %(words)s") % {
            "number": now.number,
            "words": words,
        }
    return HttpResponse(words, content_type="text/plain; charset=utf-8")


def _freshness() -> Freshness | None:
    try:
        # The pool would wait for a dead server longer than a probe does.
        parameters = connection.get_connection_params()
        parameters["connect_timeout"] = PATIENCE_SECONDS
        parameters.pop("pool", None)
        psycopg.connect(**parameters).close()
        return look()
    except (DatabaseError, psycopg.Error) as error:
        logger.warning("The database does not answer: %s", error)
        return None


def _broker_answers() -> bool:
    broker = redis.Redis.from_url(
        settings.REDIS_URL,
        socket_connect_timeout=PATIENCE_SECONDS,
        socket_timeout=PATIENCE_SECONDS,
    )
    try:
        with broker:
            return bool(broker.ping())
    except redis.RedisError as error:
        logger.warning("The broker does not answer: %s", error)
        return False
