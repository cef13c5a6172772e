"""The codebook and the description for programs, and whether the site keeps to it."""

import csv
import io
import json
from typing import Any

import pytest
import schemathesis
from django.core.cache import cache
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from config.wsgi import application
from sources.enums import RecordKind
from tests.timeline.file_worlds import write_timeline
from timeline.enums import REASONS
from timeline.exports.codebook import TABLES
from timeline.exports.files import FILES
from timeline.filters import TimelineFilter
from timeline.views.files import OF_PAGES

pytestmark = pytest.mark.django_db(transaction=True)


def test_codebook_has_every_name() -> None:
    body = Client().get("/codebook.csv").content.decode()
    rows = list(csv.DictReader(io.StringIO(body, newline="")))
    page = Client().get("/codebook/").content.decode()
    names = {(row["sort"], row["of"], row["name"]) for row in rows}

    assert {("files", "files", file.path) for file in FILES} <= names
    for table in TABLES:
        assert {("columns", table.name, column.name) for column in table.columns} <= names
    assert {("parameters", "filter", name) for name in TimelineFilter.base_filters} <= names
    for question, reasons in REASONS.items():
        assert {("reasons", str(question), reason) for reason in reasons} <= names
    assert {("codes", "RecordKind", kind) for kind in RecordKind.values} <= names
    assert ("fields", "Truce", "coverage") in names
    # What is derived for the site's own use, and history, is nobody's to look up.
    assert not {of for _, of, _ in names if of.endswith("Event") and of != "TruceEvent"}
    assert [row for row in rows if not (row["label"] or row["help"])] == []
    for row in rows:
        assert row["name"] in page
    assert 'id="columns-timeline"' in page


def test_description_covers_every_file_and_parameter() -> None:
    found = json.loads(Client().get("/openapi.json").content)

    assert found["openapi"] == "3.1.0"
    assert set(found["paths"]) == {
        *(f"/{file.path}" for file in FILES),
        "/timeline/manifest.json",
        "/codebook.csv",
    }
    assert set(found["components"]["parameters"]) == {
        name for name in TimelineFilter.base_filters if name not in OF_PAGES
    }
    kinds = found["components"]["parameters"]["kind"]["schema"]
    assert kinds == {"type": "array", "items": {"type": "string", "enum": RecordKind.values}}


def test_site_keeps_to_its_description() -> None:
    """Schemathesis asks every address with values of its own making, good and bad."""
    write_timeline(11, lines=12)
    cache.clear()
    schema = schemathesis.openapi.from_wsgi("/openapi.json", application)
    checks = [
        not_a_server_error,
        status_code_conformance,
        content_type_conformance,
        response_headers_conformance,
        response_schema_conformance,
    ]
    asked: dict[str, set[int]] = {}

    def ask(case: Any) -> None:
        response = case.call_and_validate(checks=checks)
        asked.setdefault(case.path, set()).add(response.status_code)

    results: Any = schema.get_all_operations()
    for result in results:
        strategy = result.ok().as_strategy()
        settings(
            max_examples=6,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        )(given(case=strategy)(ask))()

    assert set(asked) == {
        *(f"/{f.path}" for f in FILES),
        "/timeline/manifest.json",
        "/codebook.csv",
    }
    assert set().union(*asked.values()) == {200, 400}
