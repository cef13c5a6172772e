"""Triggers of dates sleep where there is no date."""

import pgtrigger.compiler
from django.db import migrations

from sources.operations import AddTrigger, RemoveTrigger


class Migration(migrations.Migration):
    dependencies = [
        ("talks", "0005_dataset_ids"),
    ]

    operations = [
        RemoveTrigger(
            model_name="office",
            name="keep_partial_dates",
        ),
        RemoveTrigger(
            model_name="partyname",
            name="keep_partial_dates",
        ),
        RemoveTrigger(
            model_name="partytie",
            name="keep_partial_dates",
        ),
        AddTrigger(
            model_name="office",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_partial_dates",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (ROW(NEW."since_edtf", NEW."since_earliest", NEW."since_latest", NEW."since_precision") IS DISTINCT FROM ROW(\'\', NULL, NULL, \'unknown\') OR ROW(NEW."until_edtf", NEW."until_earliest", NEW."until_latest", NEW."until_precision") IS DISTINCT FROM ROW(\'\', NULL, NULL, \'unknown\'))',
                    func='\n        IF TG_OP = \'INSERT\' OR ROW(NEW."since_edtf", NEW."since_earliest", NEW."since_latest", NEW."since_precision") IS DISTINCT FROM ROW(OLD."since_edtf", OLD."since_earliest", OLD."since_latest", OLD."since_precision") THEN\n            NEW."since_edtf" := sources_edtf_text(NEW."since_edtf");\n            NEW."since_earliest" := sources_edtf_earliest(NEW."since_edtf");\n            NEW."since_latest" := sources_edtf_latest(NEW."since_edtf");\n            NEW."since_precision" := sources_date_precision(NEW."since_earliest", NEW."since_latest");\n        END IF;\n    \n        IF TG_OP = \'INSERT\' OR ROW(NEW."until_edtf", NEW."until_earliest", NEW."until_latest", NEW."until_precision") IS DISTINCT FROM ROW(OLD."until_edtf", OLD."until_earliest", OLD."until_latest", OLD."until_precision") THEN\n            NEW."until_edtf" := sources_edtf_text(NEW."until_edtf");\n            NEW."until_earliest" := sources_edtf_earliest(NEW."until_edtf");\n            NEW."until_latest" := sources_edtf_latest(NEW."until_edtf");\n            NEW."until_precision" := sources_date_precision(NEW."until_earliest", NEW."until_latest");\n        END IF;\n    RETURN NEW;',
                    hash="fefb22d9cd0d55108d911d70e6474766f7d34e6f",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_keep_partial_dates_3b302",
                    table="talks_office",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="partyname",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_partial_dates",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (ROW(NEW."since_edtf", NEW."since_earliest", NEW."since_latest", NEW."since_precision") IS DISTINCT FROM ROW(\'\', NULL, NULL, \'unknown\') OR ROW(NEW."until_edtf", NEW."until_earliest", NEW."until_latest", NEW."until_precision") IS DISTINCT FROM ROW(\'\', NULL, NULL, \'unknown\'))',
                    func='\n        IF TG_OP = \'INSERT\' OR ROW(NEW."since_edtf", NEW."since_earliest", NEW."since_latest", NEW."since_precision") IS DISTINCT FROM ROW(OLD."since_edtf", OLD."since_earliest", OLD."since_latest", OLD."since_precision") THEN\n            NEW."since_edtf" := sources_edtf_text(NEW."since_edtf");\n            NEW."since_earliest" := sources_edtf_earliest(NEW."since_edtf");\n            NEW."since_latest" := sources_edtf_latest(NEW."since_edtf");\n            NEW."since_precision" := sources_date_precision(NEW."since_earliest", NEW."since_latest");\n        END IF;\n    \n        IF TG_OP = \'INSERT\' OR ROW(NEW."until_edtf", NEW."until_earliest", NEW."until_latest", NEW."until_precision") IS DISTINCT FROM ROW(OLD."until_edtf", OLD."until_earliest", OLD."until_latest", OLD."until_precision") THEN\n            NEW."until_edtf" := sources_edtf_text(NEW."until_edtf");\n            NEW."until_earliest" := sources_edtf_earliest(NEW."until_edtf");\n            NEW."until_latest" := sources_edtf_latest(NEW."until_edtf");\n            NEW."until_precision" := sources_date_precision(NEW."until_earliest", NEW."until_latest");\n        END IF;\n    RETURN NEW;',
                    hash="77de7b9da9b0ce27bf93a1cbf91b5cc95d02fe57",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_keep_partial_dates_1864d",
                    table="talks_partyname",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="partytie",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_partial_dates",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (ROW(NEW."since_edtf", NEW."since_earliest", NEW."since_latest", NEW."since_precision") IS DISTINCT FROM ROW(\'\', NULL, NULL, \'unknown\') OR ROW(NEW."until_edtf", NEW."until_earliest", NEW."until_latest", NEW."until_precision") IS DISTINCT FROM ROW(\'\', NULL, NULL, \'unknown\'))',
                    func='\n        IF TG_OP = \'INSERT\' OR ROW(NEW."since_edtf", NEW."since_earliest", NEW."since_latest", NEW."since_precision") IS DISTINCT FROM ROW(OLD."since_edtf", OLD."since_earliest", OLD."since_latest", OLD."since_precision") THEN\n            NEW."since_edtf" := sources_edtf_text(NEW."since_edtf");\n            NEW."since_earliest" := sources_edtf_earliest(NEW."since_edtf");\n            NEW."since_latest" := sources_edtf_latest(NEW."since_edtf");\n            NEW."since_precision" := sources_date_precision(NEW."since_earliest", NEW."since_latest");\n        END IF;\n    \n        IF TG_OP = \'INSERT\' OR ROW(NEW."until_edtf", NEW."until_earliest", NEW."until_latest", NEW."until_precision") IS DISTINCT FROM ROW(OLD."until_edtf", OLD."until_earliest", OLD."until_latest", OLD."until_precision") THEN\n            NEW."until_edtf" := sources_edtf_text(NEW."until_edtf");\n            NEW."until_earliest" := sources_edtf_earliest(NEW."until_edtf");\n            NEW."until_latest" := sources_edtf_latest(NEW."until_edtf");\n            NEW."until_precision" := sources_date_precision(NEW."until_earliest", NEW."until_latest");\n        END IF;\n    RETURN NEW;',
                    hash="6b50aa7a89b8db1f50d75f742e14f8020b54a97b",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_keep_partial_dates_c735e",
                    table="talks_partytie",
                    when="BEFORE",
                ),
            ),
        ),
    ]
