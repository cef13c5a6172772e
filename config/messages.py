"""Gathers what readers read into the catalogues of `locale/`, and compiles them: `make messages`.

That is what code and templates mark, and what the codebook shows of models and columns: those are
not marked, since the admin, which shows them too, is in English.

New sentences come in untranslated and those that are gone go out; what a translator wrote stays.
The compiled catalogues are committed too: neither `make up` nor the image has the tool that makes
them, Babel, which is a package of the development. `tests/test_messages.py` holds that nothing is
missing.
"""

import io
import os
import re
from collections.abc import Iterator
from pathlib import Path

import django
from babel.messages import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils import translation
from django.utils.module_loading import import_string
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
APPS = ("config", "timeline", "ceasefire", "talks", "sources")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
#: Django's own short months: its Arabic knows the months by their international names only.
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
#: The parts of the codebook whose words come from classes and columns, which mark none.
UNMARKED = ("columns", "codes", "fields")
#: What a comment for translators begins with.
COMMENTS = ("Translators:",)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    # They only satisfy the settings: nothing is reached.
    os.environ.setdefault("DATABASE_URL", "postgres://nobody@localhost/nothing")
    os.environ.setdefault("REDIS_URL", "redis://localhost/0")
    django.setup()
    template = gathered()
    for file in sorted((ROOT / "locale").glob("*/LC_MESSAGES/django.po")):
        catalog = catalogue(file)
        # No clock in the file: it changes when a sentence does.
        template.creation_date = catalog.creation_date
        catalog.update(template, no_fuzzy_matching=True, update_header_comment=False)
        catalog.obsolete.clear()
        with file.open("wb") as opened:
            write_po(opened, catalog, width=98, sort_output=True, include_lineno=False)
        file.with_suffix(".mo").write_bytes(compiled(catalog))


def catalogue(file: Path) -> Catalog:
    """Return a catalogue as it stands."""
    with file.open("rb") as opened:
        return read_po(opened, locale=file.parent.parent.name)


def compiled(catalog: Catalog) -> bytes:
    """Return a catalogue as Django reads it."""
    written = io.BytesIO()
    write_mo(written, catalog)
    return written.getvalue()


def gathered() -> Catalog:
    """Return every sentence that is to be translated. Needs Django, set up."""
    found = Catalog()
    for month in MONTHS:
        found.add(month, None, [("django/utils/dates.py", 0)])
    for file in _files():
        name = str(file.relative_to(ROOT))
        text = file.read_text()
        if file.suffix == ".html":
            text = _as_python(text, name)
        for _, message, comments, context in extract(
            "python", io.BytesIO(text.encode()), KEYWORDS, COMMENTS
        ):
            found.add(message, None, [(name, 0)], auto_comments=comments, context=context)
    for sentence in _in_codebook():
        found.add(sentence, None, [("timeline/exports/codebook.py", 0)])
    return found


def _in_codebook() -> Iterator[str]:
    """Yield what the codebook says of columns, lists of codes and fields, in English."""
    # What they import needs Django set up.
    parts = import_string("timeline.exports.codebook.parts")
    filters = import_string("timeline.filters.TimelineFilter").base_filters
    with translation.override(None):
        for part in parts(filters):
            for section in part.sections:
                if part.sort in UNMARKED:
                    yield from filter(None, (section.label, section.help))
                if part.sort in UNMARKED and part.sort != "codes":
                    yield from filter(None, (item.help or item.label for item in section.items))


def _files() -> Iterator[Path]:
    for app in APPS:
        for file in sorted((ROOT / app).rglob("*.py")):
            if "migrations" not in file.parts:
                yield file
    yield from sorted((ROOT / "templates").rglob("*.html"))


def _as_python(text: str, name: str) -> str:
    """Return the marked sentences of a template as calls, without the indentation of its lines."""
    return re.sub(r"^[ \t]+", "", templatize(text, origin=name), flags=re.MULTILINE)


if __name__ == "__main__":
    main()
