"""The admin site: its name, and its apps in the order in which curators need them."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

APPS = ("ceasefire", "talks", "sources", "timeline", "pghistory", "auth")
FIRST_MODELS = (
    "Truce",
    "TruceEvent",
    "Incident",
    "Violation",
    "Tally",
    "DuplicateProposal",
    "ImportRun",
    "Round",
    "Delegation",
    "DelegationDecision",
    "Statement",
    "Development",
    "Office",
    "PartyTie",
    "Party",
    "Person",
    "Process",
    "Place",
    "Conflict",
    "Record",
    "Source",
    "Outlet",
    "Citation",
    "Figure",
    "Revision",
    "Entry",
    "Sheet",
    "Assessment",
    "Membership",
    "Label",
    "Redaction",
)


class TrucelineAdminSite(admin.AdminSite):
    site_header = "Truceline"
    site_title = "Truceline"
    index_title = "Records, evidence and who they are about"
    enable_nav_sidebar = True

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """Return the apps and their models, what curators enter most first."""
        apps: list[Any] = super().get_app_list(request, app_label)
        for app in apps:
            if app["app_label"] == "pghistory":
                app["name"] = app["models"][0]["name"] = "History"
            app["models"].sort(key=lambda model: _rank(FIRST_MODELS, model["object_name"]))
        return sorted(apps, key=lambda app: _rank(APPS, app["app_label"]))


def _rank(order: tuple[str, ...], name: str) -> int:
    return order.index(name) if name in order else len(order)
