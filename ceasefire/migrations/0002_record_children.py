"""Each record has one child, of its kind; what refers to a record fits its kind."""

from django.db import migrations

from ceasefire.sql import sql


class Migration(migrations.Migration):
    dependencies = [("ceasefire", "0001_ceasefire")]

    operations = [
        migrations.RunSQL(
            sql("record_children"),
            "DROP FUNCTION ceasefire_record_has_its_child, ceasefire_child_is_of_kind, "
            "ceasefire_child_goes_with_record, ceasefire_citation_names_fields, "
            "ceasefire_attribution_cites_its_incident, ceasefire_citable_fields, "
            "ceasefire_record_has_child CASCADE",
        ),
    ]
