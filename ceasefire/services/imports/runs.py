"""The life of an import: waiting, checked, confirmed, done; and what a killed one leaves behind.

    waiting ─▶ checking ─▶ checked ─▶ confirmed ─▶ applying ─▶ done
                   └──▶ refused          (or refused, or interrupted)

A process that works on a run holds the run's advisory lock, which the database lets go when that
process is gone. So a run that is said to be worked on while its lock is free was interrupted, and
because its rows and its state `done` are written together, it has written nothing.
"""

import hashlib
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import IO, Any, Final

import psycopg
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, connections, transaction
from django.db.models.functions import Now

from ceasefire.enums import ImportScope, ImportState
from ceasefire.models import ImportFile, ImportRun
from ceasefire.services.imports.applying import Say, carry_out
from ceasefire.services.imports.formats import FORMATS
from ceasefire.services.imports.reading import CHUNK, BadFile, Table
from sources import services as records
from sources.enums import Status

logger = logging.getLogger(__name__)

#: The first half of the runs' advisory locks: “impo” in ASCII. The second is the run's number.
LOCK: Final = 0x696D_706F
#: The largest file that is kept in the database until it is read, as it is uploaded.
LARGEST_UPLOAD: Final = 100 * 2**20


@transaction.atomic
def take(
    run: ImportRun,
    content: IO[bytes],
    *,
    by: User | None,
    keeps_file: bool,
    scope: ImportScope | None = None,
) -> ImportRun:
    """Save a new run for a file. Raises NotAllowed, and ValidationError where it is too large.

    With a `scope` it is written without waiting for a person's choice; it is checked all the same,
    and where all rows are asked for and one is at fault, nothing is written.

    `keeps_file`: the file stays in the database until the run is done with it, for a process on
    another machine; otherwise it is the caller's to give.
    """
    if run.status == Status.PUBLISHED and not records.may_publish(by):
        raise records.NotAllowed("Only an editor can publish what is imported.")
    digest = hashlib.sha256()
    size = 0
    content.seek(0)
    while chunk := content.read(CHUNK):
        digest.update(chunk)
        size += len(chunk)
    if keeps_file and size > LARGEST_UPLOAD:
        raise ValidationError(
            f"The file has {size / 2**20:,.0f} MB; at most {LARGEST_UPLOAD / 2**20:.0f} MB can be "
            "uploaded. Compress it (gz or xz), or use the command on the server."
        )
    run.by, run.sha256, run.file_size = by, digest.hexdigest(), size
    if scope is not None:
        run.scope, run.state = scope, ImportState.CONFIRMED
    run.full_clean()
    run.save()
    if keeps_file:
        content.seek(0)
        ImportFile.objects.create(run=run, content=content.read())
    return run


def confirm(run: ImportRun, scope: ImportScope) -> None:
    """Let a checked run be written. Raises NotPossible where it is not checked, or all are asked
    for and some are at fault.
    """
    with transaction.atomic():
        stored = ImportRun.objects.select_for_update().get(pk=run.pk)
        if stored.state != ImportState.CHECKED:
            raise records.NotPossible(f"This import is {stored.get_state_display()}.")
        if scope == ImportScope.ALL_OR_NOTHING and stored.counts.get("refused"):
            raise records.NotPossible(
                "Some rows are at fault, so not all can go in: choose the good rows only, or "
                "correct the file."
            )
        stored.scope, stored.state = scope, ImportState.CONFIRMED
        stored.save(update_fields=["scope", "state"])
    run.scope, run.state = stored.scope, stored.state


def begin_again(run: ImportRun) -> None:
    """Let a run that was interrupted be checked again, from the file that it still has."""
    changed = ImportRun.objects.filter(
        pk=run.pk, state=ImportState.INTERRUPTED, file__isnull=False
    ).update(state=ImportState.WAITING, step="", done_steps=0, message="")
    if not changed:
        raise records.NotPossible("Only an import that was interrupted can begin again.")


def work_on(run_id: int, *, content: IO[bytes] | None = None) -> None:
    """Check or write a queued run. Returns at once if it is not queued, or in other hands.

    `content` is the file, if the run does not keep it.
    """
    with _lock(run_id) as is_ours:
        if not is_ours:
            return
        run = ImportRun.objects.filter(pk=run_id).queued().first()
        if run is None:
            return
        is_dry = run.state == ImportState.WAITING
        run.state = ImportState.CHECKING if is_dry else ImportState.APPLYING
        run.save(update_fields=["state"])
        _work(run, _content(run) if content is None else content, is_dry=is_dry)


def mark_interrupted() -> int:
    """Say of each run whose process is gone that it was interrupted. Return how many there are."""
    found = 0
    for run in ImportRun.objects.at_work():
        with _lock(run.pk) as is_ours:
            if is_ours:
                found += (
                    ImportRun.objects.filter(pk=run.pk)
                    .at_work()
                    .update(
                        state=ImportState.INTERRUPTED,
                        finished_at=Now(),
                        message="The process that worked on it ended before it was done.",
                    )
                )
    return found


def _work(run: ImportRun, content: IO[bytes], *, is_dry: bool) -> None:
    form = FORMATS[run.format]
    try:
        with _beside() as say:
            table = Table(
                content,
                known=form.known,
                required=form.required,
                encoding=run.encoding,
                is_guarded=form.is_guarded,
            )
            with transaction.atomic():
                run.rows.all().delete()  # what an earlier check reported
                outcome = carry_out(run, table, is_dry=is_dry, say=_saying(run, say))
                run.counts, run.report = outcome.counts, outcome.report
                run.message, run.step = "", ""
                if outcome.is_written:
                    run.state = ImportState.DONE
                elif is_dry:
                    run.state = ImportState.CHECKED
                else:
                    run.state = ImportState.REFUSED
                    run.message = "Rows are at fault, and all or nothing was asked for."
                _end(run)
    except BadFile as error:
        _refuse(run, str(error))
    except ValidationError as error:
        _refuse(run, " ".join(error.messages))
    except DatabaseError as error:
        if connection.connection is None or connection.connection.closed:
            raise  # nobody is left to say it; the sweep will
        logger.exception("%s", run)
        _refuse(run, records.in_plain_words(error))


def _refuse(run: ImportRun, message: str) -> None:
    run.state, run.message = ImportState.REFUSED, message
    _end(run)


def _end(run: ImportRun) -> None:
    run.finished_at = Now()
    run.save(update_fields=["state", "counts", "report", "message", "step", "finished_at"])
    if run.state == ImportState.DONE:
        ImportFile.objects.filter(run=run).delete()


def _content(run: ImportRun) -> IO[bytes]:
    # Not by way of `run.file`, which would hold it a second time for as long as the run; and as it
    # is, not as the text, twice as long, that the usual cursor asks for.
    query, parameters = ImportFile.objects.filter(run=run).values("content").query.sql_with_params()
    connection.ensure_connection()
    with psycopg.Cursor(connection.connection) as cursor:
        row = cursor.execute(query, parameters, binary=True).fetchone()
    if row is None:
        raise ImportFile.DoesNotExist
    return BytesIO(row[0])


@contextmanager
def _lock(run_id: int) -> Iterator[bool]:
    """Hold a run's lock for a block if nobody else does; yield whether we do."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [LOCK, run_id])
        is_ours = bool(cursor.fetchone()[0])
        try:
            yield is_ours
        finally:
            # A connection that is gone has let go of the lock by itself.
            if is_ours and connection.connection is not None and not connection.connection.closed:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCK, run_id])


@contextmanager
def _beside() -> Iterator[Any]:
    """Yield a cursor of a second connection, whose writes are seen at once."""
    second = connections.create_connection(DEFAULT_DB_ALIAS)
    try:
        with second.cursor() as cursor:
            # How far an import was need not outlive a crash, so nothing waits for the disk.
            cursor.execute("SET synchronous_commit = off")
            yield cursor
    finally:
        second.close()


def _saying(run: ImportRun, cursor: Any) -> Say:
    def say(step: str, done: int, total: int) -> None:
        cursor.execute(
            "UPDATE ceasefire_importrun SET step = %s, done_steps = %s, all_steps = %s "
            "WHERE id = %s",
            [step[:100], done, total, run.pk],
        )

    return say
