"""Small random worlds, and what editors do to them.

A world is a set of *slots*: places, parties, truces, and what belongs to them, each with the
values that it is to have or none at all. To edit a world is to want some of its slots otherwise. A
reference is the number of a slot. What the database refuses is passed over: the world is what it
holds.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from django.db import IntegrityError, connection, models, transaction
from hypothesis import strategies as st

from ceasefire.enums import (
    Act,
    AreaRelation,
    Completeness,
    Coverage,
    Justification,
    Population,
    Recorded,
    TermRule,
    TruceEventType,
    TruceLinkKind,
    TruceOutcome,
    TruceRole,
    ViolationStanding,
)
from ceasefire.models import (
    Attribution,
    Incident,
    IncidentParty,
    IncidentTarget,
    IncidentTruce,
    Truce,
    TruceArea,
    TruceEvent,
    TruceLink,
    TruceParty,
    TruceTerm,
    TruceWindow,
    Violation,
)
from sources.enums import Extent, OriginKind, OutletKind, Precision, Stance, Status
from sources.models import Citation, Outlet, PendingChange, Record, Source
from sources.partial_dates import PartialDate
from talks.enums import PartyKind, Phase, PlaceKind, TieKind
from talks.models import Conflict, Party, PartyTie, Place
from timeline.models import (
    Assessment,
    Entry,
    Label,
    Membership,
    MentionCount,
    MentionYearCount,
    MonthCount,
    PeriodCount,
    Revision,
    Sheet,
    Usage,
)

Values = dict[str, Any]
Slot = tuple[str, int]
Wanted = dict[Slot, Values | None]


@dataclass(frozen=True)
class Ref:
    """A reference to the thing in another slot, or to nothing where that is empty."""

    table: str
    number: int


# Twenty days, so that things meet; and every form that a date can have.
DAYS = [f"2016-02-{day:02}" for day in range(1, 21)]
SPANS = [f"{DAYS[a]}/{DAYS[a + n]}" for n in (1, 4, 9) for a in range(0, 20 - n, 3)]
OPEN = [f"../{day}" for day in DAYS[::4]] + [f"{day}/.." for day in DAYS[::4]]
VAGUE = [
    "2016-02-08~",
    "2016-02-09?",
    "2016-02",
    "2016-02-XX",
    "2016",
    "/2016-02-12",
    "2016-02-12/",
]
TIMES = [datetime.time(0), datetime.time(6, 30), datetime.time(12), datetime.time(23, 30)]
ZONES = ["UTC", "Asia/Damascus", "Pacific/Kiritimati", "America/New_York"]


def mostly(random: Random, *common: Any, rarely: Sequence[Any]) -> Any:
    """Return one of `common`, or once in ten times one of `rarely`."""
    return random.choice(rarely if random.random() < 0.1 else common)


def a_date(random: Random, *, empty: float, of: Sequence[str] = DAYS) -> str:
    """Return the text of a date, half of them a day among `of`; `empty` of them none."""
    if random.random() < empty:
        return ""
    return random.choice(random.choice([of, of, of, SPANS, OPEN, VAGUE]))


def an_hour(random: Random) -> tuple[datetime.time, str] | None:
    return random.choice([None, (random.choice(TIMES), random.choice(ZONES))])


SIZES = {
    "outlet": 4, "conflict": 2, "place": 5, "party": 5, "tie": 6, "truce": 3, "event": 8, "area": 5,
    "term": 5, "truceparty": 8, "window": 2, "link": 3, "incident": 5, "incidentparty": 5,
    "target": 7, "citation": 4, "attribution": 6, "incidenttruce": 2, "violation": 3,
}  # fmt: skip
SLOTS: list[Slot] = [(table, number) for table, size in SIZES.items() for number in range(size)]
NAMED = ("outlet", "conflict", "place", "party")
ACTS = (Act.HOSTILITIES, Act.BOMBARDMENT, Act.SHELLING, Act.SIEGE)


def values_of(slot: Slot, random: Random) -> Values:
    """Return random values for the slot. A place lies in one of a lower number, or in none."""
    table, number = slot
    choice = random.choice

    def one(table: str, *others: Any) -> Any:
        # Those of lower numbers more often, so that much comes together in some.
        first, second = random.randrange(SIZES[table]), random.randrange(SIZES[table])
        return choice([Ref(table, min(first, second))] * 3 + [*others])

    def a_party(*numbers: int) -> Ref:
        return Ref("party", choice(numbers))

    def the_first(table: str) -> Any:
        return mostly(random, Ref(table, 0), rarely=[Ref(table, 1)])

    def a_record() -> Values:
        unseen = [Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN]
        return {
            "status": mostly(random, Status.PUBLISHED, rarely=unseen),
            "when_edtf": a_date(random, empty=0.1),
            "extent": choice([Extent.WITHIN, Extent.WITHIN, Extent.THROUGHOUT]),
        }

    match table:
        case "outlet":
            kind = mostly(random, OutletKind.WIRE_AGENCY, rarely=[OutletKind.PARTY_AFFILIATED])
            return {"kind": kind}
        case "place":
            return {"parent": choice([None, *(Ref("place", lower) for lower in range(number))])}
        case "party":
            return {"outlet": choice([None, Ref("outlet", number)]) if number < 4 else None}
        case "tie":
            return {
                **a_record(),
                "conflict": the_first("conflict"),
                "party": a_party(1, 2, 2, 2, 3),
                "other_party": a_party(0, 0, 0, 1),
                "tie": mostly(random, TieKind.MEMBER_OF, rarely=[TieKind.BACKS]),
                "phase": choice(Phase.values),
                "since_edtf": a_date(random, empty=0.5, of=DAYS[:10]),
                "until_edtf": a_date(random, empty=0.5, of=DAYS[10:]),
            }
        case "truce":
            return {
                **a_record(),
                "conflict": the_first("conflict"),
                "declared_edtf": a_date(random, empty=0.4, of=DAYS[:5]),
                "effective_edtf": a_date(random, empty=0.4, of=DAYS[:5]),
                "effective_hour": an_hour(random),
                "end_edtf": a_date(random, empty=0.7, of=DAYS[12:]),
                "last_attested_edtf": a_date(random, empty=0.3, of=DAYS[12:]),
                "outcome": mostly(random, "", rarely=[TruceOutcome.NEVER_TOOK_EFFECT]),
                "coverage": choice([Coverage.ALL, Coverage.LISTED, *Coverage.values]),
                "bound_recorded": choice(Completeness.values),
                "terms_recorded": choice(Completeness.values),
            }
        case "event":
            often = [TruceEventType.IN_FORCE, TruceEventType.SUSPENDED] * 3
            event = choice([*often, *TruceEventType.values])
            return {**a_record(), "truce": one("truce"), "event": event}
        case "area":
            relation = choice(AreaRelation.values)
            return {"truce": one("truce"), "place": one("place"), "relation": relation}
        case "term":
            rule = choice([TermRule.PROHIBITS, *TermRule.values])
            return {"truce": one("truce"), "rule": rule, "act": choice(ACTS)}
        case "truceparty":
            return {
                "truce": one("truce"),
                "party": a_party(0, 0, 1, 2, 3, 4),
                "role": choice(
                    [TruceRole.BOUND, TruceRole.BOUND, TruceRole.EXCLUDED, TruceRole.MONITOR]
                ),
                "binds_members": choice([Recorded.YES, Recorded.YES, *Recorded.values]),
                "contested_by": choice(["", "", "", "a guarantor"]),
                "joined_edtf": a_date(random, empty=0.6, of=DAYS[:10]),
                "left_edtf": a_date(random, empty=0.6, of=DAYS[10:]),
            }
        case "window":
            return {
                "truce": one("truce"),
                "starts_at": choice(TIMES[:3]),
                "ends_at": choice(TIMES[1:]),
                "time_zone": choice(ZONES),
            }
        case "link":
            kind = choice([TruceLinkKind.REPLACES, TruceLinkKind.RENEWS])
            later, earlier = (Ref("truce", number) for number in random.sample(range(3), 2))
            return {"from_truce": later, "to_truce": earlier, "kind": kind}
        case "incident":
            return {
                **a_record(),
                "hour": an_hour(random),
                "conflict": the_first("conflict"),
                "act": choice(ACTS),
                "place": one("place", None),
                "is_aggregate": mostly(random, False, rarely=[True]),
            }
        case "incidentparty":
            return {"incident": one("incident"), "party": a_party(0, 1, 2, 2, 2, 3, 4)}
        case "target":
            hit = choice(
                [a_party(0, 1, 2, 2, 2, 3, 4), Population.CIVILIANS, Population.COMBATANTS]
            )
            return {"incident": one("incident"), "hit": hit}
        case "attribution":
            return {
                "incident": one("incident"),
                "accused": choice([None, *[a_party(0, 1, 2, 2, 2, 3, 4)] * 3]),
                "justification": choice(Justification.values),
                "citation": one("citation", None, None),
            }
        case "incidenttruce":
            return {"incident": one("incident"), "truce": one("truce")}
        case "violation":
            return {
                **a_record(),
                "truce": one("truce"),
                "incident": one("incident", None),
                "standing": choice(ViolationStanding.values),
            }
        case "citation":
            return {
                "record": one("incident"),
                "of": one("outlet"),
                "stance": mostly(random, Stance.SUPPORTS, rarely=[Stance.CONTRADICTS]),
                "origin": choice(
                    [
                        (OriginKind.OUTLET, None),
                        (OriginKind.UNKNOWN, None),
                        (OriginKind.OTHER_OUTLET, one("outlet")),
                        (OriginKind.SPEAKER, "a witness"),
                        (OriginKind.SPEAKER, "an official"),
                    ]
                ),
                "is_verification": choice([True, False]),
                "fields": choice([[], ["act"], ["attributions"]]),
            }
        case _:
            return {}


@st.composite
def worlds(draw: st.DrawFn) -> Wanted:
    """Draw a world. It shrinks by losing things; what remains stays as it was.

    Two draws and no more: of many, hypothesis would repeat some from one world to the next.
    """
    seed = draw(st.integers(0, 2**64))
    kept = draw(st.binary(min_size=len(SLOTS), max_size=len(SLOTS)))
    return {
        slot: values_of(slot, Random(f"{seed} {slot}"))
        for slot, chance in zip(SLOTS, kept, strict=True)
        if slot[0] in NAMED or chance >= 40
    }


@st.composite
def edits(draw: st.DrawFn) -> Wanted:
    """Draw what some of the slots are to hold instead; None is to be deleted."""
    seed = draw(st.integers(0, 2**64))
    wanted: Wanted = {}
    for byte in draw(st.binary(min_size=2, max_size=12)):
        random = Random(f"{seed} {byte}")
        table = random.choice([*SIZES])
        slot = table, random.randrange(SIZES[table])
        values = values_of(slot, random)
        # Anew; or deleted; or one value or two of it changed.
        how = random.choice(["anew", "changed", "changed", "deleted"])
        if how == "changed":
            names = random.sample([*values], min(len(values), 2))
            wanted[slot] = {name: values[name] for name in names}
        else:
            wanted[slot] = None if how == "deleted" and slot[0] not in NAMED else values
    return wanted


MODELS: dict[str, type[models.Model]] = {
    "outlet": Outlet,
    "conflict": Conflict,
    "place": Place,
    "party": Party,
    "tie": PartyTie,
    "truce": Truce,
    "event": TruceEvent,
    "area": TruceArea,
    "term": TruceTerm,
    "truceparty": TruceParty,
    "window": TruceWindow,
    "link": TruceLink,
    "incident": Incident,
    "incidentparty": IncidentParty,
    "target": IncidentTarget,
    "attribution": Attribution,
    "incidenttruce": IncidentTruce,
    "violation": Violation,
    "citation": Citation,
}
FIXED: dict[str, Values] = {
    "place": {"kind": PlaceKind.DISTRICT},
    "party": {"kind": PartyKind.ARMED_ORGANISATION},
    "attribution": {"claimed_by": "a monitor", "accused_wording": "gunmen"},
    "violation": {"accuser_wording": "an official"},
}


@dataclass
class World:
    """What the database holds of a world. Several may lie side by side, under different names."""

    name: str
    held: Wanted = field(default_factory=dict)
    pks: dict[Slot | None, int] = field(default_factory=dict)
    source: dict[Slot, Source] = field(default_factory=dict)

    def begin(self, wanted: Wanted) -> None:
        """Make the slots hold what is wanted, in one transaction."""
        with transaction.atomic():
            self.edit(wanted)

    def edit(self, wanted: Wanted) -> None:
        """Make some slots hold what is wanted, each in a transaction of its own.

        Values that are not given stay as they are; None empties the slot.
        """
        for slot, changes in wanted.items():
            values = None if changes is None else {**(self.held.get(slot) or {}), **changes}
            try:
                with transaction.atomic():
                    pk = self._put(slot, values)
            except (IntegrityError, models.ProtectedError, LookupError):
                continue  # refused, or about something that is not there
            self.held[slot] = values
            self.pks.pop(slot, None)
            if pk is not None:
                self.pks[slot] = pk

    def _put(self, slot: Slot, values: Values | None) -> int | None:
        """Write one slot; return the key of what it holds then."""
        table, number = slot
        model = MODELS[table]
        # What it belonged to may have taken it along.
        known = model._default_manager.filter(pk=self.pks[slot]) if slot in self.pks else ()
        instance = next(iter(known), None)
        if values is None:
            if instance is not None:
                self._delete(instance)
            return None
        columns = {**FIXED.get(table, {}), **self._columns(slot, values)}
        if instance is not None:
            changed = [name for name in columns if getattr(instance, name) != columns[name]]
            for name in changed:
                setattr(instance, name, columns[name])
            # Only what changed: a record's own table, or its kind's, may stay untouched.
            instance.save(update_fields=changed)
            return self.pks[slot]
        if table in NAMED:
            name = f"{table} {self.name}{number}"
            columns |= {"name": name, "slug": name.replace(" ", "-")}
        instance = model(**columns)
        instance.save(force_insert=True)
        if table == "outlet":
            self.source[slot] = Source.objects.create(
                outlet_id=instance.pk, title=f"Report {number}"
            )
        if isinstance(instance, Record):
            # Cited once, so that any of them may be published.
            Citation.objects.create(record=instance, source=self.source["outlet", 0])
        pk: int = instance.pk
        return pk

    def _delete(self, instance: models.Model) -> None:
        if isinstance(instance, Record):
            Attribution.objects.filter(citation__record=instance.pk).update(citation=None)
            Citation.objects.filter(record=instance.pk).delete()
        instance.delete()

    def _columns(self, slot: Slot, values: Values) -> Values:
        """Return the columns of the values; raise LookupError where one refers to nothing."""
        columns = dict(values)
        if slot[0] == "truce":
            effective = PartialDate.parse(columns["effective_edtf"])
            hour = columns.pop("effective_hour")
            is_a_day = effective.precision == Precision.DAY
            columns["effective_time"], columns["effective_zone"] = (
                hour if hour and is_a_day else (None, "")
            )
        elif slot[0] == "incident":
            columns["time_of_day"], columns["time_zone"] = columns.pop("hour") or (None, "")
        elif slot[0] == "target":
            hit = columns.pop("hit")
            is_party = isinstance(hit, Ref)
            columns |= {"party": hit if is_party else None, "population": "" if is_party else hit}
        elif slot[0] == "attribution":
            # Only a passage about the same incident.
            passage = self.pks.get(_slot(columns.pop("citation")), 0)
            of_it = Citation.objects.filter(record=self.pks.get(_slot(columns["incident"]), 0))
            columns["citation_id"] = of_it.filter(pk=passage).values_list("pk", flat=True).first()
        elif slot[0] == "citation":
            columns["source"] = self.source["outlet", columns.pop("of").number]
            columns["origin"], whose = columns["origin"]
            columns["attributed_outlet"] = whose if isinstance(whose, Ref) else None
            columns["attributed_speaker"] = whose if isinstance(whose, str) else ""
            columns["is_speaker_aligned"] = whose == "an official"
        return {
            f"{name}_id" if isinstance(value, Ref) else name: (
                self.pks[_slot(value)] if isinstance(value, Ref) else value
            )
            for name, value in columns.items()
        }


def _slot(of: Ref | None) -> Slot | None:
    return (of.table, of.number) if of else None


#: From what refers to what is referred to. Deleted, not truncated: that takes ten times as long.
TABLES: tuple[type[models.Model], ...] = (
    *(MODELS[table] for table in reversed(SIZES) if table not in ("citation", *NAMED)),
    *(Citation, Record, Source, Party, Place, Conflict, Outlet),
    *(Assessment, Entry, Label, Membership, MentionCount, MentionYearCount),
    *(MonthCount, PeriodCount),
    *(Revision, Sheet, Usage),
    # Last, with what the deletions queued: or the next build would derive more than has changed.
    PendingChange,
)


def forget_everything() -> None:
    """Empty the tables of records, of what they name and of what is derived from them."""
    with connection.cursor() as cursor:
        statements = [f"DELETE FROM {model._meta.db_table}" for model in TABLES]
        cursor.execute("; ".join(statements))
