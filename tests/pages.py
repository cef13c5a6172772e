"""Reading a form out of a page, filled in as a browser would send it."""

import re
from html import unescape
from html.parser import HTMLParser
from typing import Any


class FormReader(HTMLParser):
    """The values of all controls of the forms of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.values: dict[str, list[str]] = {}
        self._area: str | None = None
        self._select: str | None = None
        self._first_option: str | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        name = found.get("name") or ""
        if tag == "input" and name:
            kind = found.get("type")
            if kind in ("checkbox", "radio") and "checked" not in found:
                return
            if kind != "submit":
                self._add(name, found.get("value") or "")
        elif tag == "textarea" and name:
            self._area = name
            self._add(name, "")
        elif tag == "select" and name:
            self._select, self._first_option = name, None
        elif tag == "option" and self._select:
            value = found.get("value") or ""
            if self._first_option is None:
                self._first_option = value
            if "selected" in found:
                self._add(self._select, value)

    def handle_data(self, data: str) -> None:
        if self._area:
            self.values[self._area][-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._area:
            # The first line break in a text area is not part of its text.
            text = self.values[self._area][-1].replace("\r\n", "\n")
            self.values[self._area][-1] = text.removeprefix("\n")
            self._area = None
        elif tag == "select" and self._select:
            if self._select not in self.values and self._first_option is not None:
                self._add(self._select, self._first_option)
            self._select = None

    def _add(self, name: str, value: str) -> None:
        self.values.setdefault(name, []).append(value)


def form_of(html: str) -> dict[str, list[str]]:
    """Return what the form of the page would send, without the templates of its empty rows."""
    return {
        name: values for name, values in FormReader(html).values.items() if "__prefix__" not in name
    }


def add_row(data: dict[str, list[str]], prefix: str, **values: str | list[str]) -> int:
    """Add a row to an inline of the form, as “add another” does; return its number."""
    number = int(data[f"{prefix}-TOTAL_FORMS"][0])
    data[f"{prefix}-TOTAL_FORMS"] = [str(number + 1)]
    data.setdefault(f"{prefix}-{number}-id", [""])
    for name, value in values.items():
        data[f"{prefix}-{number}-{name}"] = value if isinstance(value, list) else [value]
    return number


def errors_of(response: Any) -> list[str]:
    """Return the sentences of all errors of a page, in order."""
    assert response.status_code == 200
    lists = re.findall(r'<ul class="errorlist.*?</ul>', response.content.decode(), re.DOTALL)
    return [
        unescape(re.sub("<[^>]+>", "", item)).strip()
        for one in lists
        for item in re.findall(r"<li>(.*?)</li>", one, re.DOTALL)
    ]
