"""Public ids without asking the system for randomness each time."""

from django.db import migrations

from sources.sql import sql


class Migration(migrations.Migration):
    dependencies = [("sources", "0013_fewer_indexes")]

    operations = [migrations.RunSQL(sql("public_id"), migrations.RunSQL.noop)]
