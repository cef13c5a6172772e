"""Why an incident was judged as it was, in words."""

from collections import defaultdict
from collections.abc import Iterable

from timeline.enums import REASONS, Answer, Question, Standing, Topic, Verdict
from timeline.models import Assessment
from timeline.queries.reading import Reading


def answers_in_words(assessment: Assessment) -> list[tuple[str, str, str]]:
    """Return each question with its answer and its reason, in words."""
    return [
        (
            str(question.label),
            str(Answer(getattr(assessment, question.value)).label),
            str(REASONS[question][getattr(assessment, f"{question.value}_why")]),
        )
        for question in Question
    ]


def verdict_reasons(reading: Reading, incidents: Iterable[int]) -> dict[int, str]:
    """Return, by incident, every assessment in words; three queries for all of them.

    “truce <id>: possible; period yes (while the truce was in force); area …”, an assessment of an
    attribution with its accused, several joined by “ | ”.
    """
    found = list(reading.assessments(incidents=incidents))
    if not found:
        return {}
    truces = reading.public_ids({assessment.truce_id for assessment in found})
    sheets = reading.sheets({assessment.incident_id for assessment in found})
    accused = {
        attribution["id"]: attribution["accused"]
        for sheet in sheets.values()
        for attribution in sheet.doc["attributions"]
    }
    labels = reading.labels(Topic.PARTY, {ref for ref in accused.values() if ref is not None})
    words: dict[int, list[str]] = defaultdict(list)
    for assessment in found:
        ref = accused.get(assessment.attribution_id)
        label = labels.get(ref) if ref is not None else None
        by = f", accused {label.name}" if label else ""
        answers = "; ".join(
            f"{question.lower()} {answer} ({why})"
            for question, answer, why in answers_in_words(assessment)
        )
        standing = f"; claim {Standing(assessment.standing).label}" if assessment.standing else ""
        words[assessment.incident_id].append(
            f"truce {truces[assessment.truce_id]}{by}: "
            f"{Verdict(assessment.verdict).label}; {answers}{standing}"
        )
    return {incident: " | ".join(several) for incident, several in words.items()}
