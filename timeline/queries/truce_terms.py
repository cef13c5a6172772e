"""What a truce says: its dates, what sort it is, whom it binds, what it prohibits.

What it does not say stands there too, as not recorded.
"""

from dataclasses import dataclass
from datetime import time

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

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
from timeline.queries.records import Fact, Item, of_name, of_words, timed
from timeline.queries.sentences import isolated, quoted
from timeline.queries.words import label, since_until, when_in_words

_ROLES = {
    TruceRole.BOUND: pgettext_lazy("role in a truce", "Bound"),
    TruceRole.EXCLUDED: pgettext_lazy("role in a truce", "Excluded"),
    TruceRole.BROKER: pgettext_lazy("role in a truce", "Brokers"),
    TruceRole.GUARANTOR: pgettext_lazy("role in a truce", "Guarantors"),
    TruceRole.MONITOR: pgettext_lazy("role in a truce", "Monitors"),
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
    Completeness.PARTIAL: gettext_lazy("There may be others: not all are recorded."),
    Completeness.COMPLETE: gettext_lazy("These are all."),
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
        terms_note=str(_COMPLETENESS[doc["terms_recorded"]]),
        terms_backings=line.backing("terms"),
        missing=(*missing, *(() if terms else (pgettext("truce", "Terms"),))),
    )


def _dates(doc: Doc) -> tuple[Fact, ...]:
    effective = when_in_words(doc["effective"]) if doc["effective"] else ""
    if doc["effective_time"]:
        hour = time.fromisoformat(doc["effective_time"])
        effective = timed(effective, hour, doc["effective_zone"])
    return (
        Fact(
            pgettext("truce", "Declared"),
            of_words(when_in_words(doc["declared"]) if doc["declared"] else ""),
        ),
        Fact(_("Took effect"), of_words(effective)),
        Fact(_("Ended"), of_words(when_in_words(doc["end"]) if doc["end"] else "")),
        Fact(
            _("Last attested"),
            of_words(when_in_words(doc["last_attested"]) if doc["last_attested"] else ""),
        ),
        Fact(_("What became of it"), of_words(label(TruceOutcome, doc["outcome"]))),
    )


def _nature(doc: Doc, cast: Cast) -> tuple[Fact, ...]:
    return (
        Fact(pgettext("truce", "Class"), of_words(label(TruceClass, doc["truce_class"]))),
        Fact(_("Declared by"), of_words(str(_SIDES.get(doc["side"], "")))),
        Fact(pgettext("truce", "Form"), of_words(label(TruceForm, doc["form"]))),
        Fact(_("Purpose"), of_words(*(label(Purpose, code) for code in doc["purposes"]))),
        Fact(_("Mediated"), of_words(label(Recorded, doc["mediated"]))),
        Fact(_("Monitored"), of_words(label(Recorded, doc["monitored"]))),
        Fact(_("Enforced by"), of_words(label(Enforcement, doc["enforcement"]))),
        Fact(_("Where it applies"), _coverage(doc, cast)),
        *_hours(doc),
    )


def _hours(doc: Doc) -> tuple[Fact, ...]:
    """Return the hours of the day to which a humanitarian pause is limited, if it is."""
    hours = tuple(
        Item(
            _("%(start)s to %(end)s") % {"start": row["starts_at"][:5], "end": row["ends_at"][:5]},
            note=row["time_zone"],
        )
        for row in doc["windows"]
    )
    return (Fact(_("Hours of the day"), hours),) if hours else ()


_SIDES = {
    TruceSide.UNILATERAL: gettext_lazy("one side (unilateral)"),
    TruceSide.BILATERAL: gettext_lazy("two sides (bilateral)"),
    TruceSide.MULTILATERAL: gettext_lazy("several sides (multilateral)"),
    TruceSide.UNCLEAR: pgettext_lazy("sides", "unclear"),
}


def _coverage(doc: Doc, cast: Cast) -> tuple[Item, ...]:
    places = tuple(
        item
        for row in doc["areas"]
        for item in of_name(
            cast.name(Topic.PLACE, row["place"]), note=label(AreaRelation, row["relation"])
        )
    )
    wording = quoted(doc["coverage_wording"]) if doc["coverage_wording"] else ""
    return (*of_words(label(Coverage, doc["coverage"]), wording), *places)


def _roles(doc: Doc, line: Line, cast: Cast) -> tuple[RoleGroup, ...]:
    return tuple(
        RoleGroup(
            role=str(words),
            members=tuple(_member(row, cast) for row in doc["parties"] if row["role"] == role),
            note=str(_COMPLETENESS[doc["bound_recorded"]]) if role == TruceRole.BOUND else "",
            backings=line.backing(_CITED_AS[role]),
        )
        for role, words in _ROLES.items()
    )


def _member(row: Doc, cast: Cast) -> TruceMember:
    basis = label(ExclusionBasis, row["exclusion_basis"])
    if row["designation"]:
        words = {"basis": basis, "list": isolated(row["designation"])}
        if row["designation_as_of"]:
            words["day"] = when_in_words(row["designation_as_of"])
            basis = _("%(basis)s (%(list)s, as of %(day)s)") % words
        else:
            basis = _("%(basis)s (%(list)s)") % words
    binds = str(_BINDS.get(row["binds_members"], "")) if row["role"] == TruceRole.BOUND else ""
    outcome = label(TruceOutcome, row["outcome"])
    notes = (basis, binds, since_until(row["joined"], row["left"]), outcome)
    return TruceMember(
        party=cast.name(Topic.PARTY, row["party"]),
        wording=row["wording"],
        notes=tuple(note for note in notes if note),
        contested_by=row["contested_by"],
    )


_BINDS = {
    Recorded.YES: gettext_lazy("binds its members too"),
    Recorded.NO: gettext_lazy("does not bind its members"),
    Recorded.UNCLEAR: gettext_lazy("whether it binds its members is unclear"),
}
