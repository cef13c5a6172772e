"""Citations, figures and external ids on the page of a record."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.admin.checks import InlineModelAdminChecks
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.formsets import DELETION_FIELD_NAME
from django.forms.models import BaseModelFormSet, modelformset_factory
from django.http import HttpRequest

from sources.admin.base import Rows, StackedRows
from sources.admin.fields import CitableFields
from sources.admin.forms import CuratedForm, RowFormSet
from sources.models import Citation, ExternalId, Figure, Record

if TYPE_CHECKING:
    _ModelFormSet = BaseModelFormSet[models.Model, forms.ModelForm[models.Model]]
else:
    _ModelFormSet = BaseModelFormSet

CITATIONS = "citations"
#: How many citations not yet saved a figure or an attribution can choose among.
NEW_CITATIONS = 8


class CitationForm(CuratedForm):
    """A citation; a locator alone is told that it lacks its source."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].error_messages["required"] = (
            "Choose the source: a locator, a quote or a stance says nothing without it."
        )


class CitationInline(StackedRows):
    """The citations of a record."""

    model = Citation
    fk_name = "record"
    form = CitationForm
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("source", "locator"),
                    ("stance", "origin"),
                    ("attributed_outlet", "attributed_speaker", "is_speaker_aligned"),
                    "fields",
                    "quote",
                    ("is_verification", "credibility"),
                )
            },
        ),
    )

    def formfield_for_dbfield(
        self, db_field: "models.Field[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name == "fields" and issubclass(self.parent_model, Record):
            return CitableFields(
                kind=str(self.parent_model.record_kind.label).lower(),
                names=self.parent_model.citable_fields(),
                help_text="What of the record the passage backs. None ticked: all of it.",
            )
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_queryset(self, request: HttpRequest) -> "models.QuerySet[Any]":
        return super().get_queryset(request).select_related("source__outlet").order_by("pk")


class CitedForm(CuratedForm):
    """A row that rests on one of the citations of the same page, saved or not yet.

    The citation is chosen by its number on the page, so that a new citation and what rests on it
    are saved together.
    """

    passage = forms.TypedChoiceField(
        label="Citation",
        coerce=int,
        empty_value=None,
        required=False,
        help_text="Which of the citations above says so. May be left empty if there is only one.",
    )
    #: Whether a row may rest on no citation at all.
    is_citation_optional = False
    #: The primary keys of the page's citations, by their number there; None: not yet saved.
    numbers: Sequence[int | None] = ()
    labels: Sequence[str] = ()
    #: The citations of the page, once they are saved.
    citations: "forms.BaseInlineFormSet[Any, Any, Any] | None" = None

    def __init__(
        self, *args: Any, numbers: Sequence[int | None], labels: Sequence[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["passage"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [
            ("", "none" if self.is_citation_optional else "the only citation"),
            *((number, label) for number, label in enumerate(labels)),
        ]
        if self.is_citation_optional:
            field.help_text = "Which of the citations above says so."
        chosen = getattr(self.instance, "citation_id", None)
        if chosen is not None and chosen in numbers:
            self.initial["passage"] = numbers.index(chosen)

    def save(self, commit: bool = True) -> Any:
        citation = self._citation()
        self.instance.citation = citation  # type: ignore[attr-defined]  # both models have one
        return super().save(commit)

    def _citation(self) -> Citation | None:
        assert self.citations is not None
        rows = self.citations.forms
        number = self.cleaned_data["passage"]
        filled = [
            form.instance
            for form in rows
            if form.instance.pk is not None and not form.cleaned_data.get(DELETION_FIELD_NAME)
        ]
        if number is None:
            if self.is_citation_optional:
                return None
            if len(filled) == 1:
                only: Citation = filled[0]
                return only
            raise ValidationError(
                f"“{self.instance}” does not say which citation claims it: choose one of the "
                f"{len(filled)} citations."
                if filled
                else f"“{self.instance}” needs a citation that claims it: add one."
            )
        if number >= len(rows) or rows[number].instance not in filled:
            raise ValidationError(
                f"“{self.instance}” rests on citation #{number + 1}, which is empty or is to go."
            )
        citation: Citation = rows[number].instance
        return citation


class CitedFormSet:
    """Mixed into a formset of rows that rest on the citations of the same page."""

    data: Any
    is_bound: bool
    instance: Any

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_form_kwargs(index)  # type: ignore[misc]  # of the formset
        numbers, labels = self._citations
        return {**kwargs, "numbers": numbers, "labels": labels}

    @property
    def _citations(self) -> tuple[list[int | None], list[str]]:
        if not hasattr(self, "_found_citations"):
            stored = (
                Citation.objects.filter(record=self.instance.pk)
                .select_related("source__outlet")
                .order_by("pk")
                if self.instance is not None and self.instance.pk
                else Citation.objects.none()
            )
            names = {citation.pk: str(citation) for citation in stored}
            numbers: list[int | None] = list(names)
            if self.is_bound:
                # As the page had them when it was sent.
                total = self.data.get(f"{CITATIONS}-TOTAL_FORMS", "0")
                keys = [
                    self.data.get(f"{CITATIONS}-{number}-id", "")
                    for number in range(min(int(total) if total.isdigit() else 0, 1000))
                ]
                numbers = [int(key) if key.isdigit() else None for key in keys]
            labels = [
                f"#{number + 1} {names[key][:80]}" if key in names else f"#{number + 1} (new)"
                for number, key in enumerate(
                    [*numbers, *[None] * max(0, NEW_CITATIONS - numbers.count(None))]
                )
            ]
            self._found_citations = numbers, labels
        return self._found_citations

    def rest_on(self, citations: Any) -> None:
        """Take the saved citations of the page, for the rows to refer to."""
        for form in self.forms:  # type: ignore[attr-defined]  # of the formset
            form.citations = citations


class CitedRowFormSet(CitedFormSet, RowFormSet):
    """Rows of a record that rest on one of its citations: attributions."""


class FigureForm(CitedForm):
    """A figure of one of the record's citations."""

    class Meta:
        model = Figure
        fields = ("group", "side", "harm", "low", "best", "high", "as_of_edtf", "supersedes")


class FigureFormSet(CitedFormSet, _ModelFormSet):
    """The figures of all citations of one record."""

    can_delete: bool

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        instance: Record | None = None,
        save_as_new: bool = False,
        prefix: str | None = None,
        queryset: "models.QuerySet[Any] | None" = None,
        **kwargs: Any,
    ) -> None:
        self.instance = instance
        self.save_as_new = save_as_new
        figures = Figure.objects.none() if queryset is None else queryset
        super().__init__(
            data=data,
            files=files,
            prefix=prefix,
            queryset=figures.filter(citation__record=instance.pk).order_by("pk")
            if instance is not None and instance.pk
            else figures.none(),
            **kwargs,
        )

    @classmethod
    def get_default_prefix(cls) -> str:
        return "figures"

    def initial_form_count(self) -> int:
        return 0 if self.save_as_new else super().initial_form_count()

    def save_existing(self, form: Any, obj: Any, commit: bool = True) -> Any:
        """Save a figure, unless its citation goes and takes it along."""
        if form.citations is not None:
            gone = {
                citation.instance.pk
                for citation in form.citations.forms
                if citation.cleaned_data.get(DELETION_FIELD_NAME)
            }
            if form.instance.citation_id in gone and "passage" not in form.changed_data:
                return obj
        return super().save_existing(form, obj, commit)


class FigureInlineChecks(InlineModelAdminChecks):
    """A figure has no foreign key to the record: it belongs to one of its citations."""

    def _check_exclude_of_parent_model(self, obj: Any, parent_model: Any) -> list[Any]:
        return []

    def _check_relation(self, obj: Any, parent_model: Any) -> list[Any]:
        return []


class FigureInline(StackedRows):
    """The figures of all citations of a record."""

    model = Figure
    checks_class = FigureInlineChecks
    form = FigureForm
    verbose_name_plural = "figures claimed in the citations"
    layout = (
        ("passage", "as_of_edtf"),
        ("harm", "group", "side"),
        ("low", "best", "high"),
        "supersedes",
    )

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        return modelformset_factory(
            Figure,
            form=FigureForm,
            formset=FigureFormSet,
            formfield_callback=lambda field, **options: self.formfield_for_dbfield(
                field, request, **options
            ),
            extra=self.get_extra(request, obj),
            can_delete=self.has_delete_permission(request, obj),
        )

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        return [(None, {"fields": self.layout})]


class ExternalIdInline(Rows):
    """What the record is called in other datasets."""

    model = ExternalId
    fk_name = "record"
    classes = ("collapse",)
