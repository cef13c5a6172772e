"""The benchmark runs, in a world too small to tell anything."""

import json
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker

from benchmarks.databases import disconnect
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

    report = run_all(
        tmp_path, size=1_000, names=names, seed=1, out=tmp_path, template=f"template_{SESSION}"
    )
    report.write(tmp_path)

    page = (tmp_path / "benchmarks.md").read_text()
    figures = json.loads((tmp_path / "benchmarks.json").read_text())
    assert len(figures["findings"]) >= len(names)
    assert all(finding["what"] in page for finding in figures["findings"])
    assert " nan" not in page
