"""The history of everything, deleted rows included, to be read only."""

from typing import Any

from django.contrib import admin
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

    @admin.display(description="user")
    def who(self, context: Any) -> str:
        return str(context.metadata.get("user") or "the system")

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
        occasions = queries.done_in_context(context.pk) if context is not None else []
        return super().change_view(
            request, object_id, form_url, {**(extra_context or {}), "occasions": occasions}
        )
