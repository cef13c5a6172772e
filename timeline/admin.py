"""The derived tables, to be read only: what the builder wrote, version by version.

Left out are Usage, as the admin knows no composite keys, and the counts, which are only sums.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from sources.admin import UntrackedAdmin
from timeline import builder
from timeline.enums import Question, Topic
from timeline.forms import RedactionForm
from timeline.models import (
    Assessment,
    Entry,
    Label,
    Membership,
    Redaction,
    Release,
    Revision,
    Sheet,
)
from timeline.queries import derived
from timeline.services import redactions, releases

VALIDITY = ("revision_from", "revision_to")


class VersionFilter(admin.SimpleListFilter):
    """Whether readers see the version now."""

    title = "version"
    parameter_name = "version"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("current", "current"), ("closed", "closed")]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        if self.value() in ("current", "closed"):
            return queryset.filter(revision_to__isnull=self.value() == "current")
        return queryset


class VersionAdmin(UntrackedAdmin):
    """The versions of one derived table, the latest written first."""

    ordering = ("-pk",)
    list_filter: ClassVar[tuple[Any, ...]] = (VersionFilter,)
    #: Titles and names that a row holds as an id, read with the list.
    resolved: ClassVar[Mapping[str, Subquery]] = {}
    #: The columns that are searched by title or name, and how their ids are found.
    found_by: ClassVar[Mapping[str, Callable[[str], "QuerySet[Any, Any]"]]] = {}

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Any]":
        queryset: QuerySet[Any] = super().get_queryset(request)
        annotated: QuerySet[Any] = queryset.annotate(**self.resolved)
        return annotated

    def get_search_fields(self, request: HttpRequest) -> Any:
        """Return what is searched; the list shows a box for it where there is any."""
        return (*super().get_search_fields(request), *self.found_by)

    def get_search_results(
        self, request: HttpRequest, queryset: "QuerySet[Any]", search_term: str
    ) -> tuple["QuerySet[Any]", bool]:
        if not (search_term and self.found_by):
            return super().get_search_results(request, queryset, search_term)
        called = Q()
        for column, ids_of in self.found_by.items():
            called |= Q(**{f"{column}__in": ids_of(search_term)})
        return queryset.filter(called), False


@admin.register(Revision)
class RevisionAdmin(UntrackedAdmin):
    list_display = ("number", "created_at", "projection_version", "added", "changed", "removed")
    list_filter = ("created_at", "projection_version")
    search_fields = ("=number",)
    ordering = ("-number",)

    def view_on_site(self, obj: Any) -> str:
        return reverse("timeline:revision", args=[obj.number])


@admin.register(Release)
class ReleaseAdmin(UntrackedAdmin):
    """Revisions with a name: made here once, and changed by nobody."""

    list_display = ("name", "revision", "created_at", "is_hashed")
    list_select_related = ("revision",)
    search_fields = ("name", "slug")
    ordering = ("-created_at", "-pk")
    fields = ("name", "slug", "revision", "note")
    prepopulated_fields = {"slug": ("name",)}

    def has_add_permission(self, request: HttpRequest) -> bool:
        return admin.ModelAdmin.has_add_permission(self, request)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        latest = Revision.objects.order_by("number").last()
        return {"revision": str(latest.pk) if latest else "", **request.GET.dict()}

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        made = releases.make(
            **form.cleaned_data, site=request.build_absolute_uri("/"), at=timezone.now()
        )
        obj.pk = made.pk

    @admin.display(boolean=True, description="hashed")
    def is_hashed(self, release: Release) -> bool:
        return release.files is not None

    def view_on_site(self, obj: Any) -> str:
        return reverse("timeline:release", args=[obj.slug])


@admin.register(Entry)
class EntryAdmin(VersionAdmin):
    list_display = ("title", "kind", "when_edtf", "verdict", "evidence", *VALIDITY)
    list_filter = (VersionFilter, "kind", "verdict", "evidence", "evidence_who", "precision")
    search_fields = ("title", "public_id")
    # Words for the index, not for people.
    exclude = ("search",)

    def view_on_site(self, obj: Any) -> str:
        """Return the address of the record, as it was if the version is no longer shown."""
        url = reverse("timeline:record", args=[obj.public_id])
        return url if obj.revision_to is None else f"{url}?as_of={obj.revision_from}"


@admin.register(Sheet)
class SheetAdmin(VersionAdmin):
    list_display = ("record", "record_id", *VALIDITY)
    fields = ("record", "record_id", *VALIDITY, "document")
    readonly_fields = ("record", "document")
    resolved = {"record_title": derived.title_of("record_id")}
    found_by = {"record_id": derived.records_called}

    @admin.display(description="record")
    def record(self, sheet: Any) -> Any:
        return sheet.record_title

    @admin.display(description="document")
    def document(self, sheet: Sheet) -> SafeString:
        return format_html("<pre>{}</pre>", json.dumps(sheet.doc, ensure_ascii=False, indent=2))


@admin.register(Label)
class LabelAdmin(VersionAdmin):
    list_display = ("name", "topic", "ref", "slug", *VALIDITY)
    list_filter = (VersionFilter, "topic")
    search_fields = ("name", "slug")
    exclude = ("folded",)


@admin.register(Membership)
class MembershipAdmin(VersionAdmin):
    _days = ("since_earliest", "since_latest", "until_earliest", "until_latest")
    list_display = ("party", "umbrella", *_days, *VALIDITY)
    fields = ("party", "umbrella", "record_id", *_days, *VALIDITY)
    readonly_fields = ("party", "umbrella")
    resolved = {
        "party_name": derived.name_of(Topic.PARTY, "party_id"),
        "umbrella_name": derived.name_of(Topic.PARTY, "umbrella_id"),
    }
    found_by = {"party_id": derived.parties_called, "umbrella_id": derived.parties_called}

    @admin.display(description="party")
    def party(self, membership: Any) -> Any:
        return membership.party_name

    @admin.display(description="umbrella")
    def umbrella(self, membership: Any) -> Any:
        return membership.umbrella_name


@admin.register(Assessment)
class AssessmentAdmin(VersionAdmin):
    list_display = (
        "incident",
        "truce",
        *Question.values,
        "verdict",
        "standing",
        "counts_as",
        *VALIDITY,
    )
    list_filter = (VersionFilter, "verdict", "standing", "counts_as", *Question.values)
    fields = (
        ("incident", "incident_id"),
        ("truce", "truce_id"),
        "attribution_id",
        *((question, f"{question}_why") for question in Question.values),
        ("verdict", "standing", "counts_as"),
        VALIDITY,
    )
    readonly_fields = ("incident", "truce")
    resolved = {
        "incident_title": derived.title_of("incident_id"),
        "truce_title": derived.title_of("truce_id"),
    }
    found_by = {"incident_id": derived.records_called, "truce_id": derived.records_called}

    @admin.display(description="incident")
    def incident(self, assessment: Any) -> Any:
        return assessment.incident_title

    @admin.display(description="truce")
    def truce(self, assessment: Any) -> Any:
        return assessment.truce_title


@admin.register(Redaction)
class RedactionAdmin(UntrackedAdmin):
    """What was taken out of older revisions, and the form that takes out more."""

    list_display = ("redacted_at", "reason", "revision", "by", "note")
    list_filter = ("reason",)
    search_fields = ("note", "by")
    ordering = ("-pk",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("timeline.add_redaction")

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Redact, outside of the transaction in which the admin usually saves."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = RedactionForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            # What was corrected a moment ago is to be what older revisions say.
            builder.build()
            try:
                redaction = redactions.redact(
                    topic=Topic(form.cleaned_data["topic"]),
                    ref=form.cleaned_data["ref"],
                    by=request.user.get_username(),
                    note=form.cleaned_data["note"],
                    at=timezone.now(),
                )
            except redactions.RedactionError as error:
                form.add_error(None, str(error))
            else:
                messages.success(
                    request,
                    f"Revisions up to {redaction.revision} say of it what the latest one says.",
                )
                return redirect("admin:timeline_redaction_changelist")
        context = {
            **self.admin_site.each_context(request),
            "title": "Take words out of older revisions",
            "opts": self.opts,
            "form": form,
        }
        return render(request, "admin/redaction_form.html", context)
