"""One import, from the file to the records: read, decide, write, report. All in one transaction.

The file is read in a thread, part by part, while the database is busy with the part before. Of a
part, what needs no other is written at once: its documents, records and figures. What only the
whole file tells (in which country most of a conflict lies; whether somebody on whom a document
relies is an outlet) waits for its end.
"""

import gc
import time
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any, Final

import pghistory
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from ceasefire.enums import ImportScope, RowOutcome
from ceasefire.models import ImportRun
from ceasefire.services.imports import duplicates, things
from ceasefire.services.imports.formats import FORMATS, Format
from ceasefire.services.imports.parts import read_parts
from ceasefire.services.imports.places import OurPlace, Places
from ceasefire.services.imports.reading import Table
from ceasefire.services.imports.staging import Staging
from ceasefire.sql import sql
from sources import services as records
from sources.ahead import ahead, short_turns
from sources.models import Outlet, Source

#: What is said of how far it is: the step, how many are done, of how many.
Say = Callable[[str, int, int], None]

#: Seconds between two things that are said within a step.
PAUSE: Final = 0.5

#: The database takes longer for a part than the reading, but at the beginning.
PARTS_AHEAD: Final = 3

STEPS: Final = (
    "Reading the file",
    "Citations",
    "Conflicts, places and parties",
    "Incidents",
    "Parties involved and targets",
    "What has changed",
    "Possible duplicates",
    "Checking every rule",
)


@dataclass(slots=True)
class Outcome:
    """What an import did, or would do."""

    counts: dict[str, int]
    report: dict[str, Any]
    is_written: bool


class _AtFault(Exception):  # noqa: N818  # reads as what it says
    """A row is at fault, and all or nothing was asked for."""


def carry_out(run: ImportRun, table: Table, *, is_dry: bool, say: Say) -> Outcome:
    """Write what the table holds, within the caller's transaction.

    `is_dry`: make every row as it would be written, and try it against the rules of its table, but
    in tables that vanish; rows at fault, in conflict, with remarks or gone upstream are kept in the
    report. The same is done where all rows were asked for and one is at fault. Raises BadFile where
    the file breaks off, and ValidationError where a rule is broken.
    """
    with connection.cursor() as cursor, _collector_asleep():
        if not is_dry:
            before = transaction.savepoint()
            try:
                return _Import(cursor, run, table, say).carry_out()
            except _AtFault:
                transaction.savepoint_rollback(before)
        return _Import(cursor, run, table, say).try_out()


class _Ours:
    """What of ours the rows to be written name: read once, and while the file is."""

    def __init__(self, form: Format, version: str, report: things.Report) -> None:
        self.dataset = _dataset_source(form, version)
        self.outlets = things.Outlets(report)
        self.places = Places(report)


class _Import:
    """One file on its way."""

    def __init__(self, cursor: CursorWrapper, run: ImportRun, table: Table, say: Say) -> None:
        self._cursor = cursor
        self._run = run
        self._table = table
        self._form: Format = FORMATS[run.format]
        self._staging = Staging(cursor)
        self._steps = _Steps(say)
        self._report = things.Report()
        #: None as long as nothing is to be written.
        self._ours: _Ours | None = None
        #: The numbers of the outlets that the database was told of.
        self._told: set[int] = set()
        #: The number of the last row of the parts before.
        self._last = 0

    def carry_out(self) -> Outcome:
        """Write every row that is new or changed. Raises _AtFault."""
        with pghistory.context(**_context(self._run)):
            with closing(self._parts()) as parts:
                for _ in parts:
                    self._decide()
                    if self._run.scope != ImportScope.GOOD_ROWS and any(_at_fault(self._cursor)):
                        raise _AtFault
                    self._write()
                    self._last = self._staging.last
            proposals = self._finish(is_trial=False)
        return self._outcome(proposals, is_written=True)

    def try_out(self) -> Outcome:
        """Do the same with tables that stand before the real ones, and take it all back."""
        for _ in self._parts():
            pass
        self._decide()
        before = transaction.savepoint()
        with pghistory.context(**_context(self._run)):
            self._cursor.execute(sql("import_trial"))
            self._write()
            proposals = self._finish(is_trial=True)
        transaction.savepoint_rollback(before)
        return self._outcome(proposals, is_written=False)

    def _parts(self) -> Generator[None, None, None]:
        """Bring the file in, part by part."""
        self._steps.next()
        parts = read_parts(self._run, self._form, self._table, self._staging.named)
        with closing(ahead(parts, depth=PARTS_AHEAD)) as coming:
            for part in coming:
                self._staging.take(part)
                self._steps.within(f"{self._staging.rows:,} rows")
                yield

    def _decide(self) -> None:
        """Say of each row of the part what becomes of it."""
        self._execute("import_outcomes", scheme=self._form.scheme, after=self._last)
        if self._counts().get(RowOutcome.UPDATED):
            self._execute("import_edited", after=self._last)
        self._execute("import_new_records", scheme=self._form.scheme, after=self._last)

    def _write(self) -> None:
        """Write what of the part needs no other part."""
        staging, form = self._staging, self._form
        if self._ours is None:
            if not staging.uses("conflicts"):
                return
            self._ours = _Ours(form, self._run.dataset_version, self._report)
        used = staging.uses("outlets", after=self._last).keys()
        new = staging.named.outlets.among(used - self._told)
        staging.say("our_outlet", self._ours.outlets.resolve(new).items())
        self._told |= new.keys()
        self._execute("import_sources", after=self._last)
        self._execute(
            "import_records",
            status=self._run.status,
            scheme=form.scheme,
            version=self._run.dataset_version,
            after=self._last,
        )
        self._execute(
            "import_passages",
            dataset=self._ours.dataset.pk,
            dataset_outlet=self._ours.dataset.outlet_id,
            after=self._last,
        )
        self._execute("import_written", run=self._run.pk, scheme=form.scheme, after=self._last)

    def _finish(self, *, is_trial: bool) -> int:
        """Write what only the whole file tells. Return how many duplicates are proposed."""
        if self._ours is None:
            return 0
        claimed_by = self._ours.dataset.outlet.name
        self._steps.next()
        places = self._cite(self._ours)
        self._steps.next()
        self._find_things(places)
        self._steps.next()
        self._execute("import_incidents")
        self._steps.next()
        self._execute("import_rows_of_records", claimed_by=claimed_by)
        self._steps.next()
        if self._counts().get(RowOutcome.UPDATED):
            self._execute(
                "import_changed",
                scheme=self._form.scheme,
                version=self._run.dataset_version,
                claimed_by=claimed_by,
            )
        self._steps.next()
        proposals = duplicates.propose(self._cursor, scheme=self._form.scheme, is_trial=is_trial)
        self._steps.next()
        records.check_rules()
        return proposals

    def _cite(self, ours: _Ours) -> dict[int, OurPlace]:
        """Write the citations. Meanwhile find out which of ours the places are, and return them by
        their numbers.
        """
        staging, named = self._staging, self._staging.named
        origins = named.origins.among(staging.uses("origins"))
        staging.say("our_origin", _origins(origins, ours.outlets))
        used = named.places.among(staging.uses("places"))
        with short_turns(), ThreadPoolExecutor(1, "places") as beside:
            finding = beside.submit(ours.places.find, used)
            self._execute("import_citations")
            found = finding.result()
        ours.places.make(self._cursor)
        return found

    def _find_things(self, places: dict[int, OurPlace]) -> None:
        """Say for each other thing that the rows to be written name which of ours it is."""
        staging, named, report = self._staging, self._staging.named, self._report
        used = staging.uses("conflicts")
        staging.say(
            "our_conflict",
            things.conflicts(
                named.conflicts.among(used),
                used,
                [(conflict, part, name) for part, (conflict, name) in named.parts.items()],
                chosen=self._run.conflict,
                report=report,
            ).items(),
        )
        staging.say("our_place", ((ref, place.pk, place.name) for ref, place in places.items()))
        parties = things.parties(named.parties.among(staging.uses("parties")), report=report)
        staging.say("our_party", ((ref, pk, wording) for ref, (pk, wording) in parties.items()))

    def _outcome(self, proposals: int, *, is_written: bool) -> Outcome:
        self._execute(
            "import_report", run=self._run.pk, scheme=self._form.scheme, is_dry=not is_written
        )
        counts = self._counts()
        refused, faults = _at_fault(self._cursor)
        return Outcome(
            counts={
                "rows": self._staging.rows,
                "created": counts.get(RowOutcome.CREATED, 0),
                "updated": counts.get(RowOutcome.UPDATED, 0),
                "unchanged": counts.get(RowOutcome.UNCHANGED, 0),
                "conflicts": counts.get(RowOutcome.CONFLICT, 0),
                "withdrawn": self._run.rows.filter(outcome=RowOutcome.WITHDRAWN).count(),
                "refused": refused,
                "faults": faults,
                "remarks": self._staging.remarks,
                "possible_duplicates": proposals,
            },
            report={
                "encoding": self._table.encoding,
                "conflicts": self._report.conflicts,
                "made": {what: sorted(names) for what, names in self._report.made.items()},
                "found": {what: sorted(set(names)) for what, names in self._report.found.items()},
            },
            is_written=is_written,
        )

    def _execute(self, statement: str, **parameters: Any) -> None:
        self._cursor.execute(sql(statement), parameters or None)

    def _counts(self) -> dict[str, int]:
        """Return how many rows there are of each outcome."""
        self._cursor.execute("SELECT outcome, count(*) FROM incoming GROUP BY outcome")
        return dict(self._cursor.fetchall())


class _Steps:
    """Says how far the import is, in steps and within the long one."""

    def __init__(self, say: Say) -> None:
        self._say = say
        self._names: Iterator[tuple[int, str]] = iter(enumerate(STEPS))
        self._done, self._name = 0, ""
        self._said = 0.0

    def next(self) -> None:
        self._done, self._name = next(self._names)
        self._tell(self._name)

    def within(self, words: str) -> None:
        """Say how far the step is, if a reader has had the time to read what was said before."""
        if time.monotonic() - self._said >= PAUSE:
            self._tell(f"{self._name}: {words}")

    def _tell(self, words: str) -> None:
        self._say(words, self._done, len(STEPS))
        self._said = time.monotonic()


@contextmanager
def _collector_asleep() -> Iterator[None]:
    """Let the collector of cycles sleep: of a million objects that an import makes none is in one,
    and looking for them takes a fifth of the time of reading.
    """
    was_awake = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_awake:
            gc.enable()


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


def _origins(
    named: dict[int, str], outlets: things.Outlets
) -> Iterator[tuple[int, int | None, str, bool]]:
    """Say of each on whom documents rely which outlet it is, or that it is a speaker.

    A speaker who is a party, by its name, belongs to that party: shown, and not independent.
    """
    parties = things.parties_by_name()
    for ref, name in named.items():
        outlet = outlets.get(name)
        if outlet is not None:
            yield ref, outlet.pk, "", False
        else:
            yield ref, None, name, things.fold(name) in parties
