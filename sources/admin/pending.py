"""What the builder has yet to look at, to be read only."""

from django.contrib import admin

from sources.admin.base import UntrackedAdmin
from sources.models import PendingChange


@admin.register(PendingChange)
class PendingChangeAdmin(UntrackedAdmin):
    """The queue of the builder, the longest waiting first: empty when all is built."""

    list_display = ("topic", "ref", "queued_at")
    list_filter = ("topic",)
    search_fields = ("=ref",)
    ordering = ("pk",)
    fields = ("topic", "ref", "queued_at")
    readonly_fields = fields
