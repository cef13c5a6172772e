"""Rows of the derived timeline, written as the builder would, for tests of what reads them."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import connection, transaction

from sources.partial_dates import PartialDate
from timeline import builder
from timeline.enums import REASONS, Question
from timeline.models import Assessment, Entry, Label, Revision
from timeline.services.derived import ENTRIES, MEMBERSHIPS
from timeline.sql.session import Session

BEGAN = datetime(2026, 1, 1, 12, tzinfo=UTC)


def make_revision(number: int) -> Revision:
    """Write a revision; each comes an hour after the one before."""
    return Revision.objects.create(
        number=number, created_at=BEGAN + timedelta(hours=number), projection_version=1
    )


def make_label(topic: str, ref: int, slug: str, name: str, **values: Any) -> Label:
    """Write one version of a label, current from revision 1 on if nothing else is said."""
    values.setdefault("names", [name])
    values.setdefault("data", _DATA.get(topic, {}))
    values.setdefault("revision_from", 1)
    return Label.objects.create(topic=topic, ref=ref, slug=slug, name=name, folded="", **values)


_DATA: dict[str, dict[str, Any]] = {
    "party": {"kind": "other", "short_name": "", "outlet": None, "names": []},
    "place": {"kind": "area", "parent": None, "path": [], "latitude": None, "longitude": None},
    "source": {"outlet": 1, "url": "", "published": "", "published_wording": "", "language": "en"},
}


def label_data(topic: str, **values: Any) -> dict[str, Any]:
    """Return the rest of what a label of a topic holds, empty but for these values."""
    return {**_DATA.get(topic, {}), **values}


def make_entry(record_id: int, **values: Any) -> Entry:
    """Write one version of an entry: `when` and `reported` are EDTF; the rest is empty."""
    when = PartialDate.parse(values.pop("when", "2017-01-15"))
    reported = PartialDate.parse(values.pop("reported", ""))
    defaults: dict[str, Any] = {
        "revision_from": 1,
        "public_id": f"record-{record_id}",
        "kind": "incident",
        "conflict_id": 1,
        "when_edtf": when.text,
        "earliest": when.earliest,
        "latest": when.latest,
        "precision": when.precision,
        "extent": "within",
        "sort_on": when.earliest or when.latest or date(9999, 12, 31),
        "reported_edtf": reported.text,
        "reported_earliest": reported.earliest,
        "reported_latest": reported.latest,
        "title": f"Record {record_id}",
        "is_aggregate": False,
        "evidence": "single_origin",
        "evidence_who": "single_origin",
        "citations": [],
        "links": [],
        "search": "",
    }
    # Whoever is accused is named, as the builder has it; a test may say otherwise.
    values.setdefault("party_ids", sorted(values.get("accused_ids", ())))
    return Entry.objects.create(record_id=record_id, **{**defaults, **values})


def make_assessment(truce_id: int, incident_id: int, **values: Any) -> Assessment:
    """Write one version of an assessment, of which every question is undetermined."""
    verdict = values.get("counts_as", "possible")
    answers = {
        name: value
        for question in Question
        for name, value in (
            (question.value, "undetermined"),
            (f"{question.value}_why", next(reversed(REASONS[question]))),
        )
    }
    defaults = {"revision_from": 1, "attribution_id": 0, "verdict": verdict, **answers}
    return Assessment.objects.create(
        truce_id=truce_id, incident_id=incident_id, **{**defaults, **values}
    )


def make_citation(number: int, **values: Any) -> dict[str, Any]:
    """Return one citation of an entry, of an outlet's own reporting."""
    return {
        "id": number,
        "confidential": False,
        "stance": "supports",
        "fields": [],
        "source": 1,
        "outlet": 1,
        "locator": "",
        "quote": "",
        "origin": "outlet",
        "attributed_outlet": None,
        "attributed_speaker": "",
        "aligned": False,
        "verification": False,
        "figures": [],
    } | values


def index_words() -> None:
    """Fill what search reads, as the builder's projections do."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE timeline_entry SET search = "
            "to_tsvector('simple', timeline_fold(concat_ws(' ', title, summary)))"
        )
        cursor.execute(
            "UPDATE timeline_label SET folded = timeline_fold(array_to_string(names, E'\\n'))"
        )


def keep_counts(*revisions: int) -> None:
    """Count the entries of each of these revisions in turn, as the builder does."""
    with (
        connection.cursor() as cursor,
        Session(cursor, builder.create_work_tables) as session,
        transaction.atomic(),
    ):
        for number in revisions:
            session.empty()
            for sign, column in ((1, "revision_from"), (-1, "revision_to")):
                for table in (MEMBERSHIPS, ENTRIES):
                    cursor.execute(
                        f"INSERT INTO diff_{table.name} SELECT {sign}, {', '.join(table.keep)} "
                        f"FROM {table.table} WHERE {column} = {number:d}"
                    )
            builder.keep_counts(session, number, builder.Difference(), everything=False)
