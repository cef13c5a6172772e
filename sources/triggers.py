"""What the database itself does after every write, whatever the door it came through.

Statement-level triggers, declared beside each model, so that the admin, a bulk
import, the shell and raw SQL all leave the same pending changes and history.
"""

from collections.abc import Callable, Sequence
from typing import TypeVar

import pghistory
import pgtrigger
from django.db import models

Tracked = TypeVar("Tracked", bound=type[models.Model])


def keep_history(model: Tracked, *, part_of: Sequence[str] = ()) -> Tracked:
    """Keep every insert, update and delete of `model`'s rows in `<Model>History`.

    The name is ours because pghistory's own would call the history of Truce
    `TruceEvent`, which is a thing of the field. It is indexed by its row, and by what its row is
    part of, by which an object's history finds those of its rows: what it is deleted with, and
    what the keys in `part_of` lead to.
    """
    keys = [
        field.name
        for field in model._meta.local_fields
        if field.name in part_of
        or (field.many_to_one and getattr(field.remote_field, "on_delete", None) is models.CASCADE)
    ]
    track: Callable[[Tracked], Tracked] = pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        model_name=f"{model.__name__}History",
        # A record has its own history and its child's: each needs a name of its own.
        obj_field=pghistory.ObjForeignKey(
            related_name=f"{model.__name__.lower()}_history", db_index=True
        ),
        meta={"indexes": [models.Index(fields=[name]) for name in keys]},
    )
    # Else a record's child would share its parent's, and each would take the last one's history.
    model.pgh_event_models = {}  # type: ignore[attr-defined]  # pghistory's
    return track(model)


def queue_changes(topic: str, *refs: str, rows: str = "{rows}") -> Sequence[pgtrigger.Trigger]:
    """Return the triggers that queue a pending change for what each statement touched.

    `topic` says what the reference is the id of (`record`, `party`, `place` …);
    `refs` are the columns that hold it, of which NULLs are passed over, and `rows`
    is where to read them from if not from the touched `{rows}` themselves. An
    update queues what the row referred to before as well as after. TRUNCATE
    shows no rows to a trigger, so it queues the topic `everything`.
    """
    columns = refs or ("id",)

    def insert(*tables: str) -> str:
        # Rows of one statement often refer to one thing: it has changed once.
        select = "SELECT" if columns == ("id",) else "SELECT DISTINCT"
        touched = " UNION ".join(
            f"{select} {column} AS ref FROM {rows.format(rows=table)} AS {table}_"  # ours
            for table in tables
            for column in columns
        )
        return (
            "INSERT INTO sources_pendingchange (topic, ref) "  # noqa: S608  # names of ours
            f"SELECT '{topic}', ref FROM ({touched}) AS touched WHERE ref IS NOT NULL; "
            "RETURN NULL;"
        )

    name = f"queue_{topic}"
    return (
        pgtrigger.Trigger(
            name=f"{name}_insert",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=pgtrigger.Insert,
            referencing=pgtrigger.Referencing(new="new_rows"),
            func=insert("new_rows"),
        ),
        pgtrigger.Trigger(
            name=f"{name}_update",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=pgtrigger.Update,
            referencing=pgtrigger.Referencing(old="old_rows", new="new_rows"),
            func=insert("old_rows", "new_rows"),
        ),
        pgtrigger.Trigger(
            name=f"{name}_delete",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=pgtrigger.Delete,
            referencing=pgtrigger.Referencing(old="old_rows"),
            func=insert("old_rows"),
        ),
        pgtrigger.Trigger(
            name=f"{name}_truncate",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=pgtrigger.Truncate,
            func=(
                "INSERT INTO sources_pendingchange (topic, ref) VALUES ('everything', NULL); "
                "RETURN NULL;"
            ),
        ),
    )


def keep_partial_dates(*fields: str | tuple[str, str], prefix: str = "") -> pgtrigger.Trigger:
    """Return the trigger by which the companions of partial dates follow their texts.

    Takes the name of one field and its prefix, or several pairs of name and prefix:

        keep_partial_dates("when_edtf", prefix="")
        keep_partial_dates(("since_edtf", "since_"), ("until_edtf", "until_"))

    A model has one such trigger. A text that is no date stops the statement (SQLSTATE 22007).
    A row whose companions say already what its texts say does not wake it.
    """
    pairs = [(field, prefix) if isinstance(field, str) else field for field in fields]
    return pgtrigger.Trigger(
        name="keep_partial_dates",
        level=pgtrigger.Row,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        condition=pgtrigger.Condition(f"({' OR '.join(_is_behind(*pair) for pair in pairs)})"),
        func=pgtrigger.Func("".join(_follow(*pair) for pair in pairs) + "RETURN NEW;"),
    )


def _is_behind(field: str, prefix: str) -> str:
    """Return whether the companions do not say what the text says; no date is the cheap case."""
    text, *companions = (f'NEW."{name}"' for name in _names(field, prefix))
    bounds = f"sources_edtf_earliest({text}), sources_edtf_latest({text})"
    said = f"ROW({text}, {', '.join(companions)}) IS DISTINCT FROM"
    # The precision of the bounds as they are: where those are others, this is behind anyway.
    precision = f"sources_date_precision({', '.join(companions[:2])})"
    follows = f"ROW(sources_edtf_text({text}), {bounds}, {precision})"
    return f"({said} ROW('', NULL, NULL, 'unknown') AND {said} {follows})"


def _names(field: str, prefix: str) -> tuple[str, str, str, str]:
    return field, f"{prefix}earliest", f"{prefix}latest", f"{prefix}precision"


def _follow(field: str, prefix: str) -> str:
    text, earliest, latest, precision = (f'"{{columns.{name}}}"' for name in _names(field, prefix))
    new, old = (
        ", ".join(f"{row}.{column}" for column in (text, earliest, latest, precision))
        for row in ("NEW", "OLD")
    )
    return f"""
        IF TG_OP = 'INSERT' OR ROW({new}) IS DISTINCT FROM ROW({old}) THEN
            NEW.{text} := sources_edtf_text(NEW.{text});
            NEW.{earliest} := sources_edtf_earliest(NEW.{text});
            NEW.{latest} := sources_edtf_latest(NEW.{text});
            NEW.{precision} := sources_date_precision(NEW.{earliest}, NEW.{latest});
        END IF;
    """
