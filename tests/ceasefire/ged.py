"""Rows in the form of the UCDP Georeferenced Event Dataset, and the import of them.

`DEIR_QANOON` is event 241879 of the dataset: Uppsala Conflict Data Program, CC BY 4.0; Sundberg,
Ralph, and Erik Melander, 2013, “Introducing the UCDP Georeferenced Event Dataset”, Journal of Peace
Research 50(4). Every other row is made up here.
"""

import csv
import io
from typing import Any

from ceasefire.enums import ImportFormat, ImportScope
from ceasefire.models import ImportRun, Incident
from ceasefire.services import imports
from sources.enums import Status

DEIR_QANOON = {
    "id": "241879.0",
    "year": "2017.0",
    "active_year": "1.0",
    "type_of_violence": "1.0",
    "conflict_new_id": "299.0",
    "conflict_name": "Syria: Government",
    "dyad_new_id": "11973.0",
    "dyad_name": "Government of Syria - Syrian insurgents",
    "side_a_new_id": "118.0",
    "side_a": "Government of Syria",
    "side_b_new_id": "4456.0",
    "gwnob": "",
    "side_b": "Syrian insurgents",
    "number_of_sources": "2.0",
    "source_article": '"SOHR,2017-01-15,Massacre of Deir Qanoon carried out by the regime forces '
    'and caused 30 casualties and injuries at least, the fighting in Wadi Barada continues";'
    '"SOHR,2017-01-17,Syria rebel factions to attend Russia, Turkey-backed talks"',
    "source_office": "SOHR;SOHR",
    "source_date": "2017-01-15;2017-01-17",
    "source_headline": "Massacre of Deir Qanoon carried out by the regime forces and caused 30 "
    "casualties and injuries at least, the fighting in Wadi Barada continues;Syria rebel factions "
    "to attend Russia, Turkey-backed talks",
    "source_original": "SOHR",
    "where_prec": "1.0",
    "where_coordinates": "Dayr Qanun village",
    "adm_1": "Rif Dimashq Governorate",
    "adm_2": "Mintaqat az Zabadani district",
    "latitude": "33.60401",
    "longitude": "36.13583",
    "geom_wkt": "POINT (36.13583 33.60401)",
    "priogrid_gid": "178273.0",
    "country": "Syria",
    "country_id": "652.0",
    "region": "Middle East",
    "event_clarity": "1.0",
    "date_prec": "1.0",
    "date_start": "2017-01-15",
    "date_end": "2017-01-15",
    "deaths_a": "0.0",
    "deaths_b": "0.0",
    "deaths_civilians": "12.0",
    "deaths_unknown": "0.0",
    "low": "12.0",
    "best": "12.0",
    "high": "12.0",
}


def row(**cells: object) -> dict[str, str]:
    """Return a made-up row; what is given replaces its cells."""
    made = DEIR_QANOON | {
        "id": "1",
        "source_article": '"Made-up News,2017-02-01,One, two, three"',
        "source_original": "",
        "number_of_sources": "1",
        "where_coordinates": "Nowhere town",
        "date_start": "2017-02-01",
        "date_end": "2017-02-01",
    }
    return made | {name: str(value) for name, value in cells.items()}


def table(*rows: dict[str, str], encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    """Return rows as a file."""
    text = io.StringIO(newline="")
    columns = dict.fromkeys(name for cells in (DEIR_QANOON, *rows) for name in cells)
    writer = csv.DictWriter(text, list(columns), delimiter=delimiter, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode(encoding)


def import_file(
    content: bytes,
    *,
    scope: ImportScope | None = ImportScope.ALL_OR_NOTHING,
    format: ImportFormat = ImportFormat.UCDP_GED,  # noqa: A002  # the model's own name for it
    **choices: Any,
) -> ImportRun:
    """Import a file as the command does; without a scope it is only checked."""
    run = ImportRun(format=format, file_name="file.csv", status=Status.PUBLISHED)
    for name, value in choices.items():
        setattr(run, name, value)
    file = io.BytesIO(content)
    imports.take(run, file, by=None, keeps_file=False, scope=scope)
    imports.work_on(run.pk, content=file)
    run.refresh_from_db()
    return run


def import_rows(*rows: dict[str, str], **options: Any) -> ImportRun:
    return import_file(table(*rows), **options)


def findings(run: ImportRun) -> list[tuple[int | None, str, str, str]]:
    """Return what was found in the rows of an import: row, column, value, reason."""
    return [
        (row.number, finding["column"], finding["value"], finding["reason"])
        for row in run.rows.in_order()
        for finding in row.findings
    ]


def incident(value: str) -> Incident:
    """Return the incident that has an id of a dataset."""
    return Incident.objects.get(external_ids__value=value)
