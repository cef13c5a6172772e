"""Accounts of one matter that an editor tied to each other, where both are drawn."""

from collections.abc import Mapping
from dataclasses import dataclass

from talks.enums import LinkKind
from timeline.queries.drawing.marks import Mark

#: Two records tied so say different things of the same matter, or may be the same.
ACCOUNTS = (LinkKind.CONTRADICTS, LinkKind.EARLIER_ACCOUNT_OF, LinkKind.POSSIBLE_DUPLICATE)


@dataclass(frozen=True)
class Tie:
    """A line between two marks."""

    kind: str
    x1: float
    y1: float
    x2: float
    y2: float
    words: str


def ties_between(marks: Mapping[int, tuple[Mark, float]]) -> tuple[Tie, ...]:
    """Return the ties among marks, given by record with their heights; each tie once."""
    found: dict[tuple[int, int, str], Tie] = {}
    for record_id, (mark, y) in marks.items():
        for link in mark.entry.links:
            other = marks.get(link["record"])
            if other is None or link["kind"] not in ACCOUNTS or link["direction"] != "from":
                continue
            words = f"“{mark.entry.title}” {LinkKind(link['kind']).label} “{other[0].entry.title}”"
            found[record_id, link["record"], link["kind"]] = Tie(
                link["kind"], mark.x, y, other[0].x, other[1], words
            )
    return tuple(found.values())
