"""A filter in words: one chip a value that can be taken out, and one sentence for all."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from ceasefire.enums import Act, Population
from sources.enums import RecordKind
from sources.partial_dates import PartialDate
from timeline.enums import Evidence, Topic
from timeline.filters.fields import Chosen
from timeline.filters.form import CERTAINLY
from timeline.filters.timeline import (
    AGGREGATE,
    NOBODY,
    ORIGINS,
    VERDICTS,
    TimelineFilter,
    encode,
)
from timeline.models import Label
from timeline.queries.keyset import Order
from timeline.queries.lines import usual_name
from timeline.queries.sentences import either, enumerated, isolated, joined, quoted

#: Several of a kind, at the beginning of a sentence or within it.
KINDS = {
    RecordKind.ROUND: pgettext_lazy("several", "talks rounds"),
    RecordKind.DELEGATION: pgettext_lazy("several", "delegations"),
    RecordKind.DECISION: pgettext_lazy("several", "decisions"),
    RecordKind.STATEMENT: pgettext_lazy("several", "statements"),
    RecordKind.DEVELOPMENT: pgettext_lazy("several", "developments"),
    RecordKind.OFFICE: pgettext_lazy("several", "offices"),
    RecordKind.TIE: pgettext_lazy("several", "ties between parties"),
    RecordKind.TRUCE: pgettext_lazy("several", "truces"),
    RecordKind.TRUCE_EVENT: pgettext_lazy("several", "truce events"),
    RecordKind.INCIDENT: pgettext_lazy("several", "incidents"),
    RecordKind.TALLY: pgettext_lazy("several", "tallies"),
    RecordKind.VIOLATION: pgettext_lazy("several", "violation claims"),
}

#: How a sentence says each parameter of which it lists the values.
_SAID = {
    "conflict": pgettext_lazy("entries", "about %(things)s"),
    "party": pgettext_lazy("entries", "naming %(things)s"),
    "accused": pgettext_lazy("entries", "attributed to %(things)s"),
    "accuser": pgettext_lazy("entries", "with an accusation by %(things)s"),
    "target": pgettext_lazy("entries", "hitting %(things)s"),
    "truce": pgettext_lazy("entries", "under %(things)s"),
    "process": pgettext_lazy("entries", "of %(things)s"),
    "round": pgettext_lazy("entries", "at %(things)s"),
    "place": pgettext_lazy("entries", "in %(things)s"),
    "act": pgettext_lazy("entries", "of the act %(things)s"),
    "verdict": pgettext_lazy("entries", "judged %(things)s"),
    "judged": pgettext_lazy("entries", "judged %(things)s"),
    "aggregate": pgettext_lazy("entries", "told as %(things)s"),
    "evidence": pgettext_lazy("entries", "with the evidence %(things)s"),
    "origin": pgettext_lazy("entries", "known from %(things)s"),
    "outlet": pgettext_lazy("entries", "published or told by %(things)s"),
    "source": pgettext_lazy("entries", "citing %(things)s"),
}
_CODES: dict[str, Mapping[str, object]] = {
    "kind": dict(RecordKind.choices),
    "accused": NOBODY,
    "target": dict(Population.choices),
    "act": dict(Act.choices),
    "verdict": VERDICTS,
    "aggregate": AGGREGATE,
    "evidence": dict(Evidence.choices),
    "origin": ORIGINS,
}
#: What a chip says of its value, where the value alone would not tell.
_CHIP = {
    "accused": pgettext_lazy("chip", "attributed to %(thing)s"),
    "accuser": pgettext_lazy("chip", "accuser: %(thing)s"),
    "target": pgettext_lazy("chip", "target: %(thing)s"),
    "origin": pgettext_lazy("chip", "known from %(thing)s"),
    "outlet": pgettext_lazy("chip", "outlet: %(thing)s"),
    "source": pgettext_lazy("chip", "citing %(thing)s"),
}


@dataclass(frozen=True)
class Chip:
    """One value of one parameter, and the query without it."""

    parameter: str
    text: str
    query: str


@dataclass(frozen=True)
class _Value:
    """One value as the query gives it, and its words."""

    given: str
    words: str


def chips(timeline_filter: TimelineFilter) -> list[Chip]:
    """Return the chips of a filter, in the order of its parameters."""
    found = []
    for name in timeline_filter.filters:
        given = timeline_filter.asked.get(name, ())
        if name in _UNCHIPPED or not given:
            continue
        for value in _values(timeline_filter, name):
            rest = tuple(other for other in given if other != value.given)
            asked = {**timeline_filter.asked, name: rest}
            if not rest:
                del asked[name]
            for dependent in _dependents(asked):
                asked.pop(dependent, None)
            found.append(Chip(name, value.words, encode(asked)))
    return found


def sentence(timeline_filter: TimelineFilter, *, of_when: bool = True) -> str:
    """Describe in one sentence what a filter shows, and as of when unless `of_when` is off."""
    said = [_lead(timeline_filter)]
    for name, phrase in _SAID.items():
        if timeline_filter.asked.get(name):
            things = [value.words for value in _values(timeline_filter, name, is_chip=False)]
            said.append(str(phrase) % {"things": either(things)})
    if timeline_filter.asked.get("q"):
        words = {"words": quoted(" ".join(timeline_filter.value("q")))}
        said.append(gettext("with the words %(words)s") % words)
    said.extend(_windows(timeline_filter))
    if timeline_filter.value("changed_since") is not None:
        said.append(_changed_since(timeline_filter))
    if of_when and timeline_filter.asked.get("as_of"):
        said.append(_as_of(timeline_filter))
    return pgettext("filter", "%(conditions)s.") % {"conditions": enumerated(said)}


_UNCHIPPED = frozenset({"after", "limit", "order", "window"})
_WINDOW = frozenset({"from", "to", "reported_from", "reported_to"})


def _dependents(asked: dict[str, Any]) -> Iterable[str]:
    """Name what makes no sense any more: a place in a list, or how to read a window now gone."""
    yield "after"
    if not _WINDOW & asked.keys():
        yield "dates"


def _lead(timeline_filter: TimelineFilter) -> str:
    kinds = timeline_filter.value("kind")
    if not kinds:
        return gettext("All entries")
    words = joined(str(KINDS[RecordKind(kind)]) for kind in kinds)
    return words[0].upper() + words[1:]


def _windows(timeline_filter: TimelineFilter) -> Iterable[str]:
    how = "certainly" if timeline_filter.certainly else "possibly"
    for verb, first, last in (("", "from", "to"), ("reported ", "reported_from", "reported_to")):
        since, until = timeline_filter.value(first), timeline_filter.value(last)
        if since and until:
            words = {"since": _first_day(since), "until": _last_day(until)}
            yield str(_WINDOWS[f"{how} {verb}between"]) % words
        elif since:
            yield str(_WINDOWS[f"{how} {verb}since"]) % {"date": _first_day(since)}
        elif until:
            yield str(_WINDOWS[f"{how} {verb}until"]) % {"date": _last_day(until)}


_WINDOWS = {
    "certainly between": _("certainly between %(since)s and %(until)s"),
    "certainly since": _("certainly on %(date)s or later"),
    "certainly until": _("certainly on %(date)s or before"),
    "possibly between": _("possibly between %(since)s and %(until)s"),
    "possibly since": _("possibly on %(date)s or later"),
    "possibly until": _("possibly on %(date)s or before"),
    "certainly reported between": _("certainly reported between %(since)s and %(until)s"),
    "certainly reported since": _("certainly reported on %(date)s or later"),
    "certainly reported until": _("certainly reported on %(date)s or before"),
    "possibly reported between": _("possibly reported between %(since)s and %(until)s"),
    "possibly reported since": _("possibly reported on %(date)s or later"),
    "possibly reported until": _("possibly reported on %(date)s or before"),
}


def _changed_since(timeline_filter: TimelineFilter) -> str:
    number = {"number": timeline_filter.value("changed_since")}
    return gettext("changed since revision %(number)s") % number


def _as_of(timeline_filter: TimelineFilter) -> str:
    return gettext("as of revision %(number)s") % {"number": timeline_filter.reading.number}


def _values(
    timeline_filter: TimelineFilter, name: str, *, is_chip: bool = True
) -> Iterable[_Value]:
    pattern = str(_CHIP[name]) if is_chip and name in _CHIP else "%(thing)s"
    value = timeline_filter.value(name)
    match name:
        case "truce" | "round":
            for entry in value:
                yield _Value(entry.public_id, pattern % {"thing": quoted(entry.title)})
        case "judged":
            for judged in value:
                both = {"verdict": VERDICTS[judged.verdict], "truce": quoted(judged.truce.title)}
                yield _Value(str(judged), gettext("%(verdict)s under %(truce)s") % both)
        case "kind" | "act" | "verdict" | "evidence" | "aggregate":
            for code in value:
                yield _Value(code, pattern % {"thing": _CODES[name][code]})
        case _ if isinstance(value, Chosen):
            for given, words in _chosen(name, value):
                yield _Value(given, pattern % {"thing": words})
        case _:
            (given,) = timeline_filter.asked[name]
            yield _Value(given, _single(name, value, timeline_filter))


def _chosen(name: str, value: Chosen) -> Iterable[tuple[str, str]]:
    words = {code: str(_CODES[name][code]) for code in value.codes}
    for label in value.labels:
        # One word may stand for a code and for a party: it is one value, and finds both.
        title = _title(label)
        words[label.slug] = either([title, words[label.slug]]) if label.slug in words else title
    yield from words.items()


def _title(label: Label) -> str:
    return quoted(label.name) if label.topic == Topic.SOURCE else isolated(usual_name(label))


def _single(name: str, value: Any, timeline_filter: TimelineFilter) -> str:
    match name:
        case "q":
            return quoted(" ".join(value))
        case "from":
            return gettext("from %(date)s") % {"date": _first_day(value)}
        case "to":
            return pgettext("window", "to %(date)s") % {"date": _last_day(value)}
        case "reported_from":
            return gettext("reported from %(date)s") % {"date": _first_day(value)}
        case "reported_to":
            return gettext("reported to %(date)s") % {"date": _last_day(value)}
        case "dates":
            return gettext("certainly in the window") if value == CERTAINLY else ""
        case "changed_since":
            return _changed_since(timeline_filter)
        case "as_of":
            return _as_of(timeline_filter)
        case _:
            return str(Order(value).label)


def _first_day(value: PartialDate) -> str:
    return _day(value.earliest)


def _last_day(value: PartialDate) -> str:
    return _day(value.latest)


def _day(day: date | None) -> str:
    return PartialDate.parse(day.isoformat()).in_words() if day else ""
