"""Verdicts as a page shows them: five answers, each with its reason and what it came from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ceasefire.enums import AttributionStanding, Justification
from sources.enums import Stance
from timeline.enums import REASONS, Answer, Question, Standing, Topic, Verdict
from timeline.models import Assessment
from timeline.queries.cast import Cast, Doc
from timeline.queries.lines import CONFIDENTIAL, Line, Name
from timeline.queries.passages import field_in_words
from timeline.queries.sentences import isolated, joined
from timeline.queries.words import VERDICTS, label

#: Which fields of the truce and of the incident answer each question; and what those are called
#: where a passage backs the record as a whole, or none backs them.
_ANSWERED_BY = {
    Question.PERIOD: (
        (_("its dates"), ("effective", "declared", "end", "last_attested", "outcome", "windows")),
        (_("its date"), ("when", "time_of_day")),
    ),
    Question.AREA: ((_("its coverage"), ("coverage",)), (_("its place"), ("place",))),
    Question.BOUND: (
        (_("whom it binds"), ("bound", "excluded")),
        (_("who did it"), ("attributions", "parties")),
    ),
    Question.PROTECTED: (
        (_("whom it binds"), ("bound", "excluded")),
        (_("who was hit"), ("targets",)),
    ),
    Question.PROHIBITED: ((_("its terms"), ("terms",)), (_("the act"), ("act",))),
}


@dataclass(frozen=True)
class Backing:
    """A passage that an answer came from, and which facts it backs."""

    facts: str
    chain: str
    url: str


@dataclass(frozen=True)
class Side:
    """What an answer came from in the truce, or in the incident; no passages: nothing is cited."""

    whose: str
    facts: str
    backings: tuple[Backing, ...]


@dataclass(frozen=True)
class Asked:
    """One of the five questions, answered."""

    name: str
    answer: str
    answer_word: str
    why: str
    sides: tuple[Side, ...]


@dataclass(frozen=True)
class Judgement:
    """One incident under one truce, for one attribution."""

    truce: Line
    incident: Line
    attribution: int
    """Which attribution it is of; 0 where nobody is accused."""
    accused: str
    """Who is accused and by whom; empty where nobody is."""
    verdict: str
    verdict_words: str
    counts_as: str
    counts_as_words: str
    standing: str
    standing_words: str
    questions: tuple[Asked, ...]

    @property
    def anchor(self) -> str:
        """Where its answers stand on the incident's page."""
        return f"verdict-{self.truce.id}-{self.attribution}"

    @property
    def is_outranked(self) -> bool:
        """Whether a cited finding counts instead of the derived verdict."""
        return self.verdict != self.counts_as

    @property
    def missing(self) -> tuple[Asked, ...]:
        """The questions that decided it: the answers “no”, else those that are undetermined."""
        for answer in (Answer.NO, Answer.UNDETERMINED):
            if found := tuple(q for q in self.questions if q.answer == answer):
                return found
        return ()


@dataclass(frozen=True)
class Accusation:
    """Whom somebody accuses of an incident."""

    id: int
    accused: Name | None
    accused_wording: str
    claimant: str
    claimed_by_party: Name | None
    standing: str
    standing_word: str
    justification_word: str
    justification_wording: str
    anchor: str
    source: Name | None

    @property
    def in_words(self) -> str:
        words = {
            "accused": isolated(str(self.accused or self.accused_wording)),
            "standing": self.standing_word,
            "claimant": isolated(self.claimant),
        }
        return gettext("%(accused)s (%(standing)s by %(claimant)s)") % words


def accusations_of(incident: Line, doc: Doc, cast: Cast) -> tuple[Accusation, ...]:
    sources = {citing.id: citing.source for citing in incident.citings}
    return tuple(
        Accusation(
            id=row["id"],
            accused=cast.name(Topic.PARTY, row["accused"]),
            accused_wording=row["accused_wording"],
            claimant=str(CONFIDENTIAL) if row["confidential"] else row["claimed_by"],
            claimed_by_party=cast.name(Topic.PARTY, row["claimed_by_party"]),
            standing=row["standing"],
            standing_word=str(AttributionStanding(row["standing"]).label),
            justification_word=label(Justification, row["justification"]),
            justification_wording=row["justification_wording"],
            anchor=f"passage-{row['citation']}" if row["citation"] else "",
            source=sources.get(row["citation"]),
        )
        for row in doc["attributions"]
    )


def judgements_of(
    assessments: Iterable[Assessment], cast: Cast, accused: Mapping[int, Accusation]
) -> tuple[Judgement, ...]:
    """Return the assessments whose truce and incident readers may see, in words."""
    return tuple(
        _judgement(assessment, truce, incident, accused)
        for assessment in assessments
        if (truce := cast.line(assessment.truce_id)) is not None
        and (incident := cast.line(assessment.incident_id)) is not None
    )


def _judgement(
    assessment: Assessment, truce: Line, incident: Line, accused: Mapping[int, Accusation]
) -> Judgement:
    accusation = accused.get(assessment.attribution_id)
    return Judgement(
        truce=truce,
        incident=incident,
        attribution=assessment.attribution_id,
        accused=accusation.in_words if accusation else "",
        verdict=assessment.verdict,
        verdict_words=str(VERDICTS[Verdict(assessment.verdict)]),
        counts_as=assessment.counts_as,
        counts_as_words=str(VERDICTS[Verdict(assessment.counts_as)]),
        standing=assessment.standing,
        standing_words=label(Standing, assessment.standing),
        questions=tuple(_asked(key, assessment, truce, incident) for key in Question),
    )


def _asked(question: Question, assessment: Assessment, truce: Line, incident: Line) -> Asked:
    of_truce, of_incident = _ANSWERED_BY[question]
    answer = Answer(getattr(assessment, question.value))
    why = getattr(assessment, f"{question.value}_why")
    sides = (
        _side(gettext("Truce"), truce, *of_truce),
        _side(gettext("Incident"), incident, *of_incident),
    )
    return Asked(
        name=str(question.label),
        answer=answer.value,
        answer_word=str(answer.label),
        why=str(REASONS[question][why]),
        # Any truce protects populations: that is read from no passage of this one.
        sides=sides[1:] if why == "population" else sides,
    )


def _side(whose: str, line: Line, facts: object, fields: Iterable[str]) -> Side:
    """Return the supporting passages that name one of the fields, or back the record as a whole."""
    backings = []
    for citing in line.citings:
        named = [field for field in fields if field in citing.fields]
        if citing.stance == Stance.SUPPORTS and (named or not citing.fields):
            what = joined(map(field_in_words, named)) or str(facts)
            backings.append(Backing(what, citing.chain, f"{line.url}#passage-{citing.id}"))
    return Side(whose, str(facts), tuple(backings))
