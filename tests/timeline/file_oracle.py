"""The timeline's CSV by plain Python, from the words of the pages: what the SQL is held against."""

import csv
import io
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import urljoin

from django.urls import reverse

from sources.enums import RecordKind
from sources.spreadsheets import guard
from timeline.enums import REASONS, Answer, Question, Standing, Topic, Verdict
from timeline.queries import Citing, Line, Reading

SEPARATOR = "; "

Cell = str | int | Decimal | None


@dataclass(frozen=True)
class Row:
    """One line of the timeline with all that its columns need."""

    line: Line
    url: str
    truces: str
    rounds: str
    reasons: str

    @property
    def place_data(self) -> dict[str, Any]:
        label = self.line.place_label
        return label.data if label else {}


def csv_of(found: Reading, lines: Sequence[Line], *, site: str) -> bytes:
    """Return lines of a revision as CSV."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in _rows(found, lines, site):
        writer.writerow([_cell(value(row)) for value in COLUMNS.values()])
    return text.getvalue().encode()


def _rows(found: Reading, lines: Sequence[Line], site: str) -> list[Row]:
    mentioned = {truce for line in lines for truce in line.entry.truce_ids}
    mentioned |= {talks for line in lines for talks in line.entry.round_ids}
    public_ids = found.public_ids(mentioned)
    incidents = [line.entry.record_id for line in lines if line.kind == RecordKind.INCIDENT]
    reasons = verdict_reasons(found, incidents)
    return [
        Row(
            line=line,
            url=urljoin(site, reverse("timeline:record", args=[line.id])),
            truces=_joined([public_ids[ref] for ref in line.entry.truce_ids if ref in public_ids]),
            rounds=_joined([public_ids[ref] for ref in line.entry.round_ids if ref in public_ids]),
            reasons=reasons.get(line.entry.record_id, ""),
        )
        for line in lines
    ]


def verdict_reasons(reading: Reading, incidents: Iterable[int]) -> dict[int, str]:
    """Return, by incident, every assessment in words."""
    found = list(reading.assessments(incidents=incidents))
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
            f"{str(question.label).lower()} {Answer(getattr(assessment, question.value)).label} "
            f"({REASONS[question][getattr(assessment, f'{question.value}_why')]})"
            for question in Question
        )
        standing = f"; claim {Standing(assessment.standing).label}" if assessment.standing else ""
        words[assessment.incident_id].append(
            f"truce {truces[assessment.truce_id]}{by}: "
            f"{Verdict(assessment.verdict).label}; {answers}{standing}"
        )
    return {incident: " | ".join(several) for incident, several in words.items()}


def _of_entry(attribute: str) -> Callable[[Row], Cell]:
    def value(row: Row) -> Cell:
        found: Cell = getattr(row.line.entry, attribute)
        return found

    return value


def _day(attribute: str) -> Callable[[Row], Cell]:
    def value(row: Row) -> Cell:
        day = getattr(row.line.entry, attribute)
        return day.isoformat() if day else ""

    return value


def _degrees(name: str) -> Callable[[Row], Cell]:
    def value(row: Row) -> Cell:
        degrees = row.place_data.get(name)
        return None if degrees is None else Decimal(str(degrees))

    return value


def _joined(texts: Sequence[object]) -> str:
    return SEPARATOR.join(str(text) for text in texts)


def _origins(row: Row) -> str:
    citings = row.line.citings
    return _joined([*dict.fromkeys(citing.origin for citing in citings if citing.supports)])


def _sources(row: Row) -> str:
    return _joined([*dict.fromkeys(_source(citing) for citing in row.line.citings)])


def _source(citing: Citing) -> str:
    if citing.confidential or citing.source is None:
        return citing.chain
    return (
        f"{citing.source.text} <{citing.source_url}>" if citing.source_url else str(citing.source)
    )


def _cell(value: Cell) -> str:
    if isinstance(value, str):
        return guard(value)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return "" if value is None else str(value)


#: What each column holds, in the order of the file.
COLUMNS: dict[str, Callable[[Row], Cell]] = {
    "id": _of_entry("public_id"),
    "kind": _of_entry("kind"),
    "conflict": lambda row: str(row.line.conflict or ""),
    "date_earliest": _day("earliest"),
    "date_latest": _day("latest"),
    "date_precision": _of_entry("precision"),
    "date_reported": _of_entry("reported_edtf"),
    "extent": _of_entry("extent"),
    "title": _of_entry("title"),
    "summary": _of_entry("summary"),
    "place": lambda row: str(row.line.place or ""),
    "place_precision": _of_entry("place_precision"),
    "latitude": _degrees("latitude"),
    "longitude": _degrees("longitude"),
    "parties": lambda row: _joined(row.line.parties),
    "accused": lambda row: _joined(row.line.accused),
    "truce": lambda row: row.truces,
    "round": lambda row: row.rounds,
    "act": _of_entry("act"),
    "verdict": _of_entry("verdict"),
    "verdict_reasons": lambda row: row.reasons,
    "evidence": _of_entry("evidence"),
    **{
        name: _of_entry(name)
        for name in (
            "killed_low",
            "killed_best",
            "killed_high",
            "civilians_killed_low",
            "civilians_killed_high",
            "injured_low",
            "injured_high",
            "displaced_low",
            "displaced_high",
        )
    },
    "citations": lambda row: len(row.line.citings),
    "origins": _origins,
    "sources": _sources,
    "url": lambda row: row.url,
}
