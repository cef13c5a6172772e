"""Citations as a page shows them: who says so, in what, where in it, and which facts it backs."""

from dataclasses import dataclass

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sources.enums import Harm, Stance
from timeline.enums import Evidence, Topic
from timeline.queries.cast import Cast
from timeline.queries.lines import CONFIDENTIAL, Citing, Figure, Line, Name
from timeline.queries.sentences import isolated, joined
from timeline.queries.words import when_in_words

#: The fields that a citation may name, in words that fit behind “supports” and before “and”.
_FIELDS = {
    "accused": pgettext_lazy("field", "accused"),
    "accuser": pgettext_lazy("field", "accuser"),
    "act": pgettext_lazy("field", "act"),
    "anonymous_role": pgettext_lazy("field", "anonymous role"),
    "attendance": pgettext_lazy("field", "attendance"),
    "attributions": pgettext_lazy("field", "who did it"),
    "audience": pgettext_lazy("field", "audience"),
    "best": pgettext_lazy("field", "best"),
    "bound": pgettext_lazy("field", "who is bound"),
    "brokers": pgettext_lazy("field", "brokers"),
    "capacity": pgettext_lazy("field", "capacity"),
    "conditions": pgettext_lazy("field", "conditions"),
    "conflict": pgettext_lazy("field", "conflict"),
    "counted": pgettext_lazy("field", "counted"),
    "counted_by": pgettext_lazy("field", "counted by"),
    "coverage": pgettext_lazy("field", "coverage"),
    "decision": pgettext_lazy("field", "decision"),
    "declared": pgettext_lazy("field", "declared"),
    "delegation": pgettext_lazy("field", "delegation"),
    "development": pgettext_lazy("field", "development"),
    "effective": pgettext_lazy("field", "effective"),
    "end": pgettext_lazy("field", "end"),
    "enforcement": pgettext_lazy("field", "enforcement"),
    "event": pgettext_lazy("field", "event"),
    "excluded": pgettext_lazy("field", "who is excluded"),
    "extent": pgettext_lazy("field", "extent"),
    "figures": pgettext_lazy("field", "figures"),
    "form": pgettext_lazy("field", "form"),
    "format": pgettext_lazy("field", "format"),
    "guarantors": pgettext_lazy("field", "guarantors"),
    "head": pgettext_lazy("field", "head"),
    "high": pgettext_lazy("field", "high"),
    "incident": pgettext_lazy("field", "incident"),
    "is_aggregate": pgettext_lazy("field", "that it is an aggregate report"),
    "label": pgettext_lazy("field", "label"),
    "last_attested": pgettext_lazy("field", "last attested"),
    "low": pgettext_lazy("field", "low"),
    "mediated": pgettext_lazy("field", "mediation"),
    "members": pgettext_lazy("field", "members"),
    "monitored": pgettext_lazy("field", "monitoring"),
    "monitors": pgettext_lazy("field", "monitors"),
    "named_head": pgettext_lazy("field", "named head"),
    "note": pgettext_lazy("field", "note"),
    "other_party": pgettext_lazy("field", "other party"),
    "outcome": pgettext_lazy("field", "outcome"),
    "parties": pgettext_lazy("field", "the parties"),
    "party": pgettext_lazy("field", "party"),
    "person": pgettext_lazy("field", "person"),
    "phase": pgettext_lazy("field", "phase"),
    "place": pgettext_lazy("field", "place"),
    "position": pgettext_lazy("field", "position"),
    "post": pgettext_lazy("field", "post"),
    "process": pgettext_lazy("field", "process"),
    "purposes": pgettext_lazy("field", "purposes"),
    "roles": pgettext_lazy("field", "roles"),
    "round": pgettext_lazy("field", "round"),
    "round_status": pgettext_lazy("field", "status"),
    "side": pgettext_lazy("field", "side"),
    "since": pgettext_lazy("field", "since"),
    "speaker": pgettext_lazy("field", "speaker"),
    "speaker_party": pgettext_lazy("field", "speaker party"),
    "standing": pgettext_lazy("field", "standing"),
    "subjects": pgettext_lazy("field", "subjects"),
    "summary": pgettext_lazy("field", "summary"),
    "targets": pgettext_lazy("field", "who or what was hit"),
    "terms": pgettext_lazy("field", "terms"),
    "tie": pgettext_lazy("field", "tie"),
    "time_of_day": pgettext_lazy("field", "time of day"),
    "title": pgettext_lazy("field", "title"),
    "truce": pgettext_lazy("field", "truce"),
    "truce_class": pgettext_lazy("field", "class"),
    "until": pgettext_lazy("field", "until"),
    "venue": pgettext_lazy("field", "venue"),
    "when": pgettext_lazy("field", "date"),
    "windows": pgettext_lazy("field", "daily hours"),
}


def field_in_words(field: str) -> str:
    return str(_FIELDS[field])


_DOES = {
    Stance.SUPPORTS: _("Supports %(facts)s"),
    Stance.CONTRADICTS: _("Contradicts %(facts)s"),
    Stance.CONTEXT: _("Gives context to %(facts)s"),
}


@dataclass(frozen=True)
class Passage:
    """One citation, with when its source appeared and what it backs, in words."""

    citing: Citing
    backs: str
    """The facts that it backs, in words; empty where it backs all of them."""
    published: str
    published_wording: str
    language: str

    @property
    def anchor(self) -> str:
        return f"passage-{self.citing.id}"

    @property
    def does(self) -> str:
        """Say what it does to the record: “Supports the date and the place”."""
        return str(_DOES[Stance(self.citing.stance)]) % {
            "facts": self.backs or gettext("the record as a whole")
        }

    @property
    def is_about_origin(self) -> bool:
        """Whether the source relies on somebody else, or does not say on whom."""
        return self.citing.outlet is not None and self.citing.origin != self.citing.outlet.text


def passages_of(line: Line, cast: Cast) -> tuple[Passage, ...]:
    return tuple(_passage(citing, cast) for citing in line.citings)


def _passage(citing: Citing, cast: Cast) -> Passage:
    data = cast.data(Topic.SOURCE, citing.source.ref) if citing.source else {}
    published = data.get("published", "")
    return Passage(
        citing=citing,
        backs=joined(field_in_words(field) for field in citing.fields),
        published=when_in_words(published) if published else "",
        published_wording=data.get("published_wording", ""),
        language=data.get("language", ""),
    )


#: How far the highest number of a scale stands: room is left beyond it for what is open above.
SCALE = 84.0


@dataclass(frozen=True)
class Range:
    """A number on a scale that all claims of one harm share, in per cent of its length."""

    low: float | None
    best: float | None
    high: float | None
    """None where the claim sets no upper bound."""

    @property
    def start(self) -> float:
        """Where the bar begins: at the lowest number that is given, or at nothing."""
        return 0.0 if self.low is None and self.best is None else self.low or self.best or 0.0

    @property
    def end(self) -> float:
        """Where the bar ends: at the highest number that is given."""
        given = (self.high, self.best, self.low)
        return next((bound for bound in given if bound is not None), 0.0)

    @property
    def width(self) -> float:
        return max(self.end - self.start, 0.0)

    @property
    def is_open(self) -> bool:
        """Whether it may be more: a lowest number alone."""
        return self.high is None and self.best is None


@dataclass(frozen=True)
class Claimed:
    """A number beside who claims it. Several stand side by side; none wins."""

    harm: str
    group: str
    number: str
    as_of: str
    chain: str
    source: Name | None
    anchor: str
    superseded: bool
    range: "Range"

    @property
    def group_words(self) -> str:
        """Say of whom it is a number, or that nobody says."""
        return isolated(self.group) or gettext("not said")


def claims_of(line: Line) -> tuple[Claimed, ...]:
    """Return every figure of a record by its claimant, those of one kind of harm together."""
    most: dict[str, int] = {}
    for citing in line.citings:
        for figure in citing.figures:
            bounds = (figure.low or 0, figure.best or 0, figure.high or 0)
            most[figure.harm] = max(most.get(figure.harm, 1), *bounds)
    found = [
        Claimed(
            harm=str(Harm(figure.harm).label),
            group=figure.group_word,
            number=figure.number,
            as_of=figure.as_of,
            chain=citing.chain,
            source=citing.source,
            anchor=citing.anchor,
            superseded=figure.superseded,
            range=_range(figure, most[figure.harm]),
        )
        for citing in line.citings
        for figure in citing.figures
    ]
    order = [str(harm.label) for harm in Harm]
    return tuple(sorted(found, key=lambda claim: order.index(claim.harm)))


def _range(figure: Figure, most: int) -> Range:
    def share(bound: int | None) -> float | None:
        return None if bound is None else SCALE * bound / most

    return Range(share(figure.low), share(figure.best), share(figure.high))


@dataclass(frozen=True)
class Standing:
    """On how many independent origins a statement rests, and on which."""

    code: str
    words: str
    origins: str


def evidence_of(line: Line, cast: Cast, *, who: bool = False) -> Standing | None:
    """Return the evidence that it happened, or of who did it; None where nobody is accused."""
    code = line.entry.evidence_who if who else line.entry.evidence
    if not code:
        return None
    origins = "" if who else joined(filter(None, (_origin(o, cast) for o in line.entry.origins)))
    return Standing(code=code, words=str(Evidence(code).label), origins=origins)


def _origin(origin: str, cast: Cast) -> str:
    kind, _, whose = origin.partition(":")
    if kind == "outlet":
        name = cast.name(Topic.OUTLET, int(whose))
        return isolated(name.text) if name else str(CONFIDENTIAL)
    return isolated(whose) if kind == "speaker" else ""
