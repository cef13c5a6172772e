"""The history: who changed what, when, why and through which door."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.db.models import Count, F, Q

from sources.models import Citation, ExternalId, Figure, Record

DONE: Final = {"insert": "added", "update": "changed", "delete": "deleted"}
#: So many rows of a model are told one by one. Of more (an import touches a hundred thousand) the
#: first few are told, and all are counted.
MOST_ROWS: Final = 100
FEW_ROWS: Final = 10


@dataclass(frozen=True, slots=True)
class FieldChange:
    """What a field said before and says after, in words."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """What was done to one row."""

    model: str
    row: str
    done: str
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """How often the same was done to rows of one model."""

    model: str
    done: str
    times: int


@dataclass(slots=True)
class Occasion:
    """What one person, or one program, did at one go."""

    at: datetime
    who: str
    door: str
    reason: str
    changes: list[Change] = field(default_factory=list)
    #: All that was done to rows of the models of which not every row is among the changes.
    tallies: list[Tally] = field(default_factory=list)


def tracked_models() -> list[type[models.Model]]:
    """Return every model whose rows have a history."""
    return [
        model
        for model in apps.get_models()
        if f"{model.__name__}History".lower() in apps.all_models[model._meta.app_label]
    ]


def history_model(model: type[models.Model]) -> type[models.Model]:
    """Return the model of the history of a model's rows."""
    return apps.get_model(model._meta.app_label, f"{model.__name__}History")


def history_of(
    obj: models.Model, *, rows: Sequence[tuple[type[models.Model], str]] = ()
) -> list[Occasion]:
    """Return all that was ever done to an object and its rows, the latest first.

    `rows` are the models whose rows are part of the object, each with its foreign key to it. A
    record's citations, figures and external ids are part of it anyway. Costs one query a model,
    and one for each model that the rows refer to.
    """
    wanted = [(model, Q(pgh_obj=obj.pk)) for model in (type(obj), *type(obj)._meta.all_parents)]
    wanted += [(model, Q(**{key: obj.pk})) for model, key in rows]
    if isinstance(obj, Record):
        citations = history_model(Citation)._default_manager.filter(record=obj.pk)
        wanted += [
            (Citation, Q(record=obj.pk)),
            (Figure, Q(citation__in=citations.values("pgh_obj"))),
            (ExternalId, Q(record=obj.pk)),
        ]
    found = [
        (
            model,
            list(history_model(model)._default_manager.filter(which).select_related("pgh_context")),
        )
        for model, which in wanted
    ]
    return _occasions(found, owner=obj)


def done_in_context(context_id: object) -> list[Occasion]:
    """Return all that was done in one context of the history: one request, or one command.

    Each row is compared with its own previous state. Where a model's rows were touched more than
    MOST_ROWS times, the first few are told, and all are counted. Costs two queries a tracked model,
    and one for each that is counted.
    """
    found: list[tuple[type[models.Model], list[Any]]] = []
    tallies: list[Tally] = []
    for model in tracked_models():
        history = history_model(model)._default_manager
        done = history.filter(pgh_context=context_id)
        # Not just by its key, or the planner may walk the history from its beginning.
        first = done.order_by(F("pgh_id") + 0).values_list("pgh_obj", flat=True)
        touched = list(first[: MOST_ROWS + 1])
        if len(touched) > MOST_ROWS:
            del touched[FEW_ROWS:]
            tallies += _tallies(model, done)
        if touched:
            versions = history.filter(pgh_obj__in=touched).select_related("pgh_context")
            found.append((model, list(versions)))
    occasions = [one for one in _occasions(found, only=context_id) if one.changes]
    for occasion in occasions:
        occasion.tallies = tallies
    return occasions


def _tallies(model: type[models.Model], done: "models.QuerySet[Any]") -> Iterator[Tally]:
    counts = done.values_list("pgh_label").annotate(times=Count("pgh_id")).order_by("pgh_label")
    for label, times in counts:
        yield Tally(str(model._meta.verbose_name_plural).capitalize(), DONE[label], times)


def _occasions(
    found: Iterable[tuple[type[models.Model], list[Any]]],
    *,
    only: object = None,
    owner: models.Model | None = None,
) -> list[Occasion]:
    histories = [(model, sorted(events, key=lambda event: event.pgh_id)) for model, events in found]
    names = _Names(histories, owner)
    occasions: dict[object, Occasion] = {}
    for model, events in histories:
        previous: dict[Any, Any] = {}
        for event in events:
            before = previous.get(event.pgh_obj_id)
            previous[event.pgh_obj_id] = event
            if only is not None and event.pgh_context_id != only:
                continue
            change = names.change(model, before, event)
            if change is not None:
                key = event.pgh_context_id or event.pgh_created_at
                occasion = occasions.setdefault(key, names.occasion(event))
                occasion.changes.append(change)
    return sorted(occasions.values(), key=lambda occasion: occasion.at, reverse=True)


class _Names:
    """Words for the users and rows that events refer to, each fetched once."""

    def __init__(
        self,
        histories: Sequence[tuple[type[models.Model], list[Any]]],
        owner: models.Model | None,
    ) -> None:
        self.owner = owner
        wanted: dict[type[models.Model], set[Any]] = {}
        users: set[Any] = set()
        for model, events in histories:
            keys = _foreign_keys(model)
            for event in events:
                if event.pgh_context is not None:
                    users.add(event.pgh_context.metadata.get("user"))
                for key in keys:
                    wanted.setdefault(key.related_model, set()).add(getattr(event, key.attname))
        self.rows = {
            model: model._default_manager.select_related().in_bulk(ids - {None})
            for model, ids in wanted.items()
        }
        self.users = get_user_model()._default_manager.in_bulk(users - {None})

    def occasion(self, event: Any) -> Occasion:
        context = event.pgh_context
        metadata = context.metadata if context is not None else {}
        user = metadata.get("user")
        door = "command" if context is not None else "database"
        return Occasion(
            at=event.pgh_created_at,
            who=str(self.users.get(user, f"user {user}")) if user else "the system",
            door=metadata.get("door", door),
            reason=metadata.get("reason", ""),
        )

    def change(self, model: type[models.Model], before: Any, after: Any) -> Change | None:
        """Return what happened between two states of a row; None: nothing to speak of."""
        fields = [] if after.pgh_label == "delete" else list(self._compare(model, before, after))
        if after.pgh_label == "update" and not fields:
            return None
        return Change(
            model=str(model._meta.verbose_name).capitalize(),
            row=self._row(model, after),
            done=DONE[after.pgh_label],
            fields=tuple(fields),
        )

    def _compare(self, model: type[models.Model], before: Any, after: Any) -> Iterator[FieldChange]:
        for one in _own_fields(model):
            if not one.editable and one.name != "status":
                continue
            if self._leads_to_owner(one, getattr(after, one.attname)):
                continue
            old = self._words(one, getattr(before, one.attname)) if before is not None else ""
            new = self._words(one, getattr(after, one.attname))
            if old != new:
                yield FieldChange(name=str(one.verbose_name), before=old, after=new)

    def _leads_to_owner(self, one: "models.Field[Any, Any]", value: Any) -> bool:
        # Every row of the object says that it is the object's: not worth a line.
        return (
            self.owner is not None
            and isinstance(one, models.ForeignKey)
            and isinstance(self.owner, one.related_model)
            and value == self.owner.pk
        )

    def _words(self, one: "models.Field[Any, Any]", value: Any) -> str:
        if value is None or value in ("", []):
            return ""
        if isinstance(one, models.ForeignKey):
            return str(self.rows.get(one.related_model, {}).get(value, f"#{value}"))
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, list):
            return ", ".join(map(str, value))
        return str(dict(one.flatchoices).get(value, value))

    def _row(self, model: type[models.Model], event: Any) -> str:
        row = model(**{one.attname: getattr(event, one.attname) for one in _own_fields(model)})
        if issubclass(model, Record):
            # The child's own history does not hold what the record's does: its title.
            return ""
        for key in _foreign_keys(model):
            related = self.rows.get(key.related_model, {}).get(getattr(event, key.attname))
            if related is not None:
                setattr(row, key.name, related)
        try:
            return str(row)
        except ObjectDoesNotExist:
            return ""


def _own_fields(model: type[models.Model]) -> list[Any]:
    return [one for one in model._meta.local_concrete_fields if not one.primary_key]


def _foreign_keys(model: type[models.Model]) -> list[Any]:
    return [one for one in _own_fields(model) if isinstance(one, models.ForeignKey)]
