"""Triggers of dates sleep where there is no date."""

import pgtrigger.compiler
from django.db import migrations

from sources.operations import AddTrigger, RemoveTrigger


class Migration(migrations.Migration):
    dependencies = [
        ("ceasefire", "0006_imports"),
    ]

    operations = [
        RemoveTrigger(
            model_name="truce",
            name="keep_partial_dates",
        ),
        RemoveTrigger(
            model_name="truceparty",
            name="keep_partial_dates",
        ),
        AddTrigger(
            model_name="truce",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_partial_dates",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (ROW(NEW."declared_edtf", NEW."declared_earliest", NEW."declared_latest", NEW."declared_precision") IS DISTINCT FROM ROW(\'\', NULL, NULL, \'unknown\') OR ROW(NEW."effective_edtf", NEW."effective_earliest", NEW."effective_latest", NEW."effective_precision") IS DISTINCT FROM ROW(\'\', NULL, NULL, \'unknown\') OR ROW(NEW."end_edtf", NEW."end_earliest", NEW."end_latest", NEW."end_precision") IS DISTINCT FROM ROW(\'\', NULL, NULL, \'unknown\') OR ROW(NEW."last_attested_edtf", NEW."last_attested_earliest", NEW."last_attested_latest", NEW."last_attested_precision") IS DISTINCT FROM ROW(\'\', NULL, NULL, \'unknown\'))',
                    func='\n        IF TG_OP = \'INSERT\' OR ROW(NEW."declared_edtf", NEW."declared_earliest", NEW."declared_latest", NEW."declared_precision") IS DISTINCT FROM ROW(OLD."declared_edtf", OLD."declared_earliest", OLD."declared_latest", OLD."declared_precision") THEN\n            NEW."declared_edtf" := sources_edtf_text(NEW."declared_edtf");\n            NEW."declared_earliest" := sources_edtf_earliest(NEW."declared_edtf");\n            NEW."declared_latest" := sources_edtf_latest(NEW."declared_edtf");\n            NEW."declared_precision" := sources_date_precision(NEW."declared_earliest", NEW."declared_latest");\n        END IF;\n    \n        IF TG_OP = \'INSERT\' OR ROW(NEW."effective_edtf", NEW."effective_earliest", NEW."effective_latest", NEW."effective_precision") IS DISTINCT FROM ROW(OLD."effective_edtf", OLD."effective_earliest", OLD."effective_latest", OLD."effective_precision") THEN\n            NEW."effective_edtf" := sources_edtf_text(NEW."effective_edtf");\n            NEW."effective_earliest" := sources_edtf_earliest(NEW."effective_edtf");\n            NEW."effective_latest" := sources_edtf_latest(NEW."effective_edtf");\n            NEW."effective_precision" := sources_date_precision(NEW."effective_earliest", NEW."effective_latest");\n        END IF;\n    \n        IF TG_OP = \'INSERT\' OR ROW(NEW."end_edtf", NEW."end_earliest", NEW."end_latest", NEW."end_precision") IS DISTINCT FROM ROW(OLD."end_edtf", OLD."end_earliest", OLD."end_latest", OLD."end_precision") THEN\n            NEW."end_edtf" := sources_edtf_text(NEW."end_edtf");\n            NEW."end_earliest" := sources_edtf_earliest(NEW."end_edtf");\n            NEW."end_latest" := sources_edtf_latest(NEW."end_edtf");\n            NEW."end_precision" := sources_date_precision(NEW."end_earliest", NEW."end_latest");\n        END IF;\n    \n        IF TG_OP = \'INSERT\' OR ROW(NEW."last_attested_edtf", NEW."last_attested_earliest", NEW."last_attested_latest", NEW."last_attested_precision") IS DISTINCT FROM ROW(OLD."last_attested_edtf", OLD."last_attested_earliest", OLD."last_attested_latest", OLD."last_attested_precision") THEN\n            NEW."last_attested_edtf" := sources_edtf_text(NEW."last_attested_edtf");\n            NEW."last_attested_earliest" := sources_edtf_earliest(NEW."last_attested_edtf");\n            NEW."last_attested_latest" := sources_edtf_latest(NEW."last_attested_edtf");\n            NEW."last_attested_precision" := sources_date_precision(NEW."last_attested_earliest", NEW."last_attested_latest");\n        END IF;\n    RETURN NEW;',
                    hash="b897d81451d60ae704d2cc15a03d178e85368639",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_keep_partial_dates_e9a49",
                    table="ceasefire_truce",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="truceparty",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_partial_dates",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (ROW(NEW."joined_edtf", NEW."joined_earliest", NEW."joined_latest", NEW."joined_precision") IS DISTINCT FROM ROW(\'\', NULL, NULL, \'unknown\') OR ROW(NEW."left_edtf", NEW."left_earliest", NEW."left_latest", NEW."left_precision") IS DISTINCT FROM ROW(\'\', NULL, NULL, \'unknown\') OR ROW(NEW."designation_as_of_edtf", NEW."designation_as_of_earliest", NEW."designation_as_of_latest", NEW."designation_as_of_precision") IS DISTINCT FROM ROW(\'\', NULL, NULL, \'unknown\'))',
                    func='\n        IF TG_OP = \'INSERT\' OR ROW(NEW."joined_edtf", NEW."joined_earliest", NEW."joined_latest", NEW."joined_precision") IS DISTINCT FROM ROW(OLD."joined_edtf", OLD."joined_earliest", OLD."joined_latest", OLD."joined_precision") THEN\n            NEW."joined_edtf" := sources_edtf_text(NEW."joined_edtf");\n            NEW."joined_earliest" := sources_edtf_earliest(NEW."joined_edtf");\n            NEW."joined_latest" := sources_edtf_latest(NEW."joined_edtf");\n            NEW."joined_precision" := sources_date_precision(NEW."joined_earliest", NEW."joined_latest");\n        END IF;\n    \n        IF TG_OP = \'INSERT\' OR ROW(NEW."left_edtf", NEW."left_earliest", NEW."left_latest", NEW."left_precision") IS DISTINCT FROM ROW(OLD."left_edtf", OLD."left_earliest", OLD."left_latest", OLD."left_precision") THEN\n            NEW."left_edtf" := sources_edtf_text(NEW."left_edtf");\n            NEW."left_earliest" := sources_edtf_earliest(NEW."left_edtf");\n            NEW."left_latest" := sources_edtf_latest(NEW."left_edtf");\n            NEW."left_precision" := sources_date_precision(NEW."left_earliest", NEW."left_latest");\n        END IF;\n    \n        IF TG_OP = \'INSERT\' OR ROW(NEW."designation_as_of_edtf", NEW."designation_as_of_earliest", NEW."designation_as_of_latest", NEW."designation_as_of_precision") IS DISTINCT FROM ROW(OLD."designation_as_of_edtf", OLD."designation_as_of_earliest", OLD."designation_as_of_latest", OLD."designation_as_of_precision") THEN\n            NEW."designation_as_of_edtf" := sources_edtf_text(NEW."designation_as_of_edtf");\n            NEW."designation_as_of_earliest" := sources_edtf_earliest(NEW."designation_as_of_edtf");\n            NEW."designation_as_of_latest" := sources_edtf_latest(NEW."designation_as_of_edtf");\n            NEW."designation_as_of_precision" := sources_date_precision(NEW."designation_as_of_earliest", NEW."designation_as_of_latest");\n        END IF;\n    RETURN NEW;',
                    hash="72b2f878d1c0f34154cf404022adab6a80d7d813",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_keep_partial_dates_8ec32",
                    table="ceasefire_truceparty",
                    when="BEFORE",
                ),
            ),
        ),
    ]
