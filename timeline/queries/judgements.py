"""Verdicts as a page shows them: five answers, each with its reason and what it came from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ceasefire.enums import AttributionStanding, Justification
from sources.enums import Stance
from timeline.enums import REASONS, Answer, Question, Standing, Topic, Verdict
from timeline.models import Assessment
from timeline.queries.cast import Cast, Doc
from timeline.queries.lines import CONFIDENTIAL, Citing, Line, Name
from timeline.queries.passages import field_in_words
from timeline.queries.words import VERDICTS, joined, label

#: Which fields of the truce and of the incident answer each question.
_ANSWERED_BY = {
    Question.PERIOD: (
        ("effective", "declared", "end", "last_attested", "outcome", "windows"),
        ("when", "time_of_day"),
    ),
    Question.AREA: (("coverage",), ("place",)),
    Question.BOUND: (("bound", "excluded"), ("attributions", "parties")),
    Question.PROTECTED: (("bound", "excluded"), ("targets",)),
    Question.PROHIBITED: (("terms",), ("act",)),
}


@dataclass(frozen=True)
class Backing:
    """A passage that an answer came from, and which facts it backs."""

    facts: str
    chain: str
    url: str


@dataclass(frozen=True)
class Asked:
    """One of the five questions, answered."""

    name: str
    answer: str
    answer_word: str
    why: str
    backings: tuple[Backing, ...]


@dataclass(frozen=True)
class Judgement:
    """One incident under one truce, for one attribution."""

    truce: Line
    incident: Line
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
        return f"{self.accused or self.accused_wording} ({self.standing_word} by {self.claimant})"


def accusations_of(incident: Line, doc: Doc, cast: Cast) -> tuple[Accusation, ...]:
    sources = {citing.id: citing.source for citing in incident.citings}
    return tuple(
        Accusation(
            id=row["id"],
            accused=cast.name(Topic.PARTY, row["accused"]),
            accused_wording=row["accused_wording"],
            claimant=CONFIDENTIAL if row["confidential"] else row["claimed_by"],
            claimed_by_party=cast.name(Topic.PARTY, row["claimed_by_party"]),
            standing=row["standing"],
            standing_word=AttributionStanding(row["standing"]).label,
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
    found = []
    for assessment in assessments:
        truce, incident = cast.line(assessment.truce_id), cast.line(assessment.incident_id)
        if truce is not None and incident is not None:
            found.append(_judgement(assessment, truce, incident, accused))
    return tuple(found)


def _judgement(
    assessment: Assessment, truce: Line, incident: Line, accused: Mapping[int, Accusation]
) -> Judgement:
    accusation = accused.get(assessment.attribution_id)
    return Judgement(
        truce=truce,
        incident=incident,
        accused=accusation.in_words if accusation else "",
        verdict=assessment.verdict,
        verdict_words=VERDICTS[Verdict(assessment.verdict)],
        counts_as=assessment.counts_as,
        counts_as_words=VERDICTS[Verdict(assessment.counts_as)],
        standing=assessment.standing,
        standing_words=label(Standing, assessment.standing),
        questions=tuple(_asked(key, assessment, truce, incident) for key in Question),
    )


def _asked(question: Question, assessment: Assessment, truce: Line, incident: Line) -> Asked:
    of_truce, of_incident = _ANSWERED_BY[question]
    answer = Answer(getattr(assessment, question.value))
    return Asked(
        name=question.label,
        answer=answer.value,
        answer_word=answer.label,
        why=REASONS[question][getattr(assessment, f"{question.value}_why")],
        backings=(
            *_backings("truce", truce, of_truce),
            *_backings("incident", incident, of_incident),
        ),
    )


def _backings(whose: str, line: Line, fields: Iterable[str]) -> tuple[Backing, ...]:
    """Return the supporting passages that name one of the fields, or back the record as a whole."""
    found = []
    for citing in line.citings:
        named = _named(citing, fields)
        if citing.stance == Stance.SUPPORTS and named is not None:
            facts = joined(map(field_in_words, named)) if named else "all it records"
            url = f"{line.url}#passage-{citing.id}"
            found.append(Backing(f"{whose}: {facts}", citing.chain, url))
    return tuple(found)


def _named(citing: Citing, fields: Iterable[str]) -> list[str] | None:
    if not citing.fields:
        return []
    return [field for field in fields if field in citing.fields] or None
