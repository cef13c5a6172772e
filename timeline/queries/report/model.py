"""What the comparison of the days before a truce and after it consists of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final
from urllib.parse import urlencode

from django.utils.dateformat import format as dated
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sources.enums import RecordKind
from timeline.enums import Verdict
from timeline.models.assessment import GRAVITY
from timeline.queries.lines import Line, Name
from timeline.queries.report.lives import Life
from timeline.queries.words import number_in_words

#: Four whole weeks: what is reported differs by the day of the week.
DAYS: Final = 28
SHORTEST: Final = 7
LONGEST: Final = 91
CHOICES: Final = (14, DAYS, 91)
#: Of the days before the newest report, so many are still being reported.
PROVISIONAL: Final = 14
BEFORE, BETWEEN, AFTER = "before", "between", "after"
#: Beside the three verdicts: an incident that was not judged under the truce, as one before it.
NOT_JUDGED: Final = "not_judged"
VERDICTS: Final = (*(verdict.value for verdict in GRAVITY), NOT_JUDGED)
VERDICT_WORDS: Final = {
    Verdict.VIOLATION.value: gettext_lazy("a violation, if it happened as alleged"),
    Verdict.POSSIBLE.value: gettext_lazy("possible violation"),
    Verdict.NOT_COVERED.value: gettext_lazy("not covered"),
    NOT_JUDGED: gettext_lazy("before it, so not judged"),
}


@dataclass(frozen=True)
class Killed:
    """The killed of some incidents: the sums of the lower and of the upper bounds."""

    low: int = 0
    high: int = 0
    unstated: int = 0
    """Of how many incidents nobody states a number of killed."""
    unbounded: int = 0
    """Of how many the number has no upper bound."""

    @property
    def words(self) -> str:
        """Word the sum by the bounds that are known: “9 or more”."""
        return number_in_words(self.low, None, None if self.unbounded else self.high)

    def __add__(self, other: "Killed") -> "Killed":
        return Killed(
            self.low + other.low,
            self.high + other.high,
            self.unstated + other.unstated,
            self.unbounded + other.unbounded,
        )


@dataclass(frozen=True)
class Count:
    """How many incidents certainly happened then, and how many of them or others may have."""

    certain: int = 0
    possible: int = 0
    killed: Killed = Killed()

    @property
    def maybe(self) -> int:
        """How many may have happened then, or at another time."""
        return self.possible - self.certain

    @property
    def killed_words(self) -> str:
        """Word the killed of the certain incidents: never “0” where nobody gives a number."""
        if not self.certain:
            return _("none reported")
        return self.killed.words if self.certain > self.killed.unstated else _("not stated")

    def __add__(self, other: "Count") -> "Count":
        return Count(
            self.certain + other.certain, self.possible + other.possible, self.killed + other.killed
        )


NOTHING: Final = Count()


@dataclass(frozen=True)
class Counting:
    """Which incidents are counted, as the parameters of the timeline's filter."""

    truce: str
    conflict: str
    revision: int
    outlets: tuple[str, ...]

    def query(
        self,
        first: date,
        last: date,
        *,
        verdict: str = "",
        accused: str = "",
        certainly: bool = True,
    ) -> str:
        """Return the query that finds the counted incidents of these days."""
        asked = {
            "accused": accused,
            "aggregate": "no",
            "as_of": str(self.revision),
            "conflict": self.conflict,
            "dates": "certainly" if certainly else "",
            "from": first.isoformat(),
            "judged": judged_as(self.truce, verdict) if verdict else "",
            "kind": RecordKind.INCIDENT.value,
            "outlet": ",".join(self.outlets),
            "to": last.isoformat(),
        }
        return urlencode({name: value for name, value in asked.items() if value}, safe=",:")


def judged_as(truce: str, verdict: str) -> str:
    """Return the filter's word for a verdict under a truce."""
    return f"{truce}:{'none' if verdict == NOT_JUDGED else verdict}"


@dataclass(frozen=True)
class Window:
    """Some days, both included, and what is reported of them."""

    code: str
    first: date
    last: date
    by_verdict: Mapping[str, Count] = field(default_factory=dict)
    query: str = ""
    """The filter that finds what certainly happened in them."""

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def total(self) -> Count:
        return sum(self.by_verdict.values(), NOTHING)

    @property
    def heading(self) -> str:
        return {BEFORE: _("Before"), BETWEEN: _("It begins"), AFTER: _("After")}[self.code]

    @property
    def span(self) -> str:
        """The days of the window, in short."""
        if self.days == 1:
            return dated(self.first, "j M Y")
        first = dated(self.first, "j M" if self.first.year == self.last.year else "j M Y")
        return ngettext(
            "%(days)s day, %(first)s to %(last)s", "%(days)s days, %(first)s to %(last)s", self.days
        ) % {"days": self.days, "first": first, "last": dated(self.last, "j M Y")}

    @property
    def words(self) -> str:
        """What the window is, below its number."""
        said = {
            BEFORE: ngettext(
                "incident a day in the %(days)s day before it",
                "incidents a day in the %(days)s days before it",
                self.days,
            ),
            AFTER: ngettext(
                "incident a day in the %(days)s day after it",
                "incidents a day in the %(days)s days after it",
                self.days,
            ),
        }
        return said[self.code] % {"days": self.days}

    @property
    def a_day(self) -> str:
        """How many incidents a day: two numbers where some may have been at another time."""
        least = f"{self.total.certain / self.days:.1f}"
        most = f"{self.total.possible / self.days:.1f}"
        return (
            least if least == most else _("%(least)s to %(most)s") % {"least": least, "most": most}
        )


@dataclass(frozen=True)
class Day:
    """One day with the incidents whose day is known, and the filter that finds them."""

    day: date
    period: str
    by_verdict: Mapping[str, Count]
    is_provisional: bool
    query: str

    @property
    def total(self) -> Count:
        return sum(self.by_verdict.values(), NOTHING)

    @property
    def words(self) -> str:
        """What is reported of the day, in a sentence."""
        total, day = self.total, dated(self.day, "j F Y")
        if not total.certain:
            return _("%(day)s: none reported") % {"day": day}
        return ngettext(
            "%(day)s: %(count)s incident, killed: %(killed)s",
            "%(day)s: %(count)s incidents, killed: %(killed)s",
            total.certain,
        ) % {"day": day, "count": total.certain, "killed": total.killed_words}


@dataclass(frozen=True)
class Source:
    """An outlet that publishes, or is quoted, about incidents of those days."""

    name: Name
    covers: str
    """What it covers, where it leaves something out by its own rules: “lethal events only”."""
    before: int
    after: int


@dataclass(frozen=True)
class Attributed:
    """What is attributed to one party, or to nobody that we know."""

    party: Name | None
    before: Count
    after: Count
    before_query: str
    after_query: str


@dataclass(frozen=True)
class Cell:
    """A number of the comparison and the filter that finds its lines."""

    count: Count
    query: str
    possibly: str
    """The filter that finds also those that may have happened then or at another time."""


@dataclass(frozen=True)
class Row:
    """One row of the comparison: all incidents, or those of one verdict, over the windows."""

    verdict: str
    words: str
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True)
class Report:
    """What is reported before and after a truce; `why_not` says why nothing can be compared."""

    life: Life
    days: int
    newest: date | None
    """The day of the newest report of the sources that are compared."""
    why_not: str = ""
    windows: tuple[Window, ...] = ()
    """Before it, as it begins, after it; none where nothing is compared."""
    series: tuple[Day, ...] = ()
    compared: tuple[Source, ...] = ()
    left_out: tuple[Source, ...] = ()
    attributed: tuple[Attributed, ...] = ()
    duplicates: int = 0
    pairs: tuple[tuple[Line, Line], ...] = ()
    counting: Counting | None = None

    @property
    def sides(self) -> tuple[Window, ...]:
        """The days before and the days after: what is compared."""
        return tuple(window for window in self.windows if window.code != BETWEEN)

    @property
    def verdicts(self) -> tuple[str, ...]:
        """The verdicts that any of its incidents has, the gravest first."""
        return tuple(
            verdict
            for verdict in VERDICTS
            if any(verdict in window.by_verdict for window in self.windows)
        )

    @property
    def key(self) -> tuple[tuple[str, str], ...]:
        """Its verdicts with their words."""
        return tuple((verdict, str(VERDICT_WORDS[verdict])) for verdict in self.verdicts)

    @property
    def totals(self) -> Row:
        """All incidents over the windows."""
        return self._row("")

    @property
    def rows(self) -> tuple[Row, ...]:
        """The incidents of each verdict over the windows."""
        return tuple(self._row(verdict) for verdict in self.verdicts if verdict != NOT_JUDGED)

    def _row(self, verdict: str) -> Row:
        counting = self.counting
        assert counting is not None
        return Row(
            verdict,
            str(VERDICT_WORDS[verdict]) if verdict else "",
            tuple(_cell(window, verdict, counting) for window in self.windows),
        )

    @property
    def daily(self) -> tuple[tuple[Day, tuple[int, ...]], ...]:
        """Every day with its incidents of each verdict, in the order of `verdicts`."""
        return tuple(
            (day, tuple(day.by_verdict.get(v, NOTHING).certain for v in self.verdicts))
            for day in self.series
        )

    @property
    def has_provisional(self) -> bool:
        return any(day.is_provisional for day in self.series)

    @property
    def provisional_days(self) -> int:
        return PROVISIONAL

    @property
    def choices(self) -> tuple[int, ...]:
        """The numbers of days that the page offers."""
        return tuple(sorted({*CHOICES, self.days}))

    @property
    def limits(self) -> tuple[Source, ...]:
        """The compared sources that leave something out by their own rules."""
        return tuple(source for source in self.compared if source.covers)


def _cell(window: Window, verdict: str, counting: Counting) -> Cell | None:
    """Return a number of the comparison; None for a verdict of the days before."""
    if not verdict:
        judged, count = "", window.total
    elif window.code == BEFORE:
        return None
    else:
        judged, count = verdict, window.by_verdict.get(verdict, NOTHING)
    return Cell(
        count,
        counting.query(window.first, window.last, verdict=judged),
        counting.query(window.first, window.last, verdict=judged, certainly=False),
    )


def provisional_from(newest: date | None) -> date | None:
    """Return the first day that is still being reported, if the newest report is of that day."""
    return newest - timedelta(days=PROVISIONAL - 1) if newest else None
