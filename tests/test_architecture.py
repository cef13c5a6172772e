"""What the linters cannot see of HOUSE STYLE: relations, help texts, code lists, templates."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, models
from django.db.models import CheckConstraint, Q

from ceasefire.models import TruceParty
from sources.enums import RecordKind
from sources.models import Record
from tests.rows import owned_models

#: Each app may refer to those before it.
LAYERS = ("sources", "talks", "ceasefire", "timeline")
CHECKOUT = Path(settings.BASE_DIR)


def all_models() -> list[type[models.Model]]:
    """Return every model of every app of ours, histories and derived ones too."""
    return [model for label in LAYERS for model in apps.get_app_config(label).get_models()]


def fields_of(model: type[models.Model]) -> "list[models.Field[Any, Any]]":
    return [*model._meta.local_fields, *model._meta.local_many_to_many]


@pytest.mark.parametrize("model", all_models())
def test_relation_points_downward(model: type[models.Model]) -> None:
    level = LAYERS.index(model._meta.app_label)

    upward = [
        field.name
        for field in fields_of(model)
        if field.related_model is not None
        and field.related_model._meta.app_label in LAYERS[level + 1 :]
    ]

    assert upward == []


@pytest.mark.parametrize("model", owned_models())
def test_field_that_an_editor_fills_in_has_help_text(model: type[models.Model]) -> None:
    without = [
        field.name
        for field in fields_of(model)
        if field.editable and not field.auto_created and not field.help_text
    ]

    assert set(without) - {owner_of(model)} == set()


def owner_of(model: type[models.Model]) -> str | None:
    """Return the key to the record or party whose form the row is part of: nobody chooses it."""
    first = next(
        (field for field in fields_of(model) if field.is_relation and not field.auto_created),
        None,
    )
    return first.name if first else None


@pytest.mark.parametrize("model", all_models())
def test_model_has_no_ordering_of_its_own(model: type[models.Model]) -> None:
    assert not model._meta.ordering


@pytest.mark.parametrize("model", owned_models())
def test_code_list_is_what_the_database_allows(model: type[models.Model]) -> None:
    allowed: dict[str, set[object]] = {}
    for constraint in model._meta.constraints:
        if isinstance(constraint, CheckConstraint):
            for name, values in lookups(constraint.condition):
                allowed.setdefault(name, set()).update(values)

    listed = {
        field.name: {value for value, _ in field.flatchoices if value is not None}
        | ({""} if field.blank and not field.null else set())
        for field in fields_of(model)
        if field.choices and not is_derived(field)
    }

    assert {name: allowed.get(name) for name in listed} == listed


def is_derived(field: "models.Field[Any, Any]") -> bool:
    """Return whether it is the precision of a date: the date's own trigger holds it."""
    return isinstance(field, models.CharField) and field.name.endswith("precision")


def lookups(condition: Any) -> Iterator[tuple[str, set[object]]]:
    """Yield each field that a condition compares with values, and the values."""
    for child in getattr(condition, "children", ()):
        if isinstance(child, Q):
            yield from lookups(child)
        elif isinstance(child, tuple):
            name, value = child
            if name.endswith("__in"):
                yield name.removesuffix("__in"), set(value)
            elif "__" not in name:
                yield name, {value}


@pytest.mark.parametrize("kind", RecordKind)
@pytest.mark.django_db
def test_citable_fields_are_those_that_the_database_knows(kind: RecordKind) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT ceasefire_citable_fields(%s)", [kind.value])
        (known,) = cursor.fetchone()

    assert known == list(Record.class_of(kind).citable_fields())


@pytest.mark.parametrize("kind", RecordKind)
def test_citable_field_is_a_field_or_a_group_of_rows(kind: RecordKind) -> None:
    model = Record.class_of(kind)

    unknown = [name for name in model.citable_fields() if not is_there(model, name)]

    assert unknown == []


def is_there(model: type[Record], name: str) -> bool:
    """Return whether a citation that backs `name` backs anything of this kind of record."""
    names = {field.name for field in model._meta.get_fields()}
    roles = {f"{role}s" for role, _ in TruceParty._meta.get_field("role").flatchoices}
    return (
        name in names
        or f"{name}_edtf" in names  # a date
        or any(other.startswith(f"{name}_") for other in names)  # who, in several ways
        or name == "figures"  # by way of the citations
        or (hasattr(model, "parties") and name in {*roles, "bound", "excluded"})
    )


def test_kind_has_a_model() -> None:
    assert {child.record_kind for child in Record.__subclasses__()} == set(RecordKind)


def test_no_signal_of_ours() -> None:
    # A third party's signal is heard in config/, by name.
    files = [path for label in LAYERS for path in (CHECKOUT / label).rglob("*.py")]

    listening = [
        path.relative_to(CHECKOUT).as_posix()
        for path in files
        if re.search(r"\bdjango\.(?:[\w.]*signals|dispatch)\b", path.read_text(encoding="utf-8"))
        or path.name == "signals.py"
    ]

    assert listening == []


INLINE = re.compile(
    r"<script\b(?![^>]*\bsrc=)(?![^>]*type=\"application/(?:json|ld\+json)\")"
    r"|<style\b|\sstyle\s*=|\son[a-z]+\s*=|href\s*=\s*[\"']?javascript:",
    re.IGNORECASE,
)


def test_no_template_has_a_script_or_style_inside() -> None:
    inline = [
        (path.relative_to(CHECKOUT).as_posix(), found.group())
        for path in sorted((CHECKOUT / "templates").rglob("*.html"))
        if (found := INLINE.search(path.read_text(encoding="utf-8")))
    ]

    assert inline == []


@pytest.mark.parametrize(
    ("text", "is_inline"),
    [
        ("<script>x()</script>", True),
        ('<script type="module" src="x.js"></script>', False),
        ('<script id="x" type="application/json">{}</script>', False),
        ("<style>a{}</style>", True),
        ('<p style="color: red">', True),
        ('<a onclick="x()">', True),
        ('<a href="javascript:x()">', True),
        ('<a data-on="x" class="style">', False),
        ('<link rel="stylesheet" href="x.css">', False),
    ],
)
def test_inline_script_or_style_is_found(text: str, is_inline: bool) -> None:
    assert bool(INLINE.search(text)) == is_inline
