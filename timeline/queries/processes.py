"""The page of a peace process: its rounds, who sat at the table, and what was said of them."""

from dataclasses import dataclass

from sources.enums import RecordKind
from timeline.enums import Topic
from timeline.queries.cast import Cast, docs_of
from timeline.queries.lines import Line, Name, named
from timeline.queries.reading import Reading
from timeline.queries.rounds import ProcessGroup, listing
from timeline.queries.seating import Seating, seating

#: How many records the page lists below the table; the timeline has them all.
MOST = 40
_SEATED = (RecordKind.ROUND, RecordKind.DELEGATION, RecordKind.DECISION)


@dataclass(frozen=True)
class ProcessPage:
    name: Name
    conflict: Name | None
    groups: list[ProcessGroup]
    seating: Seating
    lines: tuple[Line, ...]
    total: int
    """How many records there are besides those that the table shows."""

    @property
    def is_cut(self) -> bool:
        return self.total > len(self.lines)


def page(reading: Reading, slug: str) -> ProcessPage | None:
    process = reading.label_by_slug(Topic.PROCESS, slug)
    if process is None:
        return None
    mine = reading.entries().of_processes([process.ref])
    seated = list(mine.of_kinds(_SEATED).order_by("sort_on", "record_id"))
    docs = docs_of(reading.sheets(entry.record_id for entry in seated).values())
    cast = Cast.of(reading, seated, docs.values())
    rounds = cast.lines(e.record_id for e in seated if e.kind == RecordKind.ROUND)
    others = cast.lines(e.record_id for e in seated if e.kind != RecordKind.ROUND)
    beside = mine.exclude(kind__in=_SEATED)
    conflict = reading.label(Topic.CONFLICT, process.data["conflict"])
    return ProcessPage(
        name=named(process),
        conflict=named(conflict) if conflict else None,
        groups=listing(reading, process_id=process.ref),
        seating=seating(rounds, others, docs, cast),
        lines=tuple(reading.lines(beside.order_by("sort_on", "record_id")[:MOST])),
        total=beside.count(),
    )
