"""Public ids for what is written by SQL."""

from django.db import migrations

from sources.sql import sql


class Migration(migrations.Migration):
    dependencies = [("sources", "0008_names_and_licences")]

    operations = [
        migrations.RunSQL(sql("public_id"), "DROP FUNCTION sources_new_public_id"),
    ]
