"""Turns the entries of a sample into rows that are not yet saved, and tells rows apart."""

from collections.abc import Container, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models

from ceasefire.models import Attribution, Incident, Truce
from ceasefire.services.samples.files import BadSample, Entry, rows
from sources.models import Citation, ExternalId, Figure, Record
from talks.models import Delegation, DelegationDecision, Development, Round, Statement

#: The rows that belong to every record, and those of each kind, by their related name.
LINKS: Final = "links"
PARTS: Final[dict[type[models.Model], tuple[str, ...]]] = {
    Round: ("roles",),
    Delegation: ("parties", "members"),
    DelegationDecision: ("parties",),
    Development: ("parties",),
    Statement: ("subjects",),
    Truce: ("areas", "windows", "parties", "terms", "links_to_truces"),
    Incident: ("parties", "targets", "linked_truces"),
}


@dataclass(slots=True)
class Cited:
    """A citation, with its figures and the attributions that it backs."""

    citation: Citation
    figures: list[Figure]
    attributions: list[Attribution]


@dataclass(slots=True)
class Wanted:
    """A record as the file has it, with all that belongs to it; nothing of it is saved."""

    record: Record
    cited: list[Cited]
    parts: dict[str, list[Any]]
    """Its other rows by their related name, an empty list for each that it has none of."""


@dataclass(slots=True)
class Known:
    """The rows that entries further down can name by their key."""

    shared: dict[tuple[type[models.Model], str], models.Model] = field(default_factory=dict)
    records: dict[str, Record] = field(default_factory=dict)

    def find(self, model: type[models.Model], key: Any, path: str) -> models.Model:
        """Return the row that an entry above has under this key."""
        found = (
            self.records.get(key) if issubclass(model, Record) else self.shared.get((model, key))
        )
        if not isinstance(found, model):
            raise BadSample(f"{path}: no {model._meta.verbose_name} “{key}” stands above this.")
        return found


def parts_of(model: type[models.Model]) -> tuple[str, ...]:
    """Return the related names of the rows that belong to a record, but for its evidence."""
    return (*PARTS.get(model, ()), LINKS)


def link_to(model: type[models.Model], part: str) -> tuple[type[models.Model], str]:
    """Return the model of a record's part, and the name of its key to the record."""
    relation: Any = model._meta.get_field(part)
    return relation.related_model, relation.field.name


def wanted(entry: Entry, *, scheme: str, known: Known) -> Wanted:
    """Return the record of an entry."""
    given = dict(entry.given)
    own = {
        name: rows(given.pop(name, []), f"{entry.key}: {name}") for name in parts_of(entry.model)
    }
    facts = given.pop("facts", None)
    if not isinstance(facts, list) or not facts:
        raise BadSample(f"{entry.key}: facts: list the numbers of the facts that it states.")
    cited = rows(given.pop("citations", []), f"{entry.key}: citations")
    record: Any = build(entry.model, given, entry.key, known)
    record.public_id = entry.key
    passages = [
        _cited(entry, passage, f"{entry.key}: citations {number}", known)
        for number, passage in enumerate(cited, start=1)
    ]
    parts = {
        name: _build_all(*link_to(entry.model, name), of_part, f"{entry.key}: {name}", known)
        for name, of_part in own.items()
    }
    parts["external_ids"] = [ExternalId(scheme=scheme, value=str(fact)) for fact in facts]
    if issubclass(entry.model, Incident):
        parts["attributions"] = [row for passage in passages for row in passage.attributions]
    return Wanted(record, passages, parts)


def build(
    model: type[models.Model], given: dict[str, Any], path: str, known: Known, link: str = ""
) -> Any:
    """Return a row with what is given, checked as far as it can be before it is saved.

    `link` is the field that the entry's place in the file states: the key to its owner, its slug.
    """
    fields = {name: found for name, found in fields_of(model).items() if name != link}
    values = {}
    for name, value in given.items():
        if name not in fields:
            raise BadSample(f"{path}: there is no field “{name}”; there is: {', '.join(fields)}.")
        found = fields[name]
        values[found.name] = (
            known.find(_target(found), value, f"{path}: {name}")
            if isinstance(found, models.ForeignKey)
            else value
        )
    for name, found in fields.items():
        if isinstance(found, models.ForeignKey) and not found.null and name not in given:
            raise BadSample(f"{path}: {name}: this is missing.")
    row = model(**values)
    try:
        # The keys are checked above, and some of them do not exist before the row is saved.
        row.clean_fields(
            exclude={
                found.name
                for found in model._meta.concrete_fields
                if isinstance(found, models.ForeignKey) or not found.editable or found.name == link
            }
        )
    except ValidationError as error:
        raise in_entry(path, error) from error
    return row


def in_entry(path: str, error: ValidationError) -> BadSample:
    """Return what is wrong with an entry, with the field's name as it stands in the file."""
    if not hasattr(error, "error_dict"):
        return BadSample(f"{path}: {' '.join(error.messages)}")
    return BadSample(
        " ".join(
            f"{path}: {' '.join(messages)}"
            if name == NON_FIELD_ERRORS
            else f"{path}: {name.removesuffix('_edtf')}: {' '.join(messages)}"
            for name, messages in error.message_dict.items()
        )
    )


def fields_of(model: type[models.Model]) -> "dict[str, models.Field[Any, Any]]":
    """Return what an editor can fill in, by the names used in the file: `when`, not `when_edtf`."""
    return {
        found.name.removesuffix("_edtf"): found
        for found in model._meta.concrete_fields
        if found.editable and not found.primary_key
    }


def content(row: models.Model, *, but: Container[str] = ()) -> Hashable:
    """Return what a row says, the same for rows that say the same.

    A row that refers to one that is not yet saved is like no other.
    """
    return tuple(
        _plain(row, found) for name, found in fields_of(type(row)).items() if name not in but
    )


def _plain(row: models.Model, found: "models.Field[Any, Any]") -> Hashable:
    if isinstance(found, models.ForeignKey) and found.is_cached(row):
        target = getattr(row, found.name)
        return None if target is None else target.pk or object()
    value = getattr(row, found.attname)
    return tuple(value) if isinstance(value, list) else value


def _cited(entry: Entry, passage: dict[str, Any], path: str, known: Known) -> Cited:
    figures = rows(passage.pop("figures", []), f"{path}: figures")
    attributions = rows(passage.pop("attributions", []), f"{path}: attributions")
    if attributions and not issubclass(entry.model, Incident):
        raise BadSample(f"{path}: attributions: only an incident has any.")
    citation: Citation = build(Citation, passage, path, known, "record")
    backing = _build_all(Attribution, "incident", attributions, f"{path}: attributions", known)
    for attribution in backing:
        attribution.citation = citation
    return Cited(
        citation=citation,
        figures=_build_all(Figure, "citation", figures, f"{path}: figures", known),
        attributions=backing,
    )


def _build_all(
    model: type[models.Model], link: str, given: Sequence[dict[str, Any]], path: str, known: Known
) -> list[Any]:
    return [
        build(model, row, f"{path} {number}", known, link)
        for number, row in enumerate(given, start=1)
    ]


def _target(found: "models.ForeignKey[Any, Any]") -> type[models.Model]:
    target: Any = found.related_model
    return target  # type: ignore[no-any-return]  # a model, as the apps are loaded
