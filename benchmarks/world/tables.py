"""The tables of records, filled by COPY in large steps."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django.apps import apps
from django.db import models
from django.db.backends.utils import CursorWrapper

#: So many lines wait in memory before they are sent.
WAITING: Final = 100_000

Value = str | int | float | bool | date | None

DATE: Final = ("edtf", "earliest", "latest", "precision")


def dated(prefix: str) -> tuple[str, ...]:
    """Return the columns of one partial date, in the order of `dates.Dated`."""
    return tuple(f"{prefix}_{column}" for column in DATE)


#: The columns that the world fills; the others hold their field's default, or nothing.
COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "sources_outlet": ("id", "name", "slug", "kind", "affiliation", "reliability", "url"),
    "sources_source": (
        *("id", "public_id", "outlet_id", "title", "url", "author", "language"),
        *dated("published"),
        *("published_wording", "archive_url", "archive_sha256", "visibility"),
    ),
    "sources_record": (
        *("id", "public_id", "kind", "status", "title", "summary"),
        *("when_edtf", "earliest", "latest", "precision"),
        *("when_wording", "extent", "time_of_day", "time_zone", "created_at"),
    ),
    "sources_citation": (
        *("id", "record_id", "source_id", "locator", "quote", "stance", "origin"),
        *("attributed_outlet_id", "attributed_speaker", "is_speaker_aligned"),
        *("credibility", "is_verification", "fields"),
    ),
    "sources_externalid": ("id", "record_id", "scheme", "value", "dataset_version"),
    "sources_figure": (
        *("id", "citation_id", "group", "side", "harm", "low", "best", "high"),
        *dated("as_of"),
    ),
    "talks_conflict": ("id", "name", "slug"),
    "talks_party": ("id", "name", "short_name", "slug", "kind", "outlet_id"),
    "talks_partyname": (
        *("id", "party_id", "text", "kind", "language", "script"),
        *dated("since"),
        *dated("until"),
    ),
    "talks_person": ("id", "name", "other_names", "slug"),
    "talks_place": (
        *("id", "name", "other_names", "slug", "kind", "parent_id"),
        *("latitude", "longitude", "precision"),
    ),
    "talks_process": ("id", "conflict_id", "name", "slug"),
    "talks_round": (
        *("record_id", "process_id", "label", "round_status", "format"),
        *("venue_id", "venue_wording"),
    ),
    "talks_roundrole": ("id", "round_id", "party_id", "role"),
    "talks_delegation": ("record_id", "round_id", "capacity", "attendance", "head_id"),
    "talks_delegationparty": ("id", "delegation_id", "party_id", "wording"),
    "talks_delegationmember": ("id", "delegation_id", "person_id", "role"),
    "talks_delegationdecision": (
        *("record_id", "round_id", "delegation_id", "decision", "named_head_id"),
    ),
    "talks_decisionparty": ("id", "decision_id", "party_id", "wording"),
    "talks_development": ("record_id", "conflict_id", "development", "place_id"),
    "talks_developmentparty": ("id", "development_id", "party_id", "role"),
    "talks_office": (
        *("record_id", "conflict_id", "person_id", "party_id", "post", "phase"),
        *dated("since"),
        *dated("until"),
    ),
    "talks_recordlink": ("id", "from_record_id", "kind", "to_record_id", "note"),
    "talks_statement": (
        *("record_id", "conflict_id", "speaker_id", "speaker_party_id", "anonymous_role"),
        *("position", "conditions", "audience"),
    ),
    "talks_statementsubject": ("id", "statement_id", "record_id"),
    "talks_partytie": (
        *("record_id", "conflict_id", "party_id", "party_wording", "tie", "other_party_id"),
        *("other_wording", "phase"),
        *dated("since"),
        *dated("until"),
    ),
    "ceasefire_truce": (
        *("record_id", "conflict_id", "truce_class", "side", "form", "purposes"),
        *dated("declared"),
        *dated("effective"),
        *("effective_time", "effective_zone"),
        *dated("end"),
        *dated("last_attested"),
        *("outcome", "mediated", "monitored", "enforcement", "coverage", "coverage_wording"),
        *("bound_recorded", "terms_recorded"),
    ),
    "ceasefire_trucearea": ("id", "truce_id", "place_id", "relation"),
    "ceasefire_trucewindow": ("id", "truce_id", "starts_at", "ends_at", "time_zone"),
    "ceasefire_trucelink": ("id", "from_truce_id", "kind", "to_truce_id"),
    "ceasefire_truceparty": (
        *("id", "truce_id", "party_id", "role", "wording", "binds_members"),
        *("exclusion_basis", "designation"),
        *dated("designation_as_of"),
        "contested_by",
        *dated("joined"),
        *dated("left"),
        "outcome",
    ),
    "ceasefire_truceterm": ("id", "truce_id", "rule", "act", "wording"),
    "ceasefire_truceevent": ("record_id", "truce_id", "event"),
    "ceasefire_incident": (
        *("record_id", "conflict_id", "act", "is_aggregate"),
        *("place_id", "place_wording", "place_precision"),
    ),
    "ceasefire_incidentparty": ("id", "incident_id", "party_id", "wording"),
    "ceasefire_incidenttarget": ("id", "incident_id", "party_id", "population", "claimed_by"),
    "ceasefire_incidenttruce": ("id", "incident_id", "truce_id"),
    "ceasefire_attribution": (
        *("id", "incident_id", "accused_id", "accused_wording"),
        *("claimed_by", "claimed_by_party_id", "citation_id", "standing"),
        *("justification", "justification_wording"),
    ),
    "ceasefire_tally": (
        *("record_id", "conflict_id", "truce_id", "counted_by_id", "counted", "accused_id"),
        *("low", "best", "high"),
    ),
    "ceasefire_violation": (
        *("record_id", "truce_id", "incident_id", "accused_id", "accuser_party_id"),
        *("accuser_person_id", "accuser_wording", "is_editors_finding", "standing", "note"),
    ),
}


class Tables:
    """Takes rows, gives them ids, and sends them. Ids go on after those that a table has."""

    def __init__(self, cursor: CursorWrapper) -> None:
        self.cursor = cursor
        self.lines: dict[str, list[str]] = {name: [] for name in COLUMNS}
        self.counted = dict.fromkeys(COLUMNS, 0)
        self.waiting = 0
        self.others = {name: _others(name) for name in COLUMNS}
        self.next_id: dict[str, int] = {}
        for name, columns in COLUMNS.items():
            if columns[0] == "id":
                cursor.execute(f"SELECT coalesce(max(id), 0) + 1 FROM {name}")
                self.next_id[name] = cursor.fetchone()[0]

    def add(self, table: str, *values: Value) -> int:
        """Add a row of a table whose first column is `id`, without that; return the id."""
        number = self.next_id[table]
        self.next_id[table] = number + 1
        self.add_child(table, number, *values)
        return number

    def add_child(self, table: str, *values: Value) -> None:
        """Add a row whose key is another's."""
        self.lines[table].append(_line([*values, *self.others[table].values()]))
        self.waiting += 1
        if self.waiting >= WAITING:
            self.send()

    def send(self) -> None:
        """Send what waits. Rows refer to one another in any order: the keys are deferred."""
        for name, lines in self.lines.items():
            if lines:
                every = (*COLUMNS[name], *self.others[name])
                columns = ", ".join(f'"{column}"' for column in every)
                with self.cursor.copy(f"COPY {name} ({columns}) FROM STDIN") as copy:
                    copy.write("\n".join(lines) + "\n")
                self.counted[name] += len(lines)
                lines.clear()
        self.waiting = 0

    def finish(self) -> None:
        """Send the rest, move the sequences behind the ids, and tell the planner."""
        self.send()
        for name, number in self.next_id.items():
            self.cursor.execute(
                "SELECT setval(pg_get_serial_sequence(%s, 'id'), %s, false)", [name, number]
            )
        for name in COLUMNS:
            self.cursor.execute(f"ANALYZE {name}")


def _line(values: Sequence[Value]) -> str:
    return "\t".join(["\\N" if value is None else str(value) for value in values])


def _others(table: str) -> dict[str, Value]:
    """Return the columns that the world does not fill and that must not be NULL."""
    fields = _models()[table]._meta.local_concrete_fields
    return {
        str(field.column): _as_text(field.get_default())
        for field in fields
        if field.column not in COLUMNS[table] and not field.null
    }


def _as_text(default: Any) -> Value:
    """Return a default as COPY reads it: a list as an array, a mapping as JSON."""
    if isinstance(default, list):
        return array(default)
    return json.dumps(default) if isinstance(default, dict) else default


def _models() -> dict[str, type[models.Model]]:
    return {model._meta.db_table: model for model in apps.get_models()}


def array(values: Sequence[str]) -> str:
    """Return an array as COPY reads it. The values hold no quotes and no backslashes."""
    return "{" + ",".join(f'"{value}"' for value in values) + "}"
