"""The page of an incident: what happened, by whose account, and what it is under each truce."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sources.enums import RecordKind
from timeline.queries.cast import Cast, chronological, docs_of
from timeline.queries.claims import Claim, claims
from timeline.queries.evidence import Origin, origins_of
from timeline.queries.judgements import Accusation, Judgement, accusations_of, judgements_of
from timeline.queries.lines import Line
from timeline.queries.reading import Reading
from timeline.queries.records import (
    RecordPage,
    assemble,
    doc_of,
    entry_of_kind,
    statements_about,
)


@dataclass(frozen=True)
class VerdictRow:
    """One attribution, or that nobody is accused, with its judgement under each truce."""

    accused: str
    judgements: tuple[Judgement | None, ...]


@dataclass(frozen=True)
class IncidentPage:
    record: RecordPage
    is_aggregate: bool
    accusations: tuple[Accusation, ...]
    judgements: tuple[Judgement, ...]
    claims: tuple[Claim, ...]
    origins: tuple[Origin, ...]
    verdicts: tuple[VerdictRow, ...]
    """Every attribution against every truce, where there are several to compare."""
    truces: tuple[Line, ...]


def page(reading: Reading, public_id: str) -> IncidentPage | None:
    entry = entry_of_kind(reading, RecordKind.INCIDENT, public_id)
    if entry is None:
        return None
    doc = doc_of(reading, entry)
    assessments = list(reading.assessments(incidents=[entry.record_id]))
    claimed = reading.entries().filter(
        kind=RecordKind.VIOLATION, truce_ids__overlap=entry.truce_ids
    )
    violations = docs_of(reading.sheets_saying("incident", entry.record_id, of=claimed))
    statements = statements_about(reading, entry)
    cast = Cast.of(
        reading,
        [entry],
        [doc, *violations.values()],
        records=[*statements, *violations, *(found.truce_id for found in assessments)],
    )
    record = assemble(entry, doc, cast, statements)
    accusations = accusations_of(record.line, doc, cast)
    judgements = judgements_of(
        assessments, cast, {accusation.id: accusation for accusation in accusations}
    )
    truces = chronological({j.truce.entry.record_id: j.truce for j in judgements}.values())
    return IncidentPage(
        record=record,
        is_aggregate=entry.is_aggregate,
        accusations=accusations,
        judgements=judgements,
        claims=claims(violations, violations, cast),
        origins=tuple(origins_of(record.passages, (found.anchor for found in accusations))),
        verdicts=_verdict_rows(judgements, truces),
        truces=truces,
    )


def _verdict_rows(
    judgements: Iterable[Judgement], truces: tuple[Line, ...]
) -> tuple[VerdictRow, ...]:
    rows: dict[int, dict[int, Judgement]] = defaultdict(dict)
    for judgement in judgements:
        rows[judgement.attribution][judgement.truce.entry.record_id] = judgement
    return tuple(
        VerdictRow(
            next(iter(found.values())).accused,
            tuple(found.get(truce.entry.record_id) for truce in truces),
        )
        for found in rows.values()
    )
