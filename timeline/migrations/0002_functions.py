"""The SQL functions that projections and assessments share."""

from django.db import migrations

from timeline.sql import sql


class Migration(migrations.Migration):
    dependencies = [("timeline", "0001_timeline"), ("talks", "0001_talks")]

    operations = [
        migrations.RunSQL(
            sql("functions"),
            "DROP FUNCTION timeline_mentions, timeline_ids, timeline_evidence, "
            "timeline_place_path, timeline_applies",
        ),
    ]
