"""Who and what a page names, looked up in two queries however many there are."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Self

from timeline.enums import Topic
from timeline.models import Entry, Sheet
from timeline.queries.lines import Line, Name, named
from timeline.queries.reading import Reading

Doc = Mapping[str, Any]

#: What the ids in a sheet refer to, by the name that they stand under (see SHAPES in the builder).
_TOPICS = {
    "party": Topic.PARTY,
    "other_party": Topic.PARTY,
    "speaker_party": Topic.PARTY,
    "accuser_party": Topic.PARTY,
    "claimed_by_party": Topic.PARTY,
    "accused": Topic.PARTY,
    "person": Topic.PERSON,
    "head": Topic.PERSON,
    "named_head": Topic.PERSON,
    "speaker": Topic.PERSON,
    "accuser_person": Topic.PERSON,
    "place": Topic.PLACE,
    "venue": Topic.PLACE,
    "process": Topic.PROCESS,
    "counted_by": Topic.OUTLET,
    "record": Topic.RECORD,
    "round": Topic.RECORD,
    "delegation": Topic.RECORD,
    "truce": Topic.RECORD,
    "incident": Topic.RECORD,
    "subjects": Topic.RECORD,
    "truces": Topic.RECORD,
}


class Cast:
    """The names and the lines of everything that some entries and sheets mention."""

    def __init__(self, reading: Reading, lines: Mapping[int, Line]) -> None:
        self._reading = reading
        self._lines = lines

    @classmethod
    def of(
        cls,
        reading: Reading,
        entries: Iterable[Entry],
        docs: Iterable[Doc] = (),
        *,
        records: Iterable[int] = (),
        things: Mapping[str, Iterable[int]] | None = None,
    ) -> Self:
        """Read every name and every other record that these mention, or that are asked for."""
        known = {entry.record_id: entry for entry in entries}
        wanted: dict[str, set[int]] = defaultdict(set)
        for topic, refs in (things or {}).items():
            wanted[topic].update(refs)
        for doc in docs:
            for topic, ref in _mentions(doc):
                wanted[topic].add(ref)
        others = wanted.pop(Topic.RECORD, set()) | set(records)
        others |= {link["record"] for entry in known.values() for link in entry.links}
        if missing := others - known.keys():
            known |= reading.entries_of_records(missing)
        for entry in known.values():
            for topic, refs in Line.mentions(entry).items():
                wanted[topic].update(refs)
        reading.preload(wanted)
        lines = {line.entry.record_id: line for line in reading.lines(known.values())}
        return cls(reading, lines)

    def line(self, record_id: int | None) -> Line | None:
        """Return the line of a record; None where readers may not see it."""
        return None if record_id is None else self._lines.get(record_id)

    def lines(self, record_ids: Iterable[int]) -> tuple[Line, ...]:
        """Return the lines of these records in the order of the timeline."""
        return chronological(line for ref in record_ids if (line := self.line(ref)) is not None)

    def name(self, topic: str, ref: int | None) -> Name | None:
        label = self._reading.label(topic, ref)
        return None if label is None else named(label)

    def data(self, topic: str, ref: int | None) -> Doc:
        """Return the rest of what readers may know of a thing."""
        label = self._reading.label(topic, ref)
        return {} if label is None else label.data


def chronological(lines: Iterable[Line]) -> tuple[Line, ...]:
    return tuple(sorted(lines, key=lambda line: (line.entry.sort_on, line.entry.record_id)))


def docs_of(sheets: Iterable[Sheet]) -> dict[int, Doc]:
    return {sheet.record_id: sheet.doc for sheet in sheets}


def _mentions(doc: Any) -> Iterator[tuple[str, int]]:
    """Yield every id in a sheet with what it refers to."""
    if isinstance(doc, Mapping):
        for key, value in doc.items():
            values = value if isinstance(value, list) else [value]
            for found in values:
                if isinstance(found, int) and key in _TOPICS:
                    yield _TOPICS[key], found
                else:
                    yield from _mentions(found)
