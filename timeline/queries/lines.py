"""One line of the timeline as a template or a file needs it: every id as a name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, Self

from django.conf import settings
from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language, gettext, pgettext
from django.utils.translation import gettext_lazy as _

from ceasefire.enums import Act, Population
from sources.enums import Extent, FigureGroup, Harm, OriginKind, Precision, RecordKind, Stance
from sources.partial_dates import PartialDate
from talks.enums import NameKind, PlacePrecision, RoundStatus
from timeline.enums import Evidence, Topic, Verdict
from timeline.models import Entry, Label
from timeline.queries.sentences import grouped, isolated, listed

UNKNOWN_ORIGIN = "unknown"
CONFIDENTIAL = _("confidential source")

#: The page of a record where it is not the general one, by kind: the names of timeline/urls.py.
_PAGES = {
    RecordKind.TRUCE: "timeline:truce",
    RecordKind.ROUND: "timeline:round",
    RecordKind.INCIDENT: "timeline:incident",
}
#: The page of a thing that has a label, by topic; what is not here has no page of its own.
_THINGS = {
    Topic.CONFLICT: "timeline:conflict",
    Topic.PROCESS: "timeline:process",
    Topic.PARTY: "timeline:party",
    Topic.PERSON: "timeline:person",
    Topic.SOURCE: "timeline:source",
}


def record_url(kind: str, public_id: str) -> str:
    """Return the path of a record's page."""
    page = _PAGES.get(RecordKind(kind), "timeline:record")
    return _path(page, public_id, get_language(), get_script_prefix())


def label_url(label: Label) -> str:
    """Return the path of a thing's page, empty where it has none."""
    page = _THINGS.get(Topic(label.topic))
    return _path(page, label.slug, get_language(), get_script_prefix()) if page else ""


@lru_cache(maxsize=16_384)
def _path(page: str, key: str, language: str, prefix: str) -> str:
    """Return the path of a page, which has the language and the prefix of the reader's address.

    A page names the same things hundreds of times.
    """
    return reverse(page, args=[key])


def variant_of(entry: Entry) -> str:
    """Return how its mark differs from its kind's: a round not known as held, an aggregate."""
    if entry.kind == RecordKind.ROUND and entry.detail != RoundStatus.HELD:
        return entry.detail
    return "aggregate" if entry.is_aggregate else ""


def kind_words_of(entry: Entry) -> str:
    """Word the kind with what must never be overlooked: “Talks round, expected”."""
    variant, word = variant_of(entry), str(RecordKind(entry.kind).label)
    if variant == "aggregate":
        return gettext("Aggregate report")
    if not variant:
        return word
    words = {"kind": word, "status": RoundStatus(variant).label}
    return pgettext("round", "%(kind)s, %(status)s") % words


def date_words_of(entry: Entry) -> str:
    """Word when it was, claiming no more than is known."""
    return parsed(entry.when_edtf).in_words(extent=extent_of(entry))


def extent_of(entry: Entry) -> Any:
    return Extent(entry.extent).value


@lru_cache(maxsize=16_384)
def parsed(edtf: str) -> PartialDate:
    """Return a date that the database holds, which therefore can be read."""
    return PartialDate.parse(edtf)


@dataclass(frozen=True)
class Name:
    """A thing by the name that it bore at the time, and where its page is."""

    topic: str
    ref: int
    slug: str
    text: str
    url: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Figure:
    """A number that a citation claims; a bound that it does not give is None."""

    group: str
    harm: str
    low: int | None
    best: int | None
    high: int | None
    superseded: bool
    side: str = ""
    """Which side's people it counts, in the source's words."""
    as_of: str = ""
    """When the count stood so, in words."""

    @property
    def group_word(self) -> str:
        """Word whom it counts: “civilians”, “government side”; empty where it is not said."""
        whom = FigureGroup(self.group)
        return "" if whom == FigureGroup.UNKNOWN else self.side or str(whom.label)

    def in_words(self) -> str:
        """Word the figure with its bounds: “killed, civilians: 9 or more”."""
        words = {"harm": Harm(self.harm).label, "number": self.number}
        if not self.group_word:
            return gettext("%(harm)s: %(number)s") % words
        words["group"] = isolated(self.group_word)
        return gettext("%(harm)s, %(group)s: %(number)s") % words

    @property
    def number(self) -> str:
        """Word the number by the bounds that are given: “9 or more”."""
        bounds = _bounds(self.low, self.high)
        if self.best is None:
            return bounds or gettext("not said")
        best = {"best": grouped(self.best), "bounds": bounds}
        return gettext("%(best)s (%(bounds)s)") % best if bounds else best["best"]


def _bounds(low: int | None, high: int | None) -> str:
    """Word a number by its bounds; empty where neither is given."""
    if low is not None and high is not None:
        if low == high:
            return grouped(low)
        return gettext("%(low)s to %(high)s") % {"low": grouped(low), "high": grouped(high)}
    if low is not None:
        return gettext("%(number)s or more") % {"number": grouped(low)}
    if high is not None:
        return gettext("up to %(number)s") % {"number": grouped(high)}
    return ""


@dataclass(frozen=True)
class Citing:
    """One citation in words: who says so, in what, where in it, and what it does to the record."""

    id: int
    confidential: bool
    stance: str
    fields: tuple[str, ...]
    origin: str
    """Whose knowledge it is: “AFP”, “Mohammed Alloush”, “origin unknown”."""
    is_origin_known: bool
    outlet: Name | None
    source: Name | None
    source_url: str
    """Where the document itself stands, if it is on the web."""
    locator: str
    quote: str
    aligned: bool
    verification: bool
    figures: tuple[Figure, ...]

    @property
    def chain(self) -> str:
        """Word the chain from the origin to the outlet that was read: “AFP, in BBC News”."""
        if self.confidential:
            return str(CONFIDENTIAL)
        outlet = self.outlet.text if self.outlet else ""
        if not outlet or self.origin == outlet:
            return isolated(self.origin)
        words = {"origin": isolated(self.origin), "outlet": isolated(outlet)}
        return gettext("%(origin)s, in %(outlet)s") % words

    @property
    def stance_word(self) -> str:
        return str(Stance(self.stance).label)

    @property
    def anchor(self) -> str:
        """Where its passage stands on the page of its record."""
        return f"passage-{self.id}"

    @property
    def supports(self) -> bool:
        return self.stance == Stance.SUPPORTS


class Names:
    """The labels that some lines need, as the names that fit a date."""

    def __init__(self, labels: Mapping[str, Mapping[int, Label]]) -> None:
        self._labels = labels
        self._plain: dict[tuple[str, int], Name | None] = {}

    def label(self, topic: str, ref: int | None) -> Label | None:
        return None if ref is None else self._labels.get(topic, {}).get(ref)

    def name(self, topic: str, ref: int | None) -> Name | None:
        """Return a thing's usual name; None where readers may not know of it."""
        if ref is None:
            return None
        if (topic, ref) not in self._plain:
            label = self.label(topic, ref)
            self._plain[topic, ref] = None if label is None else named(label)
        return self._plain[topic, ref]

    def names(self, topic: str, refs: Iterable[int]) -> tuple[Name, ...]:
        return tuple(name for ref in refs if (name := self.name(topic, ref)) is not None)

    def parties(self, refs: Iterable[int], entry: Entry) -> tuple[Name, ...]:
        """Return parties by the official names that they certainly bore at the time."""
        names = (self._party(ref, entry) for ref in refs)
        return tuple(name for name in names if name is not None)

    def _party(self, ref: int, entry: Entry) -> Name | None:
        label = self.label(Topic.PARTY, ref)
        if label is None or not label.data.get("names"):  # as most have none but the usual one
            return self.name(Topic.PARTY, ref)
        return named(label, official_name(label, entry.earliest, entry.latest))


def named(label: Label, text: str = "") -> Name:
    """Return the name of what a label stands for, by its usual name or by another."""
    return Name(label.topic, label.ref, label.slug, text or usual_name(label), label_url(label))


def usual_name(label: Label) -> str:
    """Return a thing's usual name in the reader's language where one is recorded.

    The usual name in English is the label's own; in another language it is the party's official
    name of today.
    """
    language = get_language()
    if language == settings.LANGUAGE_CODE:
        return label.name
    today = [name for name in _official_names(label, language) if not name["until"]]
    return str(today[0]["text"]) if today else label.name


def official_name(label: Label, earliest: date | None, latest: date | None) -> str:
    """Return a party's official name in a window, its usual name where none is certain.

    In the reader's language; where none is recorded in it, in English.
    """
    for language in dict.fromkeys((get_language(), settings.LANGUAGE_CODE)):
        for name in _official_names(label, language):
            since, until = parsed(name["since"]), parsed(name["until"])
            if not (since.text or until.text):
                continue
            begun = not since.text or (earliest and since.latest and since.latest <= earliest)
            lasts = not until.text or (latest and until.earliest and latest < until.earliest)
            if begun and lasts:
                return str(name["text"])
        if (usual := usual_name(label)) != label.name:
            return usual
    return label.name


def _official_names(label: Label, language: str | None) -> list[dict[str, Any]]:
    return [
        name
        for name in label.data.get("names", ())
        if name["kind"] == NameKind.OFFICIAL and name["language"] == language
    ]


@dataclass(frozen=True)
class Line:
    """An entry with every name resolved."""

    entry: Entry
    conflict: Name | None
    place: Name | None
    place_label: Label | None
    parties: tuple[Name, ...]
    accused: tuple[Name, ...]
    accusers: tuple[Name, ...]
    persons: tuple[Name, ...]
    targets: tuple[str, ...]
    """The parties and populations that were hit, in words."""
    processes: tuple[Name, ...]
    citings: tuple[Citing, ...]

    @staticmethod
    def mentions(entry: Entry) -> dict[str, set[int]]:
        """Return the ids of everything that the line will name, by topic."""
        cited = [citation for citation in entry.citations if not citation["confidential"]]
        outlets = {citation["outlet"] for citation in cited}
        outlets |= {citation["attributed_outlet"] for citation in cited}
        return {
            Topic.CONFLICT: {entry.conflict_id},
            Topic.PLACE: set() if entry.place_id is None else {entry.place_id},
            Topic.PARTY: {
                *entry.party_ids,
                *entry.accused_ids,
                *entry.accuser_ids,
                *entry.target_ids,
            },
            Topic.PERSON: set(entry.person_ids),
            Topic.PROCESS: set(entry.process_ids),
            Topic.OUTLET: outlets - {None},
            Topic.SOURCE: {citation["source"] for citation in cited},
        }

    @property
    def process(self) -> Name | None:
        """The process of a round, or of what belongs to rounds of one process."""
        return self.processes[0] if len(self.processes) == 1 else None

    @classmethod
    def of(cls, entry: Entry, names: Names) -> Self:
        """Return the line of an entry whose mentions are all among `names`."""
        hit = [str(Population(code).label) for code in entry.targets]
        return cls(
            entry=entry,
            conflict=names.name(Topic.CONFLICT, entry.conflict_id),
            place=names.name(Topic.PLACE, entry.place_id),
            place_label=names.label(Topic.PLACE, entry.place_id),
            parties=names.parties(entry.party_ids, entry),
            accused=names.parties(entry.accused_ids, entry),
            accusers=names.parties(entry.accuser_ids, entry),
            persons=names.names(Topic.PERSON, entry.person_ids),
            targets=(*map(str, names.parties(entry.target_ids, entry)), *hit),
            processes=names.names(Topic.PROCESS, entry.process_ids),
            citings=tuple(_citing(citation, names) for citation in entry.citations),
        )

    @property
    def id(self) -> str:
        return self.entry.public_id

    @property
    def kind(self) -> str:
        """The code of the kind: also the class of its mark."""
        return self.entry.kind

    @property
    def kind_word(self) -> str:
        return str(RecordKind(self.entry.kind).label)

    @property
    def variant(self) -> str:
        return variant_of(self.entry)

    @property
    def kind_words(self) -> str:
        return kind_words_of(self.entry)

    @property
    def title(self) -> str:
        return self.entry.title

    @property
    def summary(self) -> str:
        return self.entry.summary

    @property
    def url(self) -> str:
        return record_url(self.entry.kind, self.entry.public_id)

    @cached_property
    def when(self) -> PartialDate:
        return parsed(self.entry.when_edtf)

    @property
    def date_short(self) -> str:
        return self.when.in_short(extent=extent_of(self.entry))

    @property
    def date_words(self) -> str:
        return date_words_of(self.entry)

    @property
    def precision_word(self) -> str:
        return str(Precision(self.entry.precision).label)

    @property
    def reported_words(self) -> str:
        return parsed(self.entry.reported_edtf).in_words()

    @property
    def act_word(self) -> str:
        return str(Act(self.entry.act).label) if self.entry.act else ""

    @cached_property
    def verdict_word(self) -> str:
        return str(Verdict(self.entry.verdict).label) if self.entry.verdict else ""

    @cached_property
    def evidence_word(self) -> str:
        return str(Evidence(self.entry.evidence).label) if self.entry.evidence else ""

    @property
    def evidence_who_word(self) -> str:
        return str(Evidence(self.entry.evidence_who).label) if self.entry.evidence_who else ""

    @property
    def place_precision_word(self) -> str:
        found = self.entry.place_precision
        return "" if found is None else str(PlacePrecision(found).label)

    @property
    def origins(self) -> tuple[str, ...]:
        """Who says so, each chain once, in the order of the citations: “AFP, in BBC News”."""
        return tuple(dict.fromkeys(citing.chain for citing in self.citings if citing.supports))

    def backing(self, *fields: str) -> tuple[Citing, ...]:
        """Return the supporting passages that back one of these fields, or the whole record."""
        return tuple(
            citing
            for citing in self.citings
            if citing.supports and (not citing.fields or set(fields) & set(citing.fields))
        )

    @property
    def told_by(self) -> str:
        """The same in one phrase, which says so where no source may be shown."""
        return listed(self.origins) or gettext("no supporting source readers may see")


def _citing(citation: Mapping[str, Any], names: Names) -> Citing:
    confidential = citation["confidential"]
    open_ = {} if confidential else citation
    outlet = names.name(Topic.OUTLET, open_.get("outlet"))
    source = names.label(Topic.SOURCE, open_.get("source"))
    return Citing(
        id=citation["id"],
        confidential=confidential,
        stance=citation["stance"],
        fields=tuple(citation["fields"]),
        is_origin_known=not confidential and citation["origin"] != OriginKind.UNKNOWN,
        origin=str(CONFIDENTIAL) if confidential else _origin(open_, outlet, names),
        outlet=outlet,
        source=names.name(Topic.SOURCE, open_.get("source")),
        source_url=source.data["url"] if source else "",
        locator=open_.get("locator", ""),
        quote=open_.get("quote", ""),
        aligned=open_.get("aligned", False),
        verification=open_.get("verification", False),
        figures=tuple(
            Figure(
                group=figure["group"],
                harm=figure["harm"],
                low=figure["low"],
                best=figure["best"],
                high=figure["high"],
                superseded=figure["superseded"],
                side=figure["side"],
                as_of=parsed(figure["as_of"]).in_words() if figure["as_of"] else "",
            )
            for figure in citation["figures"]
        ),
    )


def _origin(citation: Mapping[str, Any], outlet: Name | None, names: Names) -> str:
    kind = OriginKind(citation["origin"])
    if kind == OriginKind.OTHER_OUTLET:
        other = names.name(Topic.OUTLET, citation["attributed_outlet"])
        return other.text if other else gettext("another outlet")
    if kind == OriginKind.SPEAKER:
        return str(citation["attributed_speaker"])
    if kind == OriginKind.OUTLET and outlet:
        return outlet.text
    return gettext("origin unknown")
