"""The aggregate reports of a conflict are found by index."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("timeline", "0020_entries_of_revisions")]

    operations = [
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(
                fields=["conflict_id", "sort_on", "record_id"],
                condition=models.Q(is_aggregate=True),
                name="timeline_entry_aggregate",
            ),
        ),
    ]
