"""Records: the base of the admin of every kind, and the queue of them all."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.utils import NestedObjects
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, router
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from sources import services
from sources.admin.addresses import ADDRESSES, RECORD
from sources.admin.base import CuratedAdmin, ReadOnlyAdmin
from sources.admin.citations import (
    CITATIONS,
    CitationInline,
    CitedFormSet,
    ExternalIdInline,
    FigureInline,
)
from sources.enums import RecordKind, Status
from sources.models import Citation, Figure, Record

#: The step that each button asks for, the statuses from which it is offered, and its words.
STEPS = {
    "_submit": (services.submit, {Status.DRAFT}, "Save and submit for review"),
    "_return": (services.return_to_draft, {Status.IN_REVIEW}, "Save and return to draft"),
    "_publish": (
        services.publish,
        {Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN},
        "Save and publish",
    ),
    "_withdraw": (services.withdraw, {Status.PUBLISHED}, "Save and withdraw"),
}
FOR_EDITORS = {"_publish", "_withdraw"}

#: The part of a record's form that every kind has, before and after its own.
WHAT_AND_WHEN = (
    "What and when",
    {"fields": ("title", ("when_edtf", "when_wording"), "extent")},
)
SUMMARY_AND_HOUR = (
    "Summary, time of day",
    {"fields": ("summary", ("time_of_day", "time_zone"))},
)


def user_of(request: HttpRequest) -> User:
    """Return who is logged in; every page of the admin asks for that first."""
    assert isinstance(request.user, User)
    return request.user


class StatusActions(CuratedAdmin):
    """Steps of the review, for lists of records."""

    actions = ("submit_selected", "publish_selected", "withdraw_selected")

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return services.may_publish(user_of(request))

    def has_submit_permission(self, request: HttpRequest) -> bool:
        return super().has_change_permission(request)

    @admin.action(description="Submit the selected records for review", permissions=["submit"])
    def submit_selected(self, request: HttpRequest, queryset: "models.QuerySet[Record]") -> None:
        self._take_step(request, queryset, "_submit", "submitted for review")

    @admin.action(description="Publish the selected records", permissions=["publish"])
    def publish_selected(self, request: HttpRequest, queryset: "models.QuerySet[Record]") -> None:
        self._take_step(request, queryset, "_publish", "published")

    @admin.action(description="Withdraw the selected records", permissions=["publish"])
    def withdraw_selected(self, request: HttpRequest, queryset: "models.QuerySet[Record]") -> None:
        self._take_step(request, queryset, "_withdraw", "withdrawn")

    def _take_step(
        self, request: HttpRequest, queryset: "models.QuerySet[Record]", step: str, done: str
    ) -> None:
        """Take the step with each record that allows it, and say why the others do not."""
        take = STEPS[step][0]
        taken = 0
        for record in queryset:
            try:
                take(record, by=user_of(request))
                taken += 1
            except services.RecordError as error:
                self.message_user(request, str(error), messages.ERROR)
        if taken:
            what = "record was" if taken == 1 else "records were"
            self.message_user(request, f"{taken} {what} {done}.", messages.SUCCESS)

    def get_queryset(self, request: HttpRequest) -> "models.QuerySet[Any]":
        citations = (
            Citation.objects.filter(record=OuterRef("pk"))
            .order_by()
            .values("record")
            .annotate(number=Count("pk"))
            .values("number")
        )
        queryset: models.QuerySet[Any] = super().get_queryset(request)
        annotated: models.QuerySet[Any] = queryset.annotate(
            citation_count=Coalesce(Subquery(citations), 0)
        )
        return annotated

    @admin.display(description="when", ordering="earliest")
    def when_in_words(self, record: Record) -> str:
        return record.when.in_words(
            extent="throughout" if record.extent == "throughout" else "within"
        )

    @admin.display(description="status", ordering="status")
    def status_in_words(self, record: Record) -> SafeString:
        return format_html(
            '<span class="status status-{}">{}</span>', record.status, record.get_status_display()
        )

    @admin.display(description="citations", ordering="citation_count")
    def number_of_citations(self, record: Any) -> int:
        number: int = record.citation_count
        return number


class RecordAdmin(StatusActions):
    """The admin of one kind of record."""

    save_as = True
    ordering = ("-earliest", "-pk")
    date_hierarchy = "earliest"
    search_fields: ClassVar[tuple[str, ...]] = ("title", "summary", "public_id")
    readonly_fields = ("status_in_words", "public_id")
    #: The conflict, however far away, for the list filter; and the kind's own filters.
    kind_filters: ClassVar[tuple[str, ...]] = ()
    #: The columns of the kind's own.
    kind_columns: ClassVar[tuple[str, ...]] = ()
    #: The fieldsets and the rows of the kind's own.
    kind_fieldsets: ClassVar[tuple[Any, ...]] = ()
    kind_inlines: ClassVar[tuple[Any, ...]] = ()
    #: Rows that rest on the record's citations, and so come after them.
    cited_inlines: ClassVar[tuple[Any, ...]] = ()
    #: The kinds whose citations claim numbers of casualties.
    has_figures: ClassVar[bool] = False
    list_display_links = ("title",)

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        return (
            "title",
            "when_in_words",
            *self.kind_columns,
            "status_in_words",
            "number_of_citations",
        )

    def get_list_filter(self, request: HttpRequest) -> tuple[str, ...]:
        return ("status", *self.kind_filters)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        return (
            WHAT_AND_WHEN,
            *self.kind_fieldsets,
            SUMMARY_AND_HOUR,
            ("Review", {"fields": (("status_in_words", "public_id"),)}),
        )

    def get_inlines(self, request: HttpRequest, obj: Any) -> list[Any]:
        figures = (FigureInline,) if self.has_figures else ()
        return [*self.kind_inlines, CitationInline, *figures, *self.cited_inlines, ExternalIdInline]

    def rows(self) -> list[tuple[type[models.Model], str]]:
        return [
            (inline.model, inline.fk_name)
            for inline in (*self.kind_inlines, *self.cited_inlines)
            if inline.fk_name
        ]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let contributors change only what is still on its way."""
        return super().has_change_permission(request, obj) and (
            obj is None or services.may_edit(user_of(request), status=obj.status)
        )

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and (
            obj is None or services.may_edit(user_of(request), status=obj.status)
        )

    def view_on_site(self, obj: Any) -> str | None:
        """Return the reader's address, once there is something to read."""
        if obj.status != Status.PUBLISHED:
            return None
        return ADDRESSES.get(obj._meta.label_lower, RECORD).format(obj=obj)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        citations = next((formset for formset in formsets if formset.prefix == CITATIONS), None)
        for formset in formsets:
            if isinstance(formset, CitedFormSet):
                formset.rest_on(citations)
        super().save_related(request, form, formsets, change)

    def after_rows(self, request: HttpRequest, obj: Any) -> None:
        """Take the step that the button asks for."""
        step = self._asked_step(request)
        if step is None:
            return
        try:
            STEPS[step][0](obj, by=user_of(request))
        except services.NotAllowed as error:
            raise PermissionDenied(str(error)) from error
        except services.RecordError as error:
            raise ValidationError(str(error)) from error

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> Any:
        obj = kwargs.get("obj")
        status = obj.status if obj is not None else Status.DRAFT
        may = self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        context["steps"] = [
            (name, words)
            for name, (_, statuses, words) in STEPS.items()
            if may
            and status in statuses
            and (name not in FOR_EDITORS or services.may_publish(user_of(request)))
        ]
        return super().render_change_form(request, context, *args, **kwargs)

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> Any:
        return self._after_step(request, obj) or super().response_add(
            request, obj, post_url_continue
        )

    def response_change(self, request: HttpRequest, obj: Any) -> Any:
        return self._after_step(request, obj) or super().response_change(request, obj)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        services.delete(obj, by=user_of(request))

    def delete_queryset(self, request: HttpRequest, queryset: "models.QuerySet[Any]") -> None:
        for record in queryset:
            services.delete(record, by=user_of(request))

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Count the record's own citations among what goes with it, not as what keeps it."""
        listed, count, lacking, _ = super().get_deleted_objects(objs, request)
        collector = NestedObjects(using=router.db_for_write(self.model))
        collector.collect(list(objs))
        records = {obj.pk for obj in objs}
        protecting = [
            f"{obj._meta.verbose_name}: {obj}"
            for obj in collector.protected
            if not (isinstance(obj, Citation) and obj.record_id in records)
        ]
        with_it = {str(model._meta.verbose_name) for model in (Citation, Figure, Record)}
        return listed, count, {name for name in lacking if str(name) not in with_it}, protecting

    @staticmethod
    def _asked_step(request: HttpRequest) -> str | None:
        return next((step for step in STEPS if step in request.POST), None)

    def _after_step(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect | None:
        if self._asked_step(request) is None:
            return None
        self.message_user(
            request,
            format_html("“{}” is saved and {}.", obj, obj.get_status_display()),
            messages.SUCCESS,
        )
        return HttpResponseRedirect(self.address_of_change(obj.pk))


@admin.register(Record)
class QueueAdmin(StatusActions, ReadOnlyAdmin):
    """Every record of every kind: the queue of the review, and what other pages choose from."""

    ordering = ("-created_at", "-pk")
    date_hierarchy = "earliest"
    list_display = ("link", "kind", "when_in_words", "status_in_words", "number_of_citations")
    list_display_links = None
    list_filter = ("status", "kind")
    search_fields = ("title", "summary", "public_id", "external_ids__value")

    def has_submit_permission(self, request: HttpRequest) -> bool:
        return user_of(request).has_perm("sources.change_citation")

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """Go to the page of the record's own kind."""
        record = self.get_object(request, object_id)
        if not isinstance(record, Record):
            return super().change_view(request, object_id, form_url, extra_context)
        return HttpResponseRedirect(self._address(record))

    @admin.display(description="title", ordering="title")
    def link(self, record: Record) -> SafeString:
        return format_html('<a href="{}">{}</a>', self._address(record), record.title)

    def _address(self, record: Record) -> str:
        opts = Record.class_of(RecordKind(record.kind))._meta
        return reverse(
            f"{self.admin_site.name}:{opts.app_label}_{opts.model_name}_change", args=[record.pk]
        )
