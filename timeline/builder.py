"""The builder: pending changes in, one revision out.

Read `_derive` top to bottom: drain, scope, memberships, assess, project, compare, write, count,
label, redact, number. Every step is set-based SQL from `timeline/sql/`, and is skipped where the
change does not concern it. All of it is one REPEATABLE READ transaction under a session lock, so a
builder that dies leaves nothing behind, and its pending changes are there for the next. What
outlives a build, to make the next one cheap, is in `timeline/sql/session.py`.
"""

import logging
from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from django.apps import apps
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from timeline.exports import FORMAT
from timeline.models import (
    MentionCount,
    MentionYearCount,
    MonthCount,
    PeriodCount,
    Revision,
)
from timeline.projections import PROJECTIONS, VERSION, act_path
from timeline.services.derived import (
    ASSESSMENTS,
    ENTRIES,
    LABELS,
    MEMBERSHIPS,
    SHEETS,
    Derived,
    rejudge_statement,
)
from timeline.services.lock import builders_lock
from timeline.services.redactions import forget_kept
from timeline.sql import execute, indexes, sql, statements
from timeline.sql.session import LARGE, Session

logger = logging.getLogger(__name__)

#: A plan is made once for the few rows of an edit; compiling it takes longer than running it.
_SETTINGS: Final = """
    SET TRANSACTION ISOLATION LEVEL REPEATABLE READ;
    SET LOCAL plan_cache_mode = force_generic_plan;
    SET LOCAL jit = off;
"""

#: From so many records on the first build fills tables without indexes.
MANY: Final = 10_000

#: What may have to be taken out of older revisions.
_RESTRICTED: Final = """
    touched LEFT JOIN sources_source AS source ON topic = 'source' AND source.id = ref
    WHERE topic = 'everything' OR visibility = 'restricted'
"""


class BuilderError(Exception):
    """The builder cannot run. The message is one sentence."""


class BuilderTooOldError(BuilderError):
    """The timeline was written by a newer version of the projections than this one."""


class BuilderBusyError(BuilderError):
    """Another builder holds the lock."""


TABLES: Final = (MEMBERSHIPS, ASSESSMENTS, ENTRIES, SHEETS, LABELS)
#: The counts of entries: the statements that bring them up to date, and their tables.
COUNTS: Final = {
    "count_periods": PeriodCount._meta.db_table,
    "count_months": MonthCount._meta.db_table,
    "count_mentions": MentionCount._meta.db_table,
    "count_mention_years": MentionYearCount._meta.db_table,
}


@dataclass(slots=True)
class Difference:
    """How many rows of each derived table were written anew and closed."""

    written: Counter[str] = field(default_factory=Counter)
    closed: Counter[str] = field(default_factory=Counter)
    revision: int | None = None
    redacted: bool = False
    """Whether words were taken out of older revisions."""

    @property
    def is_empty(self) -> bool:
        return not any(self.written.values()) and not any(self.closed.values())

    def __str__(self) -> str:
        if self.is_empty:
            return "no difference"
        return ", ".join(
            f"{name}: {written} written, {self.closed[name]} closed"
            for name, written in self.written.items()
            if written or self.closed[name]
        )


def build() -> list[int]:
    """Drain the pending changes until there are none; return the revisions that it wrote.

    Returns at once if another builder is at work: that one looks again before it leaves. Must not
    run inside a transaction. Raises `BuilderTooOldError`.
    """
    revisions = []
    while has_pending_changes():
        with builders_lock() as is_ours:
            if not is_ours:
                break
            difference = _derive(everything=False)
        if difference.revision is not None:
            revisions.append(difference.revision)
    return revisions


def rebuild() -> Difference:
    """Derive everything afresh and write the difference, which on a healthy system is empty.

    Raises `BuilderBusyError` and `BuilderTooOldError`.
    """
    with builders_lock() as is_ours:
        if not is_ours:
            raise BuilderBusyError("Another builder is at work; try again when it is done.")
        return _derive(everything=True)


def verify() -> Difference:
    """Drain the pending changes, then derive everything afresh and only report the difference.

    Raises `BuilderBusyError` and `BuilderTooOldError`.
    """
    with builders_lock() as is_ours:
        if not is_ours:
            raise BuilderBusyError("Another builder is at work; try again when it is done.")
        _derive(everything=False)
        return _derive(everything=True, keep=False)


def has_pending_changes() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM sources_pendingchange)")
        return bool(cursor.fetchone()[0])


def _derive(*, everything: bool, keep: bool = True) -> Difference:
    """Derive what changed (or everything), write the difference as one revision, and return it."""
    difference = Difference()
    if keep and _is_first_and_large():
        indexes.take_off(table.model for table in TABLES)
    with (
        connection.cursor() as cursor,
        Session(cursor, create_work_tables) as session,
        transaction.atomic(durable=True),
    ):
        execute(cursor, _SETTINGS)
        number, everything = _next_number(everything=everything)
        session.empty()

        everything = _drain(session) or everything
        session.run("scope_everything" if everything else "scope")

        if session.holds("scope_tie"):
            session.run("memberships")
            _write(session, MEMBERSHIPS, number, difference)

        if session.holds("scope_truce") or session.holds("scope_incident"):
            if session.run("pairs"):
                session.run("assess")
            _write(session, ASSESSMENTS, number, difference)
            session.run("judged")
            _rejudge(session, number, difference)

        _project(session)
        _write(session, ENTRIES, number, difference)
        _write(session, SHEETS, number, difference)

        keep_counts(session, number, difference, everything=everything)
        session.run("count_everything" if everything else "count")
        if session.holds("scope_label"):
            session.run("labels")
            _write(session, LABELS, number, difference)
        if number == 1:
            # What this build, or one that failed, took off.
            indexes.put_back(table.model for table in TABLES)
        if session.holds(_RESTRICTED):
            cursor.execute(sql("redact"), {"number": number})
            # The last statement wrote that something was taken out.
            difference.redacted = cursor.rowcount > 0

        if not keep:
            transaction.set_rollback(True)
        elif not difference.is_empty:
            versions = {"version": VERSION, "format": FORMAT}
            cursor.execute(sql("number"), {"number": number, **versions})
            difference.revision = number
            logger.info("Revision %s: %s", number, difference)
    if keep and difference.redacted:
        forget_kept()
    return difference


def _is_first_and_large() -> bool:
    """Return whether there is no revision yet, and much to fill it with."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT NOT EXISTS (SELECT FROM timeline_revision) "
            "AND (SELECT count(*) FROM (SELECT FROM sources_record LIMIT %s) AS record) = %s",
            [MANY, MANY],
        )
        return bool(cursor.fetchone()[0])


def _next_number(*, everything: bool) -> tuple[int, bool]:
    """Return the next revision's number, and whether a newer projection asks for everything."""
    latest = Revision.objects.order_by("-number").first()
    if latest is None:
        return 1, everything
    if latest.projection_version > VERSION:
        raise BuilderTooOldError(
            f"Revision {latest.number} was written by projection {latest.projection_version}; "
            f"this builder knows only {VERSION}: deploy the newer version."
        )
    if latest.format_version > FORMAT:
        raise BuilderTooOldError(
            f"Revision {latest.number} has files of format {latest.format_version}; "
            f"this builder knows only {FORMAT}: deploy the newer version."
        )
    return latest.number + 1, everything or latest.projection_version < VERSION


def create_work_tables(cursor: CursorWrapper) -> None:
    """Create what builds work in; wanted_ and diff_ tables are like the tables that they are of."""
    execute(cursor, sql("work"))
    for table in TABLES:
        execute(  # no value of anybody's: the names are those of our models
            cursor,
            f"CREATE TEMP TABLE wanted_{table.name} AS "  # noqa: S608 - see above
            f"SELECT {', '.join(table.columns)} FROM {table.table} WITH NO DATA; "
            f"CREATE TEMP TABLE diff_{table.name} AS "
            f"SELECT 0 AS sign, {', '.join(table.keep)} FROM {table.table} WITH NO DATA",
        )
    cursor.executemany("INSERT INTO act_path VALUES (%s, %s, %s)", act_path())


def _drain(session: Session) -> bool:
    """Take the pending changes that this transaction sees; return whether one says everything."""
    if session.run("drain") >= LARGE:
        session.analyse_outgrown(*_record_tables())
    return session.holds("touched WHERE topic = 'everything'")


def _record_tables() -> list[str]:
    """Return the tables that editors own, from which the timeline is derived."""
    labels = ("sources", "talks", "ceasefire")
    models = (model for label in labels for model in apps.get_app_config(label).get_models())
    return [model._meta.db_table for model in models if not hasattr(model, "pgh_tracked_model")]


def _project(session: Session) -> None:
    """Fill wanted_entry and wanted_sheet for the published records in scope."""
    session.run("live")
    execute(session.cursor, "SELECT DISTINCT kind FROM live")
    kinds = {kind for (kind,) in session.cursor.fetchall()}
    if not kinds:
        return
    session.run("cite")
    for kind, statement in PROJECTIONS.items():
        if kind in kinds:
            session.run(statement)
    session.run("entries")


def _rejudge(session: Session, number: int, difference: Difference) -> None:
    """Write the entries of which nothing but the verdict changed: nothing of them is projected."""
    rows = session.execute("rejudge", rejudge_statement(ENTRIES), number) // 2
    difference.closed[ENTRIES.name] += rows
    difference.written[ENTRIES.name] += rows
    if rows >= LARGE:
        session.analyse_outgrown(ENTRIES.table)


def _write(session: Session, table: Derived, number: int, difference: Difference) -> None:
    """Close the current rows in scope that are not wanted so, and write those that are new."""
    # Where nothing is current there is nothing to compare with: the first build of a timeline.
    if session.is_large and not session.holds(f"{table.table} WHERE revision_to IS NULL"):
        written = session.execute(f"fill_{table.name}", table.fill_statement(), number)
        session.analyse_filled(table.table)
    else:
        closed = session.execute(f"close_{table.name}", table.close_statement(), number)
        difference.closed[table.name] += closed
        written = session.execute(f"write_{table.name}", table.write_statement(), number)
        if written >= LARGE:
            session.analyse_outgrown(table.table)
    difference.written[table.name] += written


def keep_counts(session: Session, number: int, difference: Difference, *, everything: bool) -> None:
    """Bring the counts of entries up to date, or with `everything` count afresh and compare."""
    for place, statement in enumerate(statements("mentions")):
        told = statement.replace("{everything}", str(everything))
        session.execute(f"mentions_{place}_{everything}", told, number)
    for name, table in COUNTS.items():
        statement = sql(name).replace("{everything}", str(everything))
        session.execute(f"{name}_{everything}", statement, number)
        written, difference.closed[name] = session.cursor.fetchone()
        difference.written[name] = written
        if written >= LARGE:
            session.analyse_outgrown(table)
