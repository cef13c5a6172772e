"""The field for partial dates: its columns, its validation, and the trigger that guards them."""

import importlib
from collections.abc import Iterator
from datetime import date
from typing import Any

import pghistory
import pytest
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, connection, models, transaction
from django.db.migrations.state import ModelState, ProjectState
from django.db.migrations.writer import MigrationWriter
from django.db.models import F, Value
from django.test.utils import isolate_apps

from sources.fields import PartialDateField, partial_date_check
from sources.sql import sql
from sources.triggers import keep_partial_dates

COLUMNS = [
    "id",
    "when_edtf",
    "earliest",
    "latest",
    "precision",
    "since_edtf",
    "since_earliest",
    "since_latest",
    "since_precision",
    "title",
]
JANUARY = ("2017-01", date(2017, 1, 1), date(2017, 1, 31), "month")
UNDATED = ("", None, None, "unknown")


@pytest.fixture
def dated() -> Iterator[Any]:
    """Give a model with two partial dates, without a table."""
    with isolate_apps("sources"):

        class Dated(models.Model):
            when_edtf = PartialDateField(prefix="", verbose_name="when")
            since_edtf = PartialDateField(prefix="since_", verbose_name="since")
            title = models.CharField(max_length=20, blank=True, default="")

            class Meta:
                app_label = "sources"
                constraints = [
                    partial_date_check("", "sources_dated_when"),
                    partial_date_check("since_", "sources_dated_since"),
                ]

        yield Dated


@pytest.fixture
def unguarded(db: None, dated: Any) -> Any:
    """Give the model with its table, but without the trigger."""
    with connection.cursor() as cursor:
        cursor.execute(sql("partial_dates"))
    with connection.schema_editor() as editor:
        editor.create_model(dated)
    return dated


@pytest.fixture
def guarded(unguarded: Any) -> Any:
    """Give the model with its table and the trigger."""
    keep_partial_dates(("when_edtf", ""), ("since_edtf", "since_")).install(unguarded)
    return unguarded


def when(model: Any) -> list[tuple[Any, ...]]:
    """Return what the table holds of the first date."""
    return list(model.objects.order_by("pk").values_list(*COLUMNS[1:5]))


def names(model: type[models.Model]) -> list[str]:
    return [field.name for field in model._meta.local_fields]


def test_field_brings_its_companions_once_and_in_order(dated: Any) -> None:
    assert names(dated) == COLUMNS
    assert [field.name for field in dated._meta.fields if not field.editable] == [
        name for name in COLUMNS if name.endswith(("earliest", "latest", "precision"))
    ]


def test_child_of_abstract_model_has_companions_once() -> None:
    with isolate_apps("sources"):

        class Base(models.Model):
            when_edtf = PartialDateField()

            class Meta:
                app_label = "sources"
                abstract = True

        class First(Base):
            class Meta:
                app_label = "sources"

        class Second(Base):
            class Meta:
                app_label = "sources"

    assert names(First) == COLUMNS[:5]
    assert names(Second) == COLUMNS[:5]


def test_child_table_inherits_companions(dated: Any) -> None:
    class Child(dated):  # type: ignore[misc]  # the base is made in a fixture
        class Meta:
            app_label = "sources"

    assert names(Child) == ["dated_ptr"]
    assert Child._meta.get_field("since_latest").model is dated


def test_migration_state_has_companions_once(dated: Any) -> None:
    state = ProjectState()
    state.add_model(ModelState.from_model(dated))

    rendered = state.apps.get_model("sources", "dated")

    assert names(rendered) == COLUMNS


def test_field_written_to_migration_is_read_back_the_same(dated: Any) -> None:
    field = dated._meta.get_field("since_edtf")
    text, imports = MigrationWriter.serialize(field)

    scope = {"sources": importlib.import_module("sources")}
    again = eval(text, scope)  # our own text, as a migration holds it

    assert imports == {"import sources.fields"}
    assert again.deconstruct()[1:] == field.deconstruct()[1:]
    assert again.prefix == "since_"


def test_event_model_of_history_has_companions_once(dated: Any) -> None:
    event_model = pghistory.create_event_model(
        dated, pghistory.InsertEvent(), app_label="sources", abstract=True
    )

    own = [name for name in names(event_model) if not name.startswith("pgh_")]
    assert sorted(own) == sorted(COLUMNS)


@pytest.mark.parametrize("text", ["2017-01", " 2017-01\u00a0"])
def test_clean_sets_companions(dated: Any, text: str) -> None:
    row = dated(when_edtf=text)

    row.clean_fields()

    assert (row.when_edtf, row.earliest, row.latest, row.precision) == JANUARY


def test_clean_of_emptied_text_clears_companions(dated: Any) -> None:
    row = dated(when_edtf="2017-01")
    row.clean_fields()

    row.when_edtf = ""
    row.clean_fields()

    assert (row.when_edtf, row.earliest, row.latest, row.precision) == UNDATED


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("2017-02-30", "30 February 2017 does not exist."),
        (None, "This field cannot be null."),
        ("2" * 65, "Ensure this value has at most 64 characters (it has 65)."),
    ],
)
def test_clean_refuses_with_sentence(dated: Any, text: str | None, sentence: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        dated(when_edtf=text).clean_fields()

    assert refusal.value.message_dict == {"when_edtf": [sentence]}


def test_required_date_must_not_be_empty() -> None:
    field = PartialDateField(blank=False)

    with pytest.raises(ValidationError) as refusal:
        field.clean("", None)

    assert refusal.value.messages == ["This field cannot be blank."]
    assert field.clean(" 2017 ", None) == "2017"


def test_save_sets_companions_without_trigger(unguarded: Any) -> None:
    row = unguarded.objects.create(when_edtf=" 2017-01 ")

    assert (row.when_edtf, row.earliest, row.latest, row.precision) == JANUARY
    assert when(unguarded) == [JANUARY]


def test_bulk_create_sets_companions_without_trigger(unguarded: Any) -> None:
    unguarded.objects.bulk_create([unguarded(when_edtf="2017-01 "), unguarded()])

    assert when(unguarded) == [JANUARY, UNDATED]


def test_save_refuses_missing_text(unguarded: Any) -> None:
    with pytest.raises(IntegrityError):
        unguarded.objects.create(when_edtf=None)


def test_save_takes_expression(guarded: Any) -> None:
    row = guarded.objects.create(since_edtf="2017-01")

    row.when_edtf = F("since_edtf")
    row.save()

    assert when(guarded) == [JANUARY]


def test_check_refuses_bounds_in_wrong_order(unguarded: Any) -> None:
    row = unguarded.objects.create(when_edtf="2017-01")

    with pytest.raises(IntegrityError, match="sources_dated_when"), transaction.atomic():
        unguarded.objects.filter(pk=row.pk).update(earliest=date(2018, 1, 1))


def test_check_words_its_violation(db: None, dated: Any) -> None:
    row = dated(since_earliest=date(2018, 1, 1), since_latest=date(2017, 1, 1))

    with pytest.raises(ValidationError) as refusal:
        dated._meta.constraints[1].validate(dated, row)

    assert refusal.value.messages == ["The earliest possible day must not be after the latest."]


def test_trigger_follows_raw_insert(guarded: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO sources_dated (when_edtf, precision, since_edtf, since_precision, title)"
            " VALUES (' 2017-01 ', 'day', '2016-01~', 'day', '')"
        )

    row = guarded.objects.get()
    assert when(guarded) == [JANUARY]
    assert (row.since_earliest, row.since_latest) == (date(2015, 12, 1), date(2016, 2, 29))
    assert row.since_precision == "year"


def test_trigger_follows_update_of_text(guarded: Any) -> None:
    guarded.objects.create(when_edtf="2011")

    guarded.objects.update(when_edtf="2017-01")

    assert when(guarded) == [JANUARY]


def test_trigger_follows_bulk_update(guarded: Any) -> None:
    row = guarded.objects.create(when_edtf="2011")

    row.when_edtf = "2017-01"
    guarded.objects.bulk_update([row], ["when_edtf"])

    assert when(guarded) == [JANUARY]


@pytest.mark.parametrize(
    "change",
    [
        {"earliest": date(2000, 1, 1)},
        {"latest": None},
        {"precision": Value("open")},
    ],
)
def test_trigger_undoes_update_of_companions(guarded: Any, change: dict[str, Any]) -> None:
    guarded.objects.create(when_edtf="2017-01")

    guarded.objects.update(**change)

    assert when(guarded) == [JANUARY]


def test_trigger_refuses_text_that_is_no_date(guarded: Any) -> None:
    guarded.objects.create(when_edtf="2017-01")

    with pytest.raises(DataError, match="2017-02-30 does not exist"), transaction.atomic():
        guarded.objects.update(when_edtf="2017-02-30")

    assert when(guarded) == [JANUARY]


def test_trigger_leaves_other_updates_alone(guarded: Any) -> None:
    row = guarded.objects.create(when_edtf="2017-01")
    keep_partial_dates("when_edtf", prefix="").uninstall(guarded)
    guarded.objects.update(when_edtf="2018", precision="open")
    keep_partial_dates("when_edtf", prefix="").install(guarded)

    guarded.objects.filter(pk=row.pk).update(title="other")

    assert when(guarded) == [("2018", *JANUARY[1:3], "open")]


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("", (None, None, "unknown")),
        ("2017-01-15", (date(2017, 1, 15), date(2017, 1, 15), "day")),
        ("2017-01-15/2017-01-28", (date(2017, 1, 15), date(2017, 1, 28), "month")),
    ],
)
@pytest.mark.parametrize("wrong", ["earliest", "latest", "precision"])
def test_trigger_wakes_where_one_companion_says_otherwise(
    guarded: Any, text: str, bounds: tuple[Any, ...], wrong: str
) -> None:
    guarded.objects.create(when_edtf=text)
    assert when(guarded) == [(text, *bounds)]

    other = "open" if wrong == "precision" else date(2016, 1, 1)
    guarded.objects.update(**{wrong: other})

    assert when(guarded) == [(text, *bounds)]
