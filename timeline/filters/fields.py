"""The fields of the filter: each reads one parameter, or refuses it with a sentence."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from sources.enums import RecordKind
from sources.partial_dates import PartialDate, PartialDateError
from timeline.enums import Topic
from timeline.models import Entry, Label
from timeline.queries import sentences
from timeline.queries.keyset import Cursor, CursorError, Order

LONGEST_VALUE = 200
MOST_VALUES = 100
MOST_WORDS = 10

_DIGITS = re.compile(r"[0-9]{1,18}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def quoted(text: str) -> str:
    """Return a reader's own text for a sentence of ours: quoted, and cut where it is long."""
    return sentences.quoted(text if len(text) <= 60 else text[:60] + "…")


def refuse(sentence: str) -> ValidationError:
    return ValidationError(sentence, code="invalid")


def not_among(given: str, codes: Iterable[str]) -> ValidationError:
    words = {"given": quoted(given), "codes": sentences.enumerated(codes)}
    return refuse(gettext("%(given)s is not one of %(codes)s.") % words)


class OneWidget(forms.Widget):
    """Reads a parameter that may be given once."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return data.getlist(name)


class ManyWidget(forms.Widget):
    """Reads a parameter that may be given often, or with commas: `kind=a&kind=b`, `kind=a,b`."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        pieces = (piece for given in data.getlist(name) for piece in given.split(","))
        return list(dict.fromkeys(piece for piece in pieces if piece))


class OneField(forms.Field):
    """One value. Empty is not given, as a form sends a field that was left empty."""

    widget = OneWidget
    is_many = False

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def to_python(self, value: Any) -> Any:
        given: Sequence[str] = value or ()
        if len(given) > 1:
            raise refuse(gettext("It may be given only once."))
        text = given[0].strip() if given else ""
        if not text:
            return None
        self.check_text(text)
        return self.read(text)

    def check_text(self, text: str) -> None:
        if "\0" in text:
            raise refuse(gettext("It contains a NUL character."))
        if len(text) > LONGEST_VALUE:
            words = {"number": sentences.grouped(len(text)), "most": LONGEST_VALUE}
            raise refuse(gettext("It has %(number)s characters; %(most)s are the most.") % words)

    def read(self, text: str) -> Any:
        raise NotImplementedError


class ManyField(forms.Field):
    """Any of several values."""

    widget = ManyWidget
    is_many = True

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def to_python(self, value: Any) -> Any:
        given: list[str] = value or []
        if len(given) > MOST_VALUES:
            words = {"number": sentences.grouped(len(given)), "most": MOST_VALUES}
            raise refuse(gettext("It has %(number)s values; %(most)s are the most.") % words)
        for piece in given:
            if "\0" in piece:
                raise refuse(gettext("It contains a NUL character."))
        return self.read_all(given)

    def read_all(self, given: list[str]) -> Any:
        return given


class CodesField(ManyField):
    """Codes of a list."""

    def __init__(self, *, codes: Mapping[str, object], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.codes = dict(codes)

    def read_all(self, given: list[str]) -> Any:
        for code in given:
            if code not in self.codes:
                raise not_among(code, self.codes)
        return given


@dataclass(frozen=True)
class Chosen:
    """What a parameter chose: codes of a list, and things by their labels."""

    codes: tuple[str, ...]
    labels: tuple[Label, ...]

    def __bool__(self) -> bool:
        return bool(self.codes or self.labels)

    @property
    def refs(self) -> list[int]:
        return [label.ref for label in self.labels]


class SlugsField(ManyField):
    """Things by their slugs, or codes beside them; the form finds the things, all in one query."""

    def __init__(
        self, *, topic: str, codes: Mapping[str, object] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.topic = topic
        self.codes = dict(codes or {})

    def chosen(self, given: list[str], found: Mapping[tuple[str, str], Label], number: int) -> Any:
        """Return what was chosen, or refuse a slug that stands for nothing."""
        labels = [found.get((self.topic, slug)) for slug in given]
        for slug, label in zip(given, labels, strict=True):
            if label is None and slug not in self.codes:
                raise unknown(Topic(self.topic).label, slug, number)
        return Chosen(
            tuple(slug for slug in given if slug in self.codes),
            tuple(label for label in labels if label is not None),
        )


class RecordsField(ManyField):
    """Records of one kind by their public ids; the form finds them, all in one query."""

    def __init__(self, *, kind: RecordKind, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.kind = kind

    def ids_of(self, given: list[str]) -> list[str]:
        """Return the public ids that the values name."""
        return given

    def chosen(self, given: list[str], found: Mapping[str, Entry], number: int) -> Any:
        for public_id in given:
            entry = found.get(public_id)
            if entry is None:
                raise unknown(self.kind.label.lower(), public_id, number)
            if entry.kind != self.kind:
                words = {
                    "id": quoted(public_id),
                    "kind": self.kind.label.lower(),
                    "other": RecordKind(entry.kind).label.lower(),
                }
                raise refuse(gettext("%(id)s is not a %(kind)s, but this: %(other)s.") % words)
        return [found[public_id] for public_id in given]


@dataclass(frozen=True)
class Judged:
    """A truce and the verdict under it that was asked for."""

    truce: Entry
    verdict: str

    def __str__(self) -> str:
        return f"{self.truce.public_id}:{self.verdict}"


class JudgedField(RecordsField):
    """Verdicts under one truce each: its public id, a colon, the verdict's code."""

    def __init__(self, *, codes: Mapping[str, object], **kwargs: Any) -> None:
        super().__init__(kind=RecordKind.TRUCE, **kwargs)
        self.codes = dict(codes)

    def read_all(self, given: list[str]) -> Any:
        for text in given:
            public_id, _, code = text.rpartition(":")
            if not public_id or code not in self.codes:
                words = {"given": quoted(text), "codes": sentences.enumerated(self.codes)}
                raise refuse(
                    gettext("%(given)s is not a truce's id, a colon, and one of %(codes)s.") % words
                )
        return given

    def ids_of(self, given: list[str]) -> list[str]:
        return [text.rpartition(":")[0] for text in given]

    def chosen(self, given: list[str], found: Mapping[str, Entry], number: int) -> Any:
        truces = super().chosen(self.ids_of(given), found, number)
        return [
            Judged(truce, text.rpartition(":")[2])
            for truce, text in zip(truces, given, strict=True)
        ]


def unknown(noun: object, given: str, number: int) -> ValidationError:
    words = {"noun": noun, "given": quoted(given), "number": number}
    if number:
        return refuse(gettext("No %(noun)s %(given)s is known in revision %(number)s.") % words)
    return refuse(gettext("No %(noun)s %(given)s is known: there is no revision yet.") % words)


class WordsField(OneField):
    """The words of a search."""

    def read(self, text: str) -> Any:
        words = text.split()
        if len(words) > MOST_WORDS:
            numbers = {"number": len(words), "most": MOST_WORDS}
            raise refuse(gettext("It has %(number)s words; %(most)s are the most.") % numbers)
        return words


class DayField(OneField):
    """A date, perhaps only partly given, of which a window takes the first or the last day."""

    def read(self, text: str) -> Any:
        try:
            day = PartialDate.parse(text)
        except PartialDateError as error:
            raise refuse(str(error)) from error
        if "/" in text:
            raise refuse(
                gettext("It takes one date such as 2017, 2017-01 or 2017-01-16, not an interval.")
            )
        return day


class WindowField(OneField):
    """From one day to another, both included: an interval of two dates that may be partial."""

    def read(self, text: str) -> Any:
        try:
            window = PartialDate.parse(text)
        except PartialDateError as error:
            raise refuse(str(error)) from error
        if "/" not in text or window.earliest is None or window.latest is None:
            raise refuse("It takes two dates with a / between them, such as 2016-12/2017-01-16.")
        return window


class CodeField(OneField):
    """One code of a list."""

    def __init__(self, *, codes: Mapping[str, object], default: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.codes = dict(codes)
        self.default = default

    def to_python(self, value: Any) -> Any:
        return super().to_python(value) or self.default

    def read(self, text: str) -> Any:
        if text not in self.codes:
            raise not_among(text, self.codes)
        return text


class MomentField(OneField):
    """A revision's number, or a time: of a day, its last moment or, with `first`, its first."""

    def __init__(self, *, first: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.first = first

    def read(self, text: str) -> Any:
        if _DIGITS.fullmatch(text):
            return int(text)
        try:
            if _DAY.fullmatch(text):
                moment = time.min if self.first else time.max
                return datetime.combine(date.fromisoformat(text), moment, UTC)
            found = datetime.fromisoformat(text)
            # What lies within a day of the ends of time has no place in every zone.
            found.replace(tzinfo=UTC) - timedelta(days=1)
            found.replace(tzinfo=UTC) + timedelta(days=1)
        except (ValueError, OverflowError) as error:
            raise refuse(
                gettext(
                    "%(given)s is neither a revision's number nor a time "
                    "such as 2017-01-16 or 2017-01-16T12:30:00Z."
                )
                % {"given": quoted(text)}
            ) from error
        return found if found.tzinfo else found.replace(tzinfo=UTC)


class LimitField(OneField):
    """How many lines a page has."""

    default = 50
    most = 500

    def to_python(self, value: Any) -> Any:
        return super().to_python(value) or self.default

    def read(self, text: str) -> Any:
        if not _DIGITS.fullmatch(text) or not 1 <= int(text) <= self.most:
            words = {"given": quoted(text), "most": self.most}
            raise refuse(gettext("%(given)s is not a whole number from 1 to %(most)s.") % words)
        return int(text)


class CursorField(OneField):
    """Where a page begins: the form reads it, as it depends on the order."""

    def read(self, text: str) -> Any:
        return text

    def chosen(self, text: str, order: Order) -> Cursor:
        try:
            return Cursor.parse(text, order)
        except CursorError as error:
            raise refuse(str(error)) from error
