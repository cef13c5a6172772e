"""What a page or a template says by itself, without what is filled in."""

import re
from html.parser import HTMLParser

#: Attributes that are read out or shown.
SPOKEN = {"alt", "aria-label", "aria-description", "data-label", "placeholder", "summary", "title"}
#: Elements whose text is no text of a language.
SILENT = {"script", "style", "code"}
#: Elements without an end.
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}

_MARKED = re.compile(
    r"{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}"
    r"|{%\s*comment\b.*?{%\s*endcomment\s*%}",
    re.DOTALL,
)
_TAG = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL)
#: Words that a filter says: `|default:"nobody"`, `|pluralize:"y,ies"`.
_FILTERED = re.compile(r"""\|(?:default|default_if_none|pluralize|yesno|join):"([^"]*)\"""")


class _Reader(HTMLParser):
    """Collects the texts of a page.

    With `own`, only the page's own: not what stands in a `bdi` or in an element with a direction
    or a language of its own, since others wrote that.
    """

    def __init__(self, *, own: bool) -> None:
        super().__init__()
        self.own = own
        self.texts: list[str] = []
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        # A mark of a drawing is a link, or has a title, that is called as its record is.
        is_mark = tag in ("a", "title") and any(opened == "svg" for opened, _ in self._open)
        is_others = tag == "bdi" or is_mark or "dir" in given or "lang" in given
        is_others = self.own and is_others and tag != "html"
        if not is_others:
            self.texts += [given[name] or "" for name in SPOKEN & given.keys()]
        if tag == "meta" and given.get("name") == "description":
            self.texts.append(given["content"] or "")
        if tag not in VOID:
            self._open.append((tag, tag in SILENT or is_others))

    def handle_endtag(self, tag: str) -> None:
        while any(tag == opened for opened, _ in self._open):
            if self._open.pop()[0] == tag:
                return

    def handle_data(self, data: str) -> None:
        if data.strip() and not any(is_passed_over for _, is_passed_over in self._open):
            self.texts.append(data.strip())


def texts_of_page(html: str) -> list[str]:
    """Return what a page says in its own words."""
    reader = _Reader(own=True)
    reader.feed(html)
    return reader.texts


def texts_of_template(source: str) -> list[str]:
    """Return what a template says that is not marked for translation."""
    plain = _MARKED.sub("", source)
    reader = _Reader(own=False)
    reader.feed(_TAG.sub("", plain))
    return [*reader.texts, *_FILTERED.findall(plain)]
