"""The page of a truce: what it says, of whom, what it leaves unsaid, and what was judged by it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, IntegerField, Min, Q, QuerySet, Value, When

from ceasefire.enums import (
    Act,
    AreaRelation,
    Completeness,
    Coverage,
    Enforcement,
    ExclusionBasis,
    Purpose,
    Recorded,
    TermRule,
    TruceClass,
    TruceForm,
    TruceLinkKind,
    TruceOutcome,
    TruceRole,
    TruceSide,
    ViolationStanding,
)
from sources.enums import RecordKind
from timeline.enums import Topic, Verdict
from timeline.models import Entry
from timeline.queries.cast import Cast, Doc, docs_of
from timeline.queries.judgements import Judgement, accusations_of, judgements_of
from timeline.queries.lines import Line, Name, parsed
from timeline.queries.reading import Reading
from timeline.queries.records import (
    Fact,
    Item,
    RecordPage,
    accuser_of,
    assemble,
    doc_of,
    entry_of_kind,
    of_name,
    of_words,
)
from timeline.queries.words import VERDICTS, label, since_until, when_in_words

#: How many judged incidents the page lists; the timeline has them all.
MOST_INCIDENTS = 12
_GRAVITY = (Verdict.VIOLATION, Verdict.POSSIBLE, Verdict.NOT_COVERED)
_ROLES = {
    TruceRole.BOUND: "Bound",
    TruceRole.EXCLUDED: "Excluded",
    TruceRole.BROKER: "Brokers",
    TruceRole.GUARANTOR: "Guarantors",
    TruceRole.MONITOR: "Monitors",
}
_COMPLETENESS = {
    Completeness.NOT_RECORDED: "",
    Completeness.PARTIAL: "There may be others: not all are recorded.",
    Completeness.COMPLETE: "These are all.",
}


@dataclass(frozen=True)
class TruceMember:
    """A party and what it is to the truce."""

    party: Name | None
    wording: str
    notes: tuple[str, ...]
    contested_by: str


@dataclass(frozen=True)
class RoleGroup:
    """The parties of one role; empty means that none is recorded."""

    role: str
    members: tuple[TruceMember, ...]
    note: str


@dataclass(frozen=True)
class Term:
    rule: str
    act: str
    wording: str


@dataclass(frozen=True)
class Related:
    """Another truce, and how this one stands to it: said from the one that the link begins at."""

    words: str
    line: Line


@dataclass(frozen=True)
class Claim:
    """Somebody's accusation under a truce, of one incident or in general."""

    line: Line
    accuser: tuple[Item, ...]
    accused: Name | None
    standing: str
    standing_word: str
    is_general: bool
    note: str


@dataclass(frozen=True)
class VerdictCount:
    verdict: str
    words: str
    count: int


@dataclass(frozen=True)
class TrucePage:
    record: RecordPage
    dates: tuple[Fact, ...]
    nature: tuple[Fact, ...]
    roles: tuple[RoleGroup, ...]
    terms: tuple[Term, ...]
    terms_note: str
    events: tuple[Line, ...]
    related: tuple[Related, ...]
    counts: tuple[VerdictCount, ...]
    judged: int
    judgements: tuple[Judgement, ...]
    aggregates: tuple[Line, ...]
    claims: tuple[Claim, ...]
    tallies: tuple[Line, ...]

    @property
    def is_cut(self) -> bool:
        return self.judged > MOST_INCIDENTS


def page(reading: Reading, public_id: str) -> TrucePage | None:
    entry = entry_of_kind(reading, RecordKind.TRUCE, public_id)
    if entry is None:
        return None
    doc = doc_of(reading, entry)
    own = Q(truce_ids__contains=[entry.record_id])
    beside = list(
        reading.entries()
        .filter(own)
        .exclude(kind__in=(RecordKind.TRUCE, RecordKind.INCIDENT))
        .order_by("sort_on", "record_id")
    )
    aggregates = list(_aggregates(reading, entry, doc)[:MOST_INCIDENTS])
    gravest = _gravest(reading, entry.record_id)
    shown = [incident for incident, _ in gravest[:MOST_INCIDENTS]]
    assessments = list(reading.assessments(truces=[entry.record_id], incidents=shown))
    docs = docs_of(reading.sheets([*shown, *_ids(beside, RecordKind.VIOLATION)]).values())
    cast = Cast.of(reading, [entry, *beside, *aggregates], [doc, *docs.values()], records=shown)
    statements = _ids(beside, RecordKind.STATEMENT)
    accused = {
        accusation.id: accusation
        for incident in shown
        if (line := cast.line(incident)) and incident in docs
        for accusation in accusations_of(line, docs[incident], cast)
    }
    judgements = judgements_of(assessments, cast, accused)
    counts = Counter(rank for _, rank in gravest)
    return TrucePage(
        record=assemble(entry, doc, cast, statements),
        dates=_dates(doc),
        nature=_nature(doc, cast),
        roles=_roles(doc, cast),
        terms=tuple(
            Term(label(TermRule, row["rule"]), label(Act, row["act"]), row["wording"])
            for row in doc["terms"]
        ),
        terms_note=_COMPLETENESS[doc["terms_recorded"]],
        events=cast.lines(_ids(beside, RecordKind.TRUCE_EVENT)),
        related=_related(doc, cast),
        counts=tuple(
            VerdictCount(verdict.value, str(VERDICTS[verdict]), counts[rank])
            for rank, verdict in enumerate(_GRAVITY)
        ),
        judged=len(gravest),
        judgements=tuple(sorted(judgements, key=lambda j: shown.index(j.incident.entry.record_id))),
        aggregates=cast.lines(entry.record_id for entry in aggregates),
        claims=claims(_ids(beside, RecordKind.VIOLATION), docs, cast),
        tallies=cast.lines(_ids(beside, RecordKind.TALLY)),
    )


def listing(reading: Reading) -> list[Line]:
    """Return every truce, the latest first."""
    found = reading.entries().filter(kind=RecordKind.TRUCE).order_by("-sort_on", "-record_id")
    return reading.lines(found)


def claims(record_ids: Iterable[int], docs: dict[int, Doc], cast: Cast) -> tuple[Claim, ...]:
    """Return violation records in words."""
    return tuple(
        Claim(
            line=line,
            accuser=accuser_of(doc, cast),
            accused=cast.name(Topic.PARTY, doc["accused"]),
            standing=doc["standing"],
            standing_word=label(ViolationStanding, doc["standing"]),
            is_general=doc["incident"] is None,
            note=doc["note"],
        )
        for line in cast.lines(record_ids)
        if (doc := docs.get(line.entry.record_id)) is not None
    )


def _ids(entries: Iterable[Entry], kind: RecordKind) -> list[int]:
    return [entry.record_id for entry in entries if entry.kind == kind]


def _gravest(reading: Reading, truce_id: int) -> list[tuple[int, int]]:
    """Return each judged incident with the rank of its gravest verdict, the gravest first."""
    rank = Case(
        *(When(counts_as=verdict, then=Value(n)) for n, verdict in enumerate(_GRAVITY)),
        output_field=IntegerField(),
    )
    return list(
        reading.assessments(truces=[truce_id])
        .order_by()
        .values("incident_id")
        .annotate(rank=Min(rank))
        .order_by("rank", "incident_id")
        .values_list("incident_id", "rank")
    )


def _aggregates(reading: Reading, truce: Entry, doc: Doc) -> "QuerySet[Entry]":
    """Return the aggregate reports of the conflict whose dates may meet the truce's."""
    start = parsed(doc["effective"] or doc["declared"] or truce.when_edtf).earliest
    end = parsed(doc["end"]).latest
    found = reading.entries().filter(
        kind=RecordKind.INCIDENT, is_aggregate=True, conflict_id=truce.conflict_id
    )
    if start is not None:
        found = found.filter(Q(latest__isnull=True) | Q(latest__gte=start))
    if end is not None:
        found = found.filter(Q(earliest__isnull=True) | Q(earliest__lte=end))
    return found.order_by("sort_on", "record_id")


def _dates(doc: Doc) -> tuple[Fact, ...]:
    effective = when_in_words(doc["effective"]) if doc["effective"] else ""
    if doc["effective_time"]:
        effective += f", {doc['effective_time'][:5]} ({doc['effective_zone']})"
    return (
        Fact("Declared", of_words(when_in_words(doc["declared"]) if doc["declared"] else "")),
        Fact("Took effect", of_words(effective)),
        Fact("Ended", of_words(when_in_words(doc["end"]) if doc["end"] else "")),
        Fact(
            "Last attested",
            of_words(when_in_words(doc["last_attested"]) if doc["last_attested"] else ""),
        ),
        Fact("What became of it", of_words(label(TruceOutcome, doc["outcome"]))),
    )


def _nature(doc: Doc, cast: Cast) -> tuple[Fact, ...]:
    return (
        Fact("Class", of_words(label(TruceClass, doc["truce_class"]))),
        Fact("Declared by", of_words(_SIDES.get(doc["side"], ""))),
        Fact("Form", of_words(label(TruceForm, doc["form"]))),
        Fact("Purpose", of_words(*(label(Purpose, code) for code in doc["purposes"]))),
        Fact("Mediated", of_words(label(Recorded, doc["mediated"]))),
        Fact("Monitored", of_words(label(Recorded, doc["monitored"]))),
        Fact("Enforced by", of_words(label(Enforcement, doc["enforcement"]))),
        Fact("Where it applies", _coverage(doc, cast)),
        *_hours(doc),
    )


def _hours(doc: Doc) -> tuple[Fact, ...]:
    """Return the hours of the day to which a humanitarian pause is limited, if it is."""
    hours = tuple(
        Item(f"{row['starts_at'][:5]} to {row['ends_at'][:5]}", note=row["time_zone"])
        for row in doc["windows"]
    )
    return (Fact("Hours of the day", hours),) if hours else ()


_SIDES = {
    TruceSide.UNILATERAL: "one side (unilateral)",
    TruceSide.BILATERAL: "two sides (bilateral)",
    TruceSide.MULTILATERAL: "several sides (multilateral)",
    TruceSide.UNCLEAR: "unclear",
}


def _coverage(doc: Doc, cast: Cast) -> tuple[Item, ...]:
    places = tuple(
        item
        for row in doc["areas"]
        for item in of_name(
            cast.name(Topic.PLACE, row["place"]), note=label(AreaRelation, row["relation"])
        )
    )
    wording = f"“{doc['coverage_wording']}”" if doc["coverage_wording"] else ""
    return (*of_words(label(Coverage, doc["coverage"]), wording), *places)


def _roles(doc: Doc, cast: Cast) -> tuple[RoleGroup, ...]:
    return tuple(
        RoleGroup(
            role=words,
            members=tuple(_member(row, cast) for row in doc["parties"] if row["role"] == role),
            note=_COMPLETENESS[doc["bound_recorded"]] if role == TruceRole.BOUND else "",
        )
        for role, words in _ROLES.items()
    )


def _member(row: Doc, cast: Cast) -> TruceMember:
    basis = label(ExclusionBasis, row["exclusion_basis"])
    if row["designation"]:
        as_of = (
            f", as of {when_in_words(row['designation_as_of'])}" if row["designation_as_of"] else ""
        )
        basis = f"{basis} ({row['designation']}{as_of})"
    binds = _BINDS.get(row["binds_members"], "") if row["role"] == TruceRole.BOUND else ""
    outcome = label(TruceOutcome, row["outcome"])
    notes = (basis, binds, since_until(row["joined"], row["left"]), outcome)
    return TruceMember(
        party=cast.name(Topic.PARTY, row["party"]),
        wording=row["wording"],
        notes=tuple(note for note in notes if note),
        contested_by=row["contested_by"],
    )


_BINDS = {
    Recorded.YES: "binds its members too",
    Recorded.NO: "does not bind its members",
    Recorded.UNCLEAR: "whether it binds its members is unclear",
}


def _related(doc: Doc, cast: Cast) -> tuple[Related, ...]:
    return tuple(
        Related(
            f"This truce {kind.label}" if link["direction"] == "from" else f"{_REVERSED[kind]} by",
            line,
        )
        for link in doc["links"]
        if (line := cast.line(link["record"])) is not None
        for kind in (TruceLinkKind(link["kind"]),)
    )


_REVERSED = {
    TruceLinkKind.RENEWS: "It is renewed",
    TruceLinkKind.EXTENDS: "It is extended",
    TruceLinkKind.REPLACES: "It is replaced",
    TruceLinkKind.REAFFIRMS: "It is reaffirmed",
    TruceLinkKind.PART_OF: "A part of it is formed",
}
