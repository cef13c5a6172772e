"""The page of an incident: what happened, by whose account, and what it is under each truce."""

from dataclasses import dataclass

from sources.enums import RecordKind
from timeline.queries.cast import Cast, docs_of
from timeline.queries.claims import Claim, claims
from timeline.queries.judgements import Accusation, Judgement, accusations_of, judgements_of
from timeline.queries.reading import Reading
from timeline.queries.records import (
    RecordPage,
    assemble,
    doc_of,
    entry_of_kind,
    statements_about,
)


@dataclass(frozen=True)
class IncidentPage:
    record: RecordPage
    is_aggregate: bool
    accusations: tuple[Accusation, ...]
    judgements: tuple[Judgement, ...]
    claims: tuple[Claim, ...]


def page(reading: Reading, public_id: str) -> IncidentPage | None:
    entry = entry_of_kind(reading, RecordKind.INCIDENT, public_id)
    if entry is None:
        return None
    doc = doc_of(reading, entry)
    assessments = list(reading.assessments(incidents=[entry.record_id]))
    violations = docs_of(
        reading.sheets(
            reading.entries()
            .filter(kind=RecordKind.VIOLATION, truce_ids__overlap=entry.truce_ids)
            .values_list("record_id", flat=True)
        ).values()
    )
    violations = {
        ref: found for ref, found in violations.items() if found["incident"] == entry.record_id
    }
    statements = statements_about(reading, entry)
    cast = Cast.of(
        reading,
        [entry],
        [doc, *violations.values()],
        records=[*statements, *violations, *(found.truce_id for found in assessments)],
    )
    record = assemble(entry, doc, cast, statements)
    accusations = accusations_of(record.line, doc, cast)
    return IncidentPage(
        record=record,
        is_aggregate=entry.is_aggregate,
        accusations=accusations,
        judgements=judgements_of(
            assessments, cast, {accusation.id: accusation for accusation in accusations}
        ),
        claims=claims(violations, violations, cast),
    )
