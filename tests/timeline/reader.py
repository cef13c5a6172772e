"""What a reader meets: the words of a page, where a record's page is, what a page costs."""

import re
from html import unescape
from html.parser import HTMLParser
from typing import Any

from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sources.models import Record
from timeline.filters import filtered


class _Text(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.feed(html.partition('<main id="main" tabindex="-1">')[2].partition("</main>")[0])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("br", "li", "p", "dt", "dd", "td", "small"):
            self.words.append(" ")

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def said(html: str) -> str:
    """Return the words of a page's main part, as a reader meets them."""
    return " ".join("".join(_Text(html).words).split())


def shown(path: str) -> str:
    response = Client().get(path)
    assert response.status_code == 200, path
    return said(response.content.decode())


def url_of(record: Record) -> str:
    noun = {"truce": "truces", "round": "rounds", "incident": "incidents"}
    return f"/{noun.get(record.kind, 'records')}/{record.public_id}/"


def change(record: Record, **values: Any) -> None:
    for name, value in values.items():
        setattr(record, name, value)
    record.save()


def queries_for(path: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert Client().get(path).status_code == 200
    return len(found)


def linked_numbers(html: str) -> list[tuple[int, str]]:
    """Return every number of a page that leads to the timeline, with its filter."""
    found = re.findall(r'<a href="/timeline/\?([^"]*)"[^>]*>\s*(?:up to )?([\d,]+)\s*</a>', html)
    return [(int(number.replace(",", "")), unescape(query)) for query, number in found]


def assert_numbers_are_filters(html: str) -> int:
    """Hold every linked number of a page against the total of its filter; return how many."""
    differences = []
    numbers = linked_numbers(html)
    for number, query in numbers:
        with filtered(QueryDict(query)) as timeline_filter:
            total = timeline_filter.qs.count()
        if total != number:
            differences.append((number, total, query))
    assert differences == [], differences[:4]
    return len(numbers)
