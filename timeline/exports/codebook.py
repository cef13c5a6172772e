"""The codebook: what every file, column, parameter, code and recorded field means.

All of it is read from what the site itself uses, so that it cannot lag behind.
"""

import csv
import inspect
import io
from collections.abc import Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import Any, Final

from django import forms
from django.apps import apps
from django.db import models
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext

import ceasefire.enums
import sources.enums
import talks.enums
from timeline.enums import REASONS, Answer, Evidence, Question, Standing, Verdict
from timeline.exports.evidence_tables import CITATIONS, FIGURES, VERDICTS
from timeline.exports.files import FILES
from timeline.exports.tables import Table
from timeline.exports.timeline_table import ENTRIES
from timeline.queries.selection import ENGLISH

TABLES: Final = (ENTRIES, CITATIONS, VERDICTS, FIGURES)
#: What editors own; what is derived of it is in the tables.
_APPS: Final = ("sources", "talks", "ceasefire")
_DERIVED: Final = (Verdict, Answer, Standing, Evidence)


@dataclass(frozen=True)
class Item:
    """One thing that has a meaning."""

    name: str
    label: str
    help: str
    values: str = ""
    """What it can be, where that is a list of codes."""


@dataclass(frozen=True)
class Section:
    """Things of one sort that belong together: the columns of a table, the codes of a list."""

    sort: str
    name: str
    label: str
    help: str
    items: tuple[Item, ...]

    @property
    def anchor(self) -> str:
        return f"{self.sort}-{self.name}".replace("_", "-")


@dataclass(frozen=True)
class Part:
    """The sections of one sort."""

    sort: str
    title: str
    sections: tuple[Section, ...]


def parts(filters: dict[str, Any]) -> tuple[Part, ...]:
    """Return the whole codebook, in the reader's language where it has words; `filters` by name."""
    return (
        Part("files", gettext("Files"), (_files(),)),
        Part("columns", gettext("Columns"), tuple(map(_columns, TABLES))),
        Part("parameters", gettext("Parameters of the filter"), (_parameters(filters),)),
        Part("reasons", gettext("Reasons of a verdict"), tuple(_reasons())),
        Part("codes", gettext("Codes"), tuple(_codes())),
        Part("fields", gettext("What editors record"), tuple(_fields())),
    )


def csv_of(filters: dict[str, Any]) -> bytes:
    """Return the codebook as CSV, in English."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(("sort", "of", "name", "label", "help", "values"))
    with translation.override(ENGLISH):
        for part in parts(filters):
            for section in part.sections:
                for item in section.items:
                    about = (item.name, item.label, item.help, item.values)
                    writer.writerow((part.sort, section.name, *about))
    return text.getvalue().encode()


def _files() -> Section:
    items = tuple(Item(file.path, str(file.label), str(file.purpose)) for file in FILES)
    return Section("files", "files", gettext("Files"), "", items)


def _columns(table: Table) -> Section:
    return Section(
        "columns",
        table.name,
        table.label,
        table.help,
        tuple(
            Item(column.name, column.label, column.help, column.shape.value)
            for column in table.columns
        ),
    )


def _parameters(filters: dict[str, Any]) -> Section:
    items = tuple(
        Item(name, str(found.label), str(found.field.help_text), _choices(found.field))
        for name, found in sorted(filters.items())
    )
    return Section("parameters", "filter", gettext("Parameters of the filter"), "", items)


def _choices(field: forms.Field) -> str:
    return ", ".join(getattr(field, "codes", ()))


def _reasons() -> Iterator[Section]:
    for question, reasons in REASONS.items():
        items = tuple(Item(code, str(words), "") for code, words in reasons.items())
        yield Section("reasons", str(question), str(Question(question).label), "", items)


def _codes() -> Iterator[Section]:
    lists: list[type[models.Choices]] = [
        *_code_lists(sources.enums),
        *_code_lists(talks.enums),
        *_code_lists(ceasefire.enums),
        *_DERIVED,
    ]
    for codes in lists:
        help_text = " ".join((inspect.getdoc(codes) or "").split())
        items = tuple(Item(str(code), str(words), "") for code, words in codes.choices)
        yield Section("codes", codes.__name__, _spaced(codes.__name__), help_text, items)


def _code_lists(module: ModuleType) -> list[type[models.Choices]]:
    return [
        found
        for found in vars(module).values()
        if inspect.isclass(found)
        and issubclass(found, models.Choices)
        and found.__module__ == module.__name__
    ]


def _fields() -> Iterator[Section]:
    for label in _APPS:
        for model in apps.get_app_config(label).get_models():
            items = tuple(
                Item(
                    field.name,
                    capfirst(str(field.verbose_name)),
                    str(field.help_text),
                    ", ".join(str(code) for code, _ in field.flatchoices if code not in ("", None)),
                )
                for field in model._meta.local_fields
                if field.help_text and not hasattr(model, "pgh_tracked_model")
            )
            if items:
                about = (inspect.getdoc(model) or "").partition("\n\n")[0]
                name = capfirst(str(model._meta.verbose_name))
                yield Section("fields", model.__name__, name, " ".join(about.split()), items)


def _spaced(name: str) -> str:
    """Return the name of a class as words: “Truce event type”."""
    words = "".join(f" {sign.lower()}" if sign.isupper() else sign for sign in name)
    return capfirst(words.strip())
