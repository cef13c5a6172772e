"""The pages of what records hang on: conflicts and sources; and the lists of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Func, Q
from django.utils.translation import gettext_lazy as _

from sources.enums import OutletKind, RecordKind, Stance
from talks.enums import PartyKind
from timeline.enums import Topic
from timeline.models import Label
from timeline.queries.cast import Cast, chronological
from timeline.queries.kept import by_conflict
from timeline.queries.lines import Line, Name, named
from timeline.queries.passages import Passage, passages_of
from timeline.queries.reading import Reading
from timeline.queries.sparks import Spark, sparks
from timeline.queries.words import KINDS, label, language_in_words, when_in_words

#: How many records a list of a page shows; the timeline has them all.
MOST = 100

_STANCES = {
    Stance.SUPPORTS: _("Supported by it"),
    Stance.CONTRADICTS: _("Contradicted by it"),
    Stance.CONTEXT: _("Given context by it"),
}


@dataclass(frozen=True)
class KindCount:
    kind: str
    words: str
    count: int


@dataclass(frozen=True)
class ConflictCard:
    """A conflict with how many entries of each kind it has."""

    name: Name
    total: int
    counts: tuple[KindCount, ...]
    spark: Spark | None
    """Its last months, on the first page; None elsewhere, and where no incident is dated."""


@dataclass(frozen=True)
class ConflictPage:
    card: ConflictCard
    processes: tuple[Name, ...]
    truces: tuple[Line, ...]
    developments: tuple[Line, ...]


@dataclass(frozen=True)
class SourceCard:
    """A document as lists show it."""

    name: Name
    outlet: Name | None
    outlet_kind: str
    affiliation: str
    published: str
    count: int


@dataclass(frozen=True)
class Cited:
    """A record with the passages of one source that bear on it."""

    line: Line
    passages: tuple[Passage, ...]


@dataclass(frozen=True)
class CitedGroup:
    """The records to which a source does one thing: how many, and the first of them."""

    words: str
    count: int
    cited: tuple[Cited, ...]


@dataclass(frozen=True)
class SourcePage:
    card: SourceCard
    data: Mapping[str, Any]
    counts: tuple[KindCount, ...]
    groups: tuple[CitedGroup, ...]

    @property
    def is_cut(self) -> bool:
        return any(group.count > len(group.cited) for group in self.groups)

    @property
    def url(self) -> str:
        return _web(self.data["url"])

    @property
    def archive_url(self) -> str:
        return _web(self.data["archive_url"])

    @property
    def language(self) -> str:
        return language_in_words(self.data["language"])

    @property
    def accessed_on(self) -> str:
        found = self.data["accessed_on"]
        return when_in_words(found) if found else ""


@dataclass(frozen=True)
class PartyRow:
    name: Name
    kind: str
    short_name: str
    others: tuple[str, ...]


def conflict_cards(reading: Reading) -> list[ConflictCard]:
    """Return every conflict with its counts and its last months: a few queries for all."""
    counts = by_conflict(reading)
    drawn = sparks(reading)
    return [
        _conflict_card(conflict, counts.get(conflict.ref, {}), drawn.get(conflict.ref))
        for conflict in reading.all_labels(Topic.CONFLICT)
    ]


def conflict_page(reading: Reading, slug: str) -> ConflictPage | None:
    conflict = reading.label_by_slug(Topic.CONFLICT, slug)
    if conflict is None:
        return None
    mine = reading.entries().filter(conflict_id=conflict.ref)
    counts = dict(mine.order_by().values_list("kind").annotate(Count("pk")))
    processes = [
        named(process)
        for process in reading.all_labels(Topic.PROCESS)
        if process.data["conflict"] == conflict.ref
    ]
    shown = mine.filter(kind__in=(RecordKind.TRUCE, RecordKind.DEVELOPMENT))
    lines = reading.lines(shown.order_by("sort_on", "record_id")[:MOST])
    return ConflictPage(
        card=_conflict_card(conflict, counts),
        processes=tuple(processes),
        truces=tuple(line for line in lines if line.kind == RecordKind.TRUCE),
        developments=tuple(line for line in lines if line.kind == RecordKind.DEVELOPMENT),
    )


def source_page(reading: Reading, public_id: str) -> SourcePage | None:
    source = reading.label_by_slug(Topic.SOURCE, public_id)
    if source is None:
        return None
    citing = reading.entries().filter(source_ids__contains=[source.ref])
    counts = dict(citing.order_by().values_list("kind").annotate(Count("pk")))
    does = {
        stance: Q(citations__contains=[{"source": source.ref, "stance": stance.value}])
        for stance in Stance
    }
    totals = citing.aggregate(**{stance.value: Count("pk", filter=q) for stance, q in does.items()})
    found = {
        stance: list(citing.filter(q).order_by("sort_on", "record_id")[:MOST])
        for stance, q in does.items()
        if totals[stance.value]
    }
    cast = Cast.of(
        reading,
        [entry for entries in found.values() for entry in entries],
        things={Topic.OUTLET: [source.data["outlet"]]},
    )
    return SourcePage(
        card=_source_card(reading, source, sum(counts.values())),
        data=source.data,
        counts=_kind_counts(counts),
        groups=tuple(
            CitedGroup(
                words=str(_STANCES[stance]),
                count=totals[stance.value],
                cited=tuple(
                    Cited(line, _passages_in(line, cast, source, stance))
                    for line in chronological(cast.lines(entry.record_id for entry in entries))
                ),
            )
            for stance, entries in found.items()
        ),
    )


def source_cards(reading: Reading, sources: list[Label]) -> list[SourceCard]:
    """Return some sources with their outlets: two queries for all of them."""
    reading.preload({Topic.OUTLET: [source.data["outlet"] for source in sources]})
    counts = _uses(reading, sources)
    return [_source_card(reading, source, counts.get(source.ref, 0)) for source in sources]


def party_rows(parties: list[Label]) -> list[PartyRow]:
    return [
        PartyRow(
            name=named(party),
            kind=label(PartyKind, party.data["kind"]),
            short_name=party.data["short_name"],
            others=tuple(
                dict.fromkeys(
                    row["text"] for row in party.data["names"] if row["text"] != party.name
                )
            ),
        )
        for party in parties
    ]


def _passages_in(line: Line, cast: Cast, source: Label, stance: Stance) -> tuple[Passage, ...]:
    """Return the passages of a source that do one thing to a record."""
    return tuple(
        passage
        for passage in passages_of(line, cast)
        if passage.citing.source is not None
        and passage.citing.source.ref == source.ref
        and passage.citing.stance == stance
    )


def _web(url: str) -> str:
    """Return an address only if it is one of the web: no other scheme becomes a link."""
    return url if url.lower().startswith(("http://", "https://")) else ""


def _uses(reading: Reading, sources: list[Label]) -> dict[int, int]:
    """Return how many records cite each of these sources, counted by the database."""
    citing = reading.entries().filter(source_ids__overlap=[source.ref for source in sources])
    each = citing.order_by().annotate(source=Func(F("source_ids"), function="unnest"))
    return dict(each.values_list("source").annotate(count=Count("pk")))


def _conflict_card(
    conflict: Label, counts: Mapping[str, int], months: Spark | None = None
) -> ConflictCard:
    return ConflictCard(
        name=named(conflict),
        total=sum(counts.values()),
        counts=_kind_counts(counts),
        spark=months,
    )


def _kind_counts(counts: Mapping[str, int]) -> tuple[KindCount, ...]:
    return tuple(
        KindCount(kind.value, str(KINDS[kind]), counts[kind.value])
        for kind in RecordKind
        if kind.value in counts
    )


def _source_card(reading: Reading, source: Label, count: int) -> SourceCard:
    outlet = reading.label(Topic.OUTLET, source.data["outlet"])
    published = source.data["published"]
    return SourceCard(
        name=named(source),
        outlet=named(outlet) if outlet else None,
        outlet_kind=label(OutletKind, outlet.data["kind"]) if outlet else "",
        affiliation=outlet.data["affiliation"] if outlet else "",
        published=when_in_words(published) if published else "",
        count=count,
    )
