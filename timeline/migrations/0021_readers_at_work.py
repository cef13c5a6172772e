"""Fewer keys wait to be put into the indexes that readers go through; aggregates have an index."""

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations, models
from django.db.migrations.operations.base import Operation

#: The fields, each with its index and how many kilobytes may wait.
INDEXES = {
    "party_ids": ("timeline_entry_parties", 128),
    "place_ids": ("timeline_entry_places", 128),
    "person_ids": ("timeline_entry_persons", 128),
    "truce_ids": ("timeline_entry_truces", 128),
    "round_ids": ("timeline_entry_rounds", 128),
    "process_ids": ("timeline_entry_processes", 128),
    "source_ids": ("timeline_entry_sources", 128),
    "search": ("timeline_entry_search", 512),
    "outlet_ids": ("timeline_entry_outlets", 128),
}


def with_limit(field: str) -> Operation:
    """Set it on the index that is there, which to make anew would take minutes."""
    name, kilobytes = INDEXES[field]
    index = GinIndex(fields=[field], name=name, gin_pending_list_limit=kilobytes)
    return migrations.RunSQL(
        f"ALTER INDEX {name} SET (gin_pending_list_limit = {kilobytes})",
        f"ALTER INDEX {name} RESET (gin_pending_list_limit)",
        state_operations=[
            migrations.RemoveIndex(model_name="entry", name=name),
            migrations.AddIndex(model_name="entry", index=index),
        ],
    )


class Migration(migrations.Migration):
    dependencies = [("timeline", "0020_entries_of_revisions")]

    operations = [
        *(with_limit(field) for field in INDEXES),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(
                fields=["conflict_id", "sort_on", "record_id"],
                condition=models.Q(is_aggregate=True),
                name="timeline_entry_aggregate",
            ),
        ),
    ]
