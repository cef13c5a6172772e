"""What a format makes of a row: an incident in our terms, whatever dataset it comes from.

Nothing here is in the database yet. Things that several rows share (places, parties, outlets) are
given by what the dataset says of them; `things.py` finds or makes ours.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from sources.enums import Extent, FigureGroup, Harm
from talks.enums import PartyKind, PlaceKind

#: A dataset's own id: its scheme and its value.
DatasetId = tuple[str, str]


class NamedConflict(NamedTuple):
    """A conflict as a dataset draws it, with the ids of its parts."""

    id: DatasetId
    name: str
    country: str


class NamedParty(NamedTuple):
    id: DatasetId | None
    name: str
    kind: PartyKind


class NamedPlace(NamedTuple):
    """A place, in a larger one. Told from others by its name, kind, parent and point."""

    name: str
    kind: PlaceKind
    parent: "NamedPlace | None" = None
    #: Degrees with five places, as texts: compared and kept as they are.
    point: tuple[str, str] | None = None
    id: DatasetId | None = None
    #: In what it lies is not told: it is the only place of that name, or a new one.
    is_anywhere: bool = False


class Number(NamedTuple):
    """One figure that a passage claims."""

    group: FigureGroup
    harm: Harm
    side: str = ""
    low: int | None = None
    best: int | None = None
    high: int | None = None


class Document(NamedTuple):
    """A source as a dataset names it."""

    outlet: str
    title: str
    published: date | None = None
    published_wording: str = ""
    url: str = ""


class Passage(NamedTuple):
    """A citation: of which document, on whose knowledge, with which numbers."""

    #: None: the dataset itself.
    document: Document | None
    locator: str = ""
    #: On whom the document relies, as the dataset names it; empty: it does not say.
    told_by: str = ""
    #: Several are named and nobody says whose this is: its origin is unknown.
    is_unallocated: bool = False
    numbers: Sequence[Number] = ()


@dataclass(slots=True)
class Event:
    """An incident to be, with everything that hangs on it."""

    number: int
    value: str
    """Its id in the scheme of the format."""
    raw: Mapping[str, str]
    digest: str
    """Of what of the row goes into the record: another digest, another content."""
    part: str
    """The part of the dataset that the row belongs to."""
    title: str
    summary: str
    when: str
    when_wording: str
    conflict: NamedConflict
    act: str
    """Empty: not an incident, and so only compared."""
    is_aggregate: bool
    place: NamedPlace | None
    place_wording: str
    place_precision: int | None
    parties: Sequence[NamedParty]
    targets: Sequence[str]
    """Populations that the dataset says were the target."""
    passages: Sequence[Passage]
    parts: Sequence[tuple[DatasetId, str]] = field(default=())
    extent: str = Extent.WITHIN
    """Ids, with names, of parts of the conflict that it belongs to: of its dyad."""


@dataclass(frozen=True, slots=True)
class Dataset:
    """The dataset itself, as a source and as an outlet."""

    outlet_name: str
    outlet: Mapping[str, Any]
    title: str
    source: Mapping[str, Any]
