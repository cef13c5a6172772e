"""Conflicts, places, parties, people and processes: what records are about."""

from itertools import combinations
from typing import Any, cast

from django.contrib import admin

from sources.admin import DATES, CuratedAdmin, RowFormSet, Rows, StackedRows, certainly_overlap
from talks.enums import NameKind
from talks.models import (
    Conflict,
    ConflictId,
    Party,
    PartyId,
    PartyName,
    Person,
    Place,
    PlaceId,
    Process,
)


class ConflictIdInline(Rows):
    model = ConflictId
    fk_name = "conflict"
    verbose_name_plural = "ids in other datasets"


class PlaceIdInline(Rows):
    model = PlaceId
    fk_name = "place"
    verbose_name_plural = "ids in other datasets"


class PartyIdInline(Rows):
    model = PartyId
    fk_name = "party"
    verbose_name_plural = "ids in other datasets"


@admin.register(Conflict)
class ConflictAdmin(CuratedAdmin):
    list_display = ("name", "slug")
    search_fields = ("name", "slug", "dataset_ids__value", "dataset_ids__name")
    ordering = ("name", "pk")
    prepopulated_fields = {"slug": ("name",)}
    inlines = (ConflictIdInline,)


@admin.register(Place)
class PlaceAdmin(CuratedAdmin):
    list_display = ("name", "kind", "parent", "latitude", "longitude", "precision")
    # The name of a place is told with its parent's, so the parent's own is asked for too.
    list_select_related = ("parent__parent",)
    list_filter = ("kind", "precision")
    search_fields = ("name", "other_names", "slug", "parent__name")
    ordering = ("name", "pk")
    prepopulated_fields = {"slug": ("name",)}
    fieldsets = (
        (None, {"fields": (("name", "slug"), "kind", "parent", "other_names")}),
        ("Point", {"fields": (("latitude", "longitude"), "precision")}),
    )
    inlines = (PlaceIdInline,)

    def get_queryset(self, request: Any) -> Any:
        return super().get_queryset(request).select_related("parent")


class PartyNameFormSet(RowFormSet):
    """The names of one party."""

    def clean(self) -> None:
        """Refuse two official names in one language whose periods certainly overlap."""
        super().clean()
        official = [
            form
            for form in self.kept_forms()
            if cast("PartyName", form.instance).kind == NameKind.OFFICIAL
        ]
        for one, other in combinations(official, 2):
            name, second = cast("PartyName", one.instance), cast("PartyName", other.instance)
            if name.language == second.language and certainly_overlap(
                name, second, since="since", until="until"
            ):
                other.add_error(
                    "since_edtf",
                    f"“{second.text}” overlaps in time with “{name.text}”: two official names in "
                    f"one language ({name.language}). Date the one's end and the other's "
                    "beginning, or make one a variant.",
                )


class PartyNameInline(StackedRows):
    model = PartyName
    fk_name = "party"
    formset = PartyNameFormSet
    fieldsets = (
        (
            None,
            {"fields": (("text", "kind"), ("language", "script"), ("since_edtf", "until_edtf"))},
        ),
    )


@admin.register(Party)
class PartyAdmin(CuratedAdmin):
    list_display = ("name", "short_name", "kind")
    list_filter = ("kind",)
    search_fields = ("name", "short_name", "slug", "names__text")
    ordering = ("name", "pk")
    prepopulated_fields = {"slug": ("name",)}
    fieldsets = (
        (
            None,
            {
                "fields": (("name", "short_name"), ("kind", "slug")),
                "description": f"Names in every language and script stand below. {DATES}",
            },
        ),
    )
    inlines = (PartyNameInline, PartyIdInline)


@admin.register(Person)
class PersonAdmin(CuratedAdmin):
    list_display = ("name", "other_names_in_words")
    search_fields = ("name", "other_names", "slug")
    ordering = ("name", "pk")
    prepopulated_fields = {"slug": ("name",)}
    fields = (("name", "slug"), "other_names")

    @admin.display(description="other names")
    def other_names_in_words(self, person: Person) -> str:
        return ", ".join(person.other_names)


@admin.register(Process)
class ProcessAdmin(CuratedAdmin):
    list_display = ("name", "conflict", "slug")
    list_select_related = ("conflict",)
    list_filter = ("conflict",)
    search_fields = ("name", "slug", "conflict__name")
    ordering = ("name", "pk")
    prepopulated_fields = {"slug": ("name",)}
    fields = ("conflict", ("name", "slug"))
