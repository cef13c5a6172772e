"""One reading: everything that a request reads, as of one revision, in one transaction."""

import contextlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any, ClassVar, NamedTuple, Self, cast

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext

from timeline.enums import Topic
from timeline.models import Assessment, Entry, Label, Membership, Reach, Revision, Sheet
from timeline.models.assessment import AssessmentQuerySet
from timeline.models.entry import SEARCHED_TOPICS, EntryQuerySet
from timeline.models.version import Version, VersionQuerySet
from timeline.queries.lines import Line, Names
from timeline.queries.planning import by_bitmap
from timeline.sql import sql

_BEGIN = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"


class UnknownRevisionError(LookupError):
    """The revision asked for does not exist. The message is one plain sentence."""


@dataclass(frozen=True)
class Shown:
    """The revision that a page shows; number 0, without a time, while there is none yet."""

    number: int = 0
    created_at: datetime | None = None
    format_version: int = 1
    """Which columns its files have."""
    entries: int | None = 0
    """How many lines it shows; None where that has to be counted."""

    @classmethod
    def of(cls, revision: Revision) -> Self:
        return cls(revision.number, revision.created_at, revision.format_version, revision.entries)


@contextlib.contextmanager
def reading(as_of: int | datetime | None = None) -> Iterator["Reading"]:
    """Open one transaction that sees one state of the timeline, and changes nothing.

    `as_of` is a revision's number, or a time, which means the latest revision written by then;
    None means the latest. Raises UnknownRevisionError. Never nested: the transaction's isolation is
    set by its first statement.
    """
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute(_BEGIN)
        latest = _latest()
        shown = latest if as_of is None else _shown(as_of)
        yield Reading(shown, is_latest=shown == latest, is_pinned=as_of is not None)


def _latest() -> Shown:
    found = Revision.objects.order_by("-number").first()
    return Shown.of(found) if found else Shown()


def _shown(as_of: int | datetime) -> Shown:
    revisions = Revision.objects.order_by("-number")
    if isinstance(as_of, datetime):
        found = revisions.filter(created_at__lte=as_of).first()
    else:
        # A number beyond the column's range is no revision either, and is nothing to ask.
        found = revisions.filter(number=as_of).first() if 0 < as_of < 2**63 else None
    if found is None:
        raise UnknownRevisionError(_no_such_revision(as_of, revisions))
    return Shown.of(found)


def _no_such_revision(as_of: int | datetime, revisions: "QuerySet[Revision]") -> str:
    latest, first = revisions.first(), revisions.last()
    if latest is None or first is None:
        return gettext("There is no revision yet.")
    if isinstance(as_of, datetime):
        time = {"time": f"{first.created_at:%Y-%m-%d %H:%M:%S}"}
        return gettext("The first revision was written later, at %(time)s UTC.") % time
    numbers = {"number": as_of, "latest": latest.number}
    if as_of > latest.number:
        return gettext("There is no revision %(number)s; the latest is %(latest)s.") % numbers
    return gettext("There is no revision %(number)s.") % numbers


NEAREST = 5
"""So many names that are like a word are taken for it at most."""

AT_HAND = 500
"""In so many lines a frequent word is looked for before the index is asked."""

#: What bears a name that is spelt in several ways. A source's title is text.
NAMING_TOPICS = [Topic.PARTY.value, Topic.PERSON.value, Topic.PLACE.value, Topic.OUTLET.value]


class Word(NamedTuple):
    """One word of a search, and what bears a name with such a word: ids by topic."""

    text: str
    named: dict[str, list[int]]
    near: tuple[str, ...] = ()
    """Names that are like the word, where nothing has it: what they name is found instead."""


@dataclass
class Reading:
    """What one revision shows. Labels once read are kept for the length of the reading."""

    SMALL: ClassVar = 20_000
    """So many entries are counted within the time that a page takes anyway."""

    revision: Shown
    is_latest: bool = False
    """Whether it was the latest revision when the reading began."""
    is_pinned: bool = False
    """Whether the reader asked for this revision, and not for the latest."""
    _labels: dict[str, dict[int, Label | None]] = field(
        default_factory=lambda: defaultdict(dict), repr=False
    )

    @property
    def number(self) -> int:
        return self.revision.number

    def entries(self) -> EntryQuerySet:
        """Return the lines of the timeline, in no order."""
        return cast(EntryQuerySet, self.versions(Entry))

    def versions(self, model: type[Version]) -> VersionQuerySet[Any]:
        """Return the versions of one sort that the revision shows."""
        # The latest revision shows what is not closed, which indexes of current versions can tell.
        versions = cast(VersionQuerySet[Any], model.objects.all())
        return versions.current() if self.is_latest else versions.as_of(self.number)

    def is_small(self) -> bool:
        """Return whether the timeline is so small that counting it takes no time."""
        entries = self.revision.entries
        if entries is None:
            entries = self.entries()[: self.SMALL + 1].count()
        return entries <= self.SMALL

    def revision_at(self, time: datetime) -> int:
        """Return the number of the latest revision written by then; 0 where there was none."""
        revisions = Revision.objects.filter(created_at__lte=time, number__lte=self.number)
        found = revisions.order_by("-number").first()
        return found.number if found else 0

    def entries_by_public_id(self, public_ids: Iterable[str]) -> dict[str, Entry]:
        """Return the lines of the records with these public ids."""
        found = self.entries().filter(public_id__in=list(public_ids))
        return {entry.public_id: entry for entry in found}

    def public_ids(self, record_ids: Iterable[int]) -> dict[int, str]:
        """Return the public ids of these records, by record id."""
        found = self.entries().filter(record_id__in=list(record_ids))
        return dict(found.values_list("record_id", "public_id"))

    def labels_by_slug(self, slugs: Mapping[str, Iterable[str]]) -> dict[tuple[str, str], Label]:
        """Return the labels of these slugs, by topic and slug, in one query."""
        which = Q(pk__in=())
        for topic, given in slugs.items():
            which |= Q(topic=topic, slug__in=list(given))
        found = Label.objects.as_of(self.number).filter(which)
        for label in found:
            self._labels[label.topic][label.ref] = label
        return {(label.topic, label.slug): label for label in found}

    def entry(self, public_id: str) -> Entry | None:
        """Return the line of the record with this public id."""
        return self.entries().filter(public_id=public_id).first()

    def entries_of_records(self, record_ids: Iterable[int]) -> dict[int, Entry]:
        """Return the lines of these records, by record id; those that readers may not see lack."""
        found = self.entries().filter(record_id__in=list(record_ids))
        return {entry.record_id: entry for entry in found}

    def sheet(self, record_id: int) -> Sheet | None:
        """Return what this record's own page shows beyond its line."""
        return Sheet.objects.as_of(self.number).filter(record_id=record_id).first()

    def sheets(self, record_ids: Iterable[int]) -> dict[int, Sheet]:
        """Return the sheets of these records, by record id."""
        found = Sheet.objects.as_of(self.number).filter(record_id__in=list(record_ids))
        return {sheet.record_id: sheet for sheet in found}

    def sheets_saying(
        self, name: str, value: object, *, of: "QuerySet[Entry]"
    ) -> "QuerySet[Sheet]":
        """Return the sheets of these entries in which a name has this value."""
        return Sheet.objects.as_of(self.number).filter(
            record_id__in=of.values("record_id"), **{f"doc__{name}": value}
        )

    def assessments(
        self, *, truces: Iterable[int] | None = None, incidents: Iterable[int] | None = None
    ) -> AssessmentQuerySet:
        """Return the assessments of these truces and of these incidents (record ids)."""
        found = Assessment.objects.as_of(self.number)
        if truces is not None:
            found = found.filter(truce_id__in=list(truces))
        if incidents is not None:
            found = found.filter(incident_id__in=list(incidents))
        return found.order_by("truce_id", "incident_id", "attribution_id")

    def memberships(self) -> "QuerySet[Membership]":
        """Return which party belonged to which umbrella, and when."""
        return Membership.objects.as_of(self.number)

    def reach(self, party_ids: Iterable[int]) -> list[Reach]:
        """Return these parties, and their members for as long as these may have been members."""
        own = tuple(party_ids)
        reaches = [Reach(own)]
        with connection.cursor() as cursor:
            cursor.execute(sql("reach"), {"revision": self.number, "parties": list(own)})
            for (since, until), members in groupby(cursor.fetchall(), key=lambda row: row[1:]):
                reaches.append(Reach(tuple(row[0] for row in members), since, until))
        return reaches

    def search(self, words: Iterable[str]) -> list["Word"]:
        """Return what each word of a search finds: folded, and the ids that bear such a name."""
        asked: dict[str, Any] = {
            "words": list(words),
            "revision": self.number,
            "topics": [str(topic) for topic in SEARCHED_TOPICS],
        }
        with connection.cursor() as cursor:
            cursor.execute(sql("words"), asked)
            rows = cursor.fetchall()
        found = (
            Word(text, {topic: refs for _, _, topic, refs in group if topic is not None})
            for (_, text), group in groupby(rows, key=lambda row: row[:2])
        )
        return [self._or_near(word) for word in found]

    def _or_near(self, word: Word) -> Word:
        """Return a word that nothing has with the names that are like it, any other as it is."""
        if word.named:
            return word
        # A frequent word stands in some line at hand: an index would gather all of its lines.
        some = Entry.objects.filter(
            pk__in=self.entries().order_by("sort_on")[:AT_HAND].values("pk")
        )
        if some.saying(word.text, {}).exists():
            return word
        with by_bitmap():
            if self.entries().saying(word.text, {}).exists():
                return word
        named: dict[str, list[int]] = defaultdict(list)
        names = []
        with connection.cursor() as cursor:
            asked: dict[str, Any] = {"word": word.text, "revision": self.number, "most": NEAREST}
            cursor.execute(sql("near_words"), {**asked, "topics": NAMING_TOPICS})
            for topic, ref, name in cursor.fetchall():
                named[topic].append(ref)
                names.append(name)
        return Word(word.text, dict(named), tuple(dict.fromkeys(names)))

    def all_labels(self, topic: str) -> "QuerySet[Label]":
        """Return every label of a topic, by name."""
        return Label.objects.as_of(self.number).filter(topic=topic).order_by(Lower("name"), "ref")

    def labels(self, topic: str, refs: Iterable[int]) -> dict[int, Label]:
        """Return the labels of these things, by id: one query, for those not read before."""
        wanted = set(refs)
        self.preload({topic: wanted})
        known = self._labels[topic]
        return {ref: label for ref in wanted if (label := known[ref]) is not None}

    def label(self, topic: str, ref: int | None) -> Label | None:
        """Return one label, or None where a thing has none that readers may see."""
        return None if ref is None else self.labels(topic, [ref]).get(ref)

    def label_by_slug(self, topic: str, slug: str) -> Label | None:
        """Return the label of the thing that web addresses call by this slug."""
        found = Label.objects.as_of(self.number).filter(topic=topic, slug=slug).first()
        if found is not None:
            self._labels[topic][found.ref] = found
        return found

    def preload(self, wanted: Mapping[str, Iterable[int]]) -> None:
        """Read the labels of all these things, of all topics, in one query."""
        missing = {
            topic: lacking
            for topic, refs in wanted.items()
            if (lacking := set(refs) - self._labels[topic].keys())
        }
        if not missing:
            return
        pairs = [(topic, ref) for topic, refs in missing.items() for ref in refs]
        for topic, ref in pairs:
            self._labels[topic][ref] = None
        topics, all_refs = zip(*pairs, strict=True)
        for label in Label.objects.raw(sql("named"), [list(topics), list(all_refs), self.number]):
            self._labels[label.topic][label.ref] = label

    def lines(self, entries: Iterable[Entry]) -> list[Line]:
        """Return entries with every name resolved: one query for all of them."""
        entries = list(entries)
        wanted: dict[str, set[int]] = defaultdict(set)
        for entry in entries:
            for topic, refs in Line.mentions(entry).items():
                wanted[topic].update(refs)
        self.preload(wanted)
        names = Names({topic: self.labels(topic, refs) for topic, refs in wanted.items()})
        return [Line.of(entry, names) for entry in entries]
