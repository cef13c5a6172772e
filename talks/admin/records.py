"""The records of talks: rounds, delegations, decisions, statements, developments, offices, ties."""

from django.contrib import admin

from sources.admin import DATES, Rows
from talks.admin.links import LinkedRecordAdmin
from talks.models import (
    DecisionParty,
    Delegation,
    DelegationDecision,
    DelegationMember,
    DelegationParty,
    Development,
    DevelopmentParty,
    Office,
    PartyTie,
    Round,
    RoundRole,
    Statement,
    StatementSubject,
)


class RoundRoleInline(Rows):
    model = RoundRole
    fk_name = "round"
    verbose_name_plural = "organisers, mediators, hosts, observers"


@admin.register(Round)
class RoundAdmin(LinkedRecordAdmin):
    list_select_related = ("process__conflict", "venue__parent")
    kind_columns = ("process", "label", "round_status", "venue")
    kind_filters = ("round_status", "format", "process__conflict", "process")
    search_fields = (
        "title",
        "summary",
        "public_id",
        "label",
        "process__name",
        "venue__name",
        "venue__other_names",
        "roles__party__name",
        "roles__party__names__text",
    )
    kind_fieldsets = (
        (
            "Round",
            {
                "fields": (
                    ("process", "label"),
                    ("round_status", "format"),
                    ("venue", "venue_wording"),
                )
            },
        ),
    )
    kind_inlines = (RoundRoleInline,)


class DelegationPartyInline(Rows):
    model = DelegationParty
    fk_name = "delegation"
    verbose_name_plural = "parties represented"


class DelegationMemberInline(Rows):
    model = DelegationMember
    fk_name = "delegation"


@admin.register(Delegation)
class DelegationAdmin(LinkedRecordAdmin):
    list_select_related = ("round", "head")
    kind_columns = ("round", "capacity", "attendance", "head")
    kind_filters = ("capacity", "attendance", "round__process__conflict", "round__process")
    search_fields = (
        "title",
        "summary",
        "public_id",
        "round__title",
        "head__name",
        "head__other_names",
        "members__person__name",
        "members__person__other_names",
        "parties__party__name",
        "parties__party__names__text",
        "parties__wording",
    )
    kind_fieldsets = (("Delegation", {"fields": ("round", ("capacity", "attendance"), "head")}),)
    kind_inlines = (DelegationPartyInline, DelegationMemberInline)


class DecisionPartyInline(Rows):
    model = DecisionParty
    fk_name = "decision"
    verbose_name_plural = "parties that decide"


@admin.register(DelegationDecision)
class DelegationDecisionAdmin(LinkedRecordAdmin):
    list_select_related = ("round", "named_head")
    kind_columns = ("decision", "round", "named_head")
    kind_filters = ("decision", "round__process__conflict", "round__process")
    search_fields = (
        "title",
        "summary",
        "public_id",
        "round__title",
        "named_head__name",
        "named_head__other_names",
        "parties__party__name",
        "parties__party__names__text",
        "parties__wording",
    )
    kind_fieldsets = (
        ("Decision", {"fields": ("decision", ("round", "delegation"), "named_head")}),
    )
    kind_inlines = (DecisionPartyInline,)


class StatementSubjectInline(Rows):
    model = StatementSubject
    fk_name = "statement"
    verbose_name_plural = "what it is about"


@admin.register(Statement)
class StatementAdmin(LinkedRecordAdmin):
    list_select_related = ("conflict", "speaker", "speaker_party")
    kind_columns = ("speaker", "speaker_party", "anonymous_role")
    kind_filters = ("conflict",)
    search_fields = (
        "title",
        "summary",
        "public_id",
        "position",
        "conditions",
        "anonymous_role",
        "speaker__name",
        "speaker__other_names",
        "speaker_party__name",
        "speaker_party__names__text",
    )
    kind_fieldsets = (
        (
            "Statement",
            {
                "fields": (
                    "conflict",
                    ("speaker", "speaker_party"),
                    "anonymous_role",
                    "position",
                    "conditions",
                    "audience",
                )
            },
        ),
    )
    kind_inlines = (StatementSubjectInline,)


class DevelopmentPartyInline(Rows):
    model = DevelopmentParty
    fk_name = "development"
    verbose_name_plural = "parties concerned"


@admin.register(Development)
class DevelopmentAdmin(LinkedRecordAdmin):
    list_select_related = ("conflict", "place__parent")
    kind_columns = ("development", "place")
    kind_filters = ("development", "conflict")
    has_figures = True
    search_fields = (
        "title",
        "summary",
        "public_id",
        "place__name",
        "place__other_names",
        "parties__party__name",
        "parties__party__names__text",
    )
    kind_fieldsets = (("Development", {"fields": ("conflict", "development", "place")}),)
    kind_inlines = (DevelopmentPartyInline,)


@admin.register(Office)
class OfficeAdmin(LinkedRecordAdmin):
    list_select_related = ("person", "party")
    kind_columns = ("person", "post", "party", "phase")
    kind_filters = ("phase", "conflict")
    search_fields = (
        "title",
        "summary",
        "public_id",
        "post",
        "person__name",
        "person__other_names",
        "party__name",
        "party__names__text",
    )
    kind_fieldsets = (
        (
            "Office",
            {
                "fields": (
                    "conflict",
                    ("person", "party"),
                    ("post", "phase"),
                    ("since_edtf", "until_edtf"),
                ),
                "description": DATES,
            },
        ),
    )


@admin.register(PartyTie)
class PartyTieAdmin(LinkedRecordAdmin):
    list_select_related = ("party", "other_party")
    kind_columns = ("party", "tie", "other_party", "phase")
    kind_filters = ("tie", "phase", "conflict")
    search_fields = (
        "title",
        "summary",
        "public_id",
        "party__name",
        "party__names__text",
        "party_wording",
        "other_party__name",
        "other_party__names__text",
        "other_wording",
    )
    kind_fieldsets = (
        (
            "Tie",
            {
                "fields": (
                    "conflict",
                    ("party", "party_wording"),
                    ("tie", "phase"),
                    ("other_party", "other_wording"),
                    ("since_edtf", "until_edtf"),
                ),
                "description": DATES,
            },
        ),
    )
