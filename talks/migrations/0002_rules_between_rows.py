"""Rules that no single row can hold: who sat, and what lies in what."""

from django.db import migrations

from talks.sql import sql


class Migration(migrations.Migration):
    dependencies = [("talks", "0001_talks")]

    operations = [
        migrations.RunSQL(sql("attendance"), "DROP FUNCTION talks_sat_only_if_held CASCADE"),
        migrations.RunSQL(sql("place_tree"), "DROP FUNCTION talks_place_is_a_tree CASCADE"),
    ]
