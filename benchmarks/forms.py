"""What a browser would send of a form as it stands."""

from collections.abc import Iterator
from html.parser import HTMLParser

_NOT_SENT = frozenset({"submit", "button", "reset", "file", "image"})


class _Form(HTMLParser):
    def __init__(self, form_id: str) -> None:
        super().__init__()
        self.form_id = form_id
        self.is_inside = False
        self.fields: list[tuple[str, str]] = []
        self.select = ""
        self.chosen: list[str] = []
        self.first: str | None = None
        self.is_multiple = False
        self.textarea: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name, value = given.get("name") or "", given.get("value") or ""
        if tag == "form":
            self.is_inside = given.get("id") == self.form_id
        elif not self.is_inside:
            return
        elif tag == "input" and name and given.get("type") not in _NOT_SENT:
            if given.get("type") not in ("checkbox", "radio"):
                self.fields.append((name, value))
            elif "checked" in given:
                self.fields.append((name, value or "on"))
        elif tag == "select":
            self.select, self.chosen, self.first = name, [], None
            self.is_multiple = "multiple" in given
        elif tag == "option":
            self.first = value if self.first is None else self.first
            if "selected" in given:
                self.chosen.append(value)
        elif tag == "textarea":
            self.textarea = ""
            self.select = name

    def handle_data(self, data: str) -> None:
        if self.textarea is not None:
            self.textarea += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.is_inside = False
        elif tag == "select" and self.is_inside and self.select:
            if not self.chosen and self.first is not None and not self.is_multiple:
                self.chosen = [self.first]
            self.fields += [(self.select, value) for value in self.chosen]
        elif tag == "textarea" and self.textarea is not None:
            # The line break behind the tag is not part of the text.
            self.fields.append((self.select, self.textarea.removeprefix("\n")))
            self.textarea = None


def read_form(page: str, form_id: str) -> Iterator[tuple[str, str]]:
    """Yield the names and values of a form's fields as the page gives them."""
    form = _Form(form_id)
    form.feed(page)
    yield from form.fields
