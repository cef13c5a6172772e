"""The benchmark runs, in a world too small to tell anything."""

import json
from collections.abc import Iterator
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker

from benchmarks.databases import disconnect
from benchmarks.measuring import Finding
from benchmarks.report import Measured, Report
from benchmarks.whole import run_all
from tests.servers import SESSION


@pytest.fixture
def _own_databases(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path: Path
) -> Iterator[None]:
    """Let the benchmark use databases of its own on the server of the tests."""
    (tmp_path / "log").mkdir()
    name = connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        yield
        disconnect()
    connection.settings_dict["NAME"] = name


@pytest.mark.usefixtures("_own_databases")
def test_benchmark_runs_and_writes_its_page(tmp_path: Path) -> None:
    names = ["rebuild", "edit", "truce"]
    if find_spec("datasette"):  # which only `make bench` installs
        names.append("page")

    run_all(tmp_path, size=1_000, names=names, seed=1, out=tmp_path, template=f"template_{SESSION}")

    page = (tmp_path / "benchmarks.md").read_text()
    figures = json.loads((tmp_path / "benchmarks.json").read_text())
    assert list(figures) == names
    findings = [finding for measured in figures.values() for finding in measured["findings"]]
    assert [finding["measured"] for finding in findings if finding["measured"] not in page] == []
    assert "not measured" not in page
    assert " nan" not in page


def test_page_keeps_what_is_known_of_a_larger_world(tmp_path: Path) -> None:
    for entries in (1_000, 100_000, 10_000):
        report = Report.read(tmp_path, ["page"])
        finding = Finding("first page", "≤ 1 s", f"of {entries:,} entries", is_met=True)
        found = Measured([entries], 1, 0.5, 9.0, "2026-11-24 10:00 UTC", {"memory": "1 GB"})
        report.take("page", replace(found, findings=[finding]))
        report.write(tmp_path)

    page = (tmp_path / "benchmarks.md").read_text()

    assert "| first page | 100,000 | ≤ 1 s | of 100,000 entries |  |  | met |" in page
    assert "of 1,000 entries" not in page
    assert "of 10,000 entries" not in page
