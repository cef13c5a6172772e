"""Who sat at the table: the rounds of a process against the parties that are told of at them.

A cell holds every claim of one party at one round, side by side: none is preferred. Only a round
that was held can have had anybody sitting at it, whatever else is recorded.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sources.enums import RecordKind
from talks.enums import Attendance, Capacity, ConveningRole, DecisionKind, RoundStatus
from timeline.enums import Topic
from timeline.queries.cast import Cast, Doc
from timeline.queries.lines import Line, Name
from timeline.queries.records import Item, members_of, of_name
from timeline.queries.words import ROUND_STATUSES, label

#: The latest rounds are drawn, and the parties told of most often; the timeline has all of them.
MOST_ROUNDS: Final = 60
MOST_PARTIES: Final = 80

#: What can be told of a party at a round, in the order of the key.
STATES: Final = {
    "sat": gettext_lazy("sat"),
    "arrived": gettext_lazy("arrived"),
    "confirmed": gettext_lazy("confirmed"),
    "expected": gettext_lazy("expected"),
    "wavered": gettext_lazy("considered a boycott"),
    "boycotted": gettext_lazy("boycotted"),
    "withdrew": gettext_lazy("withdrew"),
    "absent": gettext_lazy("absent"),
    "convened": gettext_lazy("convenes it"),
    "unknown": gettext_lazy("attendance not recorded"),
}
_OF_DECISIONS: Final = {
    DecisionKind.CONFIRMS: "confirmed",
    DecisionKind.CONSIDERS_BOYCOTT: "wavered",
    DecisionKind.BOYCOTTS: "boycotted",
    DecisionKind.WITHDRAWS: "withdrew",
    DecisionKind.ARRIVES: "arrived",
    DecisionKind.NAMES_HEAD: "expected",
}
_OF_ATTENDANCES: Final = {
    Attendance.SAT: "sat",
    Attendance.ABSENT: "absent",
    Attendance.EXPECTED: "expected",
    Attendance.ANNOUNCED: "expected",
    Attendance.NOT_RECORDED: "unknown",
}


@dataclass(frozen=True)
class Told:
    """One claim of one party at one round, and the record that it stands in."""

    state: str
    detail: str
    """What exactly is told: “confirms attendance”, “organiser”."""
    line: Line
    capacity: str = ""
    head: tuple[Item, ...] = ()
    members: tuple[Item, ...] = ()
    wording: str = ""
    """The party in the source's words, where it names it otherwise."""


@dataclass(frozen=True)
class Place:
    """One cell: everything that is told of a party at a round; nothing told: empty."""

    key: str
    round: "Sitting"
    told: tuple[Told, ...]

    @property
    def states(self) -> tuple[Told, ...]:
        """Each different state once."""
        return tuple({told.state: told for told in self.told}.values())

    @property
    def words(self) -> tuple[tuple[str, str], ...]:
        """Each different state with its words; what a convening party does is said as such."""
        return tuple(
            (told.state, told.detail if told.state == "convened" else str(STATES[told.state]))
            for told in self.states
        )

    @property
    def head(self) -> Item | None:
        """Who leads, where the cell's claims agree on one."""
        heads = {item for told in self.told for item in told.head}
        return heads.pop() if len(heads) == 1 else None

    @property
    def capacity(self) -> str:
        """In what capacity, where it is not as a party."""
        found = {told.capacity for told in self.told if told.capacity}
        return ", ".join(sorted(found - {label(Capacity, Capacity.PARTY)}))


@dataclass(frozen=True)
class Sitting:
    """One round as a column."""

    line: Line
    label: str
    status: str
    status_words: str

    @property
    def is_held(self) -> bool:
        return self.status == RoundStatus.HELD


@dataclass(frozen=True)
class Attendee:
    """One party as a row, or those that a source describes without naming them."""

    party: Name | None
    wording: str
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Seating:
    """The whole table."""

    rounds: tuple[Sitting, ...] = ()
    attendees: tuple[Attendee, ...] = ()
    left_rounds: int = 0
    left_parties: int = 0

    @property
    def key(self) -> tuple[tuple[str, str], ...]:
        """The states that occur, with their words."""
        found = {
            told.state
            for attendee in self.attendees
            for place in attendee.places
            for told in place.told
        }
        return tuple((state, str(words)) for state, words in STATES.items() if state in found)


@dataclass
class _Row:
    """A row while it is filled."""

    party: Name | None
    wording: str
    cells: dict[int, list[Told]] = field(default_factory=lambda: defaultdict(list))

    @property
    def order(self) -> tuple[bool, int, str]:
        """Named parties first, the most often told of first, then by name."""
        count = sum(map(len, self.cells.values()))
        return (self.party is None, -count, str(self.party or self.wording).casefold())


def seating(
    rounds: Iterable[Line], others: Iterable[Line], docs: Mapping[int, Doc], cast: Cast
) -> Seating:
    """Set the rounds of a process, in their order, against everybody told of at them."""
    every = list(rounds)
    shown = every[-MOST_ROUNDS:]
    status = {line.entry.record_id: line.entry.detail for line in every}
    rows: dict[tuple[int | None, str], _Row] = {}

    def tell(parties: Iterable[Doc], of_round: int, told: Told) -> None:
        for row in parties:
            party = cast.name(Topic.PARTY, row["party"])
            wording = row.get("wording", "")
            key = (party.ref, "") if party else (None, wording)
            found = rows.setdefault(key, _Row(party, "" if party else wording))
            found.cells[of_round].append(
                Told(**{**vars(told), "wording": wording if party else ""})
            )

    for line in shown:
        for role in docs[line.entry.record_id]["roles"]:
            words = label(ConveningRole, role["role"])
            tell([role], line.entry.record_id, Told("convened", words, line))
    for line in others:
        doc = docs[line.entry.record_id]
        of_round = doc["round"]
        if of_round in status:
            told = _told(line, doc, status[of_round], cast)
            tell(doc["parties"], of_round, told)
    ordered = sorted(rows.values(), key=lambda row: row.order)
    sittings = tuple(_sitting(line, docs[line.entry.record_id]) for line in shown)
    return Seating(
        rounds=sittings,
        attendees=tuple(
            _attendee(number, row, sittings)
            for number, row in enumerate(ordered[:MOST_PARTIES], start=1)
        ),
        left_rounds=len(every) - len(shown),
        left_parties=max(0, len(ordered) - MOST_PARTIES),
    )


def _told(line: Line, doc: Doc, status: str, cast: Cast) -> Told:
    if line.kind == RecordKind.DECISION:
        kind = DecisionKind(doc["decision"])
        return Told(
            state=_OF_DECISIONS[kind],
            detail=str(kind.label),
            line=line,
            head=of_name(cast.name(Topic.PERSON, doc["named_head"])),
        )
    state = _OF_ATTENDANCES[Attendance(doc["attendance"])]
    if state == "sat" and status != RoundStatus.HELD:  # pragma: no cover - the database forbids it
        state = "unknown"
    return Told(
        state=state,
        detail=str(STATES[state]),
        line=line,
        capacity=label(Capacity, doc["capacity"]),
        head=of_name(cast.name(Topic.PERSON, doc["head"])),
        members=members_of(doc, cast),
    )


def _sitting(line: Line, doc: Doc) -> Sitting:
    status = RoundStatus(doc["round_status"])
    return Sitting(line, doc["label"] or line.title, status.value, str(ROUND_STATUSES[status]))


def _attendee(number: int, row: _Row, rounds: tuple[Sitting, ...]) -> Attendee:
    order = list(STATES)
    return Attendee(
        party=row.party,
        wording=row.wording or (_("not named") if row.party is None else ""),
        places=tuple(
            Place(
                key=f"seat-{number}-{column}",
                round=sitting,
                told=tuple(
                    sorted(
                        row.cells.get(sitting.line.entry.record_id, ()),
                        key=lambda told: order.index(told.state),
                    )
                ),
            )
            for column, sitting in enumerate(rounds, start=1)
        ),
    )
