"""The model field for a date that is only partly known, and checks that several models share."""

from copy import copy
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Choices, F, Func, Q

from sources.enums import Precision
from sources.partial_dates import PartialDate, PartialDateError

if TYPE_CHECKING:
    _CharField = models.CharField[str, str]
else:
    _CharField = models.CharField


class PartialDateField(_CharField):
    """EDTF text that brings three derived columns: earliest, latest and precision.

    `since_edtf = PartialDateField(prefix="since_")` also adds `since_earliest`, `since_latest`
    and `since_precision` to the model. They follow the text on `full_clean`, `save` and
    `bulk_create`; give the model the trigger of `sources.triggers.keep_partial_dates` too, so that
    they also follow it in `update`, `bulk_update` and raw SQL.

    The field as written in a migration, or copied to an event model of the history, brings no
    columns: there they are fields of their own.
    """

    empty_values = ()
    """None: an emptied text must clear the derived columns, so it is cleaned like any other."""

    def __init__(self, *, prefix: str = "", companions: bool = True, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 64)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        super().__init__(**kwargs)
        self.prefix = prefix
        # Made here, not when the model is, so that they stand right behind the text.
        self._companions = self._make_companions() if companions else {}

    def deconstruct(self) -> Any:
        """Describe the field without its companions, which are described as fields themselves."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "prefix": self.prefix, "companions": False}

    def contribute_to_class(
        self, cls: type[models.Model], name: str, private_only: bool = False
    ) -> None:
        """Add the field and its companions to the model."""
        super().contribute_to_class(cls, name, private_only)
        for companion, field in self._companions.items():
            cls.add_to_class(companion, copy(field))

    def clean(self, value: Any, model_instance: models.Model | None) -> str:
        """Check the text, and let the companions of the instance follow it."""
        text: str = super().clean(value, model_instance)
        partial_date = self._parse(text)
        if model_instance is not None:
            self._set_companions(model_instance, partial_date)
        return partial_date.text

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        """Refuse an empty text where the model requires a date."""
        super().validate(value, model_instance)
        if not self.blank and not value:
            raise ValidationError(self.error_messages["blank"], code="blank")

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Bring the text into its canonical form and let the companions follow it."""
        value = super().pre_save(model_instance, add)
        if value is None or hasattr(value, "resolve_expression"):
            return value  # for the database to refuse, or to work out
        partial_date = PartialDate.parse(value)
        self._set_companions(model_instance, partial_date)
        setattr(model_instance, self.attname, partial_date.text)
        return partial_date.text

    def _parse(self, text: str) -> PartialDate:
        try:
            return PartialDate.parse(text)
        except PartialDateError as error:
            raise ValidationError(str(error), code="invalid") from error

    def _set_companions(self, instance: models.Model, partial_date: PartialDate) -> None:
        setattr(instance, f"{self.prefix}earliest", partial_date.earliest)
        setattr(instance, f"{self.prefix}latest", partial_date.latest)
        setattr(instance, f"{self.prefix}precision", partial_date.precision)

    def _make_companions(self) -> "dict[str, models.Field[Any, Any]]":
        words = self.prefix.replace("_", " ")
        return {
            f"{self.prefix}earliest": models.DateField(
                f"{words}earliest",
                null=True,
                blank=True,
                editable=False,
                help_text="First day on which this can have been. Empty: open or not known.",
            ),
            f"{self.prefix}latest": models.DateField(
                f"{words}latest",
                null=True,
                blank=True,
                editable=False,
                help_text="Last day on which this can have been. Empty: open or not known.",
            ),
            f"{self.prefix}precision": models.CharField(
                f"{words}precision",
                max_length=7,
                choices=Precision.choices,
                default=Precision.UNKNOWN,
                editable=False,
                help_text="How far apart the first and the last possible day lie.",
            ),
        }


def partial_date_check(prefix: str, name: str = "") -> models.CheckConstraint:
    """Return the constraint that a date's earliest day is not after its latest."""
    return models.CheckConstraint(
        condition=Q(**{f"{prefix}earliest__lte": F(f"{prefix}latest")}),
        name=name or f"%(app_label)s_%(class)s_{prefix}dates_in_order",
        violation_error_message="The earliest possible day must not be after the latest.",
    )


def choice_check(
    field: str, choices: type[Choices], *, blank: bool = False
) -> models.CheckConstraint:
    """Return the constraint that a field holds a value of its list; empty text too if `blank`."""
    values = [*choices.values, *([""] if blank else [])]
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": values}),
        name=f"%(app_label)s_%(class)s_{field}_is_known",
        violation_error_message=f"Choose the {field.replace('_', ' ')} from its list.",
    )


class _IsTimeZone(Func):
    function = "sources_is_time_zone"
    output_field = models.BooleanField()


def time_zone_check(field: str) -> models.CheckConstraint:
    """Return the constraint that a text field is empty or names a time zone."""
    return models.CheckConstraint(
        condition=_IsTimeZone(F(field)),
        name=f"%(app_label)s_%(class)s_{field}_is_known",
        violation_error_message="Name a time zone such as Asia/Damascus or UTC.",
    )


def validate_time_zone(value: str) -> None:
    """Raise ValidationError unless the value names a time zone of the tz database."""
    try:
        ZoneInfo(value)
    except (ValueError, KeyError, OSError) as error:
        raise ValidationError(
            f"“{value}” is not a time zone such as Asia/Damascus or UTC.", code="invalid"
        ) from error


def web_address_check(field: str) -> models.CheckConstraint:
    """Return the constraint that a text field is empty or begins with http:// or https://."""
    return models.CheckConstraint(
        condition=Q(**{field: ""}) | Q(**{f"{field}__iregex": r"^https?://"}),
        name=f"%(app_label)s_%(class)s_{field}_is_web",
        violation_error_message="A web address must begin with http:// or https://.",
    )


def validate_web_address(value: str) -> None:
    """Raise ValidationError unless the value begins with http:// or https://."""
    if not value.lower().startswith(("http://", "https://")):
        raise ValidationError("A web address must begin with http:// or https://.", code="invalid")
