"""Stretches of days, taken apart into what is counted: whole years, whole months, and the rest."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from timeline.enums import Period


class Stretch(NamedTuple):
    """Whole periods one after another, or days that make no whole month; both ends included."""

    period: Period | None
    """None: days."""
    first: date
    last: date


_YEAR = 12
_END = 12 * 10_000
"""The month after the calendar's last, counted like the others from January of a year 0."""


def stretches(first: date, last: date, *, years: bool = True) -> Iterator[Stretch]:
    """Take the days from one to another apart into as few stretches as there can be, in order.

    Without `years` months are the largest. None where the last day lies before the first.
    """
    begin = _month(first) if first.day == 1 else _month(first) + 1
    end = _month(last) + 1 if _last_day(_month(last)) == last else _month(last)
    if begin >= end:
        if first <= last:
            yield Stretch(None, first, last)
        return
    if first < _first_day(begin):
        yield Stretch(None, first, _last_day(begin - 1))
    first_year, end_year = -(-begin // _YEAR) * _YEAR, end // _YEAR * _YEAR
    if years and first_year < end_year:
        yield from _whole(Period.MONTH, begin, first_year)
        yield from _whole(Period.YEAR, first_year, end_year)
        yield from _whole(Period.MONTH, end_year, end)
    else:
        yield from _whole(Period.MONTH, begin, end)
    if _last_day(end - 1) < last:
        yield Stretch(None, _first_day(end), last)


def years_until(last: date) -> tuple[date, Stretch | None, int]:
    """Return the whole years up to a day or close to it, as the day before which they begin.

    And the days by which they fall short of it, with 1, or by which they go beyond it, with -1.
    """
    begin, end = date(last.year, 1, 1), date(last.year, 12, 31)
    if last == end:
        return end, None, 1
    if last.month > _YEAR // 2:
        return end, Stretch(None, last + timedelta(days=1), end), -1
    return begin, Stretch(None, begin, last), 1


def _whole(period: Period, begin: int, end: int) -> Iterator[Stretch]:
    if begin < end:
        yield Stretch(period, _first_day(begin), _last_day(end - 1))


def _month(day: date) -> int:
    return day.year * _YEAR + day.month - 1


def _first_day(month: int) -> date:
    return date(month // _YEAR, month % _YEAR + 1, 1)


def _last_day(month: int) -> date:
    return date.max if month + 1 == _END else _first_day(month + 1) - timedelta(days=1)
