"""Whether a query is a filter of what one revision shows, parameter by parameter and together."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from timeline.filters.fields import RecordsField, SlugsField
from timeline.queries import Reading
from timeline.queries.keyset import Order

CERTAINLY = "certainly"
"""How windows are read where only what surely lies in them is asked for."""


class FilterForm(forms.Form):
    """Validates a query against what one revision shows."""

    reading: Reading

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self._choose_things(cleaned)
        self._choose_records(cleaned)
        self._order_windows(cleaned)
        self._date_changes(cleaned)
        self._place_cursor(cleaned)
        return cleaned

    def _choose_things(self, cleaned: dict[str, Any]) -> None:
        given: dict[str, set[str]] = {}
        fields = self._given(SlugsField, cleaned)
        for name, field in fields:
            given.setdefault(field.topic, set()).update(cleaned[name])
        found = self.reading.labels_by_slug(given) if given else {}
        for name, _field in fields:
            self._choose(name, found, self.reading.number)

    def _choose_records(self, cleaned: dict[str, Any]) -> None:
        fields = self._given(RecordsField, cleaned)
        given = {public_id for name, field in fields for public_id in field.ids_of(cleaned[name])}
        found = self.reading.entries_by_public_id(given) if given else {}
        for name, _field in fields:
            self._choose(name, found, self.reading.number)

    def _order_windows(self, cleaned: dict[str, Any]) -> None:
        for first, last in (("from", "to"), ("reported_from", "reported_to")):
            since, until = cleaned.get(first), cleaned.get(last)
            if since and until and since.earliest > until.latest:
                words = {"end": until.text, "first": first, "start": since.text}
                self.add_error(
                    last,
                    gettext("It ends (%(end)s) before “%(first)s” begins (%(start)s).") % words,
                )
        window = ("from", "to", "reported_from", "reported_to")
        if cleaned.get("dates") == CERTAINLY and not any(
            self.data.get(name, "").strip() for name in window
        ):
            self.add_error(
                "dates",
                gettext(
                    "It says how “from” and “to”, “reported_from” and “reported_to” are read: "
                    "give one of them."
                ),
            )

    def _date_changes(self, cleaned: dict[str, Any]) -> None:
        since = cleaned.get("changed_since")
        if isinstance(since, datetime):
            cleaned["changed_since"] = self.reading.revision_at(since)
        elif since is not None and since > self.reading.number:
            self.add_error(
                "changed_since",
                gettext("There is no revision %(number)s up to revision %(latest)s.")
                % {"number": since, "latest": self.reading.number},
            )

    def _place_cursor(self, cleaned: dict[str, Any]) -> None:
        if cleaned.get("after") and cleaned.get("order"):
            self._choose("after", Order(cleaned["order"]))

    def _given(self, kind: type[forms.Field], cleaned: dict[str, Any]) -> list[tuple[str, Any]]:
        return [
            (name, field)
            for name, field in self.fields.items()
            if isinstance(field, kind) and cleaned.get(name)
        ]

    def _choose(self, name: str, *among: Any) -> None:
        """Replace a parameter's texts by what they stand for."""
        field: Any = self.fields[name]
        try:
            self.cleaned_data[name] = field.chosen(self.cleaned_data[name], *among)
        except ValidationError as error:
            self.add_error(name, error)
