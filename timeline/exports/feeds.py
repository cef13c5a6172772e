"""What changed of the lines that a filter finds, as a feed (Atom, RFC 4287)."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import translation
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from timeline.models import Entry, Revision
from timeline.queries import Line, Reading, reading
from timeline.queries.differences import fields_changed
from timeline.queries.selection import ENGLISH, Selection
from timeline.queries.sentences import listed

#: How many changes a feed tells of, the latest ones.
MOST: Final = 100

_NOT_IN_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class _Feed(Atom1Feed):
    """A feed that is as old as its revision, also while it is empty: not as old as the clock."""

    def __init__(self, *, updated: datetime, **about: Any) -> None:
        super().__init__(**about)
        self._updated = updated

    def latest_post_date(self) -> datetime:
        return self._updated


class _Event(NamedTuple):
    """A version that began, or one that ended with nothing in its place."""

    revision: int
    entry: Entry
    is_removal: bool


def changes(selection: Selection) -> Iterator[bytes]:
    """Stream the latest changes. Revisions that only a new projection wrote are not among them."""
    revision = selection.revision
    address = f"{selection.site}timeline.atom"
    if selection.asked:
        address += f"?{selection.asked}"
    feed = _Feed(
        updated=revision.created_at or datetime.min.replace(tzinfo=UTC),
        title=f"Truceline: {selection.title}",
        link=f"{selection.site}timeline/?{selection.query}",
        description="",
        language=ENGLISH,
        author_name="Truceline",
        feed_url=address,
        feed_guid=address,
    )
    if revision.number:
        with reading(revision.number) as found, translation.override(ENGLISH):
            for item in _items(found, selection):
                feed.add_item(**item)
    yield feed.writeString("utf-8").encode()


def _items(found: Reading, selection: Selection) -> Iterator[dict[str, Any]]:
    events = _events(selection)
    before = {
        (entry.record_id, entry.revision_to): entry
        for entry in Entry.objects.filter(
            record_id__in={event.entry.record_id for event in events},
            revision_to__in={event.revision for event in events},
        )
    }
    lines = {
        line.entry.pk: line
        for line in found.lines([*(event.entry for event in events), *before.values()])
    }
    times = dict(
        Revision.objects.filter(number__in={event.revision for event in events}).values_list(
            "number", "created_at"
        )
    )
    for event in events:
        line = lines[event.entry.pk]
        then = before.get((event.entry.record_id, event.revision))
        page = f"{selection.site}records/{line.id}/"
        shown_in = event.revision - 1 if event.is_removal else event.revision
        yield {
            "title": _plain(f"{_what(event, then)}: {line.title}"),
            "link": f"{page}?as_of={shown_in}",
            # A feed's summary is HTML.
            "description": escape(
                _plain(_description(line, lines[then.pk] if then else None, event))
            ),
            "unique_id": f"{page}#{'removed-' if event.is_removal else ''}{event.revision}",
            "updateddate": times[event.revision],
            "categories": [line.kind],
        }


def _events(selection: Selection) -> list[_Event]:
    """Return the latest versions that began or ended for good, the latest first."""
    last = selection.revision.number
    versions = selection.versions.exclude(revision_from__in=_by_rule(last))
    successor = Entry.objects.filter(
        record_id=OuterRef("record_id"), revision_from=OuterRef("revision_to")
    )
    removed = (
        selection.versions.filter(~Exists(successor), revision_to__lte=last)
        .exclude(revision_to__in=_by_rule(last))
        .order_by("-revision_to", "record_id")
    )
    begun = versions.order_by("-revision_from", "record_id")
    events = [_Event(entry.revision_from, entry, False) for entry in begun[:MOST]]
    events += [_Event(entry.revision_to or 0, entry, True) for entry in removed[:MOST]]
    events.sort(key=lambda event: (-event.revision, event.entry.record_id))
    return events[:MOST]


def _by_rule(last: int) -> "QuerySet[Any, Any]":
    """Return the revisions that a new projection wrote: nobody changed anything in them."""
    before = Revision.objects.filter(number=OuterRef("number") - 1)
    older = before.exclude(projection_version=OuterRef("projection_version"))
    return Revision.objects.filter(Exists(older), number__lte=last).values("number")


def _plain(text: str) -> str:
    """Return a text without the signs that XML cannot hold."""
    return _NOT_IN_XML.sub(" ", text)


def _what(event: _Event, before: Entry | None) -> str:
    if event.is_removal:
        return "Removed"
    return "Changed" if before else "Added"


def _description(line: Line, before: Line | None, event: _Event) -> str:
    when = f"{line.kind_words}, {line.date_words}."
    if event.is_removal:
        return f"{when} No longer on the timeline since revision {event.revision}."
    if before is None:
        return f"{when} {line.summary}".strip()
    told = listed(
        f"{field.label}: {field.before or 'not recorded'} → {field.after or 'not recorded'}"
        for field in fields_changed(before, line)
    )
    return f"{when} {(told or 'Details changed').removesuffix('.')}."
