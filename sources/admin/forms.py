"""Forms and formsets that say which field breaks a rule, and why."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
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

    #: Which constraints are checked here; the others are for the formset and the database.
    checked: ClassVar[tuple[type[models.BaseConstraint], ...]] = (models.BaseConstraint,)
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

    def validate_constraints(self) -> None:
        exclude = self._get_validation_exclusions()
        for model, constraints in self.instance.get_constraints():
            for constraint in constraints:
                if isinstance(constraint, self.checked):
                    try:
                        constraint.validate(model, self.instance, exclude=exclude)
                    except ValidationError as error:
                        self.add_error(self._field_of(constraint), error.messages)

    def _partial_dates(self) -> Iterable[PartialDateField]:
        return (
            field
            for field in self.instance._meta.concrete_fields
            if isinstance(field, PartialDateField) and field.name in self.fields
        )

    def _field_of(self, constraint: models.BaseConstraint) -> str | None:
        """Return the field of the form that the constraint speaks of, the last if several."""
        condition = getattr(constraint, "condition", None)
        names: set[str] = set(getattr(constraint, "fields", ()))
        if isinstance(constraint, models.CheckConstraint) and isinstance(condition, models.Q):
            names |= set(condition.referenced_base_fields)
        dated = {
            f"{field.prefix}{bound}": field.name
            for field in self._partial_dates()
            for bound in ("earliest", "latest", "precision")
        }
        spoken_of = {dated.get(name, name) for name in names}
        found = [name for name in self.fields if name in spoken_of]
        return found[-1] if found else None


class RowForm(CuratedForm):
    """A row among the rows of its parent.

    Whether it is unique among them is for the formset to say, which knows what else changes in
    the same submission; the database would compare it with rows that are about to go.
    """

    checked = (models.CheckConstraint,)


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
