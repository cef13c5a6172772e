"""The files that the database makes against plain Python over the words of the pages."""

import csv
import io
import json
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from tests.timeline.file_oracle import csv_of
from tests.timeline.file_worlds import REVISIONS, write_timeline
from timeline.exports import ENTRIES, Shape
from timeline.queries import reading
from timeline.queries.keyset import Order

pytestmark = pytest.mark.django_db(transaction=True)

SITE = "http://localhost/"


def get(path: str, **query: str) -> bytes:
    response: Any = Client().get(path, query, headers={"host": "localhost"})
    assert response.status_code == 200, response.content
    return b"".join(response.streaming_content)


def rows_of(body: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body.decode(), newline="")))


@pytest.mark.parametrize("seed", range(3))
def test_csv_says_what_the_pages_say(seed: int) -> None:
    write_timeline(seed)
    orders = {Order.OLDEST: "", Order.NEWEST: "-"}

    for revision in range(1, REVISIONS + 1):
        for order, sign in orders.items():
            with reading(revision) as found, translation.override("en"):
                entries = found.entries().order_by(f"{sign}sort_on", f"{sign}record_id")
                expected = csv_of(found, found.lines(entries), site=SITE)
            body = get("/timeline.csv", as_of=str(revision), order=order.value)
            assert rows_of(body) == rows_of(expected)
            assert body == expected


def test_json_lines_say_what_the_csv_says() -> None:
    write_timeline(4)
    table = rows_of(get("/timeline.csv"))
    objects = [json.loads(line) for line in get("/timeline.jsonl").splitlines()]

    assert len(objects) == len(table)
    for row, found in zip(table, objects, strict=True):
        assert list(found) == [column.name for column in ENTRIES.columns]
        for column in ENTRIES.columns:
            value = found[column.name]
            if column.shape.is_several:
                value = "; ".join(value)
            elif column.shape is Shape.NUMBER and value is not None:
                assert isinstance(value, int | float)
                value = (
                    f"{value:.5f}".rstrip("0").rstrip(".") if isinstance(value, float) else value
                )
            cell = row[column.name]
            # What a spreadsheet must not run has an apostrophe in front.
            assert cell in (f"{'' if value is None else value}", f"'{value}"), column.name
