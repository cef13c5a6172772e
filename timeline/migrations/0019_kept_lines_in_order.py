from django.db import migrations, models

from timeline.sql import sql


class Migration(migrations.Migration):

    dependencies = [
        ('timeline', '0018_mention_years'),
    ]

    operations = [
        migrations.RunSQL(
            sql("sort_key"), "DROP FUNCTION timeline_sort_key"
        ),
        # Kept lines are made again by a worker, if nothing says that they are all there.
        migrations.RunSQL("DELETE FROM timeline_keptasof", "DELETE FROM timeline_keptasof"),
        migrations.DeleteModel(name='KeptLine'),
        migrations.CreateModel(
            name='KeptLine',
            fields=[
                ('sort_key', models.BigIntegerField(primary_key=True, serialize=False)),
                ('entry_id', models.BigIntegerField()),
                ('epoch', models.IntegerField()),
                ('cells', models.BinaryField()),
            ],
        ),
    ]
