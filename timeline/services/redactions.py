"""Taking words out of older revisions, for somebody's safety.

A source that becomes restricted is taken out by the build that takes the restriction in.

What a revision showed is overwritten with what is shown now, so an administrator first corrects or
withdraws the record, and then redacts what it said before.
"""

from datetime import datetime

from django.core.cache import caches
from django.db import connection, transaction

from timeline.enums import RedactionReason, Topic
from timeline.models import (
    Entry,
    Label,
    MentionCount,
    MentionYearCount,
    MonthCount,
    PeriodCount,
    Redaction,
    Revision,
    Sheet,
)
from timeline.services import keeping
from timeline.services.lock import builders_lock
from timeline.sql import sql

#: What has older versions of its own.
TOPICS = (
    Topic.RECORD,
    Topic.PARTY,
    Topic.PERSON,
    Topic.PLACE,
    Topic.OUTLET,
    Topic.PROCESS,
    Topic.CONFLICT,
)


class RedactionError(Exception):
    """It cannot be redacted now. The message is one plain sentence."""


def redact(*, topic: Topic, ref: int, by: str, note: str, at: datetime) -> Redaction:
    """Make every older revision say of a record or a thing what the latest one says.

    What readers see no more is taken out of all of them. Its pending changes must have been built.
    Raises `RedactionError` while a builder is at work, or where nothing older is shown.
    """
    with builders_lock() as is_ours:
        if not is_ours:
            raise RedactionError("The builder is at work; try again when it is done.")
        with transaction.atomic(durable=True), connection.cursor() as cursor:
            latest = Revision.objects.order_by("-number").first()
            if latest is None or not _has_older(topic, ref):
                raise RedactionError(
                    "No older revision says anything of it that the latest does not."
                )
            if topic == Topic.RECORD:
                columns = (name for name in Entry.derived_columns() if name != "record_id")
                statement = sql("redact_record").format(columns=", ".join(columns))
                cursor.execute(statement, {"record": ref})
            else:
                cursor.execute(sql("redact_label"), {"topic": topic, "ref": ref})
            # What older revisions counted no longer holds; they count their entries now.
            for counts in (PeriodCount, MonthCount, MentionCount, MentionYearCount):
                counts.objects.filter(revision_to__isnull=False).delete()
                counts.objects.update(revision_from=latest.number)
            Revision.objects.filter(number__lt=latest.number).update(entries=None)
            redaction = Redaction.objects.create(
                redacted_at=at,
                reason=RedactionReason.SAFETY,
                revision=latest.number,
                by=by,
                note=note,
            )
    forget_kept()
    return redaction


def forget_kept() -> None:
    """Forget what is kept for readers: it is no longer asked for, and holds what was taken out."""
    keeping.forget()
    caches["default"].forget()  # type: ignore[attr-defined]  # a method of our own cache


def _has_older(topic: Topic, ref: int) -> bool:
    """Return whether a version that is no longer shown speaks of it."""
    if topic != Topic.RECORD:
        return Label.objects.filter(topic=topic, ref=ref, revision_to__isnull=False).exists()
    return any(
        model.objects.filter(record_id=ref, revision_to__isnull=False).exists()
        for model in (Entry, Sheet)
    )
