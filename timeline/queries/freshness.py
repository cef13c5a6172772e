"""How far what readers see lags behind what editors have committed, and what the builder does."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Count, Min
from django.utils.translation import gettext, ngettext

from sources.models import PendingChange
from timeline.models import Revision
from timeline.queries.sentences import grouped
from timeline.sql import sql

STUCK_AFTER_SECONDS = 30
"""Who has waited longer than this, while nobody builds, waits for a builder that is not there."""


@dataclass(frozen=True)
class BuilderState:
    """What the builder does at this moment."""

    seconds: float
    """For how long it has been at work."""
    is_blocked: bool
    """Whether it waits for a lock that somebody else holds."""


@dataclass(frozen=True)
class Freshness:
    """The latest revision, and what waits for the next one."""

    number: int
    """0 while there is no revision."""
    written_at: datetime | None
    pending: int
    oldest_pending: datetime | None
    builder: BuilderState | None
    """None: nobody builds."""

    def age_seconds(self, now: datetime) -> float | None:
        return None if self.written_at is None else (now - self.written_at).total_seconds()

    def waiting_seconds(self, now: datetime) -> float:
        """Return how long the oldest pending change has waited; 0 where none waits."""
        if self.oldest_pending is None:
            return 0.0
        return max(0.0, (now - self.oldest_pending).total_seconds())

    def is_stuck(self, now: datetime) -> bool:
        """Return whether a change has waited for long without a builder that gets on with it."""
        if self.waiting_seconds(now) <= STUCK_AFTER_SECONDS:
            return False
        return self.builder is None or (
            self.builder.is_blocked and self.builder.seconds > STUCK_AFTER_SECONDS
        )

    def is_bulk(self, now: datetime) -> bool:
        """Return whether edits wait for a large change, which the builder is taking in."""
        return self.waiting_seconds(now) > STUCK_AFTER_SECONDS and not self.is_stuck(now)

    def in_words(self, now: datetime) -> str:
        """Say how old the revision is and what waits; worked out anew each time."""
        age = self.age_seconds(now)
        if age is None:
            return self._waiting(now)
        words = {"age": age_in_words(age), "waiting": self._waiting(now)}
        return gettext("%(age)s old · %(waiting)s") % words

    def _waiting(self, now: datetime) -> str:
        if not self.pending:
            return gettext("nothing waiting")
        words = {"number": grouped(self.pending), "age": age_in_words(self.waiting_seconds(now))}
        waiting = (
            ngettext(
                "%(number)s change waiting for %(age)s",
                "%(number)s changes waiting for %(age)s",
                self.pending,
            )
            % words
        )
        if self.is_stuck(now):
            return gettext("%(waiting)s: the builder is stuck") % {"waiting": waiting}
        if self.is_bulk(now):
            return gettext("%(waiting)s: a large change is being taken in") % {"waiting": waiting}
        return waiting


def age_in_words(seconds: float) -> str:
    """Word a span of time by its largest unit: “3 seconds”, “1 day”."""
    count = max(0, int(seconds))
    if count < 60:
        words = ngettext("%(number)s second", "%(number)s seconds", count)
    elif (count := count // 60) < 60:
        words = ngettext("%(number)s minute", "%(number)s minutes", count)
    elif (count := count // 60) < 24:
        words = ngettext("%(number)s hour", "%(number)s hours", count)
    else:
        count //= 24
        words = ngettext("%(number)s day", "%(number)s days", count)
    return words % {"number": grouped(count)}


def look() -> Freshness:
    """Return how things stand, as this transaction sees them: three queries."""
    latest = Revision.objects.order_by("-number").first()
    waiting = PendingChange.objects.aggregate(count=Count("pk"), oldest=Min("queued_at"))
    return Freshness(
        number=latest.number if latest else 0,
        written_at=latest.created_at if latest else None,
        pending=waiting["count"],
        oldest_pending=waiting["oldest"],
        builder=_builder(),
    )


def _builder() -> BuilderState | None:
    halves = {"high": Revision.LOCK >> 32, "low": Revision.LOCK & 0xFFFF_FFFF}
    with connection.cursor() as cursor:
        cursor.execute(sql("builder_state"), halves)
        row = cursor.fetchone()
    return None if row is None else BuilderState(*row)
