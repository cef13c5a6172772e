"""Whether a record has its child is asked of one table, not of twelve."""

from django.db import migrations

from ceasefire.sql import sql


class Migration(migrations.Migration):
    dependencies = [("ceasefire", "0007_dates_only_where_they_lag")]

    operations = [
        migrations.RunSQL(sql("record_has_child"), migrations.RunSQL.noop),
    ]
