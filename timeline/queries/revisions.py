"""What each revision changed: lines added, changed and removed, with what differs in them."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext

from timeline.enums import Verdict
from timeline.models import Entry, Revision, Sheet
from timeline.queries.differences import FIELDS
from timeline.queries.lines import Line
from timeline.queries.reading import Reading
from timeline.queries.sentences import enumerated
from timeline.queries.words import VERDICTS, moment_in_words

#: How many lines a revision's page lists of each sort.
MOST = 200


@dataclass(frozen=True)
class Change:
    line: Line
    what: str
    """What differs, in words; empty for what is added or removed."""


@dataclass(frozen=True)
class RevisionCard:
    """A revision with its counts, as the builder wrote them."""

    number: int
    created_at: datetime
    added: int
    changed: int
    removed: int

    @property
    def when(self) -> str:
        return moment_in_words(self.created_at)

    @property
    def before(self) -> int:
        """The number of the revision before it; 0: it is the first."""
        return self.number - 1


@dataclass(frozen=True)
class Changes:
    """What a revision changed: at most so many lines of each sort as were asked for."""

    card: RevisionCard
    added: tuple[Change, ...]
    changed: tuple[Change, ...]
    removed: tuple[Change, ...]
    is_cut: bool


@dataclass(frozen=True)
class RevisionPage:
    """A revision's changes, and the revisions before and after it."""

    changes: Changes
    previous: int | None
    next: int | None


def cards(*, limit: int, before: int | None = None) -> list[RevisionCard]:
    """Return the latest revisions, or those before a number."""
    found = Revision.objects.order_by("-number")
    if before is not None:
        found = found.filter(number__lt=before)
    return [_card(revision) for revision in found[:limit]]


def latest(reading: Reading, *, revisions: int, lines: int) -> list[Changes]:
    """Return the latest revisions up to the one that is read, with a few lines of each."""
    found = cards(limit=revisions, before=reading.number + 1)
    return [_changes(reading, card, lines) for card in found]


def page(reading: Reading, number: int) -> RevisionPage | None:
    """Return what a revision changed; None where there is no such revision."""
    revision = Revision.objects.filter(number=number).first() if number < 2**63 else None
    if revision is None:
        return None
    numbers = Revision.objects.values_list("number", flat=True)
    return RevisionPage(
        changes=_changes(reading, _card(revision), MOST),
        previous=numbers.filter(number__lt=number).order_by("-number").first(),
        next=numbers.filter(number__gt=number).order_by("number").first(),
    )


def _changes(reading: Reading, card: RevisionCard, limit: int) -> Changes:
    written = Entry.objects.filter(revision_from=card.number).order_by("id")
    closed = Entry.objects.filter(revision_to=card.number).order_by("id")
    shown, ended = list(written[: limit + 1]), list(closed[: limit + 1])
    before = {
        entry.record_id: entry
        for entry in closed.filter(record_id__in=[entry.record_id for entry in shown])
    }
    still = written.filter(record_id__in=[entry.record_id for entry in ended])
    after = set(still.values_list("record_id", flat=True))
    gone = [entry for entry in ended if entry.record_id not in after]
    # Of a large revision its lines are enough to tell; to look through all its pages takes long.
    sheets = _only_sheets(card.number, limit) if len(shown) <= limit else []
    lines = {line.entry.pk: line for line in reading.lines([*shown, *gone, *sheets])}
    changed = [
        Change(lines[entry.pk], _difference(before[entry.record_id], entry))
        for entry in shown
        if entry.record_id in before
    ]
    changed += [Change(lines[entry.pk], gettext("what its own page says")) for entry in sheets]
    return Changes(
        card=card,
        added=tuple(Change(lines[e.pk], "") for e in shown if e.record_id not in before)[:limit],
        changed=tuple(changed)[:limit],
        removed=tuple(Change(lines[entry.pk], "") for entry in gone)[:limit],
        is_cut=max(len(shown), len(ended)) > limit,
    )


def _only_sheets(number: int, limit: int) -> list[Entry]:
    """Return the entries whose page changed while their line did not."""
    line = Entry.objects.filter(revision_from=number, record_id=OuterRef("record_id"))
    changed = Sheet.objects.filter(~Exists(line), revision_from=number)
    refs = list(changed.order_by("id").values_list("record_id", flat=True)[:limit])
    return list(Entry.objects.as_of(number).filter(record_id__in=refs).order_by("id"))


def _difference(before: Entry, after: Entry) -> str:
    found = [
        str(field.label)
        for field in FIELDS
        if field.name != "verdict" and field.differs(before, after)
    ]
    if before.verdict != after.verdict:
        verdicts = {"before": _verdict(before.verdict), "after": _verdict(after.verdict)}
        found.insert(0, gettext("verdict: %(before)s → %(after)s") % verdicts)
    return enumerated(found) or gettext("details")


def _verdict(code: str) -> str:
    return str(VERDICTS[Verdict(code)]) if code else gettext("not judged")


def _card(revision: Revision) -> RevisionCard:
    return RevisionCard(
        number=revision.number,
        created_at=revision.created_at,
        added=revision.added,
        changed=revision.changed,
        removed=revision.removed,
    )
