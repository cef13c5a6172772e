"""A filter in words: one chip a value that can be taken out, and one sentence for all."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from ceasefire.enums import Act, Population
from sources.enums import RecordKind
from sources.partial_dates import PartialDate
from timeline.enums import Evidence, Topic
from timeline.filters.fields import Chosen
from timeline.filters.timeline import (
    AGGREGATE,
    CERTAINLY,
    NOBODY,
    ORIGINS,
    VERDICTS,
    TimelineFilter,
    encode,
)
from timeline.models import Label
from timeline.queries.keyset import Order

#: Several of a kind, at the beginning of a sentence or within it.
KINDS = {
    RecordKind.ROUND: "talks rounds",
    RecordKind.DELEGATION: "delegations",
    RecordKind.DECISION: "decisions",
    RecordKind.STATEMENT: "statements",
    RecordKind.DEVELOPMENT: "developments",
    RecordKind.OFFICE: "offices",
    RecordKind.TIE: "ties between parties",
    RecordKind.TRUCE: "truces",
    RecordKind.TRUCE_EVENT: "truce events",
    RecordKind.INCIDENT: "incidents",
    RecordKind.TALLY: "tallies",
    RecordKind.VIOLATION: "violation claims",
}

#: How a sentence says each parameter of which it lists the values.
_SAID = {
    "conflict": "about {}",
    "party": "naming {}",
    "accused": "attributed to {}",
    "accuser": "with an accusation by {}",
    "target": "hitting {}",
    "truce": "under {}",
    "process": "of {}",
    "round": "at {}",
    "place": "in {}",
    "act": "of the act {}",
    "verdict": "judged {}",
    "judged": "judged {}",
    "aggregate": "told as {}",
    "evidence": "with the evidence {}",
    "origin": "known from {}",
    "outlet": "published or told by {}",
    "source": "citing {}",
}
_CODES: dict[str, dict[str, str]] = {
    "kind": {code: str(words) for code, words in RecordKind.choices},
    "accused": NOBODY,
    "target": {code: str(words) for code, words in Population.choices},
    "act": {code: str(words) for code, words in Act.choices},
    "verdict": VERDICTS,
    "aggregate": AGGREGATE,
    "evidence": {code: str(words) for code, words in Evidence.choices},
    "origin": ORIGINS,
}
#: What a chip says before its value, where the value alone would not tell.
_CHIP = {
    "accused": "attributed to",
    "accuser": "accuser:",
    "target": "target:",
    "origin": "known from",
    "outlet": "outlet:",
    "source": "citing",
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


def sentence(timeline_filter: TimelineFilter) -> str:
    """Describe in one sentence what a filter shows."""
    said = [_lead(timeline_filter)]
    for name, phrase in _SAID.items():
        if timeline_filter.asked.get(name):
            words = [value.words for value in _values(timeline_filter, name, is_chip=False)]
            said.append(phrase.format(_either(words)))
    if timeline_filter.asked.get("q"):
        said.append(f"with the words “{' '.join(timeline_filter.value('q'))}”")
    said.extend(_windows(timeline_filter))
    if timeline_filter.value("changed_since") is not None:
        said.append(f"changed since revision {timeline_filter.value('changed_since')}")
    if timeline_filter.asked.get("as_of"):
        said.append(f"as of revision {timeline_filter.reading.number}")
    return f"{', '.join(said)}."


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
        return "All entries"
    words = _either([KINDS[RecordKind(kind)] for kind in kinds], word="and")
    return words[0].upper() + words[1:]


def _windows(timeline_filter: TimelineFilter) -> Iterable[str]:
    how = "certainly" if timeline_filter.certainly else "possibly"
    for verb, first, last in (("", "from", "to"), ("reported ", "reported_from", "reported_to")):
        since, until = timeline_filter.value(first), timeline_filter.value(last)
        if since and until:
            yield f"{how} {verb}between {_first_day(since)} and {_last_day(until)}"
        elif since:
            yield f"{how} {verb}on {_first_day(since)} or later"
        elif until:
            yield f"{how} {verb}on {_last_day(until)} or before"


def _values(
    timeline_filter: TimelineFilter, name: str, *, is_chip: bool = True
) -> Iterable[_Value]:
    prefix = f"{_CHIP[name]} " if is_chip and name in _CHIP else ""
    value = timeline_filter.value(name)
    match name:
        case "truce" | "round":
            for entry in value:
                yield _Value(entry.public_id, f"{prefix}“{entry.title}”")
        case "judged":
            for judged in value:
                words = f"{VERDICTS[judged.verdict]} under “{judged.truce.title}”"
                yield _Value(str(judged), words)
        case "kind" | "act" | "verdict" | "evidence" | "aggregate":
            for code in value:
                yield _Value(code, f"{prefix}{_CODES[name][code]}")
        case _ if isinstance(value, Chosen):
            for given, words in _chosen(name, value):
                yield _Value(given, f"{prefix}{words}")
        case _:
            (given,) = timeline_filter.asked[name]
            yield _Value(given, _single(name, value, timeline_filter))


def _chosen(name: str, value: Chosen) -> Iterable[tuple[str, str]]:
    words = {code: _CODES[name][code] for code in value.codes}
    for label in value.labels:
        # One word may stand for a code and for a party: it is one value, and finds both.
        both = f" or {words[label.slug]}" if label.slug in words else ""
        words[label.slug] = f"{_title(label)}{both}"
    yield from words.items()


def _title(label: Label) -> str:
    return f"“{label.name}”" if label.topic == Topic.SOURCE else label.name


def _single(name: str, value: Any, timeline_filter: TimelineFilter) -> str:
    match name:
        case "q":
            return f"“{' '.join(value)}”"
        case "from":
            return f"from {_first_day(value)}"
        case "to":
            return f"to {_last_day(value)}"
        case "reported_from":
            return f"reported from {_first_day(value)}"
        case "reported_to":
            return f"reported to {_last_day(value)}"
        case "dates":
            return "certainly in the window" if value == CERTAINLY else ""
        case "changed_since":
            return f"changed since revision {value}"
        case "as_of":
            return f"as of revision {timeline_filter.reading.number}"
        case _:
            return Order(value).label


def _first_day(value: PartialDate) -> str:
    return _day(value.earliest)


def _last_day(value: PartialDate) -> str:
    return _day(value.latest)


def _day(day: date | None) -> str:
    return PartialDate.parse(day.isoformat()).in_words() if day else ""


def _either(words: list[str], *, word: str = "or") -> str:
    *first, last = words
    return f"{', '.join(first)} {word} {last}" if first else last
