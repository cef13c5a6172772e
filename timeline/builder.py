"""The builder: pending changes in, one revision out.

Read `_derive` top to bottom: drain, scope, memberships, assess, project, compare, write, count,
label, redact, number. Every step is set-based SQL from `timeline/sql/`. All of it is one REPEATABLE
READ transaction under a session lock, so a builder that dies leaves nothing behind, and its pending
changes are there for the next.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

from django.apps import apps
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import Model

from timeline.exports import FORMAT
from timeline.models import Assessment, Entry, Label, Membership, Revision, Sheet
from timeline.models.version import Version
from timeline.projections import PROJECTIONS, VERSION, act_path
from timeline.sql import sql

logger = logging.getLogger(__name__)

#: From so many changes on the tables themselves are analysed: the database's own upkeep comes a
#: minute after a bulk change, and until then its planner takes a table to be as it was before.
LARGE: Final = 500

#: Names the advisory lock that one builder at a time holds: “trucelin” in ASCII.
LOCK: Final = 0x7472_7563_656C_696E


class BuilderError(Exception):
    """The builder cannot run. The message is one sentence."""


class BuilderTooOldError(BuilderError):
    """The timeline was written by a newer version of the projections than this one."""


class BuilderBusyError(BuilderError):
    """Another builder holds the lock."""


@dataclass(frozen=True, slots=True)
class Derived:
    """One versioned table: what identifies a thing in it, and which of its rows are in scope."""

    model: type[Version]
    key: tuple[str, ...]
    in_scope: str
    #: The columns of changed rows that later steps need.
    keep: tuple[str, ...]

    @property
    def name(self) -> str:
        return str(self.model._meta.model_name)

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    @property
    def columns(self) -> list[str]:
        return self.model.derived_columns()


MEMBERSHIPS = Derived(
    Membership, ("record_id",), "record_id IN (SELECT id FROM scope_tie)", ("record_id",)
)
ASSESSMENTS = Derived(
    Assessment,
    ("truce_id", "incident_id", "attribution_id"),
    "(truce_id IN (SELECT id FROM scope_truce) OR incident_id IN (SELECT id FROM scope_incident))",
    ("incident_id",),
)
ENTRIES = Derived(
    Entry,
    ("record_id",),
    "record_id IN (SELECT id FROM scope_record)",
    (
        "record_id",
        "conflict_id",
        "process_ids",
        "party_ids",
        "person_ids",
        "place_ids",
        "outlet_ids",
        "source_ids",
    ),
)
SHEETS = Derived(
    Sheet, ("record_id",), "record_id IN (SELECT id FROM scope_record)", ("record_id",)
)
LABELS = Derived(
    Label,
    ("topic", "ref"),
    "(topic, ref) IN (SELECT topic, ref FROM scope_label)",
    ("topic", "ref"),
)
TABLES: Final = (MEMBERSHIPS, ASSESSMENTS, ENTRIES, SHEETS, LABELS)
#: The counts of entries: statements that bring them up to date.
COUNTS: Final = ("count_periods", "count_mentions")


@dataclass(slots=True)
class Difference:
    """How many rows of each derived table were written anew and closed."""

    written: dict[str, int] = field(default_factory=dict)
    closed: dict[str, int] = field(default_factory=dict)
    revision: int | None = None

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
        with _lock() as is_ours:
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
    with _lock() as is_ours:
        if not is_ours:
            raise BuilderBusyError("Another builder is at work; try again when it is done.")
        return _derive(everything=True)


def verify() -> Difference:
    """Drain the pending changes, then derive everything afresh and only report the difference.

    Raises `BuilderBusyError` and `BuilderTooOldError`.
    """
    with _lock() as is_ours:
        if not is_ours:
            raise BuilderBusyError("Another builder is at work; try again when it is done.")
        _derive(everything=False)
        return _derive(everything=True, keep=False)


def has_pending_changes() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM sources_pendingchange)")
        return bool(cursor.fetchone()[0])


@contextmanager
def _lock() -> Iterator[bool]:
    """Hold the builders' lock for a block if nobody else does; yield whether we do.

    A session's lock, taken before the transaction begins: a transaction that waited for its lock
    would look at the world as it was before the wait.
    """
    if connection.in_atomic_block:
        raise BuilderError("The builder must not run inside a transaction.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        is_ours = bool(cursor.fetchone()[0])
        try:
            yield is_ours
        finally:
            # A connection that is gone has let go of the lock by itself.
            if is_ours and connection.connection is not None and not connection.connection.closed:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def _derive(*, everything: bool, keep: bool = True) -> Difference:
    """Derive what changed (or everything), write the difference as one revision, and return it."""
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        number, everything = _next_number(cursor, everything=everything)
        _create_work_tables(cursor)

        everything = _drain(cursor) or everything
        cursor.execute(sql("scope_everything" if everything else "scope"))
        _analyse(cursor, "scope_record", "scope_truce", "scope_incident")

        difference = Difference()
        cursor.execute(sql("memberships"))
        _write(cursor, MEMBERSHIPS, number, difference)

        cursor.execute(sql("assess"))
        _write(cursor, ASSESSMENTS, number, difference)
        cursor.execute("INSERT INTO scope_record SELECT DISTINCT incident_id FROM diff_assessment")

        _project(cursor)
        _write(cursor, ENTRIES, number, difference)
        _write(cursor, SHEETS, number, difference)

        _count(cursor, number, difference, everything=everything)
        cursor.execute(sql("count_everything" if everything else "count"))
        cursor.execute(sql("labels"))
        _write(cursor, LABELS, number, difference)
        cursor.execute(sql("redact"), {"number": number})

        if not keep:
            transaction.set_rollback(True)
        elif not difference.is_empty:
            versions = {"version": VERSION, "format": FORMAT}
            cursor.execute(sql("number"), {"number": number, **versions})
            difference.revision = number
            logger.info("Revision %s: %s", number, difference)
    return difference


def _next_number(cursor: CursorWrapper, *, everything: bool) -> tuple[int, bool]:
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


def _create_work_tables(cursor: CursorWrapper) -> None:
    """Create the tables of one build, which the end of its transaction drops."""
    cursor.execute(sql("work"))
    for table in TABLES:
        cursor.execute(  # no value of anybody's: the names are those of our models
            f"CREATE TEMP TABLE wanted_{table.name} ON COMMIT DROP AS "  # noqa: S608 - see above
            f"SELECT {', '.join(table.columns)} FROM {table.table} WITH NO DATA; "
            f"CREATE TEMP TABLE diff_{table.name} ON COMMIT DROP AS "
            f"SELECT 0 AS sign, {', '.join(table.keep)} FROM {table.table} WITH NO DATA"
        )
    cursor.executemany("INSERT INTO act_path VALUES (%s, %s, %s)", act_path())


def _drain(cursor: CursorWrapper) -> bool:
    """Take the pending changes that this transaction sees; return whether one says everything."""
    cursor.execute(
        "WITH drained AS (DELETE FROM sources_pendingchange RETURNING topic, ref) "
        "INSERT INTO touched SELECT DISTINCT topic, ref FROM drained"
    )
    if cursor.rowcount >= LARGE:
        _analyse(cursor, *(model._meta.db_table for model in _record_models()))
    _analyse(cursor, "touched")
    cursor.execute("SELECT EXISTS (SELECT FROM touched WHERE topic = 'everything')")
    return bool(cursor.fetchone()[0])


def _record_models() -> list[type[Model]]:
    """Return what editors own: the models from which the timeline is derived."""
    labels = ("sources", "talks", "ceasefire")
    models = (model for label in labels for model in apps.get_app_config(label).get_models())
    return [model for model in models if not hasattr(model, "pgh_tracked_model")]


def _project(cursor: CursorWrapper) -> None:
    """Fill wanted_entry and wanted_sheet for the published records in scope."""
    cursor.execute(
        "INSERT INTO live SELECT DISTINCT record.id FROM scope_record "
        "JOIN sources_record AS record USING (id) WHERE record.status = 'published'"
    )
    _analyse(cursor, "live")
    cursor.execute(sql("cite"))
    for statement in PROJECTIONS.values():
        cursor.execute(statement)
    _analyse(cursor, "fact", "cited", "toll")
    cursor.execute(sql("entries"))


def _write(cursor: CursorWrapper, table: Derived, number: int, difference: Difference) -> None:
    """Close the current rows in scope that are not wanted so, and write those that are new.

    The statements are put together from the names of our own tables and columns alone.
    """
    _analyse(cursor, f"wanted_{table.name}")
    columns = table.columns
    same_key = " AND ".join(f"wanted.{column} = current.{column}" for column in table.key)
    same_row = " AND ".join(
        f"wanted.{column} IS NOT DISTINCT FROM current.{column}"
        for column in columns
        if column not in table.key
    )
    kept = ", ".join(table.keep)
    cursor.execute(
        f"""
        WITH closed AS (
            UPDATE {table.table} AS current SET revision_to = %s
            WHERE revision_to IS NULL AND {table.in_scope} AND NOT EXISTS (
                SELECT FROM wanted_{table.name} AS wanted WHERE {same_key} AND {same_row}
            )
            RETURNING {kept}
        )
        INSERT INTO diff_{table.name} SELECT -1, {kept} FROM closed
        """,  # noqa: S608 - see the docstring
        [number],
    )
    difference.closed[table.name] = cursor.rowcount
    cursor.execute(
        f"""
        WITH written AS (
            INSERT INTO {table.table} (revision_from, {", ".join(columns)})
            SELECT %s, {", ".join(columns)} FROM wanted_{table.name} AS wanted
            WHERE NOT EXISTS (
                SELECT FROM {table.table} AS current WHERE revision_to IS NULL AND {same_key}
            )
            RETURNING {kept}
        )
        INSERT INTO diff_{table.name} SELECT 1, {kept} FROM written
        """,  # noqa: S608 - see the docstring
        [number],
    )
    difference.written[table.name] = cursor.rowcount
    if cursor.rowcount >= LARGE:
        _analyse(cursor, table.table)


def _count(cursor: CursorWrapper, number: int, difference: Difference, *, everything: bool) -> None:
    """Bring the counts of entries up to date, or with `everything` count afresh and compare."""
    for name in COUNTS:
        cursor.execute(sql(name), {"number": number, "everything": everything})
        difference.written[name], difference.closed[name] = cursor.fetchone()


def _analyse(cursor: CursorWrapper, *tables: str) -> None:
    """Tell the planner how large the tables of this build are."""
    for table in tables:
        cursor.execute(f"ANALYZE {table}")
