"""Truce events: moments in the life of a truce."""

from django.db import models

from ceasefire.enums import TruceEventType
from ceasefire.models.truce import Truce
from sources.enums import RecordKind
from sources.fields import choice_check
from sources.models import Record
from sources.triggers import keep_history, queue_changes


@keep_history
class TruceEvent(Record):
    """That a truce was proposed, agreed, in force, strained, suspended, or came to an end."""

    record_kind = RecordKind.TRUCE_EVENT
    own_citable = ("truce", "event")

    record = models.OneToOneField(
        Record, models.CASCADE, parent_link=True, primary_key=True, related_name="as_%(class)s"
    )
    truce = models.ForeignKey(
        Truce, models.PROTECT, related_name="events", help_text="The truce it happened to."
    )
    event = models.CharField(
        max_length=12, choices=TruceEventType, help_text="What happened to it."
    )

    class Meta:
        triggers = queue_changes("record", "record_id", "truce_id")
        constraints = (choice_check("event", TruceEventType),)
