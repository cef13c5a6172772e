"""The days before a truce beside the days after it, by the same sources only.

Every number is that of a filter of the timeline, so that a reader can follow it to its lines.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext as _

from sources.enums import RecordKind
from timeline.enums import Topic
from timeline.models import Entry
from timeline.models.entry import EntryQuerySet
from timeline.queries.lines import Line, named
from timeline.queries.reading import Reading
from timeline.queries.report.lives import ONE_DAY, Life
from timeline.queries.report.model import (
    AFTER,
    BEFORE,
    BETWEEN,
    DAYS,
    NOTHING,
    Attributed,
    Count,
    Counting,
    Day,
    Report,
    Source,
    Window,
    provisional_from,
)
from timeline.queries.report.statements import (
    ByDay,
    Told,
    attributed_of,
    counts_of,
    duplicates_of,
    newest_report,
    sources_of,
)

#: A truce whose beginning is not known to so many days is compared with nothing.
MOST_BETWEEN: Final = 92

Windows = tuple[Window, Window, Window]


def report(reading: Reading, truce: Entry, life: Life, *, days: int = DAYS) -> Report:
    """Compare the reported incidents of so many days before a truce and after it.

    A handful of statements over the incidents of those days, however many there are.
    """
    mine = reading.entries().about([truce.conflict_id]).of_kinds([RecordKind.INCIDENT])
    single = mine.told_as([False])
    empty = Report(life=life, days=days, newest=newest_report(reading, single))
    windows = _windows(life, days, empty.newest)
    if isinstance(windows, str):
        return replace(empty, why_not=windows)
    before, _between, after = windows
    told = sources_of(_around(single, windows), before, after)
    outlets = [row.outlet for row in told if row.carries]
    if not outlets:
        why_not = _("No source tells of single incidents both before it and after it.")
        return replace(empty, why_not=why_not, left_out=_sources(reading, told))
    same = single.through_outlets(outlets)
    newest = newest_report(reading, same)
    windows = _windows(life, days, newest)
    if isinstance(windows, str):
        return replace(empty, why_not=windows, left_out=_sources(reading, told))
    counted = _around(same, windows)
    by_verdict, by_day = counts_of(reading, truce.record_id, counted, windows)
    counting = Counting(
        truce=truce.public_id,
        conflict=_slug(reading, Topic.CONFLICT, truce.conflict_id),
        revision=reading.number,
        outlets=tuple(_slug(reading, Topic.OUTLET, outlet) for outlet in outlets),
    )
    duplicates, pairs = duplicates_of(counted)
    return replace(
        empty,
        newest=newest,
        windows=tuple(
            replace(
                window,
                by_verdict=by_verdict[window.code],
                query=counting.query(window.first, window.last),
            )
            for window in windows
        ),
        series=_series(windows, by_day, newest, counting),
        compared=_sources(reading, (row for row in told if row.is_compared)),
        left_out=_sources(reading, (row for row in told if not row.is_compared)),
        attributed=_attributed(
            reading, attributed_of(reading, counted, windows), windows, counting
        ),
        duplicates=duplicates,
        pairs=lines_of_pairs(reading, pairs),
        counting=counting,
    )


def lines_of_pairs(
    reading: Reading, pairs: Sequence[tuple[int, int]]
) -> tuple[tuple[Line, Line], ...]:
    if not pairs:
        return ()
    found = reading.entries_of_records({ref for pair in pairs for ref in pair})
    lines = {line.entry.record_id: line for line in reading.lines(found.values())}
    return tuple((lines[one], lines[other]) for one, other in pairs)


def _windows(life: Life, days: int, newest: date | None) -> Windows | str:
    """Return the days before it, those of its beginning, and those after; or why there are none."""
    begins = life.begins
    if begins is None:
        return _("When it was agreed or took effect is not recorded: no days lie before or after.")
    first, last = begins
    if (last - first).days >= MOST_BETWEEN:
        return _("When it was agreed or took effect is not known well enough to compare days.")
    ends = [last + timedelta(days=days), *(day for day in (life.last_certain_day, newest) if day)]
    if newest is None or min(ends) <= last:
        return _("Nothing is reported of any day after it on which it certainly held on.")
    return (
        Window(BEFORE, first - timedelta(days=days), first - ONE_DAY),
        Window(BETWEEN, first, last),
        Window(AFTER, last + ONE_DAY, min(ends)),
    )


def _around(entries: EntryQuerySet, windows: Windows) -> EntryQuerySet:
    """Return the incidents that may have happened in any of the windows, which adjoin."""
    first, last = windows[0].first, windows[-1].last
    return entries.since(first, certainly=False).until(last, certainly=False)


def _series(
    windows: Windows, by_day: ByDay, newest: date | None, counting: Counting
) -> tuple[Day, ...]:
    """Return every day of the windows, those without an incident too."""
    provisional = provisional_from(newest)
    return tuple(
        Day(
            day=day,
            period=window.code,
            by_verdict=by_day.get(day, {}),
            is_provisional=provisional is not None and day >= provisional,
            query=counting.query(day, day),
        )
        for window in windows
        for day in (window.first + timedelta(days=number) for number in range(window.days))
    )


def _attributed(
    reading: Reading,
    found: Mapping[int | None, Mapping[str, Count]],
    windows: Windows,
    counting: Counting,
) -> tuple[Attributed, ...]:
    labels = reading.labels(Topic.PARTY, [party for party in found if party is not None])
    before, _between, after = windows
    rows = []
    for party, counts in found.items():
        label = labels.get(party) if party is not None else None
        if (party is not None and label is None) or not {BEFORE, AFTER} & counts.keys():
            continue
        slug = label.slug if label else "none"
        rows.append(
            Attributed(
                party=named(label) if label else None,
                before=counts.get(BEFORE, NOTHING),
                after=counts.get(AFTER, NOTHING),
                before_query=counting.query(before.first, before.last, accused=slug),
                after_query=counting.query(after.first, after.last, accused=slug),
            )
        )
    return tuple(rows)


def _sources(reading: Reading, rows: Iterable[Told]) -> tuple[Source, ...]:
    rows = list(rows)
    labels = reading.labels(Topic.OUTLET, [row.outlet for row in rows])
    return tuple(
        # Revisions from before the field lack it.
        Source(named(label), label.data.get("covers", ""), row.before, row.after)
        for row in rows
        if (label := labels.get(row.outlet)) is not None
    )


def _slug(reading: Reading, topic: str, ref: int) -> str:
    label = reading.label(topic, ref)
    return label.slug if label else ""
