"""What differs between two revisions: lines that came and went, and fields before and after."""

from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Final, NamedTuple

from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from timeline.models import Entry, Revision
from timeline.queries.lines import Line
from timeline.queries.reading import Reading, Shown
from timeline.queries.sentences import listed
from timeline.queries.words import number_in_words
from timeline.sql import sql


class What(Enum):
    """What became of a line."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True)
class Field:
    """What of a line can differ: the columns that say it, and how readers read it."""

    name: str
    label: str | Promise
    columns: tuple[str, ...]
    words: Callable[[Line], str]

    def differs(self, before: Entry, after: Entry) -> bool:
        return any(getattr(before, name) != getattr(after, name) for name in self.columns)


def _numbers(harm: str, *bounds: str) -> Callable[[Line], str]:
    def words(line: Line) -> str:
        low, best, high = (
            getattr(line.entry, f"{harm}_{bound}") if bound in bounds else None
            for bound in ("low", "best", "high")
        )
        return "" if low is best is high is None else number_in_words(low, best, high)

    return words


def _toll(name: str, label: str | Promise, *bounds: str) -> Field:
    return Field(name, label, tuple(f"{name}_{bound}" for bound in bounds), _numbers(name, *bounds))


def _citations(line: Line) -> str:
    return "; ".join(
        f"{citing.chain}, {citing.stance_word}" + (f", “{citing.quote}”" if citing.quote else "")
        for citing in line.citings
    )


#: In the order in which they are told.
FIELDS: Final = (
    Field("title", pgettext_lazy("field", "title"), ("title",), lambda line: line.title),
    Field("summary", pgettext_lazy("field", "summary"), ("summary",), lambda line: line.summary),
    Field(
        "date",
        pgettext_lazy("field", "date"),
        ("when_edtf", "extent"),
        lambda line: line.date_words,
    ),
    Field(
        "time",
        _("time of day"),
        ("time_of_day", "time_zone"),
        lambda line: f"{line.entry.time_of_day or ''} {line.entry.time_zone}".strip(),
    ),
    Field(
        "date_wording",
        pgettext_lazy("field", "the source's wording of the date"),
        ("when_wording",),
        lambda line: line.entry.when_wording,
    ),
    Field(
        "date_reported",
        _("first report"),
        ("reported_edtf",),
        lambda line: line.reported_words if line.entry.reported_edtf else "",
    ),
    Field("status", pgettext_lazy("field", "status"), ("detail",), lambda line: line.entry.detail),
    Field("conflict", _("conflict"), ("conflict_id",), lambda line: str(line.conflict or "")),
    Field(
        "place", pgettext_lazy("field", "place"), ("place_id",), lambda line: str(line.place or "")
    ),
    Field(
        "place_precision",
        _("how exactly the place is known"),
        ("place_precision",),
        lambda line: line.place_precision_word,
    ),
    Field(
        "parties",
        pgettext_lazy("field", "parties"),
        ("party_ids",),
        lambda line: listed(map(str, line.parties)),
    ),
    Field(
        "accused",
        pgettext_lazy("field", "who is accused"),
        ("accused_ids",),
        lambda line: listed(map(str, line.accused)),
    ),
    Field(
        "accusers",
        _("who accuses"),
        ("accuser_ids",),
        lambda line: listed(map(str, line.accusers)),
    ),
    Field(
        "targets", _("who was hit"), ("target_ids", "targets"), lambda line: listed(line.targets)
    ),
    Field("persons", _("persons"), ("person_ids",), lambda line: listed(map(str, line.persons))),
    Field(
        "truces",
        _("truces that it was held against"),
        ("truce_ids",),
        lambda line: str(len(line.entry.truce_ids)),
    ),
    Field("act", pgettext_lazy("field", "act"), ("act",), lambda line: line.act_word),
    Field("verdict", _("verdict"), ("verdict",), lambda line: line.verdict_word),
    Field(
        "evidence",
        pgettext_lazy("field", "evidence that it happened"),
        ("evidence",),
        lambda line: line.evidence_word,
    ),
    Field(
        "evidence_who",
        pgettext_lazy("field", "evidence of who did it"),
        ("evidence_who",),
        lambda line: line.evidence_who_word,
    ),
    _toll("killed", pgettext_lazy("field", "killed"), "low", "best", "high"),
    _toll("civilians_killed", _("civilians killed"), "low", "high"),
    _toll("injured", pgettext_lazy("field", "injured"), "low", "high"),
    _toll("displaced", pgettext_lazy("field", "displaced"), "low", "high"),
    Field("citations", pgettext_lazy("field", "citations"), ("citations",), _citations),
    Field(
        "links",
        pgettext_lazy("field", "ties to other records"),
        ("links",),
        lambda line: "; ".join(link["title"] for link in line.entry.links),
    ),
)
_COLUMNS: Final = tuple(column for field in FIELDS for column in field.columns)


class FieldChange(NamedTuple):
    """One field before and after, in words; both empty where they cannot be told apart so."""

    name: str
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class LineChange:
    """One line that differs. `line` is as it was last shown."""

    what: str
    line: Line
    fields: tuple[FieldChange, ...]
    """What differs in it; none where it came or went, or where only its own page differs."""


@dataclass(frozen=True)
class Difference:
    """Which lines differ between two revisions, by record: a few bytes each, however many.

    What differs in some of them, `told` says.
    """

    first: Shown
    last: Shown
    before: "array[int]"
    """The entry of each record under the first revision; 0: there was none."""
    after: "array[int]"
    """The entry of each record under the last revision; 0: there is none."""

    def __len__(self) -> int:
        return len(self.before)

    def count(self, what: What) -> int:
        return sum(_what(*each) is what for each in zip(self.before, self.after, strict=True))

    def told(self, start: int, end: int) -> list[LineChange]:
        """Say what some of the changes are: a handful of queries for all of them."""
        earlier, later = self.before[start:end], self.after[start:end]
        before, after = _lines(Reading(self.first), earlier), _lines(Reading(self.last), later)
        return [
            LineChange(
                what=_what(then, now).value,
                line=after[now] if now else before[then],
                fields=fields_changed(before[then], after[now]) if then and now else (),
            )
            for then, now in zip(earlier, later, strict=True)
        ]


def shown(number: int) -> Shown | None:
    """Return a revision, or the empty one before the first; None where there is none such."""
    if number == 0:
        return Shown()
    found = Revision.objects.filter(number=number).first() if number < 2**63 else None
    return None if found is None else Shown.of(found)


def difference(first: Shown, last: Shown) -> Difference:
    """Return what differs between a revision and a later one. One query."""
    before, after = (
        ", ".join(f"{side}.{column}" for column in _COLUMNS) for side in ("gone", "come")
    )
    statement = sql("difference").replace("{before}", before).replace("{after}", after)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT array_agg(coalesce(before, 0) ORDER BY record_id)::text, "  # noqa: S608 - ours
            "array_agg(coalesce(after, 0) ORDER BY record_id)::text "
            f"FROM ({statement}) AS difference",
            {"first": first.number, "last": last.number},
        )
        return Difference(first, last, *map(_numbers_in, cursor.fetchone()))


def fields_changed(before: Line, after: Line) -> tuple[FieldChange, ...]:
    """Return what differs between two versions of a line."""
    return tuple(
        FieldChange(field.name, str(field.label), field.words(before), field.words(after))
        for field in FIELDS
        if field.differs(before.entry, after.entry)
    )


def _lines(reading: Reading, ids: Iterable[int]) -> dict[int, Line]:
    entries = Entry.objects.filter(pk__in=[pk for pk in ids if pk])
    return {line.entry.pk: line for line in reading.lines(entries)}


def _what(before: int, after: int) -> What:
    if not before:
        return What.ADDED
    return What.CHANGED if after else What.REMOVED


def _numbers_in(text: str | None) -> "array[int]":
    """Return the numbers of an array as PostgreSQL writes it."""
    return array("q", map(int, text.strip("{}").split(",")) if text else ())
