"""Citations as a page shows them: who says so, in what, where in it, and which facts it backs."""

from dataclasses import dataclass

from sources.enums import Harm
from timeline.enums import Evidence, Topic
from timeline.queries.cast import Cast
from timeline.queries.lines import CONFIDENTIAL, Citing, Line, Name
from timeline.queries.words import joined, when_in_words

#: The fields that a citation may name, where their own names would not read as words.
_FIELDS = {
    "when": "date",
    "is_aggregate": "that it is an aggregate report",
    "truce_class": "class",
    "bound": "who is bound",
    "excluded": "who is excluded",
    "windows": "daily hours",
    "mediated": "mediation",
    "monitored": "monitoring",
    "round_status": "status",
    "targets": "who or what was hit",
    "attributions": "who did it",
    "parties": "the parties",
}


def field_in_words(field: str) -> str:
    return _FIELDS.get(field, field.replace("_", " "))


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


def claims_of(line: Line) -> tuple[Claimed, ...]:
    """Return every figure of a record by its claimant, those of one kind of harm together."""
    found = [
        Claimed(
            harm=Harm(figure.harm).label,
            group=figure.group_word,
            number=figure.number,
            as_of=figure.as_of,
            chain=citing.chain,
            source=citing.source,
            anchor=f"passage-{citing.id}",
            superseded=figure.superseded,
        )
        for citing in line.citings
        for figure in citing.figures
    ]
    order = [harm.label for harm in Harm]
    return tuple(sorted(found, key=lambda claim: order.index(claim.harm)))


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
    return Standing(code=code, words=Evidence(code).label, origins=origins)


def _origin(origin: str, cast: Cast) -> str:
    kind, _, whose = origin.partition(":")
    if kind == "outlet":
        name = cast.name(Topic.OUTLET, int(whose))
        return name.text if name else CONFIDENTIAL
    return whose if kind == "speaker" else ""
