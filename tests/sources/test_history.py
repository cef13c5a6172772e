"""Every write of every fact is in its history, whatever the door it came through."""

from collections.abc import Iterator
from typing import Any

import pghistory
import pytest
from django.apps import apps
from django.contrib import admin
from django.db import models, transaction

from sources.models import Citation, ExternalId, Figure, Record
from talks.models import Round
from tests.factories.talks import RoundFactory
from tests.rows import ROWS, Door, changed, every_write, owned_models


@pytest.fixture(autouse=True)
def _roll_back(db: None) -> Iterator[None]:
    yield
    # Some doors leave a record without its child, which could not be committed.
    transaction.set_rollback(True)


def history_of(model: type[models.Model]) -> Any:
    return apps.get_model(model._meta.app_label, f"{model.__name__}History")._default_manager


@pytest.mark.parametrize(("model", "operation", "door"), every_write())
def test_write_lands_in_history(model: type[models.Model], operation: str, door: Door) -> None:
    write = door(model)
    before = set(history_of(model).values_list("pgh_id", flat=True))

    with pghistory.context(user=7, reason="a test"):
        key = write()

    events = history_of(model).exclude(pgh_id__in=before)
    assert list(events.values_list("pgh_label", "pgh_obj_id", "pgh_context__metadata")) == [
        (operation, key, {"user": 7, "reason": "a test"})
    ]


@pytest.mark.parametrize("model", ROWS)
def test_history_holds_the_row_as_it_became(model: type[models.Model]) -> None:
    row = ROWS[model].make()
    change = changed(model)

    model._default_manager.filter(pk=row.pk).update(**change)

    became = history_of(model).filter(pgh_obj_id=row.pk).latest("pgh_id")
    assert {name: getattr(became, name) for name in change} == change


def test_write_outside_a_context_lands_in_history_too() -> None:
    row = RoundFactory.create()

    Record.objects.filter(pk=row.pk).update(title="changed")

    event = history_of(Record).latest("pgh_id")
    assert (event.pgh_label, event.title, event.pgh_context) == ("update", "changed", None)


def test_update_that_changes_nothing_is_not_history() -> None:
    row = RoundFactory.create()
    before = history_of(Round).count()

    Round._base_manager.filter(pk=row.pk).update(label="")

    assert history_of(Round).count() == before


def test_every_model_is_tracked() -> None:
    expected = {
        model: apps.get_model(model._meta.app_label, f"{model.__name__}History")
        for model in owned_models()
    }

    tracked: dict[type[models.Model], Any] = {
        model: set(getattr(model, "pgh_event_models", {}).values()) for model in owned_models()
    }

    assert tracked == {model: {history} for model, history in expected.items()}


def test_every_model_has_a_row_to_write() -> None:
    assert set(ROWS) == set(owned_models())


def read_by() -> set[tuple[type[models.Model], str]]:
    """Return each model whose history is part of another object's, and the key that leads there."""
    rows = {
        row
        for page in admin.site._registry.values()
        if hasattr(page, "rows")
        for row in page.rows()
    }
    return rows | {(Citation, "record"), (Figure, "citation"), (ExternalId, "record")}


def test_the_histories_of_an_objects_rows_are_found_by_index() -> None:
    """Else its page reads the history of every row that was ever imported."""
    begin_with = {
        (model, index.fields[0])
        for model, _ in read_by()
        for index in history_of(model).model._meta.indexes
    }

    assert len(read_by()) > 20
    assert read_by() <= begin_with
