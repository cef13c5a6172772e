"""A revision says how many lines it shows. Of those that are there the latest is counted."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("timeline", "0019_kept_lines_in_order")]

    operations = [
        migrations.AddField(
            model_name="revision",
            name="entries",
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.RunSQL(
            """
            UPDATE timeline_revision
            SET entries = (SELECT count(*) FROM timeline_entry WHERE revision_to IS NULL)
            WHERE number = (SELECT max(number) FROM timeline_revision)
            """,
            migrations.RunSQL.noop,
        ),
    ]
