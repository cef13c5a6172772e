"""One import, from the file to the records: read, decide, write, report. All in one transaction."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import pghistory
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from ceasefire.enums import ImportScope, RowOutcome
from ceasefire.models import ImportRun
from ceasefire.services.imports import duplicates, things
from ceasefire.services.imports.cells import Cells, month_comes_first
from ceasefire.services.imports.formats import FORMATS, Format
from ceasefire.services.imports.places import find_places
from ceasefire.services.imports.reading import Table
from ceasefire.services.imports.staging import Staging
from ceasefire.sql import sql
from sources import services as records
from sources.models import Outlet, Source

#: What is said of how far it is: the step, how many are done, of how many.
Say = Callable[[str, int, int], None]

STEPS: Final = (
    "Reading the file",
    "Comparing with what is here",
    "Places, parties and outlets",
    "Sources",
    "Incidents",
    "Parties involved and targets",
    "Citations and figures",
    "What has changed",
    "Rows as they stood in the file",
    "Possible duplicates",
    "Checking every rule",
)
#: Rows after which the reading says how far it is.
OFTEN: Final = 1_000


@dataclass(slots=True)
class Outcome:
    """What an import did, or would do."""

    counts: dict[str, int]
    report: dict[str, Any]
    is_written: bool


def carry_out(run: ImportRun, table: Table, *, is_dry: bool, say: Say) -> Outcome:
    """Write what the table holds, within the caller's transaction.

    `is_dry`: make every row as it would be written, and try it against the rules of its table, but
    in tables that vanish; rows at fault, in conflict, with remarks or gone upstream are kept in the
    report. The same is done where all rows were asked for and one is at fault. Raises BadFile where
    the file breaks off, and ValidationError where a rule is broken.
    """
    form = FORMATS[run.format]
    with connection.cursor() as cursor:
        steps = _Steps(say)
        staging = Staging(cursor)
        steps.next()
        rows = _stage(run, form, table, staging, steps)
        steps.next()
        cursor.execute(sql("import_outcomes"), {"scheme": form.scheme})
        refused, faults = _at_fault(cursor)
        is_written = not is_dry and not (refused and run.scope != ImportScope.GOOD_ROWS)
        outcomes = _outcomes(cursor)
        before = transaction.savepoint()
        with pghistory.context(**_context(run)):
            report = _write(cursor, run, form, staging, outcomes, steps, is_trial=not is_written)
            proposals = duplicates.propose(cursor, scheme=form.scheme, is_trial=not is_written)
            steps.next()
            records.check_rules()
        if not is_written:
            transaction.savepoint_rollback(before)
        cursor.execute(
            sql("import_report"),
            {"run": run.pk, "scheme": form.scheme, "is_dry": not is_written},
        )
    withdrawn = run.rows.filter(outcome=RowOutcome.WITHDRAWN).count()
    return Outcome(
        counts={
            "rows": rows,
            "created": outcomes.get(RowOutcome.CREATED, 0),
            "updated": outcomes.get(RowOutcome.UPDATED, 0),
            "unchanged": outcomes.get(RowOutcome.UNCHANGED, 0),
            "conflicts": outcomes.get(RowOutcome.CONFLICT, 0),
            "withdrawn": withdrawn,
            "refused": refused,
            "faults": faults,
            "remarks": staging.remarks,
            "possible_duplicates": proposals,
        },
        report={
            "encoding": table.encoding,
            "conflicts": report.conflicts,
            "made": {what: sorted(names) for what, names in report.made.items()},
            "found": {what: sorted(set(names)) for what, names in report.found.items()},
        },
        is_written=is_written,
    )


class _Steps:
    """Says how far the import is, in steps and within the long one."""

    def __init__(self, say: Say) -> None:
        self._say = say
        self._names: Iterator[tuple[int, str]] = iter(enumerate(STEPS))
        self._done, self._name = 0, ""

    def next(self) -> None:
        self._done, self._name = next(self._names)
        self._say(self._name, self._done, len(STEPS))

    def within(self, words: str) -> None:
        self._say(f"{self._name}: {words}", self._done, len(STEPS))


def _stage(run: ImportRun, form: Format, table: Table, staging: Staging, steps: _Steps) -> int:
    """Read every row, and find every fault of every row. Return how many rows there are."""
    is_month_first = _month_comes_first(form, table)
    seen: dict[str, int] = {}
    memory: dict[object, Any] = {}
    rows = 0
    for row in table.rows():
        rows += 1
        if rows % OFTEN == 0:
            steps.within(f"{rows:,} rows")
        cells = Cells(row.cells, is_month_first=is_month_first, memory=memory)
        if row.fault:
            cells.fault("", row.fault)
        event = form.read(
            row.number, row.cells, cells, version=run.dataset_version, is_strict=run.is_strict
        )
        value = cells.text(form.id_column).removesuffix(".0")
        if value in seen:
            cells.fault(form.id_column, f"Row {seen[value]} has this id already.")
        elif value:
            seen[value] = row.number
        if event is None or not cells.is_good:
            staging.refuse(row.number, row.cells, cells.findings, value=value)
        else:
            staging.add(event, cells.findings)
    staging.finish()
    return rows


def _month_comes_first(form: Format, table: Table) -> bool | None:
    """Go through the file once more where its dates have slashes, to tell how they are meant."""
    first = next(table.rows(), None)
    if first is None or not any("/" in first.cells.get(column, "") for column in form.dates):
        return None
    return month_comes_first(
        [row.cells.get(column, "") for row in table.rows() for column in form.dates]
    )


def _outcomes(cursor: CursorWrapper) -> dict[str, int]:
    cursor.execute("SELECT outcome, count(*) FROM incoming GROUP BY outcome")
    return dict(cursor.fetchall())


def _at_fault(cursor: CursorWrapper) -> tuple[int, int]:
    """Return how many rows are at fault, and how many faults they have."""
    cursor.execute(
        "SELECT count(DISTINCT number), count(*) FROM incoming_fault "
        "CROSS JOIN LATERAL jsonb_array_elements(findings) AS finding "
        "WHERE (finding ->> 'is_fault')::boolean"
    )
    refused, faults = cursor.fetchone()
    return refused, faults


def _context(run: ImportRun) -> dict[str, Any]:
    context: dict[str, Any] = {"import": run.pk, "reason": f"import of {run.file_name}"}
    if run.by_id:
        context["user"] = run.by_id
    return context


def _write(
    cursor: CursorWrapper,
    run: ImportRun,
    form: Format,
    staging: Staging,
    outcomes: Mapping[str, int],
    steps: _Steps,
    *,
    is_trial: bool,
) -> things.Report:
    """Write every row that is new or changed; in a trial, into tables that vanish."""
    steps.next()
    report, dataset = _find_things(run, form, staging)
    if is_trial:
        cursor.execute(sql("import_trial"))
    steps.next()
    cursor.execute(sql("import_sources"), {"dataset": dataset.pk if dataset else None})
    steps.next()
    cursor.execute(
        sql("import_records"),
        {"status": run.status, "scheme": form.scheme, "version": run.dataset_version},
    )
    steps.next()
    claimed_by = dataset.outlet.name if dataset else ""
    cursor.execute(sql("import_rows_of_records"), {"claimed_by": claimed_by})
    steps.next()
    cursor.execute(sql("import_citations"))
    steps.next()
    if outcomes.get(RowOutcome.UPDATED):
        cursor.execute(
            sql("import_changed"),
            {"scheme": form.scheme, "version": run.dataset_version, "claimed_by": claimed_by},
        )
    steps.next()
    cursor.execute(sql("import_written"), {"run": run.pk, "scheme": form.scheme})
    steps.next()
    return report


def _find_things(
    run: ImportRun, form: Format, staging: Staging
) -> tuple[things.Report, Source | None]:
    """Say for each thing that the rows to be written name which of ours it is."""
    report = things.Report()
    used = staging.numbers_in_use()
    if not used["conflicts"]:
        return report, None
    staging.say(
        "our_conflict",
        things.conflicts(
            staging.conflicts.among(used["conflicts"]),
            used["conflicts"],
            [(conflict, part, name) for part, (conflict, name) in staging.parts.items()],
            chosen=run.conflict,
            report=report,
        ).items(),
    )
    places = find_places(staging.places.among(used["places"]), report=report)
    staging.say("our_place", ((ref, place.pk, place.name) for ref, place in places.items()))
    parties = things.parties(staging.parties.among(used["parties"]), report=report)
    staging.say("our_party", ((ref, pk, wording) for ref, (pk, wording) in parties.items()))
    outlets = things.outlets(staging.outlets.among(used["outlets"]), report=report)
    staging.say("our_outlet", outlets.items())
    dataset = _dataset_source(form, run.dataset_version)
    staging.say("our_origin", _origins(staging.origins.among(used["origins"])))
    return report, dataset


def _dataset_source(form: Format, version: str) -> Source:
    """Return the dataset's release as a source, making it and its outlet where they lack."""
    dataset = form.dataset(version)
    outlet = things.outlets_by_name().get(things.fold(dataset.outlet_name))
    if outlet is None:
        outlet = Outlet.objects.create(
            name=dataset.outlet_name,
            slug=things.Slugs(Outlet).take(dataset.outlet_name),
            **dataset.outlet,
        )
    source, _ = Source.objects.get_or_create(
        outlet=outlet, title=dataset.title, defaults=dict(dataset.source)
    )
    return source


def _origins(named: dict[int, str]) -> Iterator[tuple[int, int | None, str, bool]]:
    """Say of each on whom documents rely which outlet it is, or that it is a speaker.

    A speaker who is a party, by its name, belongs to that party: shown, and not independent.
    """
    outlets = things.outlets_by_name()
    parties = things.parties_by_name()
    for ref, name in named.items():
        outlet = outlets.get(things.fold(name))
        if outlet is not None:
            yield ref, outlet.pk, "", False
        else:
            yield ref, None, name, things.fold(name) in parties
