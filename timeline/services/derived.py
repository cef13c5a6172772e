"""The versioned tables, and the statements by which a build brings each up to date.

They are put together from the names of our own tables and columns alone.
"""

from dataclasses import dataclass

from timeline.models import Assessment, Entry, Label, Membership, Sheet
from timeline.models.version import Version


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

    @property
    def _same_key(self) -> str:
        return " AND ".join(f"wanted.{column} = current.{column}" for column in self.key)

    def close_statement(self) -> str:
        """Return what closes the current rows in scope that are not wanted so."""
        kept = ", ".join(self.keep)
        same_row = " AND ".join(
            f"wanted.{column} IS NOT DISTINCT FROM current.{column}"
            for column in self.columns
            if column not in self.key
        )
        return f"""
            WITH closed AS (
                UPDATE {self.table} AS current SET revision_to = $1
                WHERE revision_to IS NULL AND {self.in_scope} AND NOT EXISTS (
                    SELECT FROM wanted_{self.name} AS wanted WHERE {self._same_key} AND {same_row}
                )
                RETURNING {kept}
            )
            INSERT INTO diff_{self.name} SELECT -1, {kept} FROM closed
        """  # noqa: S608 - names of ours

    def write_statement(self) -> str:
        """Return what writes the rows that are wanted where none is current."""
        return self._write(f"""
            WHERE NOT EXISTS (
                SELECT FROM {self.table} AS current WHERE revision_to IS NULL AND {self._same_key}
            )
        """)

    def fill_statement(self) -> str:
        """Return what writes all rows that are wanted, into a table where none is current."""
        return self._write("")

    def _write(self, new: str) -> str:
        columns, kept = ", ".join(self.columns), ", ".join(self.keep)
        return f"""
            WITH written AS (
                INSERT INTO {self.table} (revision_from, {columns})
                SELECT $1, {columns} FROM wanted_{self.name} AS wanted {new}
                RETURNING {kept}
            )
            INSERT INTO diff_{self.name} SELECT 1, {kept} FROM written
        """  # noqa: S608 - names of ours


MEMBERSHIPS = Derived(
    Membership, ("record_id",), "record_id IN (SELECT id FROM scope_tie)", ("umbrella_id",)
)
ASSESSMENTS = Derived(
    Assessment,
    ("truce_id", "incident_id", "attribution_id"),
    # By either index: an OR of the two would be looked for in the whole table.
    "current.id IN ("
    "SELECT judged.id FROM timeline_assessment AS judged "
    "JOIN scope_truce ON scope_truce.id = truce_id WHERE revision_to IS NULL UNION "
    "SELECT judged.id FROM timeline_assessment AS judged "
    "JOIN scope_incident ON scope_incident.id = incident_id WHERE revision_to IS NULL)",
    ("incident_id", "truce_id", "counts_as"),
)
ENTRIES = Derived(
    Entry,
    ("record_id",),
    "record_id IN (SELECT id FROM scope_record)",
    (
        "id",
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


def rejudge_statement(entries: Derived) -> str:
    """Return what closes the entries of another verdict in `rejudged`, and writes them with that.

    What does not follow from a verdict is taken over: of one edit of a truce ten thousand
    incidents. It leaves two rows of difference for each.
    """
    columns, kept = ", ".join(entries.columns), ", ".join(entries.keep)
    taken = ", ".join("anew" if name == "verdict" else name for name in entries.columns)
    return f"""
        WITH closed AS (
            UPDATE {entries.table} AS current SET revision_to = $1
            FROM rejudged
            WHERE current.record_id = rejudged.id AND revision_to IS NULL
                AND current.verdict <> rejudged.verdict
            RETURNING current.*, rejudged.verdict AS anew
        ), written AS (
            INSERT INTO {entries.table} (revision_from, {columns})
            SELECT $1, {taken} FROM closed
            RETURNING {kept}
        )
        INSERT INTO diff_{entries.name}
        SELECT -1, {kept} FROM closed UNION ALL SELECT 1, {kept} FROM written
    """  # noqa: S608 - names of ours
