"""Forms and formsets that say which field breaks a rule, and why."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.forms.models import BaseInlineFormSet

from sources.fields import PartialDateField

if TYPE_CHECKING:
    _ModelForm = forms.ModelForm[models.Model]
    _InlineFormSet = BaseInlineFormSet[models.Model, models.Model, forms.ModelForm[models.Model]]
else:
    _ModelForm = forms.ModelForm
    _InlineFormSet = BaseInlineFormSet


class CuratedForm(_ModelForm):
    """A form that checks every constraint of its model, and puts the sentence at the field."""

    #: Set to what the database said, when the form is shown again because of it.
    refusal: ClassVar[ValidationError | None] = None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.refusal is not None:
            self.add_error(None, self.refusal)
        return cleaned if cleaned is not None else self.cleaned_data

    def _get_validation_exclusions(self) -> set[str]:
        # The bounds of a partial date are no fields of the form, but they follow one that is.
        exclusions: set[str] = set(super()._get_validation_exclusions())  # type: ignore[misc]  # not in the stubs
        return exclusions - {
            f"{field.prefix}{bound}"
            for field in self._partial_dates()
            if field.name not in exclusions
            for bound in ("earliest", "latest", "precision")
        }

    def _update_errors(self, errors: ValidationError) -> None:
        # A constraint does not say of which field it speaks.
        found: dict[str, list[ValidationError]] = {}
        for field, of_field in errors.error_dict.items():
            for error in of_field:
                at = field if field in self.fields else self._field_of(str(error.message))
                found.setdefault(at, []).append(error)
        super()._update_errors(ValidationError(found))  # type: ignore[misc]  # not in the stubs

    def _partial_dates(self) -> Iterable[PartialDateField]:
        return (
            field
            for field in self.instance._meta.concrete_fields
            if isinstance(field, PartialDateField) and field.name in self.fields
        )

    def _field_of(self, sentence: str) -> str:
        """Return the field that a constraint with this sentence speaks of, the last if several."""
        dated = {
            f"{field.prefix}{bound}": field.name
            for field in self._partial_dates()
            for bound in ("earliest", "latest", "precision")
        }
        spoken_of = {
            dated.get(name, name)
            for _, constraints in self.instance.get_constraints()
            for constraint in constraints
            if constraint.violation_error_message == sentence
            for name in _fields_of(constraint)
        }
        return next((name for name in reversed(self.fields) if name in spoken_of), NON_FIELD_ERRORS)


def _fields_of(constraint: models.BaseConstraint) -> set[str]:
    if isinstance(constraint, models.CheckConstraint) and isinstance(
        constraint.condition, models.Q
    ):
        return set(constraint.condition.referenced_base_fields)
    return set(getattr(constraint, "fields", ()))


class RowFormSet(_InlineFormSet):
    """The rows of one parent."""

    def get_unique_error_message(self, unique_check: Sequence[str]) -> str:
        """Return what the broken constraint itself says."""
        for constraint in self.form._meta.model._meta.constraints:
            if isinstance(constraint, models.UniqueConstraint) and set(constraint.fields) == set(
                unique_check
            ):
                return str(constraint.violation_error_message)
        return super().get_unique_error_message(unique_check)

    def kept_forms(self) -> "list[forms.ModelForm[models.Model]]":
        """Return the forms that are filled in, valid and not to be deleted."""
        return [
            form
            for form in self.forms
            if not form.errors
            and form.cleaned_data
            and not (self.can_delete and self._should_delete_form(form))  # type: ignore[attr-defined]  # not in the stubs
        ]


def certainly_overlap(one: models.Model, other: models.Model, *, since: str, until: str) -> bool:
    """Return whether the periods of two rows overlap over their certain cores.

    `since` and `until` are the prefixes of the partial dates that bound the period; the rule is
    that of sources_certain_core in the database.
    """

    def core(row: models.Model) -> tuple[date, date]:
        return (
            getattr(row, f"{since}_latest") or date.min,
            getattr(row, f"{until}_earliest") or date.max,
        )

    (began, ended), (other_began, other_ended) = core(one), core(other)
    return max(began, other_began) < min(ended, other_ended)
