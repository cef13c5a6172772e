"""Violation records as pages show them: who accuses whom, of what, and how that stands."""

from collections.abc import Iterable
from dataclasses import dataclass

from ceasefire.enums import ViolationStanding
from timeline.enums import Topic
from timeline.queries.cast import Cast, Doc
from timeline.queries.lines import Line, Name
from timeline.queries.records import Item, accuser_of
from timeline.queries.words import label


@dataclass(frozen=True)
class Claim:
    """Somebody's accusation under a truce, of one incident or in general."""

    line: Line
    accuser: tuple[Item, ...]
    accused: Name | None
    standing: str
    standing_word: str
    is_general: bool
    note: str


def claims(record_ids: Iterable[int], docs: dict[int, Doc], cast: Cast) -> tuple[Claim, ...]:
    """Return violation records in words."""
    return tuple(
        Claim(
            line=line,
            accuser=accuser_of(doc, cast),
            accused=cast.name(Topic.PARTY, doc["accused"]),
            standing=doc["standing"],
            standing_word=label(ViolationStanding, doc["standing"]),
            is_general=doc["incident"] is None,
            note=doc["note"],
        )
        for line in cast.lines(record_ids)
        if (doc := docs.get(line.entry.record_id)) is not None
    )
