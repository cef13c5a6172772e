"""The statements behind a truce's report, each over the set of incidents that a query finds."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import connection
from django.db.models import Max, QuerySet

from timeline.models.entry import EntryQuerySet
from timeline.queries.reading import Reading
from timeline.queries.report.model import (
    BEFORE,
    NOT_JUDGED,
    NOTHING,
    VERDICTS,
    Count,
    Killed,
    Window,
)
from timeline.sql import sql

#: As many sources as one address of the timeline can name.
MOST_SOURCES: Final = 100
MOST_PAIRS: Final = 10

Counts = dict[str, dict[str, Count]]
ByDay = dict[date, dict[str, Count]]


@dataclass(frozen=True)
class Told:
    """An outlet, and of how many incidents it tells before and after."""

    outlet: int
    before: int
    after: int
    is_compared: bool
    carries: bool
    """Whether it belongs to the fewest through which all compared incidents are found."""


def sources_of(entries: EntryQuerySet, before: Window, after: Window) -> list[Told]:
    """Return every outlet that tells of these incidents, those that can be compared first."""
    columns = ("record_id", "when_edtf", "earliest", "latest", "outlet_ids")
    rows = run(
        "report_sources",
        {"entries": entries.values(*columns)},
        before_first=before.first,
        before_last=before.last,
        after_first=after.first,
        after_last=after.last,
        most=MOST_SOURCES,
    )
    return [Told(*row) for row in rows]


def counts_of(
    reading: Reading, truce_id: int, entries: EntryQuerySet, windows: Sequence[Window]
) -> tuple[Counts, ByDay]:
    """Return the incidents by window and verdict, and by day and verdict."""
    columns = ("record_id", "when_edtf", "earliest", "latest", "killed_low", "killed_high")
    by_verdict: Counts = {window.code: {} for window in windows}
    by_day: ByDay = defaultdict(dict)
    for code, day, gravity, certain, possible, *killed in run(
        "report_days",
        {
            "entries": entries.values(*columns),
            "assessments": reading.assessments().gravest_under(truce_id),
        },
        **_periods(windows),
    ):
        into = by_verdict[code] if day is None else by_day[day]
        # Before a truce there is nothing that it could have judged.
        verdict = NOT_JUDGED if code == BEFORE else VERDICTS[gravity]
        count = Count(certain, possible, Killed(*map(int, killed)))
        into[verdict] = into.get(verdict, NOTHING) + count
    return by_verdict, by_day


def attributed_of(
    reading: Reading, entries: EntryQuerySet, windows: Sequence[Window]
) -> dict[int | None, dict[str, Count]]:
    """Return the certain incidents of each window by party; None: nobody that we know."""
    columns = ("record_id", "when_edtf", "earliest", "latest", "accused_ids")
    found: dict[int | None, dict[str, Count]] = {}
    for party, code, incidents, *killed in run(
        "report_accused",
        {"entries": entries.values(*columns, "killed_low", "killed_high")},
        revision=reading.number,
        **_periods(windows),
    ):
        count = Count(incidents, incidents, Killed(*map(int, killed)))
        found.setdefault(party, {})[code] = count
    return found


def newest_report(reading: Reading, entries: EntryQuerySet) -> date | None:
    """Return the last day on which any of these entries was first reported.

    A report dated after the revision itself is a slip of the pen, and says nothing of the newest.
    """
    written = reading.revision.created_at
    if written is None:
        return None
    dated = entries.filter(reported_latest__lte=written.date())
    found: date | None = dated.aggregate(newest=Max("reported_latest"))["newest"]
    return found


def gravest_of(reading: Reading, truce_id: int, entries: EntryQuerySet, most: int) -> list[int]:
    """Return the incidents judged gravest under a truce, those that fell in its time first."""
    rows = run(
        "report_gravest",
        {
            "entries": entries.values("record_id", "sort_on"),
            "assessments": reading.assessments().gravest_under(truce_id),
        },
        most=most,
    )
    return [incident for (incident,) in rows]


def duplicates_of(entries: EntryQuerySet) -> tuple[int, list[tuple[int, int]]]:
    """Return how many pairs of these incidents may be the same, and the first of them."""
    rows = run(
        "report_duplicates", {"entries": entries.values("record_id", "links")}, most=MOST_PAIRS
    )
    return (rows[0][2] if rows else 0), [(one, other) for one, other, _total in rows]


def run(
    name: str, queries: Mapping[str, "QuerySet[Any, Any]"], **parameters: Any
) -> list[tuple[Any, ...]]:
    """Run a statement of timeline/sql with queries put in for the names in braces."""
    statement = sql(name)
    for place, query in queries.items():
        inner, values = query.order_by().query.sql_with_params()
        for number, value in enumerate(values):
            inner = inner.replace("%s", f"%({place}_{number})s", 1)
            parameters[f"{place}_{number}"] = value
        statement = statement.replace(f"{{{place}}}", inner)
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _periods(windows: Sequence[Window]) -> dict[str, list[Any]]:
    return {
        "codes": [window.code for window in windows],
        "firsts": [window.first for window in windows],
        "lasts": [window.last for window in windows],
    }
