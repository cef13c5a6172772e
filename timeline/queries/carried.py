"""Counts carried on: those of one revision are those of an earlier one, and what changed since."""

import hashlib
from collections.abc import Callable
from typing import Final

from django.core.cache import cache
from django.db.models import F, Q, Sum

from timeline.enums import Topic
from timeline.models import Label, Membership, Revision
from timeline.queries.reading import Reading, Shown
from timeline.queries.redactions import epoch

Table = dict[str, dict[str, int]]
"""How many lines there are of each facet's values."""

SECONDS: Final = 600
MOST_CHANGES: Final = 5_000
"""Where more changed than that, what a filter finds may well be counted sooner."""


def carried(
    reading: Reading, what: str, *, count: Callable[[], Table], change: Callable[[int], Table]
) -> Table:
    """Return the counts of the latest revision: kept, carried on from an earlier one, or counted.

    `what` names what is counted, the same as long as it means the same lines and things. `count`
    counts it; `change` counts what was written since a revision, less what was closed.
    """
    digest = hashlib.sha256(f"{epoch()} {what}".encode()).hexdigest()
    kept: tuple[Shown, Table] | None = cache.get(f"counted-{digest[:32]}")
    if kept is not None and kept[0] == reading.revision:
        return kept[1]
    if kept is not None and _leads_to(kept[0], reading):
        table = added(kept[1], change(kept[0].number))
    else:
        table = count()
    cache.set(f"counted-{digest[:32]}", (reading.revision, table), SECONDS)
    return table


def _leads_to(earlier: Shown, reading: Reading) -> bool:
    """Return whether few entries changed since, and nothing that others are counted by."""
    since = earlier.number
    written_at = Revision.objects.filter(number=since).values_list("created_at", flat=True)
    if written_at.first() != earlier.created_at:
        # It is of another database, or one that was made anew.
        return False
    later = Revision.objects.filter(number__gt=since, number__lte=reading.number)
    changes = later.aggregate(total=Sum(F("added") + F("changed") + F("removed"), default=0))
    if not later or changes["total"] > MOST_CHANGES:
        return False
    is_other = Q(revision_from__gt=since) | Q(revision_to__gt=since)
    regions = Label.objects.filter(topic=Topic.PLACE, data__contains={"kind": "region"})
    return not any(versions.filter(is_other).exists() for versions in (Membership.objects, regions))


def added(one: Table, other: Table) -> Table:
    """Add two tables; what comes to nothing is left out."""
    return {
        facet: {
            value: total
            for value in {**counts, **other[facet]}
            if (total := counts.get(value, 0) + other[facet].get(value, 0))
        }
        for facet, counts in one.items()
    }
