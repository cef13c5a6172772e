"""Days of the world, and dates about them that are known exactly, nearly or hardly.

The bounds are worked out here rather than parsed: a million dates would take an hour. A test holds
them to what the database makes of the same texts.
"""

import calendar
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Final

from sources.partial_dates import precision_of

FIRST: Final = date(2011, 1, 1)
DAYS: Final = (date(2024, 12, 31) - FIRST).days + 1

Dated = tuple[str, date | None, date | None, str]
"""A date as four columns hold it: its text, its bounds, its precision."""

UNDATED: Final[Dated] = ("", None, None, "unknown")


@cache
def on(number: int) -> date:
    """Return a day by its number, 0 being the first of the world."""
    return FIRST + timedelta(days=max(0, number))


@cache
def exact(number: int) -> Dated:
    return _written(on(number).isoformat(), on(number), on(number))


@cache
def uncertain(number: int) -> Dated:
    return _written(f"{on(number)}?", on(number), on(number))


@cache
def about(number: int) -> Dated:
    """Return the day give or take one, as `~` is read."""
    day = on(number)
    return _written(f"{day}~", day - timedelta(days=1), day + timedelta(days=1))


@cache
def between(first: int, last: int) -> Dated:
    return _written(f"{on(first)}/{on(last)}", on(first), on(last))


@cache
def by(number: int) -> Dated:
    return _written(f"../{on(number)}", None, on(number))


@cache
def since(number: int) -> Dated:
    return _written(f"{on(number)}/..", on(number), None)


@cache
def in_month(year: int, month: int) -> Dated:
    last = calendar.monthrange(year, month)[1]
    return _written(f"{year}-{month:02}", date(year, month, 1), date(year, month, last))


@cache
def in_year(year: int) -> Dated:
    return _written(f"{year}", date(year, 1, 1), date(year, 12, 31))


def _written(text: str, earliest: date | None, latest: date | None) -> Dated:
    return text, earliest, latest, precision_of(earliest, latest).value


def fuzzy(random: Random, number: int) -> Dated:
    """Return a date that is true of the day: mostly exact, else a window around it, or nothing."""
    chance = random.random()
    day = on(number)
    if chance < 0.82:
        return exact(number)
    if chance < 0.91:
        first = number - random.randrange(3)
        return between(first, first + random.choice((2, 2, 3, 4, 6)))
    if chance < 0.955:
        return in_month(day.year, day.month)
    if chance < 0.97:
        return random.choice((about, uncertain))(number)
    if chance < 0.98:
        return by(number)
    if chance < 0.987:
        return since(number)
    if chance < 0.995:
        return in_year(day.year)
    return UNDATED


def rather_exact(random: Random, number: int) -> Dated:
    """Return a date that is exact, or known to the month."""
    if random.random() < 0.9:
        return exact(number)
    return in_month(on(number).year, on(number).month)
