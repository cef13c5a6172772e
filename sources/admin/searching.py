"""Searches of the lists in the admin."""

from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Any, Final

from django.contrib.admin.utils import lookup_spawns_duplicates
from django.db import models
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.utils.text import smart_split, unescape_string_literal

#: So many at most are found once and held by their keys.
MOST_HELD: Final = 50_000


def leads_to_rows(model: type[models.Model], field: str) -> bool:
    """Return whether a field that is searched is one of rows, of which an object has many."""
    return lookup_spawns_duplicates(model._meta, field)


def search(queryset: "models.QuerySet[Any]", fields: Sequence[str], term: str) -> Any:
    """Return what holds every word of the term in one of the fields, which are plain names.

    Two words may stand in two rows of an object: a green army and a blue front make “green front”,
    of which Django's own search would find neither. Otherwise the answer is its own.

    What is found by way of rows is looked up apart. Django joins all of them at once, where the
    rows of each kind are multiplied by those of every other: of a million incidents, for a minute.
    A list asks four times for what it shows, so it is looked for once, if it is not too much.
    """
    found = queryset
    for word in smart_split(term):
        is_quoted = word[0] in "\"'" and word[0] == word[-1]
        text = unescape_string_literal(word) if is_quoted else word
        found = found.filter(reduce(or_, (_holds(queryset.model, f, text) for f in fields)))
    keys = list(found.order_by().values_list("pk", flat=True)[: MOST_HELD + 1])
    if len(keys) > MOST_HELD:
        return found
    # As one value: as many would take the database longer to read than to find.
    return queryset.filter(pk__in=RawSQL("SELECT unnest(%s::bigint[])", [keys]))


def _holds(model: type[models.Model], field: str, text: str) -> Q:
    asked = Q(**{f"{field}__icontains": text})
    if leads_to_rows(model, field):
        return Q(pk__in=model._base_manager.filter(asked).values("pk"))
    return asked
