"""The page of a truce: what it says, what it leaves unsaid, and what is reported under it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from ceasefire.enums import TruceLinkKind
from sources.enums import RecordKind
from timeline.models import Entry
from timeline.models.assessment import GRAVITY
from timeline.models.entry import END_OF_TIME, EntryQuerySet
from timeline.queries.cast import Cast, Doc, docs_of
from timeline.queries.claims import Claim, claims
from timeline.queries.judgements import Judgement, accusations_of, judgements_of
from timeline.queries.lines import Line, parsed
from timeline.queries.reading import Reading
from timeline.queries.records import RecordPage, assemble, doc_of, entry_of_kind
from timeline.queries.report import (
    DAYS,
    Judged,
    Life,
    Report,
    judged_query,
    judged_under,
    life_of,
    marks_of,
    replacing,
    report,
)
from timeline.queries.report.charts import DayChart, JudgedChart, day_chart, judged_chart
from timeline.queries.report.life_chart import LifeChart, life_chart
from timeline.queries.report.statements import gravest_of
from timeline.queries.truce_terms import Terms, terms_of
from timeline.queries.words import VERDICTS

#: How many judged incidents the page lists; the timeline has them all.
MOST_INCIDENTS = 12


@dataclass(frozen=True)
class Related:
    """Another truce, and how this one stands to it: said from the one that the link begins at."""

    words: str
    line: Line


@dataclass(frozen=True)
class VerdictRow:
    """How many incidents have one verdict under this truce, and the filter that finds them."""

    verdict: str
    words: str
    count: int
    query: str


@dataclass(frozen=True)
class TrucePage:
    record: RecordPage
    says: Terms
    life_chart: LifeChart | None
    undated_events: tuple[Line, ...]
    related: tuple[Related, ...]
    report: Report
    day_chart: DayChart | None
    judged: Judged
    judged_chart: JudgedChart | None
    verdicts: tuple[VerdictRow, ...]
    judgements: tuple[Judgement, ...]
    aggregates: tuple[Line, ...]
    claims: tuple[Claim, ...]
    tallies: tuple[Line, ...]

    @property
    def is_cut(self) -> bool:
        return self.judged.total > MOST_INCIDENTS


def page(reading: Reading, public_id: str, *, days: int = DAYS) -> TrucePage | None:
    """Return the page of a truce, comparing so many days before it and after it."""
    entry = entry_of_kind(reading, RecordKind.TRUCE, public_id)
    if entry is None:
        return None
    doc = doc_of(reading, entry)
    beside = _beside(reading, entry)
    aggregates = list(_aggregates(reading, entry, doc)[:MOST_INCIDENTS])
    incidents = _told(reading, entry).of_kinds([RecordKind.INCIDENT]).told_as([False])
    shown = gravest_of(reading, entry.record_id, incidents, MOST_INCIDENTS)
    assessments = list(reading.assessments(truces=[entry.record_id], incidents=shown))
    replaced_by = replacing(doc)
    asked = [*shown, *_ids(beside, RecordKind.VIOLATION), *replaced_by]
    docs = docs_of(reading.sheets(asked).values())
    cast = Cast.of(reading, [entry, *beside, *aggregates], [doc, *docs.values()], records=shown)
    accused = {
        accusation.id: accusation
        for incident in shown
        if (line := cast.line(incident)) and incident in docs
        for accusation in accusations_of(line, docs[incident], cast)
    }
    judgements = judgements_of(assessments, cast, accused)
    events = cast.lines(_ids(beside, RecordKind.TRUCE_EVENT))
    life = life_of(doc, events, [docs[ref] for ref in replaced_by if ref in docs])
    found = report(reading, entry, life, days=days)
    judged = judged_under(reading, entry)
    record = assemble(entry, doc, cast, _ids(beside, RecordKind.STATEMENT))
    return TrucePage(
        record=record,
        says=terms_of(doc, record.line, cast),
        life_chart=life_chart(life, marks_of(doc, record.line, events)),
        undated_events=tuple(line for line in events if line.entry.sort_on == END_OF_TIME),
        related=_related(doc, cast),
        report=found,
        day_chart=day_chart(found),
        judged=judged,
        judged_chart=judged_chart(judged),
        verdicts=tuple(
            VerdictRow(
                verdict=verdict,
                words=str(VERDICTS[verdict]),
                count=judged.counts.get(verdict, 0),
                query=judged_query(public_id, reading.number, verdict),
            )
            for verdict in GRAVITY
        ),
        judgements=tuple(sorted(judgements, key=lambda j: shown.index(j.incident.entry.record_id))),
        aggregates=cast.lines(entry.record_id for entry in aggregates),
        claims=claims(_ids(beside, RecordKind.VIOLATION), docs, cast),
        tallies=cast.lines(_ids(beside, RecordKind.TALLY)),
    )


def life_in(reading: Reading, public_id: str) -> tuple[Entry, Life] | None:
    """Return a truce and its life alone: what the files of its page need."""
    entry = entry_of_kind(reading, RecordKind.TRUCE, public_id)
    if entry is None:
        return None
    doc = doc_of(reading, entry)
    events = reading.lines(_told(reading, entry).of_kinds([RecordKind.TRUCE_EVENT]))
    docs = docs_of(reading.sheets(replacing(doc)).values())
    return entry, life_of(doc, events, docs.values())


def listing(reading: Reading) -> list[Line]:
    """Return every truce, the latest first."""
    found = reading.entries().filter(kind=RecordKind.TRUCE).order_by("-sort_on", "-record_id")
    return reading.lines(found)


def _told(reading: Reading, truce: Entry) -> EntryQuerySet:
    return reading.entries().under([truce.record_id])


def _beside(reading: Reading, truce: Entry) -> list[Entry]:
    """Return what belongs to a truce but for its incidents."""
    kinds = (
        RecordKind.TRUCE_EVENT,
        RecordKind.VIOLATION,
        RecordKind.STATEMENT,
        RecordKind.TALLY,
    )
    return list(_told(reading, truce).of_kinds(kinds).order_by("sort_on", "record_id"))


def _ids(entries: Iterable[Entry], kind: RecordKind) -> list[int]:
    return [entry.record_id for entry in entries if entry.kind == kind]


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


def _related(doc: Doc, cast: Cast) -> tuple[Related, ...]:
    return tuple(
        Related(str(_STANDS[link["direction"]][TruceLinkKind(link["kind"])]), line)
        for link in doc["links"]
        if (line := cast.line(link["record"])) is not None
    )


#: How a truce stands to another, before that one's name: by the end at which it stands.
_STANDS = {
    "from": {
        TruceLinkKind.RENEWS: _("This truce renews"),
        TruceLinkKind.EXTENDS: _("This truce extends"),
        TruceLinkKind.REPLACES: _("This truce replaces"),
        TruceLinkKind.REAFFIRMS: _("This truce reaffirms"),
        TruceLinkKind.PART_OF: _("This truce is part of"),
    },
    "to": {
        TruceLinkKind.RENEWS: _("It is renewed by"),
        TruceLinkKind.EXTENDS: _("It is extended by"),
        TruceLinkKind.REPLACES: _("It is replaced by"),
        TruceLinkKind.REAFFIRMS: _("It is reaffirmed by"),
        TruceLinkKind.PART_OF: _("A part of it is formed by"),
    },
}
