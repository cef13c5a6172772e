"""The history of everything, deleted rows included, to be read only."""

from typing import Any

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db.models import CharField, OuterRef, Subquery
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.http import HttpRequest
from pghistory.models import Context

from sources import queries
from sources.admin.base import UntrackedAdmin


@admin.register(Context)
class ContextAdmin(UntrackedAdmin):
    """One request or one command, and all that it changed."""

    list_display = ("created_at", "who", "door", "reason")
    ordering = ("-created_at", "-pk")
    date_hierarchy = "created_at"
    search_fields = ("metadata__reason", "metadata__door")
    change_form_template = "admin/context_change_form.html"

    def get_queryset(self, request: HttpRequest) -> Any:
        """Bring the user's name along: the context itself has a number."""
        users = get_user_model()._default_manager.annotate(key=Cast("pk", CharField()))
        named = users.filter(key=OuterRef("user_key")).values("username")
        found: Any = super().get_queryset(request)
        return found.annotate(user_key=KT("metadata__user")).annotate(user_name=Subquery(named))

    @admin.display(description="user")
    def who(self, context: Any) -> str:
        user = context.metadata.get("user")
        return context.user_name or (f"user {user}" if user else "the system")

    @admin.display(description="door")
    def door(self, context: Any) -> str:
        return str(context.metadata.get("door", "command"))

    @admin.display(description="reason")
    def reason(self, context: Any) -> str:
        return str(context.metadata.get("reason", ""))

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        context = self.get_object(request, object_id)
        if context is None:
            return super().change_view(request, object_id, form_url, extra_context)
        shown = {
            "occasions": queries.done_in_context(context.pk),
            "subtitle": self.reason(context) or f"by way of the {self.door(context)}",
        }
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **shown})
