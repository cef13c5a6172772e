"""What the ids of derived rows stand for, for those who look into the tables."""

from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from timeline.enums import Topic
from timeline.models import Entry, Label


def title_of(column: str) -> Subquery:
    """Return the latest title of the record whose id the column holds."""
    entries = Entry.objects.filter(record_id=OuterRef(column)).order_by("-revision_from")
    return Subquery(entries.values("title")[:1])


def name_of(topic: Topic, column: str) -> Subquery:
    """Return the latest name of the thing whose id the column holds."""
    labels = Label.objects.filter(topic=topic, ref=OuterRef(column)).order_by("-revision_from")
    return Subquery(labels.values("name")[:1])


def records_called(words: str) -> "QuerySet[Any, Any]":
    """Return the ids of records that ever had these words in their title, or this public id."""
    called = Entry.objects.filter(Q(title__icontains=words) | Q(public_id=words))
    return called.values("record_id")


def parties_called(words: str) -> "QuerySet[Any, Any]":
    """Return the ids of parties that ever had these words in their name, or this slug."""
    called = Label.objects.filter(Q(name__icontains=words) | Q(slug=words), topic=Topic.PARTY)
    return called.values("ref")
