"""Outlets and sources; and the lists from which citations and figures are chosen."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from sources import services
from sources.admin.base import DATES, CuratedAdmin, ReadOnlyAdmin
from sources.admin.records import user_of
from sources.enums import Visibility
from sources.models import Citation, Figure, Outlet, Source
from sources.partial_dates import PartialDate


@admin.register(Outlet)
class OutletAdmin(CuratedAdmin):
    list_display = ("name", "kind", "affiliation", "reliability")
    list_filter = ("kind", "reliability")
    search_fields = ("name", "other_names", "slug", "affiliation")
    ordering = ("name", "pk")
    prepopulated_fields = {"slug": ("name",)}
    fields = (
        ("name", "slug"),
        "other_names",
        ("kind", "affiliation"),
        "covers",
        "reliability",
        "url",
    )


@admin.register(Source)
class SourceAdmin(CuratedAdmin):
    list_display = ("title", "outlet", "published_in_words", "language", "visibility")
    list_select_related = ("outlet",)
    list_filter = ("visibility", "outlet", "language")
    search_fields = ("title", "outlet__name", "author", "url", "public_id")
    date_hierarchy = "published_earliest"
    ordering = ("-published_earliest", "-pk")
    readonly_fields = ("public_id",)
    fieldsets = (
        (None, {"fields": ("outlet", "title", "url", ("author", "language"))}),
        (
            "When",
            {
                "fields": (("published_edtf", "published_wording"), "accessed_on"),
                "description": DATES,
            },
        ),
        ("Licence", {"fields": ("licence", "attribution")}),
        ("Archived copy", {"fields": ("archive_url", "archive_sha256")}),
        ("Who may know of it", {"fields": (("visibility", "public_id"),)}),
    )

    @admin.display(description="published", ordering="published_earliest")
    def published_in_words(self, source: Source) -> str:
        return PartialDate.parse(source.published_edtf).in_words()

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Let everybody enter a source as restricted, and only administrators change that."""
        fields = super().get_readonly_fields(request, obj)
        if obj is None or user_of(request).has_perm(services.RESTRICT):
            return fields
        return (*fields, "visibility")

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change and "visibility" in form.changed_data and obj.visibility == Visibility.RESTRICTED:
            services.restrict(obj, by=user_of(request))

    def view_on_site(self, obj: Any) -> str | None:
        return super().view_on_site(obj) if obj.visibility == Visibility.PUBLIC else None


@admin.register(Citation)
class CitationAdmin(ReadOnlyAdmin):
    """To look a passage up; it is edited on the page of its record."""

    list_display = ("__str__", "record", "stance", "origin")
    list_select_related = ("record", "source__outlet")
    list_filter = ("stance", "origin")
    search_fields = ("source__title", "source__outlet__name", "record__title", "attributed_speaker")
    ordering = ("-pk",)


@admin.register(Figure)
class FigureAdmin(ReadOnlyAdmin):
    """To look a figure up; it is edited on the page of its record."""

    list_display = ("__str__", "citation")
    list_select_related = ("citation__source__outlet",)
    list_filter = ("harm", "group")
    search_fields = ("citation__record__title", "citation__source__title", "harm", "group", "side")
    ordering = ("-pk",)
