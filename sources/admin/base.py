"""What every page of the admin has in common."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

import pghistory
from django.contrib import admin, messages
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.utils import unquote
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from sources import queries, services
from sources.admin.addresses import ADDRESSES
from sources.admin.fields import (
    CodesField,
    NamesField,
    PartialDateInput,
    ThingSelect,
    WebAddressField,
)
from sources.admin.forms import CuratedForm, RowFormSet
from sources.admin.searching import leads_to_rows, search
from sources.fields import PartialDateField

if TYPE_CHECKING:
    _BaseModelAdmin = BaseModelAdmin[models.Model]
    _ModelAdmin = admin.ModelAdmin[models.Model]
    _StackedInline = admin.StackedInline[models.Model, models.Model]
    _TabularInline = admin.TabularInline[models.Model, models.Model]
else:
    _BaseModelAdmin = BaseModelAdmin
    _ModelAdmin = admin.ModelAdmin
    _StackedInline = admin.StackedInline
    _TabularInline = admin.TabularInline

DATES = (
    "Dates are as exact as the source and no more: 2017-01-16; 2017-01; 2017-01~ (about); "
    "2017-01-16? (uncertain); 2017-01-01/2017-01-16 (between, or throughout); ../2017-01-16 (by); "
    "2017-01-16/.. (from)."
)


class Curated(_BaseModelAdmin):
    """Comfortable fields: autocomplete on every foreign key, and boxes that lose no text."""

    #: Foreign keys that are not chosen by autocomplete.
    plain_keys: ClassVar[Sequence[str]] = ()

    def get_autocomplete_fields(self, request: HttpRequest) -> list[str]:
        """Return every foreign key that can be chosen here."""
        return [
            field.name
            for field in self.model._meta.concrete_fields
            if isinstance(field, models.ForeignKey)
            and not field.remote_field.parent_link
            and field.name not in (*self.plain_keys, getattr(self, "fk_name", None))
        ]

    def formfield_for_dbfield(
        self, db_field: "models.Field[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> Any:
        """Return the form field, fit for long, right-to-left and partly known input."""
        if isinstance(db_field, ArrayField):
            return self._formfield_for_array(db_field)
        if isinstance(db_field, models.URLField):
            kwargs |= {"form_class": WebAddressField, "assume_scheme": "https"}
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is None:
            return None
        if isinstance(db_field, PartialDateField):
            field.widget = PartialDateInput()
        elif isinstance(db_field, models.CharField | models.TextField) and not db_field.choices:
            field.widget.attrs.setdefault("dir", "auto")
        # A browser cuts what is pasted off at this length without a word; the server says so.
        field.widget.attrs.pop("maxlength", None)
        return field

    def formfield_for_foreignkey(
        self, db_field: "models.ForeignKey[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault(
                "widget", ThingSelect(db_field, self.admin_site, using=kwargs.get("using"))
            )
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @staticmethod
    def _formfield_for_array(db_field: "ArrayField[Any, Any]") -> Any:
        label = str(db_field.verbose_name).capitalize()
        if db_field.base_field.choices:
            return CodesField(
                choices=db_field.base_field.choices, label=label, help_text=db_field.help_text
            )
        return NamesField(
            of_length=db_field.base_field.max_length or 200,
            label=label,
            required=False,
            help_text=str(db_field.help_text).replace("separated by commas", "one a line"),
        )


class CuratedAdmin(Curated, _ModelAdmin):
    """A page that saves all or nothing, and says in plain words what the database refuses."""

    form = CuratedForm
    save_on_top = True
    show_full_result_count = False
    list_per_page = 50

    class Media:
        css = {"all": ["css/editing.css"]}

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """Show the form again, with all that was typed, where the database refused to save it."""
        pghistory.context(door="admin")
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except ValidationError as error:
            # All that was written is rolled back. The second pass saves nothing: its form carries
            # what the database said, and so is not valid.
            request.refusal = error  # type: ignore[attr-defined]  # ours, for get_form below
            return super().changeform_view(request, object_id, form_url, extra_context)

    def get_search_results(
        self, request: HttpRequest, queryset: "models.QuerySet[Any]", search_term: str
    ) -> tuple["models.QuerySet[Any]", bool]:
        fields = self.get_search_fields(request)
        if not search_term or not any(leads_to_rows(self.model, field) for field in fields):
            return super().get_search_results(request, queryset, search_term)
        return search(queryset, fields, search_term), False

    def get_form(
        self,
        request: HttpRequest,
        obj: models.Model | None = None,
        change: bool = False,
        **kwargs: Any,
    ) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        refusal = getattr(request, "refusal", None)
        return type(form.__name__, (form,), {"refusal": refusal}) if refusal else form

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        with services.rules_in_plain_words():
            super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        with services.rules_in_plain_words():
            super().save_related(request, form, formsets, change)
        self.after_rows(request, form.instance)
        services.check_rules()

    def after_rows(self, request: HttpRequest, obj: Any) -> None:
        """Do what is left to do once the object and its rows are saved."""

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> Any:
        """Say why, where a rule forbids the deletion."""
        pghistory.context(door="admin")
        try:
            return super().delete_view(request, object_id, extra_context)
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.ERROR)
            return HttpResponseRedirect(self.address_of_change(unquote(object_id)))

    def delete_model(self, request: HttpRequest, obj: models.Model) -> None:
        with services.rules_in_plain_words():
            super().delete_model(request, obj)
        services.check_rules()

    def delete_queryset(self, request: HttpRequest, queryset: "models.QuerySet[Any]") -> None:
        with services.rules_in_plain_words():
            super().delete_queryset(request, queryset)
        services.check_rules()

    def response_action(self, request: HttpRequest, queryset: Any, *args: Any) -> Any:
        """Run an action on the list, all or nothing."""
        pghistory.context(door="admin")
        try:
            with transaction.atomic():
                return super().response_action(request, queryset, *args)
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show who changed what, when and through which door, from the tables of the history."""
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            return self._get_obj_does_not_exist_redirect(  # type: ignore[attr-defined,no-any-return]  # Django's own
                request, self.opts, object_id
            )
        if not self.has_view_or_change_permission(request, obj):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": f"History: {obj}",
            "occasions": queries.history_of(obj, rows=self.rows()),
            "module_name": str(self.opts.verbose_name_plural).capitalize(),
            "object": obj,
            "opts": self.opts,
            **(extra_context or {}),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/record_history.html", context)

    def rows(self) -> Sequence[tuple[type[models.Model], str]]:
        """Return the models of the rows that are part of the object, with their way to it."""
        return [
            (inline.model, inline.fk_name)
            for inline in self.inlines
            if issubclass(inline, Rows | StackedRows) and inline.fk_name
        ]

    def view_on_site(self, obj: models.Model) -> str | None:
        """Return the reader's address of the object, if it has one."""
        address = ADDRESSES.get(obj._meta.label_lower)
        return address.format(obj=obj) if address else None

    def address_of_change(self, pk: object) -> str:
        return reverse(
            f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_change", args=[pk]
        )


class ReadOnlyAdmin(CuratedAdmin):
    """A page on which nothing can be changed."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class UntrackedAdmin(ReadOnlyAdmin):
    """A page of what nobody edits, and that therefore has no history."""

    change_form_template = "admin/untracked_change_form.html"

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        raise Http404


class Rows(Curated, _TabularInline):
    """Rows of an object, as a table."""

    form: Any = CuratedForm
    formset: Any = RowFormSet
    extra = 0


class StackedRows(Curated, _StackedInline):
    """Rows of an object that have many fields."""

    form: Any = CuratedForm
    formset: Any = RowFormSet
    extra = 0
