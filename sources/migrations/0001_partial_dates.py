"""What the columns of the evidence need before they exist: partial dates, and an index for ranges."""

from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension, UnaccentExtension
from django.db import migrations

from sources.sql import sql


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        BtreeGistExtension(),
        TrigramExtension(),
        UnaccentExtension(),
        migrations.RunSQL(
            sql("partial_dates"),
            "DROP FUNCTION sources_date_precision, sources_edtf_latest, sources_edtf_earliest, "
            "sources_edtf_bounds, sources_edtf_point, sources_edtf_text",
        ),
        migrations.RunSQL(sql("certain_core"), "DROP FUNCTION sources_certain_core"),
        migrations.RunSQL(sql("time_zone"), "DROP FUNCTION sources_is_time_zone"),
    ]
