"""Nearly every exact day is read at once, and no time zone is no question."""

from django.db import migrations

from sources.sql import sql


class Migration(migrations.Migration):
    dependencies = [("sources", "0014_quicker_public_ids")]

    operations = [
        migrations.RunSQL(sql("partial_dates"), migrations.RunSQL.noop),
        migrations.RunSQL(sql("time_zone"), migrations.RunSQL.noop),
    ]
