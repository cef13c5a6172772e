"""What every new record and source costs besides itself."""

from django.db import migrations

from sources.sql import sql

#: Django adds these to every unique text, for searches by its beginning. Nobody searches so for a
#: public id, and being random each new one writes to a page of its own.
UNUSED = {
    "sources_record_public_id_7f3e840a_like": "sources_record",
    "sources_source_public_id_c92f6b9d_like": "sources_source",
}


class Migration(migrations.Migration):
    dependencies = [("sources", "0010_dates_only_where_they_lag")]

    operations = [
        *(
            migrations.RunSQL(
                f"DROP INDEX IF EXISTS {index}",
                f"CREATE INDEX {index} ON {table} (public_id varchar_pattern_ops)",
            )
            for index, table in UNUSED.items()
        ),
        # Again: an interval between two days is read as quickly as a day.
        migrations.RunSQL(sql("partial_dates"), migrations.RunSQL.noop),
    ]
