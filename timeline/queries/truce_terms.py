"""What a truce says: its dates, what sort it is, whom it binds, what it prohibits.

What it does not say stands there too, as not recorded.
"""

from dataclasses import dataclass

from ceasefire.enums import (
    Act,
    AreaRelation,
    Completeness,
    Coverage,
    Enforcement,
    ExclusionBasis,
    Purpose,
    Recorded,
    TermRule,
    TruceClass,
    TruceForm,
    TruceOutcome,
    TruceRole,
    TruceSide,
)
from timeline.enums import Topic
from timeline.queries.cast import Cast, Doc
from timeline.queries.lines import Citing, Line, Name
from timeline.queries.records import Fact, Item, of_name, of_words
from timeline.queries.words import label, since_until, when_in_words

_ROLES = {
    TruceRole.BOUND: "Bound",
    TruceRole.EXCLUDED: "Excluded",
    TruceRole.BROKER: "Brokers",
    TruceRole.GUARANTOR: "Guarantors",
    TruceRole.MONITOR: "Monitors",
}
#: What a citation calls the parties of a role among the fields that it backs.
_CITED_AS = {
    TruceRole.BOUND: "bound",
    TruceRole.EXCLUDED: "excluded",
    TruceRole.BROKER: "brokers",
    TruceRole.GUARANTOR: "guarantors",
    TruceRole.MONITOR: "monitors",
}
_COMPLETENESS = {
    Completeness.NOT_RECORDED: "",
    Completeness.PARTIAL: "There may be others: not all are recorded.",
    Completeness.COMPLETE: "These are all.",
}


@dataclass(frozen=True)
class TruceMember:
    """A party and what it is to the truce."""

    party: Name | None
    wording: str
    notes: tuple[str, ...]
    contested_by: str


@dataclass(frozen=True)
class RoleGroup:
    """The parties of one role; empty means that none is recorded."""

    role: str
    members: tuple[TruceMember, ...]
    note: str
    backings: tuple[Citing, ...]


@dataclass(frozen=True)
class Term:
    rule: str
    act: str
    wording: str


@dataclass(frozen=True)
class Terms:
    """The words of a truce, as far as they are recorded."""

    dates: tuple[Fact, ...]
    nature: tuple[Fact, ...]
    roles: tuple[RoleGroup, ...]
    terms: tuple[Term, ...]
    terms_note: str
    terms_backings: tuple[Citing, ...]
    missing: tuple[str, ...]
    """What of it is not recorded, in words."""


def terms_of(doc: Doc, line: Line, cast: Cast) -> Terms:
    """Return what a truce's sheet says, in words."""
    dates, nature, roles = _dates(doc), _nature(doc, cast), _roles(doc, line, cast)
    terms = tuple(
        Term(label(TermRule, row["rule"]), label(Act, row["act"]), row["wording"])
        for row in doc["terms"]
    )
    missing = [fact.label for fact in (*dates, *nature) if not fact.items]
    missing += [group.role for group in roles if not group.members]
    return Terms(
        dates=dates,
        nature=nature,
        roles=roles,
        terms=terms,
        terms_note=_COMPLETENESS[doc["terms_recorded"]],
        terms_backings=line.backing("terms"),
        missing=(*missing, *(() if terms else ("Terms",))),
    )


def _dates(doc: Doc) -> tuple[Fact, ...]:
    effective = when_in_words(doc["effective"]) if doc["effective"] else ""
    if doc["effective_time"]:
        effective += f", {doc['effective_time'][:5]} ({doc['effective_zone']})"
    return (
        Fact("Declared", of_words(when_in_words(doc["declared"]) if doc["declared"] else "")),
        Fact("Took effect", of_words(effective)),
        Fact("Ended", of_words(when_in_words(doc["end"]) if doc["end"] else "")),
        Fact(
            "Last attested",
            of_words(when_in_words(doc["last_attested"]) if doc["last_attested"] else ""),
        ),
        Fact("What became of it", of_words(label(TruceOutcome, doc["outcome"]))),
    )


def _nature(doc: Doc, cast: Cast) -> tuple[Fact, ...]:
    return (
        Fact("Class", of_words(label(TruceClass, doc["truce_class"]))),
        Fact("Declared by", of_words(_SIDES.get(doc["side"], ""))),
        Fact("Form", of_words(label(TruceForm, doc["form"]))),
        Fact("Purpose", of_words(*(label(Purpose, code) for code in doc["purposes"]))),
        Fact("Mediated", of_words(label(Recorded, doc["mediated"]))),
        Fact("Monitored", of_words(label(Recorded, doc["monitored"]))),
        Fact("Enforced by", of_words(label(Enforcement, doc["enforcement"]))),
        Fact("Where it applies", _coverage(doc, cast)),
        *_hours(doc),
    )


def _hours(doc: Doc) -> tuple[Fact, ...]:
    """Return the hours of the day to which a humanitarian pause is limited, if it is."""
    hours = tuple(
        Item(f"{row['starts_at'][:5]} to {row['ends_at'][:5]}", note=row["time_zone"])
        for row in doc["windows"]
    )
    return (Fact("Hours of the day", hours),) if hours else ()


_SIDES = {
    TruceSide.UNILATERAL: "one side (unilateral)",
    TruceSide.BILATERAL: "two sides (bilateral)",
    TruceSide.MULTILATERAL: "several sides (multilateral)",
    TruceSide.UNCLEAR: "unclear",
}


def _coverage(doc: Doc, cast: Cast) -> tuple[Item, ...]:
    places = tuple(
        item
        for row in doc["areas"]
        for item in of_name(
            cast.name(Topic.PLACE, row["place"]), note=label(AreaRelation, row["relation"])
        )
    )
    wording = f"“{doc['coverage_wording']}”" if doc["coverage_wording"] else ""
    return (*of_words(label(Coverage, doc["coverage"]), wording), *places)


def _roles(doc: Doc, line: Line, cast: Cast) -> tuple[RoleGroup, ...]:
    return tuple(
        RoleGroup(
            role=words,
            members=tuple(_member(row, cast) for row in doc["parties"] if row["role"] == role),
            note=_COMPLETENESS[doc["bound_recorded"]] if role == TruceRole.BOUND else "",
            backings=line.backing(_CITED_AS[role]),
        )
        for role, words in _ROLES.items()
    )


def _member(row: Doc, cast: Cast) -> TruceMember:
    basis = label(ExclusionBasis, row["exclusion_basis"])
    if row["designation"]:
        as_of = (
            f", as of {when_in_words(row['designation_as_of'])}" if row["designation_as_of"] else ""
        )
        basis = f"{basis} ({row['designation']}{as_of})"
    binds = _BINDS.get(row["binds_members"], "") if row["role"] == TruceRole.BOUND else ""
    outcome = label(TruceOutcome, row["outcome"])
    notes = (basis, binds, since_until(row["joined"], row["left"]), outcome)
    return TruceMember(
        party=cast.name(Topic.PARTY, row["party"]),
        wording=row["wording"],
        notes=tuple(note for note in notes if note),
        contested_by=row["contested_by"],
    )


_BINDS = {
    Recorded.YES: "binds its members too",
    Recorded.NO: "does not bind its members",
    Recorded.UNCLEAR: "whether it binds its members is unclear",
}
