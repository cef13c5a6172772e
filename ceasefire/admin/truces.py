"""Truces with their parties, terms, areas and links; and the moments of their life."""

from itertools import combinations
from typing import cast

from django.contrib import admin

from ceasefire.enums import TruceRole
from ceasefire.models import (
    Truce,
    TruceArea,
    TruceEvent,
    TruceLink,
    TruceParty,
    TruceTerm,
    TruceWindow,
)
from sources.admin import DATES, RowFormSet, Rows, StackedRows, certainly_overlap
from talks.admin import LinkedRecordAdmin


class TrucePartyFormSet(RowFormSet):
    """The parties of one truce."""

    def clean(self) -> None:
        """Refuse that a party is bound and excluded over a time that is certain for both."""
        super().clean()
        rows = [
            form
            for form in self.kept_forms()
            if cast("TruceParty", form.instance).role in (TruceRole.BOUND, TruceRole.EXCLUDED)
        ]
        for one, other in combinations(rows, 2):
            party, second = cast("TruceParty", one.instance), cast("TruceParty", other.instance)
            if (
                party.party_id == second.party_id
                and party.role != second.role
                and certainly_overlap(party, second, since="joined", until="left")
            ):
                other.add_error(
                    "role",
                    f"{second.party} is already {party.get_role_display()}: a party cannot be "
                    "bound and excluded by one truce at one time. Remove one, or date when it "
                    "joined and left.",
                )


class TrucePartyInline(StackedRows):
    model = TruceParty
    fk_name = "truce"
    formset = TrucePartyFormSet
    verbose_name_plural = "parties: bound, excluded, brokers, guarantors, monitors"
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("party", "role", "binds_members"),
                    ("wording", "contested_by"),
                    ("joined_edtf", "left_edtf", "outcome"),
                    ("exclusion_basis", "designation", "designation_as_of_edtf"),
                )
            },
        ),
    )


class TruceTermInline(Rows):
    model = TruceTerm
    fk_name = "truce"
    verbose_name_plural = "terms"


class TruceAreaInline(Rows):
    model = TruceArea
    fk_name = "truce"
    verbose_name_plural = "listed places"


class TruceWindowInline(Rows):
    model = TruceWindow
    fk_name = "truce"
    verbose_name_plural = "daily windows of a humanitarian pause"


class TruceLinkInline(Rows):
    model = TruceLink
    fk_name = "from_truce"
    verbose_name_plural = "links to other truces"


@admin.register(Truce)
class TruceAdmin(LinkedRecordAdmin):
    list_select_related = ("conflict",)
    kind_columns = ("conflict", "truce_class", "outcome")
    kind_filters = ("conflict", "truce_class", "side", "outcome", "coverage")
    search_fields = (
        "title",
        "summary",
        "public_id",
        "coverage_wording",
        "parties__party__name",
        "parties__party__names__text",
        "parties__wording",
    )
    kind_fieldsets = (
        (
            "Truce",
            {
                "fields": (
                    "conflict",
                    ("truce_class", "side", "form"),
                    "purposes",
                    ("bound_recorded", "terms_recorded"),
                    ("coverage", "coverage_wording"),
                ),
                "description": "What the sources do not say stays “not recorded”: no verdict is "
                "drawn from silence.",
            },
        ),
        (
            "Its period",
            {
                "fields": (
                    ("declared_edtf", "effective_edtf"),
                    ("effective_time", "effective_zone"),
                    ("end_edtf", "last_attested_edtf"),
                    "outcome",
                ),
                "description": DATES,
            },
        ),
        ("Mediation, monitoring", {"fields": (("mediated", "monitored", "enforcement"),)}),
    )
    kind_inlines = (
        TrucePartyInline,
        TruceTermInline,
        TruceAreaInline,
        TruceWindowInline,
        TruceLinkInline,
    )


@admin.register(TruceEvent)
class TruceEventAdmin(LinkedRecordAdmin):
    list_select_related = ("truce",)
    kind_columns = ("event", "truce")
    kind_filters = ("event", "truce__conflict")
    search_fields = (
        "title",
        "summary",
        "public_id",
        "truce__title",
        "truce__parties__party__name",
        "truce__parties__party__names__text",
    )
    kind_fieldsets = (("Event", {"fields": (("truce", "event"),)}),)
