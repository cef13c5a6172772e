"""Pages of the timeline by keyset: from one line to the next ones, never by counting."""

import base64
import binascii
import re
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from timeline.models import Entry
from timeline.models.entry import END_OF_TIME, REPORTED_ON, EntryQuerySet
from timeline.queries.planning import by_bitmap


class Order(models.TextChoices):
    """In which order lines come; ties by the record's id, in the same direction."""

    NEWEST = "-date", _("newest first")
    OLDEST = "date", _("oldest first")
    LAST_REPORTED = "-reported", _("last reported first")
    FIRST_REPORTED = "reported", _("first reported first")

    @property
    def descends(self) -> bool:
        return self.value.startswith("-")

    @property
    def is_by_report(self) -> bool:
        return self.value.endswith("reported")

    def prepared(self, entries: EntryQuerySet) -> EntryQuerySet:
        """Return the entries with the day by which they are ordered as `ordered_on`."""
        if not self.is_by_report:
            return entries.annotate(ordered_on=F("sort_on"))
        return entries.annotate(ordered_on=REPORTED_ON)

    def key_of(self, entry: Entry) -> date:
        """Return the day by which an entry is ordered."""
        if not self.is_by_report:
            return entry.sort_on
        return entry.reported_earliest or entry.reported_latest or END_OF_TIME


class CursorError(ValueError):
    """A text is not a cursor of this order."""


_CURSOR = re.compile(r"(-?[a-z]+) ([<>]) ([0-9]{4}-[0-9]{2}-[0-9]{2}) ([0-9]{1,18})")


@dataclass(frozen=True)
class Cursor:
    """A line of an ordered list, and whether the page wanted lies before it or behind it."""

    order: Order
    is_backward: bool
    day: date
    record_id: int

    @classmethod
    def at(cls, entry: Entry, order: Order, *, is_backward: bool = False) -> Self:
        return cls(order, is_backward, order.key_of(entry), entry.record_id)

    @classmethod
    def parse(cls, text: str, order: Order) -> Self:
        """Read what `str` wrote. Raises CursorError for anything else, or another order."""
        try:
            padded = text.encode("ascii") + b"=" * (-len(text) % 4)
            plain = base64.b64decode(padded, altchars=b"-_", validate=True).decode("ascii")
            match = _CURSOR.fullmatch(plain)
            if match is None:
                raise CursorError(gettext("It is not the cursor of a page."))
            day = date.fromisoformat(match[3])
        except (UnicodeError, binascii.Error, ValueError) as error:
            raise CursorError(gettext("It is not the cursor of a page.")) from error
        if match[1] != order.value:
            raise CursorError(
                gettext("It belongs to a list in another order than “%(order)s”.")
                % {"order": order.value}
            )
        return cls(order, match[2] == "<", day, int(match[4]))

    def __str__(self) -> str:
        direction = "<" if self.is_backward else ">"
        plain = f"{self.order.value} {direction} {self.day.isoformat()} {self.record_id}"
        return base64.urlsafe_b64encode(plain.encode()).decode().rstrip("=")


@dataclass(frozen=True)
class Page:
    """Some lines of a list, and where the pages before and behind it begin."""

    entries: list[Entry]
    previous: Cursor | None
    next: Cursor | None


FEW = 1000
"""So many lines are found and sorted faster than they are met on a walk through the others."""


def page(
    entries: EntryQuerySet,
    *,
    order: Order,
    after: Cursor | None,
    limit: int,
    may_be_rare: bool = False,
) -> Page:
    """Return up to `limit` lines of a list, in its order, from a cursor on.

    Which lines they are an index tells, without a look at those that are passed over. `may_be_rare`
    says that an index can find the lines themselves: where there are few, it does.
    """
    is_backward = after is not None and after.is_backward
    descends = order.descends != is_backward
    found = order.prepared(entries)
    if after is not None:
        towards = "lt" if descends else "gt"
        found = found.filter(
            # The first condition is what an index can use; the second decides among ties.
            Q(**{f"ordered_on__{towards}e": after.day}),
            Q(**{f"ordered_on__{towards}": after.day})
            | Q(**{f"record_id__{towards}": after.record_id}),
        )
    sign = "-" if descends else ""
    in_order = found.order_by(f"{sign}ordered_on", f"{sign}record_id")
    ids = _ids(in_order, limit + 1, may_be_rare=may_be_rare)
    by_id = Entry.objects.in_bulk(ids)
    rows = [by_id[pk] for pk in ids]
    has_more, rows = len(rows) > limit, rows[:limit]
    if is_backward:
        rows.reverse()
    has_previous = has_more if is_backward else after is not None
    has_next = True if is_backward else has_more
    return Page(
        rows,
        Cursor.at(rows[0], order, is_backward=True) if rows and has_previous else None,
        Cursor.at(rows[-1], order) if rows and has_next else None,
    )


def _ids(in_order: "QuerySet[Any, Any]", limit: int, *, may_be_rare: bool) -> list[int]:
    ids = in_order.values_list("pk", flat=True)
    if may_be_rare:
        with by_bitmap():
            if ids.order_by()[: FEW + 1].count() <= FEW:
                return list(ids[:limit])
    return list(ids[:limit])
