"""The pages of parties and of persons: who they are through time, and where they stand."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from ceasefire.enums import TruceRole
from sources.enums import RecordKind
from talks.enums import NameKind, PartyKind, TieKind
from timeline.enums import Topic, Verdict
from timeline.models import Entry, Label
from timeline.queries.cast import Cast, Doc, docs_of
from timeline.queries.lines import Line, Name, named
from timeline.queries.reading import Reading
from timeline.queries.records import Item, of_name
from timeline.queries.rounds import Seat, seat_of
from timeline.queries.words import VERDICTS, label, language_in_words, since_until

#: How many of a kind a page lists; the timeline has them all.
MOST = 50
_AT_THE_TABLE = (RecordKind.ROUND, RecordKind.DELEGATION, RecordKind.DECISION)
_RELATIONS = (
    RecordKind.TIE,
    RecordKind.OFFICE,
    *_AT_THE_TABLE,
    RecordKind.TRUCE,
    RecordKind.VIOLATION,
    RecordKind.DEVELOPMENT,
    RecordKind.STATEMENT,
)


@dataclass(frozen=True)
class PastName:
    text: str
    language: str
    script: str
    period: str

    @property
    def tag(self) -> str:
        """The name's language and script as HTML says them: "ar", "ar-Latn"; empty: not known."""
        return "-".join(filter(None, (self.language, self.script))) if self.language else ""


@dataclass(frozen=True)
class Tongue:
    """The variants of a party's name in one language, one after another."""

    words: str
    names: tuple[PastName, ...]


@dataclass(frozen=True)
class TieRow:
    line: Line
    words: str
    other: tuple[Item, ...]
    period: str


@dataclass(frozen=True)
class OfficeRow:
    line: Line
    person: tuple[Item, ...]
    party: tuple[Item, ...]
    post: str
    period: str


@dataclass(frozen=True)
class TruceRow:
    line: Line
    role: str


@dataclass(frozen=True)
class VerdictCount:
    verdict: str
    words: str
    count: int


@dataclass(frozen=True)
class Accused:
    """What is ascribed to a party: counts of incidents by verdict, and the latest of them."""

    total: int
    counts: tuple[VerdictCount, ...]
    latest: tuple[Line, ...]

    @property
    def is_cut(self) -> bool:
        return self.total > len(self.latest)


@dataclass(frozen=True)
class PartyPage:
    name: Name
    kind: str
    short_name: str
    official_names: tuple[PastName, ...]
    variants: tuple[Tongue, ...]
    members: tuple[TieRow, ...]
    memberships: tuple[TieRow, ...]
    ties: tuple[TieRow, ...]
    ties_of_others: tuple[TieRow, ...]
    offices: tuple[OfficeRow, ...]
    delegations: tuple[Seat, ...]
    rounds: tuple[Line, ...]
    decisions: tuple[Line, ...]
    truces: tuple[TruceRow, ...]
    accused: Accused
    made: Accused
    claims_against: tuple[Line, ...]
    claims_by: tuple[Line, ...]
    statements: tuple[Line, ...]
    developments: tuple[Line, ...]


@dataclass(frozen=True)
class PersonPage:
    name: Name
    other_names: tuple[str, ...]
    offices: tuple[OfficeRow, ...]
    delegations: tuple[Seat, ...]
    decisions: tuple[Line, ...]
    statements: tuple[Line, ...]
    others: tuple[Line, ...]


def party_page(reading: Reading, slug: str) -> PartyPage | None:
    party = reading.label_by_slug(Topic.PARTY, slug)
    if party is None:
        return None
    mine = reading.entries().filter(party_ids__contains=[party.ref])
    entries = [
        entry
        for kind in _RELATIONS
        for entry in mine.filter(kind=kind).order_by("sort_on", "record_id")[:MOST]
    ]
    incidents = mine.filter(kind=RecordKind.INCIDENT, is_aggregate=False)
    against = incidents.filter(accused_ids__contains=[party.ref])
    by = incidents.filter(accuser_ids__contains=[party.ref])
    latest_against, latest_by = _latest(against), _latest(by)
    docs = docs_of(reading.sheets(_with_sheets(entries)).values())
    cast = Cast.of(
        reading,
        [*entries, *latest_against, *latest_by],
        docs.values(),
        things={Topic.PARTY: [party.ref]},
    )
    ties = [
        _tie(line, docs[line.entry.record_id], party.ref, cast)
        for line in cast.lines(_ids(entries, RecordKind.TIE))
    ]
    violations = cast.lines(_ids(entries, RecordKind.VIOLATION))
    return PartyPage(
        name=named(party),
        kind=label(PartyKind, party.data["kind"]),
        short_name=party.data["short_name"],
        official_names=tuple(_names(party, NameKind.OFFICIAL)),
        variants=_variants(party),
        members=tuple(row for side, row in ties if side == "members"),
        memberships=tuple(row for side, row in ties if side == "memberships"),
        ties=tuple(row for side, row in ties if side == "ties"),
        ties_of_others=tuple(row for side, row in ties if side == "ties_of_others"),
        offices=_offices(entries, docs, cast),
        delegations=_delegations(entries, docs, cast),
        rounds=cast.lines(_ids(entries, RecordKind.ROUND)),
        decisions=cast.lines(_ids(entries, RecordKind.DECISION)),
        truces=tuple(
            TruceRow(line, label(TruceRole, row["role"]))
            for line in cast.lines(_ids(entries, RecordKind.TRUCE))
            for row in docs[line.entry.record_id]["parties"]
            if row["party"] == party.ref
        ),
        accused=_accused(against, latest_against, cast),
        made=_accused(by, latest_by, cast),
        claims_against=tuple(v for v in violations if party.ref in v.entry.accused_ids),
        claims_by=tuple(v for v in violations if party.ref in v.entry.accuser_ids),
        statements=cast.lines(_ids(entries, RecordKind.STATEMENT)),
        developments=cast.lines(_ids(entries, RecordKind.DEVELOPMENT)),
    )


def person_page(reading: Reading, slug: str) -> PersonPage | None:
    person = reading.label_by_slug(Topic.PERSON, slug)
    if person is None:
        return None
    mine = reading.entries().filter(person_ids__contains=[person.ref])
    entries = list(mine.order_by("sort_on", "record_id")[: MOST * 10])
    docs = docs_of(reading.sheets(_with_sheets(entries)).values())
    cast = Cast.of(reading, entries, docs.values(), things={Topic.PERSON: [person.ref]})
    shown = (
        RecordKind.OFFICE,
        RecordKind.DELEGATION,
        RecordKind.DECISION,
        RecordKind.STATEMENT,
    )
    return PersonPage(
        name=named(person),
        other_names=tuple(name for name in person.names if name != person.name),
        offices=_offices(entries, docs, cast),
        delegations=_delegations(entries, docs, cast),
        decisions=cast.lines(_ids(entries, RecordKind.DECISION)),
        statements=cast.lines(_ids(entries, RecordKind.STATEMENT)),
        others=cast.lines(entry.record_id for entry in entries if entry.kind not in shown),
    )


def _ids(entries: Iterable[Entry], kind: RecordKind) -> list[int]:
    return [entry.record_id for entry in entries if entry.kind == kind][:MOST]


def _with_sheets(entries: Iterable[Entry]) -> list[int]:
    kinds = (RecordKind.TIE, RecordKind.OFFICE, RecordKind.DELEGATION, RecordKind.TRUCE)
    return [entry.record_id for entry in entries if entry.kind in kinds]


def _latest(found: "QuerySet[Entry]") -> list[Entry]:
    return list(found.order_by("-sort_on", "-record_id")[:8])


def _names(party: Label, kind: NameKind) -> Iterable[PastName]:
    return (
        PastName(
            text=row["text"],
            language=row["language"],
            script=row["script"],
            period=since_until(row["since"], row["until"]),
        )
        for row in party.data["names"]
        if row["kind"] == kind
    )


def _variants(party: Label) -> tuple[Tongue, ...]:
    """Return the other names that sources use, by language in the order of their first."""
    tongues: dict[str, list[PastName]] = {}
    for name in _names(party, NameKind.VARIANT):
        tongues.setdefault(name.language, []).append(name)
    return tuple(
        Tongue(language_in_words(language), tuple(names)) for language, names in tongues.items()
    )


def _tie(line: Line, doc: Doc, party_id: int, cast: Cast) -> tuple[str, TieRow]:
    """Return a tie as seen from one of its two parties, and the list that it belongs to."""
    is_first = doc["party"] == party_id
    first = of_name(cast.name(Topic.PARTY, doc["party"]), doc["party_wording"])
    second = of_name(cast.name(Topic.PARTY, doc["other_party"]), doc["other_wording"])
    kind = TieKind(doc["tie"])
    row = TieRow(
        line=line,
        words=str(kind.label),
        other=second if is_first else first,
        period=since_until(doc["since"], doc["until"]),
    )
    if kind != TieKind.MEMBER_OF:
        return ("ties" if is_first else "ties_of_others"), row
    return ("memberships" if is_first else "members"), row


def _offices(entries: Iterable[Entry], docs: dict[int, Doc], cast: Cast) -> tuple[OfficeRow, ...]:
    return tuple(
        OfficeRow(
            line=line,
            person=of_name(cast.name(Topic.PERSON, doc["person"])),
            party=of_name(cast.name(Topic.PARTY, doc["party"])),
            post=doc["post"],
            period=since_until(doc["since"], doc["until"]),
        )
        for line in cast.lines(_ids(entries, RecordKind.OFFICE))
        for doc in (docs[line.entry.record_id],)
    )


def _delegations(entries: Iterable[Entry], docs: dict[int, Doc], cast: Cast) -> tuple[Seat, ...]:
    return tuple(
        seat_of(line, docs[line.entry.record_id], cast)
        for line in cast.lines(_ids(entries, RecordKind.DELEGATION))
    )


def _accused(found: "QuerySet[Entry]", latest: list[Entry], cast: Cast) -> Accused:
    counts = dict(found.order_by().values_list("verdict").annotate(count=Count("pk")))
    return Accused(
        total=sum(counts.values()),
        counts=tuple(
            VerdictCount(verdict.value, str(VERDICTS[verdict]), counts.get(verdict.value, 0))
            for verdict in Verdict
        ),
        latest=cast.lines(entry.record_id for entry in latest),
    )
