"""A published record has at least one supporting citation."""

from django.db import migrations

from sources.sql import sql


class Migration(migrations.Migration):
    dependencies = [("sources", "0002_evidence")]

    operations = [
        migrations.RunSQL(
            sql("published_is_cited"),
            "DROP FUNCTION sources_record_published_is_cited, sources_citation_published_is_cited, "
            "sources_citations_stay, sources_require_citation CASCADE",
        ),
    ]
