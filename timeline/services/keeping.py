"""Keeping the lines of the CSV for the next who asks for them; one worker at a time does.

Readers never write: a worker follows the revisions and keeps what they will ask for.
"""

from typing import Final

from django.db import connection, transaction

from timeline.models import Entry, KeptAsOf, KeptLine, Revision
from timeline.queries import redactions
from timeline.sql import sql

#: Lines that are missing are looked for one by one up to so many, else among all.
FEW: Final = 10_000
_EVERY: Final = 2**31
_FORGET: Final = """
    DELETE FROM timeline_keptline AS kept USING timeline_entry AS entry
    WHERE kept.sort_key = timeline_sort_key(entry.sort_on, entry.record_id)
        AND kept.entry_id = entry.id
        AND entry.id IN ({entries})
    RETURNING entry.id
"""
_CLOSED: Final = """
    SELECT id FROM timeline_entry WHERE revision_to > %(since)s AND revision_to <= %(until)s
"""
_KEEP: Final = """
    INSERT INTO timeline_keptline (sort_key, entry_id, epoch, cells)
    SELECT timeline_sort_key(sort_on, record_id) AS sort_key, entry.id, %(epoch)s, cells
    FROM unnest(%(entries)s::bigint[], %(lines)s::bytea[]) AS line(id, cells)
    JOIN timeline_entry AS entry USING (id)
    ORDER BY sort_key
"""


@transaction.atomic
def follow(revision: Revision, *, form: str) -> tuple[KeptAsOf, list[int] | None]:
    """Make the kept lines right as of a revision: forget those that are not, or no longer shown.

    Return as of what they are right, and the entries that have no line; None: any may have none.
    `form` is what beside the revision makes the bytes. Whoever calls this holds the lock of those
    who keep lines.
    """
    epoch = redactions.epoch()
    kept = KeptAsOf.objects.select_for_update().first()
    if kept is None or (kept.form, kept.epoch) != (form, epoch) or kept.revision > revision.number:
        forget()
        return KeptAsOf.objects.create(revision=revision.number, form=form, epoch=epoch), None
    if kept.revision == revision.number:
        return kept, [] if kept.is_complete else None
    since, was_complete = kept.revision, kept.is_complete
    stale = _forget_since(since, revision.number)
    kept.revision, kept.is_complete = revision.number, False
    kept.save()
    new = Entry.objects.as_of(revision.number).filter(revision_from__gt=since)
    missing = [*stale, *new.values_list("id", flat=True)[: FEW + 1]]
    return kept, missing if was_complete and len(missing) <= FEW else None


def _forget_since(since: int, until: int) -> list[int]:
    """Forget the lines of what changed; return the entries that are shown still."""
    values = {"since": since, "until": until, "most": _EVERY}
    with connection.cursor() as cursor:
        cursor.execute(_FORGET.format(entries=_CLOSED), values)
        cursor.execute(_FORGET.format(entries=sql("file_stale")), values)
        return [entry for (entry,) in cursor.fetchall()]


@transaction.atomic
def keep(kept: KeptAsOf, entries: list[int], lines: list[bytes]) -> None:
    """Keep the lines of these entries, which have none, unless everything was forgotten since."""
    if KeptAsOf.objects.select_for_update().filter(epoch=kept.epoch).exists():
        with connection.cursor() as cursor:
            cursor.execute(_KEEP, {"epoch": kept.epoch, "entries": entries, "lines": lines})


def complete(kept: KeptAsOf) -> None:
    """Write down that every line of the revision is kept."""
    KeptAsOf.objects.filter(epoch=kept.epoch).update(is_complete=True)


@transaction.atomic
def forget() -> None:
    """Forget every line: of what was taken out of the timeline none may stay."""
    # First what says that there are any: who keeps lines waits for it, and then keeps none.
    KeptAsOf.objects.all().delete()
    KeptLine.objects.all().delete()
