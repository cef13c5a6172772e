"""Form fields and widgets for what curators enter."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator


class PartialDateInput(forms.TextInput):
    """A narrow box for an EDTF text, with its forms at hand."""

    def __init__(self) -> None:
        super().__init__(
            attrs={
                "class": "partial-date",
                "placeholder": "2017-01-16",
                "size": 26,
                "spellcheck": "false",
                "autocomplete": "off",
                "dir": "ltr",
                "title": "2017-01-16 · 2017-01 · 2017 · 2017-01~ about · 2017-01-16? uncertain · "
                "2017-01-01/2017-01-16 between or throughout · ../2017-01-16 by · "
                "2017-01-16/.. from",
            }
        )


class ThingSelect(AutocompleteSelect):
    """Autocomplete that shows a form again even where what was sent can be no primary key."""

    def optgroups(
        self, name: str, value: Sequence[str], attrs: dict[str, Any] | None = None
    ) -> Any:
        keys = [key for key in value if not key or re.fullmatch("[0-9]{1,18}", str(key))]
        return super().optgroups(name, keys, attrs)


class WebAddressField(forms.URLField):
    """An address that begins with http:// or https://, and with nothing else."""

    default_validators = [URLValidator(schemes=["http", "https"])]
    default_error_messages = {
        "invalid": "This is not a web address: it must begin with http:// or https://."
    }


class NamesField(forms.CharField):
    """Several names, one a line or with commas between them; a list for an ArrayField."""

    widget = forms.Textarea

    def __init__(self, *, of_length: int, **kwargs: Any) -> None:
        kwargs["widget"] = forms.Textarea(attrs={"rows": 4, "cols": 60, "dir": "auto"})
        super().__init__(**kwargs)
        self.of_length = of_length

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value) or ""
        return [name for part in re.split(r"[\n,،]", text) if (name := part.strip())]

    def validate(self, value: Any) -> None:
        super().validate(value)
        for name in value:
            if len(name) > self.of_length:
                raise ValidationError(
                    f"A name has at most {self.of_length} characters; "
                    f"“{name[:40]}…” has {len(name)}."
                )

    def run_validators(self, value: Any) -> None:
        for name in value:
            super().run_validators(name)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.to_python(data) != (initial or []))


class CodesField(forms.MultipleChoiceField):
    """Any of some codes, as checkboxes; a list for an ArrayField."""

    def __init__(self, *, wrong: str = "There is no choice “%(value)s”.", **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs["widget"] = forms.CheckboxSelectMultiple(attrs={"class": "codes"})
        kwargs["error_messages"] = {"invalid_choice": wrong}
        super().__init__(**kwargs)


class CitableFields(CodesField):
    """Which of the fields of a record of one kind a citation backs."""

    def __init__(self, *, kind: str, names: tuple[str, ...], help_text: str) -> None:
        article = "An" if kind[0] in "aeiou" else "A"
        super().__init__(
            choices=[(name, name.replace("_", " ")) for name in names],
            wrong=f"{article} {kind} has no field “%(value)s”. It has: {', '.join(names)}.",
            label="Backs",
            help_text=help_text,
        )
