"""Records: every write that several rows, a rule or a person's role decide."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final, TypeAlias

import pghistory
from django.apps import apps
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import DatabaseError, DataError, IntegrityError, connection, models, transaction

from sources.enums import Status, Visibility
from sources.models import Citation, Figure, Record, Source

PUBLISH: Final = "sources.publish_record"
RESTRICT: Final = "sources.restrict_source"

#: From which statuses each status can be reached.
TRANSITIONS: Final[dict[Status, frozenset[Status]]] = {
    Status.DRAFT: frozenset({Status.IN_REVIEW}),
    Status.IN_REVIEW: frozenset({Status.DRAFT}),
    Status.PUBLISHED: frozenset({Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN}),
    Status.WITHDRAWN: frozenset({Status.PUBLISHED}),
}

CitedAs: TypeAlias = Citation | tuple[Citation, Sequence[Figure]]


class RecordError(Exception):
    """What was asked for cannot be done; the message is one plain sentence for the editor."""


class NotAllowed(RecordError):  # noqa: N818  # reads as what it says
    """The person's role does not allow it."""


class NotPublishable(RecordError):  # noqa: N818  # reads as what it says
    """The record lacks what a published record needs."""


class NotPossible(RecordError):  # noqa: N818  # reads as what it says
    """The record's status does not allow the step."""


def may_publish(by: User | None) -> bool:
    """Return whether this person publishes and withdraws; the system (None) does."""
    return by is None or by.has_perm(PUBLISH)


def may_edit(by: User | None, *, status: str) -> bool:
    """Return whether this person's role reaches records of this status.

    Editors reach all. Contributors reach what is still on its way: drafts, and what is in review.
    That the person may change records of the kind at all is for Django's permissions to say.
    """
    return may_publish(by) or status in (Status.DRAFT, Status.IN_REVIEW)


@transaction.atomic
def create(
    record: Record,
    *,
    citations: Sequence[CitedAs],
    parts: Sequence[models.Model] = (),
    by: User | None,
    reason: str = "",
) -> Record:
    """Save a new record with its citations, their figures, and its rows, all or nothing.

    A citation comes alone or as a pair with its figures. `parts` are the record's own rows (a
    truce's parties, an incident's attributions); each is tied to the record by its first foreign
    key that fits, and may refer to a citation of the same call. Nothing needs a primary key
    beforehand. Raises ValidationError, or NotAllowed.
    """
    if record.status == Status.PUBLISHED and not may_publish(by):
        raise NotAllowed("Only an editor can publish a record.")
    with _history(by=by, reason=reason):
        record.full_clean()
        record.save()
        for cited in citations:
            citation, figures = cited if isinstance(cited, tuple) else (cited, ())
            citation.record = record
            _save(citation)
            for figure in figures:
                figure.citation = citation
                _save(figure)
        for part in parts:
            setattr(part, _link_to(record, part).name, record)
            _save(part)
        check_rules()
    return record


@transaction.atomic
def submit(record: Record, *, by: User | None, reason: str = "") -> None:
    """Put a draft up for review."""
    _move(record, Status.IN_REVIEW, by=by, reason=reason)


@transaction.atomic
def return_to_draft(record: Record, *, by: User | None, reason: str = "") -> None:
    """Give a record that is in review back to be worked on."""
    _move(record, Status.DRAFT, by=by, reason=reason)


@transaction.atomic
def publish(record: Record, *, by: User | None, reason: str = "") -> None:
    """Let readers see the record, for the first time or after a withdrawal.

    Raises NotPublishable where no citation supports it or another rule is broken.
    """
    if not may_publish(by):
        raise NotAllowed("Only an editor can publish a record.")
    _move(record, Status.PUBLISHED, by=by, reason=reason)


@transaction.atomic
def withdraw(record: Record, *, by: User | None, reason: str = "") -> None:
    """Take a published record from the readers; older revisions keep it."""
    if not may_publish(by):
        raise NotAllowed("Only an editor can withdraw a record.")
    _move(record, Status.WITHDRAWN, by=by, reason=reason)


@transaction.atomic
def delete(record: Record, *, by: User | None, reason: str = "") -> None:
    """Delete a record with its rows and citations; the history keeps what they said.

    What readers have seen is better withdrawn. Raises ProtectedError where other records rest on
    this one.
    """
    stored = Record.objects.select_for_update().get(pk=record.pk)
    if not may_edit(by, status=stored.status):
        raise NotAllowed(
            f"Only an editor can delete a record that is {stored.get_status_display()}."
        )
    child = Record.class_of(stored.kind)
    with _history(by=by, reason=reason):
        # Rows go before the citations on which they may rest, and those before the record.
        for relation in child._meta.related_objects:
            if relation.one_to_many and relation.on_delete is models.CASCADE:
                relation.related_model._default_manager.filter(
                    **{relation.field.name: record.pk}
                ).delete()
        stored.citations.all().delete()
        child._default_manager.get(pk=record.pk).delete()
    check_rules()


@transaction.atomic
def restrict(source: Source, *, by: User | None, reason: str = "") -> None:
    """Hide a source from readers: they learn only that a confidential source exists."""
    if by is not None and not by.has_perm(RESTRICT):
        raise NotAllowed("Only an administrator can restrict a source.")
    with _history(by=by, reason=reason):
        Source.objects.filter(pk=source.pk).update(visibility=Visibility.RESTRICTED)
    source.visibility = Visibility.RESTRICTED


def check_rules() -> None:
    """Check now the rules that the database otherwise checks at the commit.

    To be called last within a transaction. Raises ValidationError with a plain sentence; the
    transaction can go on, but it cannot be committed before the rule is kept.
    """
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    except IntegrityError as error:
        raise ValidationError(in_plain_words(error)) from error


@contextmanager
def rules_in_plain_words() -> Iterator[None]:
    """Turn a rule that the database finds broken into a ValidationError with a plain sentence."""
    try:
        yield
    except (IntegrityError, DataError) as error:
        raise ValidationError(in_plain_words(error)) from error


def in_plain_words(error: DatabaseError) -> str:
    """Return what the broken rule says, for an editor to read."""
    diagnosis: Any = getattr(error.__cause__, "diag", None)
    if diagnosis is None:
        return "The database refused this."
    sentence = _sentences().get(diagnosis.constraint_name or "")
    if sentence:
        return sentence
    if diagnosis.constraint_name and diagnosis.table_name is None:
        # Raised by a trigger of ours, in words meant for the editor.
        return str(diagnosis.message_primary)
    if diagnosis.sqlstate == "22007":  # no such date: sources/sql/partial_dates.sql
        return str(diagnosis.message_primary)
    if diagnosis.sqlstate == "23505" and diagnosis.message_detail:
        return f"This is already taken. {diagnosis.message_detail}"
    return f"The database refused this: {diagnosis.message_primary}."


def _sentences() -> dict[str, str]:
    return {
        constraint.name: str(constraint.violation_error_message)
        for model in apps.get_models()
        for constraint in model._meta.constraints
    }


def _history(*, by: User | None, reason: str) -> Any:
    metadata: dict[str, Any] = {}
    if by is not None:
        metadata["user"] = by.pk
    if reason:
        metadata["reason"] = reason
    return pghistory.context(**metadata)


def _move(record: Record, to: Status, *, by: User | None, reason: str) -> None:
    stored = Record.objects.select_for_update().get(pk=record.pk)
    if not may_edit(by, status=stored.status):
        raise NotAllowed(
            f"Only an editor can change a record that is {stored.get_status_display()}."
        )
    if stored.status not in TRANSITIONS[to]:
        raise NotPossible(
            f"“{stored.title}” is {stored.get_status_display()} and cannot become {to.label}."
        )
    if to == Status.PUBLISHED and not stored.citations.supporting().exists():
        raise NotPublishable(
            f"A published record needs at least one supporting citation: “{stored.title}” has none."
        )
    with _history(by=by, reason=reason):
        Record.objects.filter(pk=record.pk).update(status=to)
    try:
        check_rules()
    except ValidationError as error:
        raise NotPublishable(" ".join(error.messages)) from error
    record.status = to


def _link_to(record: Record, part: models.Model) -> "models.ForeignKey[Any, Any]":
    """Return the part's first foreign key to the record's own model, or else to Record."""
    for model in (type(record), Record):
        for field in part._meta.concrete_fields:
            if isinstance(field, models.ForeignKey) and field.related_model is model:
                return field
    raise TypeError(f"A {type(part).__name__} is no part of a {type(record).__name__}.")


def _save(row: models.Model) -> None:
    for field in row._meta.concrete_fields:
        # What it refers to may have been saved, and so have got its key, only just now.
        if isinstance(field, models.ForeignKey) and field.is_cached(row):
            setattr(row, field.name, getattr(row, field.name))
    row.full_clean()
    row.save()
