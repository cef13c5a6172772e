"""Loads a sample, and restores what of it was edited."""

from collections.abc import Hashable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

import pghistory
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Func

from ceasefire.services.samples.files import BadSample, Entry, Sample
from ceasefire.services.samples.files import rows as rows_in
from ceasefire.services.samples.rows import (
    Cited,
    Known,
    Wanted,
    build,
    content,
    fields_of,
    in_entry,
    link_to,
    wanted,
)
from sources import services as records
from sources.enums import Status
from sources.models import Citation, ExternalId, Record, Source
from talks.enums import NameKind
from talks.models import Party, PartyName, RecordLink, StatementSubject


class Outcome(Enum):
    """What loading did to one entry."""

    CREATED = "created"
    RESTORED = "restored"
    UNCHANGED = "unchanged"


@dataclass(slots=True)
class Count:
    """How many entries had which outcome."""

    shared: dict[Outcome, int] = field(default_factory=lambda: dict.fromkeys(Outcome, 0))
    records: dict[Outcome, int] = field(default_factory=lambda: dict.fromkeys(Outcome, 0))


@transaction.atomic
def load(sample: Sample, *, by: User | None, reason: str) -> Count:
    """Make the database hold the sample as its file has it, all or nothing.

    A record of the sample (told by its public id) and its source become what the file says, with
    no field, row or citation more or less, and the record is published. Parties, places and the
    like (told by their slug) are shared with other records: of them, what the file says is
    restored, and what was added stays. Everything else is left alone. What is already as it should
    be is not written. A record that lost the row of its kind (TRUNCATE passes every rule by) is
    removed and created again. Raises BadSample, naming the entry and the field.
    """
    count = Count()
    known = Known()
    with pghistory.context(reason=reason, **({"user": by.pk} if by else {})):
        for entry in sample.shared:
            with _in(entry):
                row, outcome = _load_shared(entry, known)
            known.shared[entry.model, entry.key] = row
            count.shared[outcome] += 1
        _remove_strays(sample)
        for entry in sample.records:
            with _in(entry):
                record, outcome = _load_record(
                    entry, scheme=sample.scheme, known=known, by=by, reason=reason
                )
            known.records[entry.key] = record
            count.records[outcome] += 1
    return count


@contextmanager
def _in(entry: Entry) -> Iterator[None]:
    """Name the entry in whatever is found wrong with it."""
    try:
        with records.rules_in_plain_words():
            yield
    except ValidationError as error:
        raise in_entry(entry.key, error) from error
    except records.RecordError as error:
        raise BadSample(f"{entry.key}: {error}") from error


# --- What records share -----------------------------------------------------------------------


def _load_shared(entry: Entry, known: Known) -> tuple[models.Model, Outcome]:
    given = dict(entry.given)
    names = rows_in(given.pop("names", []), f"{entry.key}: names") if entry.model is Party else []
    model: Any = entry.model
    key = "public_id" if model is Source else "slug"
    want = build(model, given, entry.key, known, key)
    have = model._default_manager.filter(**{key: entry.key}).first()
    if have is None:
        setattr(want, key, entry.key)
        _save(want)
        _restore_names(want, names, known)
        return want, Outcome.CREATED
    for name in given:
        if isinstance(getattr(have, name, None), list):
            ours = getattr(want, name)
            setattr(
                want, name, ours + [added for added in getattr(have, name) if added not in ours]
            )
    is_restored = _take_over(have, want, fields_of(model) if model is Source else given)
    is_restored |= _restore_names(have, names, known)
    return have, Outcome.RESTORED if is_restored else Outcome.UNCHANGED


def _restore_names(party: Any, given: Sequence[dict[str, Any]], known: Known) -> bool:
    """Give the party the file's names. A name that was added stays, unless it is in their way."""
    if not given:
        return False
    want: list[PartyName] = [
        build(PartyName, name, f"{party.slug}: names {number}", known, "party")
        for number, name in enumerate(given, start=1)
    ]
    added, missing = _compare(party.names.all(), want, "party")
    texts = {(name.language, name.text) for name in want}
    official = {name.language for name in want if name.kind == NameKind.OFFICIAL}
    in_the_way = [
        name
        for name in added
        if (name.language, name.text) in texts
        or (name.kind == NameKind.OFFICIAL and name.language in official)
    ]
    for name in in_the_way:
        name.delete()
    _add(missing, "party", party)
    return bool(in_the_way or missing)


# --- Records ----------------------------------------------------------------------------------


def _load_record(
    entry: Entry, *, scheme: str, known: Known, by: User | None, reason: str
) -> tuple[Record, Outcome]:
    want = wanted(entry, scheme=scheme, known=known)
    found = Record.objects.filter(public_id=entry.key).first()
    if lost := _lost().filter(public_id=entry.key).first():
        # What others said of it stays theirs: the new record takes its key within the transaction.
        _remove(lost, scheme=scheme)
        want.record.pk = lost.pk
        found = None
    if found is None:
        records.create(
            want.record,
            citations=[(cited.citation, cited.figures) for cited in want.cited],
            parts=[row for rows in want.parts.values() for row in rows],
            by=by,
            reason=reason,
        )
        records.publish(want.record, by=by, reason=reason)
        return want.record, Outcome.CREATED
    if found.kind != want.record.record_kind:
        raise BadSample(
            f"{entry.key}: kind: the record of this id is a {found.get_kind_display()}."
        )
    model: Any = entry.model
    have: Record = model.objects.select_for_update().get(pk=found.pk)
    is_restored = _take_over(have, want.record, fields_of(model))
    is_restored |= _restore_rows(have, want, scheme=scheme)
    if have.status != Status.PUBLISHED:
        records.publish(have, by=by, reason=reason)
        is_restored = True
    if is_restored:
        records.check_rules()
    return have, Outcome.RESTORED if is_restored else Outcome.UNCHANGED


def _lost() -> models.QuerySet[Record]:
    """Return the records without a row of their kind."""
    return Record.objects.filter(
        ~models.Q(
            Func(
                F("kind"),
                F("pk"),
                function="ceasefire_record_has_child",
                output_field=models.BooleanField(),
            )
        )
    )


def _remove_strays(sample: Sample) -> None:
    """Remove the lost records that hold ids of the sample but that no entry brings back."""
    kept = [entry.key for entry in sample.records]
    holders = ExternalId.objects.filter(scheme=sample.scheme).values("record")
    for lost in _lost().filter(pk__in=holders).exclude(public_id__in=kept):
        lost.external_ids.all().delete()
        RecordLink.objects.filter(to_record=lost.pk).delete()
        StatementSubject.objects.filter(record=lost.pk).delete()
        _remove(lost, scheme=sample.scheme)


def _remove(lost: Record, *, scheme: str) -> None:
    """Remove a record that has no row of its kind, with its own rows that the sample decides.

    The rows that hung on the row of its kind went with that. Its ids in other schemes, and what
    other records say of it, wait for the record that takes its key.
    """
    lost.external_ids.filter(scheme=scheme).delete()
    RecordLink.objects.filter(from_record=lost.pk).delete()
    lost.citations.all().delete()
    # Django's own delete would follow, or be stopped by, what refers to it.
    rows: models.QuerySet[Record] = Record.objects.filter(pk=lost.pk)
    rows._raw_delete(rows.db)


def _restore_rows(record: Record, want: Wanted, *, scheme: str) -> bool:
    """Give the record the file's citations and rows, and no others. Return whether it had not."""
    stale_citations, missing_citations = _compare_citations(record, want.cited)
    stale: list[models.Model] = []
    missing: list[tuple[str, list[Any]]] = []
    for part, rows in want.parts.items():
        model, link = link_to(type(record), part)
        have = model._default_manager.filter(**{link: record.pk})
        if model is ExternalId:
            have = have.filter(scheme=scheme)
        stale_rows, missing_rows = _compare(have, rows, link)
        stale += stale_rows
        missing.append((link, missing_rows))
    # What rests on a citation goes before it and comes after it; what goes makes room for what
    # comes.
    for row in (*stale, *stale_citations):
        row.delete()
    for cited in missing_citations:
        _add([cited.citation], "record", record)
        _add(cited.figures, "citation", cited.citation)
    for link, rows in missing:
        _add(rows, link, record)
    return bool(stale or stale_citations or missing_citations or any(rows for _, rows in missing))


def _compare_citations(record: Record, want: Sequence[Cited]) -> tuple[list[Citation], list[Cited]]:
    """Compare citations with their figures, and tie attributions to those that stay."""
    have = {}
    for citation in record.citations.order_by("pk"):
        have[citation.pk] = (citation, _cited_content(citation, citation.figures.order_by("pk")))
    missing = []
    for cited in want:
        said = _cited_content(cited.citation, cited.figures)
        same = next((pk for pk, (_, its_content) in have.items() if its_content == said), None)
        if same is None:
            missing.append(cited)
            continue
        kept, _ = have.pop(same)
        for attribution in cited.attributions:
            attribution.citation = kept
    return [citation for citation, _ in have.values()], missing


def _cited_content(citation: Citation, figures: Any) -> Hashable:
    return content(citation, but=("record",)), tuple(
        sorted(str(content(figure, but=("citation",))) for figure in figures)
    )


# --- Rows -------------------------------------------------------------------------------------


def _compare(have: Any, want: Sequence[Any], link: str) -> tuple[list[Any], list[Any]]:
    """Return the rows that are there and should not be, and those that are not and should.

    `link` is the key to their owner, which says nothing.
    """
    stale = [(row, content(row, but=(link,))) for row in have.order_by("pk")]
    missing = []
    for row in want:
        said = content(row, but=(link,))
        same = next((index for index, (_, its) in enumerate(stale) if its == said), None)
        if same is None:
            missing.append(row)
        else:
            stale.pop(same)
    return [row for row, _ in stale], missing


def _take_over(have: models.Model, want: models.Model, names: Any) -> bool:
    """Write the named fields of `want` into `have` where they differ. Return whether any did."""
    rest = [name for name in fields_of(type(have)) if name not in names]
    if content(have, but=rest) == content(want, but=rest):
        return False
    for name, found in fields_of(type(have)).items():
        if name in names:
            setattr(have, found.name, getattr(want, found.name))
    _save(have)
    return True


def _add(rows: Sequence[models.Model], link: str, owner: models.Model) -> None:
    for row in rows:
        setattr(row, link, owner)
        for found in row._meta.concrete_fields:
            if isinstance(found, models.ForeignKey) and found.is_cached(row):
                # The row that it refers to may have got its key only just now.
                setattr(row, found.name, getattr(row, found.name))
        _save(row)


def _save(row: models.Model) -> None:
    row.full_clean()
    row.save()
