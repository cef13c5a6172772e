"""Whether an incident's record has its incident is asked without a detour."""

from django.db import migrations

from ceasefire.sql import sql


class Migration(migrations.Migration):
    dependencies = [("ceasefire", "0010_fewer_indexes")]

    operations = [
        migrations.RunSQL(sql("record_has_child"), migrations.RunSQL.noop),
    ]
