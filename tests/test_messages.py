"""What readers read is in every language: nothing untranslated, nothing stale, nothing broken."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages import Catalog, Message
from babel.messages.mofile import read_mo

from config import messages
from tests.texts import texts_of_template

CATALOGUES = sorted((messages.ROOT / "locale").glob("*/LC_MESSAGES/django.po"))

#: Names, signs and codes that are the same in every language.
SAME_EVERYWHERE = {"Truceline", "CSV", "PNG", "SHA-256", "SVG", "BibTeX", "CSL-JSON"}
#: The admin is in English; a page for when nothing works asks nothing, not even for a language.
IN_ENGLISH = ("admin/", "500.html")
_FOLDER = messages.ROOT / "templates"
TEMPLATES = sorted(
    file
    for file in _FOLDER.rglob("*.html")
    if not file.relative_to(_FOLDER).as_posix().startswith(IN_ENGLISH)
)

PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}")

Key = tuple[str | None, str]


def placeholders(text: str) -> set[str]:
    return {"".join(found) for found in PLACEHOLDER.findall(text)}


def forms(text: object) -> list[str]:
    """Return what a message says: one text, or one a plural form."""
    return [text] if isinstance(text, str) else [str(form) for form in text]  # type: ignore[attr-defined]


def keyed(catalog: Catalog) -> dict[Key, Message]:
    return {(message.context, forms(message.id)[0]): message for message in catalog if message.id}


@pytest.fixture(scope="module")
def marked() -> Catalog:
    return messages.gathered()


@pytest.fixture(params=CATALOGUES, ids=lambda file: str(file.parent.parent.name))
def file(request: pytest.FixtureRequest) -> Path:
    found: Path = request.param
    return found


def test_every_marked_sentence_is_translated(file: Path, marked: Catalog) -> None:
    catalog = messages.catalogue(file)

    assert keyed(catalog).keys() == keyed(marked).keys(), "run make messages"
    assert [
        message.id
        for message in keyed(catalog).values()
        if message.fuzzy or not all(forms(message.string))
    ] == []


def test_a_translation_has_the_placeholders_of_its_sentence(file: Path) -> None:
    catalog = messages.catalogue(file)

    for message in keyed(catalog).values():
        if not all(forms(message.string)):
            continue  # the test above says so
        *few, many = forms(message.string)
        wanted = placeholders(forms(message.id)[-1])
        assert placeholders(many) == wanted, message.id
        # “One row” and “two rows” need no number.
        assert all(placeholders(form) <= wanted for form in few), message.id


def test_the_compiled_catalogue_is_that_of_the_text(file: Path) -> None:
    compiled = read_mo(io.BytesIO(file.with_suffix(".mo").read_bytes()))
    written = read_mo(io.BytesIO(messages.compiled(messages.catalogue(file))))

    assert {key: message.string for key, message in keyed(compiled).items()} == {
        key: message.string for key, message in keyed(written).items()
    }, "run make messages"


def untranslated(template: Path) -> Iterator[str]:
    for text in texts_of_template(template.read_text()):
        words = re.sub("|".join(SAME_EVERYWHERE), "", text)
        # Commas and quotation marks differ as words do.
        if re.search(r"[^\W\d_]{2}|[,;“”]", words):
            yield text


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda file: "/".join(file.parts[-2:]))
def test_a_template_has_no_words_of_its_own(template: Path) -> None:
    assert list(untranslated(template)) == []
