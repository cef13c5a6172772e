"""Reads a sample's file: YAML, by sections, each entry under its key."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import yaml
from django.db import models

from sources.enums import RecordKind
from sources.models import Outlet, Record, Source
from talks.models import Conflict, Party, Person, Place, Process

#: The sections before the records, in the order in which they are loaded.
SHARED: Final[dict[str, type[models.Model]]] = {
    "conflicts": Conflict,
    "outlets": Outlet,
    "places": Place,
    "parties": Party,
    "people": Person,
    "processes": Process,
    "sources": Source,
}
SECTIONS: Final = ("scheme", *SHARED, "records")


class BadSample(ValueError):  # noqa: N818  # reads as what it says
    """A sample cannot be loaded; the message names the entry and the field, then the reason."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the file: what it is, its key, and what is given of it."""

    model: type[models.Model]
    key: str
    given: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sample:
    """A whole file, its entries in their order."""

    scheme: str
    """The scheme of the records' external ids."""
    shared: tuple[Entry, ...]
    records: tuple[Entry, ...]


def read(text: str) -> Sample:
    """Read a sample from the text of its file. Raises BadSample where its shape is wrong.

    Whether the values are any good shows when it is loaded.
    """
    try:
        found = yaml.load(text, Loader=_Loader)
    except yaml.YAMLError as error:
        raise BadSample(f"The file is not YAML: {' '.join(str(error).split())}.") from error
    whole = mapping(found, "The file")
    for section in whole:
        if section not in SECTIONS:
            raise BadSample(f"The file has no section “{section}”; it has: {', '.join(SECTIONS)}.")
    scheme = whole.get("scheme")
    if not isinstance(scheme, str):
        raise BadSample("scheme: name the scheme of the records' external ids.")
    return Sample(
        scheme=scheme,
        shared=tuple(
            Entry(model, key, given)
            for section, model in SHARED.items()
            for key, given in _entries(whole, section)
        ),
        records=tuple(
            Entry(_class_of(key, given), key, given) for key, given in _entries(whole, "records")
        ),
    )


def mapping(found: Any, path: str) -> dict[str, Any]:
    """Return `found` if it is a mapping of texts to values, none of them empty."""
    if not isinstance(found, dict):
        raise BadSample(f"{path}: give “field: value” here.")
    for field, value in found.items():
        if not isinstance(field, str):
            raise BadSample(f"{path}: “{field}” is no name of a field.")
        if value is None:
            raise BadSample(f"{path}: {field}: this is empty; leave it out instead.")
    return dict(found)


def rows(found: Any, path: str) -> list[dict[str, Any]]:
    """Return `found` if it is a list of mappings."""
    if not isinstance(found, list):
        raise BadSample(f"{path}: give a list here.")
    return [mapping(row, f"{path} {number}") for number, row in enumerate(found, start=1)]


def _entries(whole: dict[str, Any], section: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for key, given in mapping(whole.get(section, {}), section).items():
        yield key, mapping(given, key)


def _class_of(key: str, given: dict[str, Any]) -> type[Record]:
    kind = given.pop("kind", "missing")
    try:
        return Record.class_of(kind)
    except ValueError:
        raise BadSample(
            f"{key}: kind: “{kind}” is none of: {', '.join(RecordKind.values)}."
        ) from None


class _Loader(yaml.SafeLoader):
    """Leaves dates as texts, for a date that is not exact is no date to YAML."""

    yaml_implicit_resolvers = {
        first: [(tag, regexp) for tag, regexp in resolvers if not tag.endswith(":timestamp")]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """Refuse a key that comes twice, of which YAML would silently take the last."""
        keys = [key.value for key, _ in node.value]
        for key in keys:
            if keys.count(key) > 1:
                raise BadSample(f"“{key}” comes twice, the second time before{node.end_mark}.")
        return super().construct_mapping(node, deep)
