"""The page of any record: what it says, who says so, and what else is said of it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import time

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from ceasefire.enums import (
    Act,
    Counted,
    Population,
    TruceEventType,
    ViolationStanding,
)
from sources.enums import Extent, Precision, RecordKind
from talks.enums import (
    Capacity,
    ConveningRole,
    DecisionKind,
    DevelopmentKind,
    LinkKind,
    Phase,
    RoundFormat,
    TieKind,
)
from timeline.enums import Topic
from timeline.models import Entry, Sheet
from timeline.queries.cast import Cast, Doc
from timeline.queries.lines import Line, Name
from timeline.queries.passages import (
    Claimed,
    Passage,
    Standing,
    claims_of,
    evidence_of,
    passages_of,
)
from timeline.queries.reading import Reading
from timeline.queries.sentences import isolated, listed, quoted
from timeline.queries.words import (
    ATTENDANCES,
    ROUND_STATUSES,
    label,
    number_in_words,
    precision_of_place,
    since_until,
    when_in_words,
)

#: Two records tied so say different things of the same matter, or may be the same.
_ACCOUNTS = (LinkKind.CONTRADICTS, LinkKind.EARLIER_ACCOUNT_OF, LinkKind.POSSIBLE_DUPLICATE)


@dataclass(frozen=True)
class Item:
    """One value of a fact: a name with its page, or words of our own or of a source."""

    text: str
    url: str = ""
    note: str = ""


@dataclass(frozen=True)
class Fact:
    """What a page says of one field. No items: not recorded."""

    label: str
    items: tuple[Item, ...] = ()
    is_wide: bool = False


@dataclass(frozen=True)
class Tie:
    """How the first of two records stands to the second, and the editor's note."""

    words: str
    note: str


@dataclass(frozen=True)
class Account:
    """Two records that an editor tied, side by side. Neither wins."""

    one: Line
    other: Line
    ties: tuple[Tie, ...]


@dataclass(frozen=True)
class RecordPage:
    """What the pages of all records have in common."""

    line: Line
    when: str
    facts: tuple[Fact, ...]
    passages: tuple[Passage, ...]
    claims: tuple[Claimed, ...]
    evidence: Standing | None
    evidence_who: Standing | None
    accounts: tuple[Account, ...]
    follows: tuple[Account, ...]
    statements: tuple[Line, ...]
    """What is said about it."""

    @property
    def record(self) -> "RecordPage":
        """Itself: what the pages of truces, rounds and incidents hold as their `record`."""
        return self


def page(reading: Reading, public_id: str) -> RecordPage | None:
    """Return the page of a record that has no page of its own sort; None where there is none."""
    entry = reading.entry(public_id)
    if entry is None:
        return None
    doc = doc_of(reading, entry)
    about = statements_about(reading, entry)
    cast = Cast.of(reading, [entry], [doc], records=about)
    return assemble(entry, doc, cast, about)


def entry_of_kind(reading: Reading, kind: str, public_id: str) -> Entry | None:
    entry = reading.entry(public_id)
    return entry if entry is not None and entry.kind == kind else None


def doc_of(reading: Reading, entry: Entry) -> Doc:
    sheet = reading.sheet(entry.record_id)
    return sheet.doc if sheet else {}


def statements_about(reading: Reading, entry: Entry) -> list[int]:
    """Return the statements that name this record among what they are about."""
    found = Sheet.objects.as_of(reading.number).filter(doc__subjects__contains=[entry.record_id])
    return list(found.values_list("record_id", flat=True))


def assemble(entry: Entry, doc: Doc, cast: Cast, statements: Iterable[int]) -> RecordPage:
    """Put the common part of a record's page together from what was read."""
    line = cast.line(entry.record_id)
    if line is None:  # pragma: no cover - the cast is made of this entry
        raise LookupError(entry.public_id)
    links = accounts_of([line], cast)
    return RecordPage(
        line=line,
        when=when_of(line),
        facts=facts_of(line, doc, cast),
        passages=passages_of(line, cast),
        claims=claims_of(line),
        evidence=evidence_of(line, cast),
        evidence_who=evidence_of(line, cast, who=True),
        accounts=links[0],
        follows=links[1],
        statements=cast.lines(statements),
    )


def when_of(line: Line) -> str:
    entry = line.entry
    words = when_in_words(entry.when_edtf, entry.extent)
    if entry.time_of_day is None:
        is_some_time = entry.kind == RecordKind.INCIDENT and entry.extent == Extent.WITHIN
        is_day = entry.precision == Precision.DAY
        if is_some_time and is_day:
            return _("%(date)s, at some time that day") % {"date": words}
        return words
    return timed(words, entry.time_of_day, entry.time_zone)


def timed(date: str, time: time, zone: str) -> str:
    """Word a date with a time of day in a zone."""
    words = {"date": date, "time": f"{time:%H:%M}", "zone": isolated(zone)}
    return _("%(date)s, %(time)s (%(zone)s)") % words


def accounts_of(
    lines: Iterable[Line], cast: Cast
) -> tuple[tuple[Account, ...], tuple[Account, ...]]:
    """Return the ties of these records, each once: accounts of one matter, and the others."""
    accounts: dict[tuple[int, int], dict[Tie, None]] = {}
    others: dict[tuple[int, int], dict[Tie, None]] = {}
    for line in lines:
        for link in line.entry.links:
            pair = (line.entry.record_id, link["record"])
            kind = LinkKind(link["kind"])
            found = accounts if kind in _ACCOUNTS else others
            ordered = pair if link["direction"] == "from" else pair[::-1]
            found.setdefault(ordered, {})[Tie(str(kind.label), link["note"])] = None
    return _accounts(accounts, cast), _accounts(others, cast)


def _accounts(found: dict[tuple[int, int], dict[Tie, None]], cast: Cast) -> tuple[Account, ...]:
    return tuple(
        Account(one, other, tuple(ties))
        for (first, second), ties in found.items()
        if (one := cast.line(first)) is not None and (other := cast.line(second)) is not None
    )


# --- Facts, by kind ---------------------------------------------------------------------------


def facts_of(line: Line, doc: Doc, cast: Cast) -> tuple[Fact, ...]:
    """Return the fields of a record as facts; a kind with a page of its own lists them there."""
    found = _FACTS.get(RecordKind(line.entry.kind))
    return tuple(found(line, doc, cast)) if found and doc else ()


def of_words(*words: str, note: str = "") -> tuple[Item, ...]:
    return tuple(Item(word, note=isolated(note)) for word in words if word)


def url_of(name: Name) -> str:
    """Return the page of a thing, or what the timeline has of it where it has no page."""
    return name.url or f"{reverse('timeline:timeline')}?{name.topic}={name.slug}"


def of_name(name: Name | None, wording: str = "", note: str = "") -> tuple[Item, ...]:
    """Return a name with its page, else the source's own words for it, else nothing."""
    if name is None:
        return of_words(wording, note=note)
    return (Item(name.text, url_of(name), isolated(note) or (quoted(wording) if wording else "")),)


def of_lines(lines: Iterable[Line | None]) -> tuple[Item, ...]:
    return tuple(Item(line.title, line.url) for line in lines if line is not None)


def of_parties(rows: Iterable[Doc], cast: Cast) -> tuple[Item, ...]:
    """Return the parties of rows, with the source's wording and their role in it."""
    return tuple(
        item
        for row in rows
        for item in of_name(
            cast.name(Topic.PARTY, row["party"]), row.get("wording", ""), row.get("role", "")
        )
    )


def place_of(line: Line, wording: str = "") -> tuple[Item, ...]:
    precision = precision_of_place(line.entry.place_precision)
    note = listed(part for part in (quoted(wording) if wording else "", precision) if part)
    if line.place is None:
        return of_words(wording)
    return (Item(line.place.text, url_of(line.place), note),)


def _round(line: Line, doc: Doc, cast: Cast) -> Sequence[Fact]:
    roles: dict[str, list[Doc]] = {}
    for row in doc["roles"]:
        roles.setdefault(row["role"], []).append(row)
    plain = [{"party": row["party"]} for row in roles.get(ConveningRole.ORGANISER, [])]
    return (
        Fact(pgettext("round", "Status"), of_words(str(ROUND_STATUSES[doc["round_status"]]))),
        Fact(_("Process"), of_name(cast.name(Topic.PROCESS, doc["process"]), note=doc["label"])),
        Fact(_("Venue"), of_name(cast.name(Topic.PLACE, doc["venue"]), doc["venue_wording"])),
        Fact(pgettext("round", "Form"), of_words(label(RoundFormat, doc["format"]))),
        Fact(_("Organised by"), of_parties(plain, cast)),
        *(
            Fact(
                str(_CONVENED[role]),
                of_parties([{"party": row["party"]} for row in roles.get(role, [])], cast),
            )
            for role in (ConveningRole.MEDIATOR, ConveningRole.HOST, ConveningRole.OBSERVER)
        ),
    )


_CONVENED = {
    ConveningRole.MEDIATOR: gettext_lazy("Mediated by"),
    ConveningRole.HOST: gettext_lazy("Hosted by"),
    ConveningRole.OBSERVER: gettext_lazy("Observed by"),
}


def _delegation(line: Line, doc: Doc, cast: Cast) -> Sequence[Fact]:
    return (
        Fact(_("Round"), of_lines([cast.line(doc["round"])])),
        Fact(_("Represents"), of_parties(doc["parties"], cast)),
        Fact(pgettext("delegation", "Head"), of_name(cast.name(Topic.PERSON, doc["head"]))),
        Fact(_("Members"), members_of(doc, cast)),
        Fact(_("Capacity"), of_words(label(Capacity, doc["capacity"]))),
        Fact(_("Attendance"), of_words(str(ATTENDANCES[doc["attendance"]]))),
    )


def members_of(doc: Doc, cast: Cast) -> tuple[Item, ...]:
    return tuple(
        item
        for row in doc["members"]
        for item in of_name(cast.name(Topic.PERSON, row["person"]), note=row["role"])
    )


def _decision(line: Line, doc: Doc, cast: Cast) -> Sequence[Fact]:
    return (
        Fact(pgettext("decision", "Who"), of_parties(doc["parties"], cast)),
        Fact(_("Decision"), of_words(label(DecisionKind, doc["decision"]))),
        Fact(_("Round"), of_lines([cast.line(doc["round"])])),
        Fact(_("Delegation"), of_lines([cast.line(doc["delegation"])])),
        Fact(_("Names as head"), of_name(cast.name(Topic.PERSON, doc["named_head"]))),
    )


def _statement(line: Line, doc: Doc, cast: Cast) -> Sequence[Fact]:
    speaker = cast.name(Topic.PERSON, doc["speaker"])
    return (
        Fact(_("Position"), of_words(doc["position"]), is_wide=True),
        Fact(pgettext("statement", "Condition"), of_words(doc["conditions"])),
        Fact(_("Speaker"), of_name(speaker, doc["anonymous_role"])),
        Fact(pgettext("speaker", "For"), of_name(cast.name(Topic.PARTY, doc["speaker_party"]))),
        Fact(_("Said to"), of_words(doc["audience"])),
        Fact(pgettext("statement", "About"), of_lines(cast.lines(doc["subjects"]))),
    )


def _development(line: Line, doc: Doc, cast: Cast) -> Sequence[Fact]:
    return (
        Fact(pgettext("development", "What"), of_words(label(DevelopmentKind, doc["development"]))),
        Fact(pgettext("event", "Where"), of_name(cast.name(Topic.PLACE, doc["place"]))),
        Fact(_("Parties"), of_parties(doc["parties"], cast)),
    )


def _office(line: Line, doc: Doc, cast: Cast) -> Sequence[Fact]:
    return (
        Fact(_("Person"), of_name(cast.name(Topic.PERSON, doc["person"]))),
        Fact(_("Post"), of_words(doc["post"])),
        Fact(_("Party"), of_name(cast.name(Topic.PARTY, doc["party"]))),
        *_phase(doc),
    )


def _tie(line: Line, doc: Doc, cast: Cast) -> Sequence[Fact]:
    return (
        Fact(_("Party"), of_name(cast.name(Topic.PARTY, doc["party"]), doc["party_wording"])),
        Fact(_("Tie"), of_words(label(TieKind, doc["tie"]))),
        Fact(
            pgettext("tie", "To"),
            of_name(cast.name(Topic.PARTY, doc["other_party"]), doc["other_wording"]),
        ),
        *_phase(doc),
    )


def _phase(doc: Doc) -> Sequence[Fact]:
    return (
        Fact(_("At this date it"), of_words(label(Phase, doc["phase"]))),
        Fact(
            pgettext("tie or office", "Period"), of_words(since_until(doc["since"], doc["until"]))
        ),
    )


def _truce_event(line: Line, doc: Doc, cast: Cast) -> Sequence[Fact]:
    return (
        Fact(pgettext("truce", "Event"), of_words(label(TruceEventType, doc["event"]))),
        Fact(_("Truce"), of_lines([cast.line(doc["truce"])])),
    )


def _incident(line: Line, doc: Doc, cast: Cast) -> Sequence[Fact]:
    targets = tuple(
        Item(item.text, item.url, _according_to(row["claimed_by"]))
        for row in doc["targets"]
        for item in of_name(
            cast.name(Topic.PARTY, row["party"]), label(Population, row["population"])
        )
    )
    return (
        Fact(pgettext("incident", "Act"), of_words(label(Act, doc["act"]))),
        Fact(pgettext("event", "Where"), place_of(line, doc["place_wording"])),
        Fact(_("Who or what was hit"), targets),
        Fact(_("Parties involved"), of_parties(doc["parties"], cast)),
    )


def _according_to(whom: str) -> str:
    return _("according to %(whom)s") % {"whom": isolated(whom)} if whom else ""


def _tally(line: Line, doc: Doc, cast: Cast) -> Sequence[Fact]:
    counted = {
        "number": number_in_words(doc["low"], doc["best"], doc["high"]),
        "counted": label(Counted, doc["counted"]),
    }
    return (
        Fact(pgettext("tally", "Count"), of_words(_("%(number)s %(counted)s") % counted)),
        Fact(_("Counted by"), of_name(cast.name(Topic.OUTLET, doc["counted_by"]))),
        Fact(_("Ascribed to"), of_name(cast.name(Topic.PARTY, doc["accused"]))),
        Fact(_("Truce"), of_lines([cast.line(doc["truce"])])),
    )


def _violation(line: Line, doc: Doc, cast: Cast) -> Sequence[Fact]:
    incident = cast.line(doc["incident"])
    return (
        Fact(_("Accused"), of_name(cast.name(Topic.PARTY, doc["accused"]))),
        Fact(_("Accuser"), accuser_of(doc, cast)),
        Fact(pgettext("claim", "Standing"), of_words(label(ViolationStanding, doc["standing"]))),
        Fact(_("Truce"), of_lines([cast.line(doc["truce"])])),
        Fact(
            _("Incident"),
            of_lines([incident])
            if incident
            else of_words(_("none in particular: a general accusation")),
        ),
        Fact(pgettext("claim", "Note"), of_words(doc["note"]), is_wide=True),
    )


def accuser_of(doc: Doc, cast: Cast) -> tuple[Item, ...]:
    if doc["is_editors_finding"]:
        return of_words(_("a finding of this site's editors"))
    return (
        *of_name(cast.name(Topic.PERSON, doc["accuser_person"])),
        *of_name(cast.name(Topic.PARTY, doc["accuser_party"]), doc["accuser_wording"]),
    )


_FACTS: dict[RecordKind, Callable[[Line, Doc, Cast], Sequence[Fact]]] = {
    RecordKind.ROUND: _round,
    RecordKind.DELEGATION: _delegation,
    RecordKind.DECISION: _decision,
    RecordKind.STATEMENT: _statement,
    RecordKind.DEVELOPMENT: _development,
    RecordKind.OFFICE: _office,
    RecordKind.TIE: _tie,
    RecordKind.TRUCE_EVENT: _truce_event,
    RecordKind.INCIDENT: _incident,
    RecordKind.TALLY: _tally,
    RecordKind.VIOLATION: _violation,
}
