"""Links between records, on the page of every record."""

from typing import Any

from django.http import HttpRequest

from sources.admin import RecordAdmin, Rows
from talks.models import RecordLink


class RecordLinkInline(Rows):
    """The accounts that an editor sets beside this one."""

    model = RecordLink
    fk_name = "from_record"
    verbose_name_plural = "links to other records"


class LinkedRecordAdmin(RecordAdmin):
    """The admin of a kind of record, with its links to others."""

    def get_inlines(self, request: HttpRequest, obj: Any) -> list[Any]:
        return [*super().get_inlines(request, obj), RecordLinkInline]

    def rows(self) -> list[Any]:
        return [*super().rows(), (RecordLink, "from_record")]
