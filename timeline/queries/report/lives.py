"""The life of a truce: when it was agreed, took effect and ended, and what is told of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from ceasefire.enums import TruceEventType, TruceLinkKind
from sources.partial_dates import PartialDate
from timeline.queries.cast import Doc
from timeline.queries.lines import Citing, Line, parsed

ONE_DAY = timedelta(days=1)

_AGREED = (TruceEventType.AGREED, TruceEventType.SIGNED, TruceEventType.ANNOUNCED)
_IN_FORCE = (TruceEventType.IN_FORCE,)
_ENDED = (TruceEventType.COLLAPSED, TruceEventType.EXPIRED, TruceEventType.SUPERSEDED)


@dataclass(frozen=True)
class Life:
    """The dates of a truce by which its incidents are compared; None: not recorded.

    Each is the truce's own date where it has one, else that of the first event that says so, as in
    docs/verdict.md.
    """

    agreed: PartialDate | None
    effective: PartialDate | None
    ended: PartialDate | None
    attested: PartialDate | None

    @property
    def begins(self) -> tuple[date, date] | None:
        """The first day on which it may have been agreed, and the last on which it took effect.

        None where neither is known well enough to have two bounds.
        """
        known = [found for found in (self.agreed, self.effective) if found]
        firsts = [found.earliest for found in known if found.earliest]
        lasts = [found.latest for found in known if found.latest]
        if not firsts or not lasts or len(firsts) != len(known) or len(lasts) != len(known):
            return None
        return min(firsts), max(lasts)

    @property
    def last_certain_day(self) -> date | None:
        """The last day before it may have ended; None where no end is recorded."""
        if self.ended is None or self.ended.earliest is None:
            return None
        return self.ended.earliest - ONE_DAY


@dataclass(frozen=True)
class LifeMark:
    """A moment on the line of a truce's life."""

    code: str
    words: str
    when: PartialDate
    line: Line | None
    """The record that tells of it; None where it is a date of the truce itself."""
    backings: tuple[Citing, ...]
    """The passages of the truce that back its own date."""

    @property
    def when_words(self) -> str:
        return self.when.in_words()


def life_of(doc: Doc, events: Sequence[Line], replaced_by: Iterable[Doc]) -> Life:
    """Return the life of a truce from its sheet, its events and the truces that replace it."""
    return Life(
        agreed=_date(doc["declared"]) or _first(events, _AGREED),
        effective=_date(doc["effective"]) or _first(events, _IN_FORCE),
        ended=_date(doc["end"]) or _first(events, _ENDED) or _replaced(replaced_by),
        attested=_date(doc["last_attested"]),
    )


def replacing(doc: Doc) -> list[int]:
    """Return the truces that replace the one with this sheet."""
    return [
        link["record"]
        for link in doc["links"]
        if link["direction"] == "to" and link["kind"] == TruceLinkKind.REPLACES
    ]


def marks_of(doc: Doc, truce: Line, events: Sequence[Line]) -> tuple[LifeMark, ...]:
    """Return the dates and the events of a truce's life, in their order."""
    own = (
        LifeMark(code, words, parsed(doc[field]), None, truce.backing(field))
        for field, code, words in (
            ("declared", "agreed", _("declared or agreed")),
            ("effective", "in_force", _("took effect")),
            ("end", "ended", _("ended")),
            ("last_attested", "attested", _("last attested")),
        )
        if doc[field]
    )
    told = (
        LifeMark(
            line.entry.detail, str(TruceEventType(line.entry.detail).label), line.when, line, ()
        )
        for line in events
    )
    found = (mark for mark in (*own, *told) if _day(mark.when) is not None)
    return tuple(sorted(found, key=lambda mark: _day(mark.when) or date.max))


def _day(when: PartialDate) -> date | None:
    return when.earliest or when.latest


def _date(edtf: str) -> PartialDate | None:
    return parsed(edtf) if edtf else None


def _first(events: Sequence[Line], kinds: Sequence[str]) -> PartialDate | None:
    dated = (event for event in events if event.entry.detail in kinds and _day(event.when))
    found = min(dated, key=lambda e: (_day(e.when) or date.max, e.entry.record_id), default=None)
    return found.when if found else None


def _replaced(docs: Iterable[Doc]) -> PartialDate | None:
    starts = (_date(doc["effective"]) or _date(doc["declared"]) for doc in docs)
    dated = (start for start in starts if start and _day(start))
    return min(dated, key=lambda start: _day(start) or date.max, default=None)
