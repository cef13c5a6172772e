"""Incidents with their attributions; tallies; and claims that a truce was violated."""

from django.contrib import admin

from ceasefire.models import (
    Attribution,
    Incident,
    IncidentParty,
    IncidentTarget,
    IncidentTruce,
    Tally,
    Violation,
)
from sources.admin import CitedForm, CitedRowFormSet, Rows, StackedRows
from talks.admin import LinkedRecordAdmin


class IncidentPartyInline(Rows):
    model = IncidentParty
    fk_name = "incident"


class IncidentTargetInline(Rows):
    model = IncidentTarget
    fk_name = "incident"
    verbose_name_plural = "targets: whom or what it hit"


class IncidentTruceInline(Rows):
    model = IncidentTruce
    fk_name = "incident"
    verbose_name_plural = "truces to be held against it"


class AttributionForm(CitedForm):
    """Somebody's claim of who did it, which may rest on one of the citations."""

    is_citation_optional = True

    class Meta:
        model = Attribution
        exclude = ("citation",)  # by its number on the page instead


class AttributionInline(StackedRows):
    model = Attribution
    fk_name = "incident"
    form = AttributionForm
    formset = CitedRowFormSet
    plain_keys = ("citation",)
    verbose_name_plural = "attributions: who is said to have done it, by whom"
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("accused", "accused_wording", "standing"),
                    ("claimed_by", "claimed_by_party"),
                    "passage",
                    ("justification", "justification_wording"),
                )
            },
        ),
    )


@admin.register(Incident)
class IncidentAdmin(LinkedRecordAdmin):
    list_select_related = ("conflict", "place__parent")
    kind_columns = ("act", "place", "is_aggregate")
    kind_filters = ("conflict", "act", "is_aggregate", "place_precision")
    has_figures = True
    search_fields = (
        "title",
        "summary",
        "public_id",
        "place__name",
        "place__other_names",
        "place_wording",
        "parties__party__name",
        "parties__party__names__text",
        "attributions__accused__name",
        "attributions__accused__names__text",
        "attributions__accused_wording",
        "targets__party__name",
        "targets__party__names__text",
    )
    kind_fieldsets = (
        (
            "Incident",
            {
                "fields": (
                    "conflict",
                    ("act", "is_aggregate"),
                    ("place", "place_wording", "place_precision"),
                )
            },
        ),
    )
    kind_inlines = (IncidentPartyInline, IncidentTargetInline, IncidentTruceInline)
    cited_inlines = (AttributionInline,)


@admin.register(Tally)
class TallyAdmin(LinkedRecordAdmin):
    list_select_related = ("counted_by", "truce", "accused")
    kind_columns = ("counted_by", "counted", "low", "best", "high", "accused")
    kind_filters = ("counted", "conflict", "counted_by")
    search_fields = (
        "title",
        "summary",
        "public_id",
        "counted_by__name",
        "truce__title",
        "accused__name",
        "accused__names__text",
    )
    kind_fieldsets = (
        (
            "Tally",
            {
                "fields": (
                    ("conflict", "truce"),
                    ("counted_by", "counted", "accused"),
                    ("low", "best", "high"),
                )
            },
        ),
    )


@admin.register(Violation)
class ViolationAdmin(LinkedRecordAdmin):
    list_select_related = ("truce", "incident", "accused", "accuser_party", "accuser_person")
    kind_columns = ("truce", "incident", "accused", "standing")
    kind_filters = ("standing", "is_editors_finding", "truce__conflict")
    search_fields = (
        "title",
        "summary",
        "public_id",
        "truce__title",
        "incident__title",
        "accused__name",
        "accused__names__text",
        "accuser_party__name",
        "accuser_party__names__text",
        "accuser_person__name",
        "accuser_person__other_names",
        "accuser_wording",
    )
    kind_fieldsets = (
        (
            "Claim",
            {
                "fields": (
                    ("truce", "incident"),
                    ("accused", "standing"),
                    ("accuser_party", "accuser_person", "accuser_wording"),
                    "is_editors_finding",
                    "note",
                )
            },
        ),
    )
