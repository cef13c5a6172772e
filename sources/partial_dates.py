"""Dates that are only partly known, written in EDTF (ISO 8601-2, levels 0 and 1).

This is the one place in Python where the text of a date is parsed. The same rules stand in SQL in
`sources/sql/partial_dates.sql`; property tests hold the two together.

Accepted: `YYYY`, `YYYY-MM`, `YYYY-MM-DD`; unspecified digits (`201X`, `20XX`, `2017-XX`,
`2017-XX-XX`, `2017-01-XX`); each with `~` (approximate), `?` (uncertain) or `%` (both) behind it;
intervals of two such dates, one of which may be `..` (open) or empty (not known); and the empty
text (undated).
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, Literal, Self

from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from edtf import parse_edtf

from sources.enums import Precision

Extent = Literal["within", "throughout"]
"""Whether something happened at some time in the window, or lasted for all of it."""

_OPEN: Final = ".."
_POINT: Final = re.compile(
    r"(?:(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?:(?P<day>[0-9]{2})|XX))?|-XX(?:-XX)?)?"
    r"|(?P<decade>[0-9]{3})X|(?P<century>[0-9]{2})XX)(?P<qualifier>[~?%]?)"
)
_SEASON: Final = re.compile(r"[0-9]{4}-(?:2[1-9]|3[0-9]|4[01])[~?%]?")
_TIME: Final = re.compile(r"[0-9]T[0-9]|[0-9]:[0-9]")
_OTHER_YEAR: Final = re.compile(r"(?:Y-?|-)?[0-9]{5,}|-[0-9]{4}(?:-.*)?")
# Without a context, so that what the catalogue says of a month holds for Django's own dates too.
_MONTHS: Final = (
    _("January"),
    _("February"),
    _("March"),
    _("April"),
    _("May"),
    _("June"),
    _("July"),
    _("August"),
    _("September"),
    _("October"),
    _("November"),
    _("December"),
)
_SHORT_MONTHS: Final = (
    pgettext_lazy("short month", "Jan"),
    pgettext_lazy("short month", "Feb"),
    pgettext_lazy("short month", "Mar"),
    pgettext_lazy("short month", "Apr"),
    pgettext_lazy("short month", "May"),
    pgettext_lazy("short month", "Jun"),
    pgettext_lazy("short month", "Jul"),
    pgettext_lazy("short month", "Aug"),
    pgettext_lazy("short month", "Sep"),
    pgettext_lazy("short month", "Oct"),
    pgettext_lazy("short month", "Nov"),
    pgettext_lazy("short month", "Dec"),
)
_MONTHS_IN_YEAR: Final = 12


class PartialDateError(ValueError):
    """A text is not a date in the accepted form. The message is one plain sentence."""


@dataclass(frozen=True, slots=True)
class PartialDate:
    """What a text says about when something was, and the days between which that must lie."""

    text: str
    earliest: date | None
    latest: date | None
    precision: str
    is_approximate: bool
    is_uncertain: bool

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read an EDTF text; raise `PartialDateError` where it is none, or cannot be true.

        An approximate date is widened by one unit of its own precision on each side, because it
        must not be read as an exact one. An uncertain date keeps its bounds and is only flagged.
        The bound of an end that is open or not known is None.
        """
        text = text.strip()
        start, end = _ends(text)
        earliest = start.earliest if start else None
        latest = end.latest if end else None
        if start and end and start.earliest > end.latest:
            raise PartialDateError(
                gettext("The interval ends (%(end)s) before it begins (%(start)s).")
                % {"end": end.in_words(), "start": start.in_words()}
            )
        points = [point for point in (start, end) if point]
        return cls(
            text=text,
            earliest=earliest,
            latest=latest,
            precision=precision_of(earliest, latest).value,
            is_approximate=any(point.is_approximate for point in points),
            is_uncertain=any(point.is_uncertain for point in points),
        )

    def in_words(self, *, extent: Extent = "within") -> str:
        """Word the date as part of a sentence, claiming no more than is known."""
        start, end = _ends(self.text)
        if start and end:
            if start == end:
                return start.in_words()
            words = {"start": _beginning(start, end), "end": end.in_words()}
            if extent == "throughout":
                return gettext("from %(start)s to %(end)s") % words
            return gettext("some time between %(start)s and %(end)s") % words
        if start:
            if self.text.endswith(_OPEN):
                return gettext("from %(date)s, end open") % {"date": start.in_words()}
            return gettext("from %(date)s, end not known") % {"date": start.in_words()}
        if end:
            limit = {"date": end.in_words_as_limit()}
            if extent != "throughout":
                return gettext("by %(date)s") % limit
            if self.text.startswith(_OPEN):
                return gettext("until %(date)s") % limit
            return gettext("until %(date)s, beginning not known") % limit
        return gettext("date not recorded")

    def in_short(self, *, extent: Extent = "within") -> str:
        """Word the date briefly, for a list or beside a mark."""
        start, end = _ends(self.text)
        if start and end:
            return start.in_short() if start == end else _joined_briefly(start, end)
        if start:
            return gettext("from %(date)s") % {"date": start.in_short()}
        if end and extent == "throughout":
            return gettext("until %(date)s") % {"date": end.in_short()}
        if end:
            return gettext("by %(date)s") % {"date": end.in_short()}
        return gettext("undated")


def precision_of(earliest: date | None, latest: date | None) -> Precision:
    """Class the distance between two bounds by the spans of UCDP GED's `date_prec`."""
    if earliest is None or latest is None:
        return Precision.UNKNOWN if earliest is latest else Precision.OPEN
    days = (latest - earliest).days
    for most, precision in (
        (0, Precision.DAY),
        (5, Precision.DAYS),
        (6, Precision.WEEK),
        (30, Precision.MONTH),
        (365, Precision.YEAR),
    ):
        if days <= most:
            return precision
    return Precision.LONGER


@dataclass(frozen=True, slots=True)
class _Point:
    """One date: the whole of a text, or one end of an interval."""

    earliest: date
    latest: date
    year: int
    years: int
    """1 for a year, 10 for a decade, 100 for a century."""
    month: int | None
    day: int | None
    qualifier: str

    @property
    def is_approximate(self) -> bool:
        return self.qualifier in ("~", "%")

    @property
    def is_uncertain(self) -> bool:
        return self.qualifier in ("?", "%")

    def in_words(self) -> str:
        date = {"date": self._certainly_in_words()}
        match self.is_approximate, self.is_uncertain:
            case True, True:
                return gettext("about %(date)s (uncertain)") % date
            case True, False:
                return gettext("about %(date)s") % date
            case False, True:
                return gettext("%(date)s (uncertain)") % date
            case _:
                return date["date"]

    def in_words_as_limit(self) -> str:
        """Word the date behind "by" or "until", where "January 2017" alone could mean its start."""
        if self.day or self.is_approximate:
            return self.in_words()
        return gettext("the end of %(date)s") % {"date": self.in_words()}

    def in_short(self) -> str:
        date = self._certainly_in_short()
        if self.is_approximate:
            date = gettext("c. %(date)s") % {"date": date}
        return f"{date}?" if self.is_uncertain else date

    def month_in_words(self) -> str:
        return str(_MONTHS[self.month - 1]) if self.month else ""

    def month_in_short(self) -> str:
        return str(_SHORT_MONTHS[self.month - 1]) if self.month else ""

    def shares_year_with(self, other: "_Point") -> bool:
        """Tell whether one year, said once, can stand behind both dates."""
        return (
            not self.qualifier
            and not other.qualifier
            and self.month is not None
            and other.month is not None
            and self.year == other.year
            and bool(self.day) == bool(other.day)
        )

    def _certainly_in_words(self) -> str:
        if self.month:
            return _dated(self.day, self.month_in_words(), self.year)
        if self.years == 1:
            return str(self.year)
        if self.years == 10:
            return gettext("the %(decade)ss") % {"decade": self.year}
        years = {"first": self.year, "last": self.year + 99}
        return gettext("the years %(first)s to %(last)s") % years

    def _certainly_in_short(self) -> str:
        if self.month:
            return _dated(self.day, self.month_in_short(), self.year)
        if self.years == 1:
            return str(self.year)
        if self.years == 10:
            return pgettext("short", "%(decade)ss") % {"decade": self.year}
        return f"{self.year}–{self.year + 99}"


def _dated(day: int | None, month: str, year: int) -> str:
    if day is None:
        return pgettext("date", "%(month)s %(year)s") % {"month": month, "year": year}
    words = {"day": day, "month": month, "year": year}
    return pgettext("date", "%(day)s %(month)s %(year)s") % words


def _day_of_month(day: int | None, month: str) -> str:
    """Word a date whose year stands behind a later one."""
    if day is None:
        return month
    return pgettext("date", "%(day)s %(month)s") % {"day": day, "month": month}


def _beginning(start: _Point, end: _Point) -> str:
    """Word the beginning of an interval without what its end says again."""
    if not start.shares_year_with(end):
        return start.in_words()
    if start.day and start.month == end.month:
        return str(start.day)
    return _day_of_month(start.day, start.month_in_words())


def _joined_briefly(start: _Point, end: _Point) -> str:
    last = end.in_short()
    if not start.shares_year_with(end):
        first = start.in_short()
        return f"{first}–{last}" if first.isdigit() and last.isdigit() else f"{first} – {last}"
    if not start.day:
        return f"{start.month_in_short()}–{last}"
    if start.month == end.month:
        return f"{start.day}–{last}"
    return f"{_day_of_month(start.day, start.month_in_short())} – {last}"


def _ends(text: str) -> tuple[_Point | None, _Point | None]:
    """Split a stripped text into its first and last date; None where there is none."""
    if not text:
        return None, None
    if "/" not in text:
        point = _point(text)
        return point, point
    halves = text.split("/")
    if len(halves) > 2:
        raise PartialDateError(gettext("An interval has one / between its beginning and its end."))
    start, end = (None if half in ("", _OPEN) else _point(half) for half in halves)
    if start is None and end is None:
        raise PartialDateError(
            gettext(
                "An interval needs a beginning or an end; "
                "leave the date empty where neither is known."
            )
        )
    return start, end


@lru_cache(maxsize=16_384)
def _point(text: str) -> _Point:
    """Read one date; the cache matters, as the parser of `edtf` takes milliseconds."""
    match = _POINT.fullmatch(text)
    if match is None:
        raise PartialDateError(_why_not(text))
    part = {name: int(value) for name, value in match.groupdict().items() if _is_number(value)}
    year, month, day = part.get("year"), part.get("month"), part.get("day")
    years = 1
    if year is None and "decade" in part:
        year, years = part["decade"] * 10, 10
    elif year is None:
        year, years = part["century"] * 100, 100
    qualifier = match["qualifier"]
    _refuse_impossible(text, year, month, day)
    if day and month:
        # Exact days are nearly all there are: they need neither the slow parser nor its calendar.
        earliest = latest = date(year, month, day)
    else:
        parsed = parse_edtf(text)
        earliest = date(*parsed.lower_strict()[:3])
        latest = date(*parsed.upper_strict()[:3])
    if qualifier in ("~", "%"):
        if day:
            earliest, latest = _days_around(earliest)
        else:
            unit = 1 if month else years * _MONTHS_IN_YEAR
            earliest, latest = _months_around(earliest, latest, unit)
    return _Point(earliest, latest, year, years, month, day, qualifier)


def _is_number(value: str | None) -> bool:
    return value is not None and value.isdigit()


def _refuse_impossible(text: str, year: int, month: int | None, day: int | None) -> None:
    if year == 0:
        raise PartialDateError(gettext("Years run from 0001 to 9999."))
    if month is None:
        return
    if _SEASON.fullmatch(text):
        raise PartialDateError(gettext("Seasons are not accepted; give months instead."))
    if not 1 <= month <= _MONTHS_IN_YEAR:
        raise PartialDateError(gettext("There is no month %(month)s.") % {"month": month})
    if day is not None and not 1 <= day <= calendar.monthrange(year, month)[1]:
        date_in_words = _dated(day, str(_MONTHS[month - 1]), year)
        raise PartialDateError(gettext("%(date)s does not exist.") % {"date": date_in_words})


def _why_not(text: str) -> str:
    if _TIME.search(text):
        return gettext("A date has no time of day here.")
    if _OTHER_YEAR.fullmatch(text):
        return gettext("Years run from 0001 to 9999.")
    return gettext(
        "“%(text)s” is not a date such as 2017, 2017-01, 2017-01-16 or 2017-01/2017-03."
    ) % {"text": text}


def _days_around(day: date) -> tuple[date, date]:
    one = timedelta(days=1)
    return max(day, date.min + one) - one, min(day, date.max - one) + one


def _months_around(earliest: date, latest: date, unit: int) -> tuple[date, date]:
    """Widen whole months by `unit` months on each side, within the years that there are."""
    first = max(_month_number(earliest) - unit, _month_number(date.min))
    last = min(_month_number(latest) + unit, _month_number(date.max))
    year, month = _year_and_month(last)
    return (
        date(*_year_and_month(first), 1),
        date(year, month, calendar.monthrange(year, month)[1]),
    )


def _month_number(day: date) -> int:
    return day.year * _MONTHS_IN_YEAR + day.month - 1


def _year_and_month(number: int) -> tuple[int, int]:
    return number // _MONTHS_IN_YEAR, number % _MONTHS_IN_YEAR + 1
