"""Triggers of dates sleep where all is said; figures queue each record once."""

import pgtrigger.compiler
from django.db import migrations

from sources.operations import AddTrigger, RemoveTrigger
from sources.sql import sql


class Migration(migrations.Migration):

    dependencies = [
        ('sources', '0009_public_id'),
    ]

    operations = [
        RemoveTrigger(
            model_name='figure',
            name='keep_partial_dates',
        ),
        RemoveTrigger(
            model_name='figure',
            name='queue_record_insert',
        ),
        RemoveTrigger(
            model_name='figure',
            name='queue_record_update',
        ),
        RemoveTrigger(
            model_name='figure',
            name='queue_record_delete',
        ),
        RemoveTrigger(
            model_name='record',
            name='keep_partial_dates',
        ),
        RemoveTrigger(
            model_name='source',
            name='keep_partial_dates',
        ),
        AddTrigger(
            model_name='figure',
            trigger=pgtrigger.compiler.Trigger(name='keep_partial_dates', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN ((ROW(NEW."as_of_edtf", NEW."as_of_earliest", NEW."as_of_latest", NEW."as_of_precision") IS DISTINCT FROM ROW(\'\', NULL, NULL, \'unknown\') AND ROW(NEW."as_of_edtf", NEW."as_of_earliest", NEW."as_of_latest", NEW."as_of_precision") IS DISTINCT FROM ROW(sources_edtf_text(NEW."as_of_edtf"), sources_edtf_earliest(NEW."as_of_edtf"), sources_edtf_latest(NEW."as_of_edtf"), sources_date_precision(sources_edtf_earliest(NEW."as_of_edtf"), sources_edtf_latest(NEW."as_of_edtf")))))', func='\n        IF TG_OP = \'INSERT\' OR ROW(NEW."as_of_edtf", NEW."as_of_earliest", NEW."as_of_latest", NEW."as_of_precision") IS DISTINCT FROM ROW(OLD."as_of_edtf", OLD."as_of_earliest", OLD."as_of_latest", OLD."as_of_precision") THEN\n            NEW."as_of_edtf" := sources_edtf_text(NEW."as_of_edtf");\n            NEW."as_of_earliest" := sources_edtf_earliest(NEW."as_of_edtf");\n            NEW."as_of_latest" := sources_edtf_latest(NEW."as_of_edtf");\n            NEW."as_of_precision" := sources_date_precision(NEW."as_of_earliest", NEW."as_of_latest");\n        END IF;\n    RETURN NEW;', hash='24bec94e5239a7a6835b31a3ce4ccc4ff3f0d3ae', operation='INSERT OR UPDATE', pgid='pgtrigger_keep_partial_dates_6675d', table='sources_figure', when='BEFORE')),
        ),
        AddTrigger(
            model_name='figure',
            trigger=pgtrigger.compiler.Trigger(name='queue_record_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func="INSERT INTO sources_pendingchange (topic, ref) SELECT 'record', ref FROM (SELECT record_id AS ref FROM (SELECT record_id FROM sources_citation WHERE id IN (SELECT citation_id FROM new_rows)) AS new_rows_) AS touched WHERE ref IS NOT NULL; RETURN NULL;", hash='95f6e446108f5973b1432f580e153a84360d9af2', level='STATEMENT', operation='INSERT', pgid='pgtrigger_queue_record_insert_19c56', referencing='REFERENCING NEW TABLE AS new_rows ', table='sources_figure', when='AFTER')),
        ),
        AddTrigger(
            model_name='figure',
            trigger=pgtrigger.compiler.Trigger(name='queue_record_update', sql=pgtrigger.compiler.UpsertTriggerSql(func="INSERT INTO sources_pendingchange (topic, ref) SELECT 'record', ref FROM (SELECT record_id AS ref FROM (SELECT record_id FROM sources_citation WHERE id IN (SELECT citation_id FROM old_rows)) AS old_rows_ UNION SELECT record_id AS ref FROM (SELECT record_id FROM sources_citation WHERE id IN (SELECT citation_id FROM new_rows)) AS new_rows_) AS touched WHERE ref IS NOT NULL; RETURN NULL;", hash='5c1f65a7820597bd57ff1fcf1474d98f8a18fb54', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_queue_record_update_4db2f', referencing='REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ', table='sources_figure', when='AFTER')),
        ),
        AddTrigger(
            model_name='figure',
            trigger=pgtrigger.compiler.Trigger(name='queue_record_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func="INSERT INTO sources_pendingchange (topic, ref) SELECT 'record', ref FROM (SELECT record_id AS ref FROM (SELECT record_id FROM sources_citation WHERE id IN (SELECT citation_id FROM old_rows)) AS old_rows_) AS touched WHERE ref IS NOT NULL; RETURN NULL;", hash='d0ccc3913770dc42d2bd7a472428a557d262018c', level='STATEMENT', operation='DELETE', pgid='pgtrigger_queue_record_delete_083da', referencing='REFERENCING OLD TABLE AS old_rows ', table='sources_figure', when='AFTER')),
        ),
        AddTrigger(
            model_name='record',
            trigger=pgtrigger.compiler.Trigger(name='keep_partial_dates', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN ((ROW(NEW."when_edtf", NEW."earliest", NEW."latest", NEW."precision") IS DISTINCT FROM ROW(\'\', NULL, NULL, \'unknown\') AND ROW(NEW."when_edtf", NEW."earliest", NEW."latest", NEW."precision") IS DISTINCT FROM ROW(sources_edtf_text(NEW."when_edtf"), sources_edtf_earliest(NEW."when_edtf"), sources_edtf_latest(NEW."when_edtf"), sources_date_precision(sources_edtf_earliest(NEW."when_edtf"), sources_edtf_latest(NEW."when_edtf")))))', func='\n        IF TG_OP = \'INSERT\' OR ROW(NEW."when_edtf", NEW."earliest", NEW."latest", NEW."precision") IS DISTINCT FROM ROW(OLD."when_edtf", OLD."earliest", OLD."latest", OLD."precision") THEN\n            NEW."when_edtf" := sources_edtf_text(NEW."when_edtf");\n            NEW."earliest" := sources_edtf_earliest(NEW."when_edtf");\n            NEW."latest" := sources_edtf_latest(NEW."when_edtf");\n            NEW."precision" := sources_date_precision(NEW."earliest", NEW."latest");\n        END IF;\n    RETURN NEW;', hash='3a8858dcab2a529e3152fcdb8a86b5d8d768051d', operation='INSERT OR UPDATE', pgid='pgtrigger_keep_partial_dates_bb8a2', table='sources_record', when='BEFORE')),
        ),
        AddTrigger(
            model_name='source',
            trigger=pgtrigger.compiler.Trigger(name='keep_partial_dates', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN ((ROW(NEW."published_edtf", NEW."published_earliest", NEW."published_latest", NEW."published_precision") IS DISTINCT FROM ROW(\'\', NULL, NULL, \'unknown\') AND ROW(NEW."published_edtf", NEW."published_earliest", NEW."published_latest", NEW."published_precision") IS DISTINCT FROM ROW(sources_edtf_text(NEW."published_edtf"), sources_edtf_earliest(NEW."published_edtf"), sources_edtf_latest(NEW."published_edtf"), sources_date_precision(sources_edtf_earliest(NEW."published_edtf"), sources_edtf_latest(NEW."published_edtf")))))', func='\n        IF TG_OP = \'INSERT\' OR ROW(NEW."published_edtf", NEW."published_earliest", NEW."published_latest", NEW."published_precision") IS DISTINCT FROM ROW(OLD."published_edtf", OLD."published_earliest", OLD."published_latest", OLD."published_precision") THEN\n            NEW."published_edtf" := sources_edtf_text(NEW."published_edtf");\n            NEW."published_earliest" := sources_edtf_earliest(NEW."published_edtf");\n            NEW."published_latest" := sources_edtf_latest(NEW."published_edtf");\n            NEW."published_precision" := sources_date_precision(NEW."published_earliest", NEW."published_latest");\n        END IF;\n    RETURN NEW;', hash='05efaa2440151b75b96cce6780e291c21ec0e3e7', operation='INSERT OR UPDATE', pgid='pgtrigger_keep_partial_dates_8f0b6', table='sources_source', when='BEFORE')),
        ),
        # Again: a record that is new and cited is not locked.
        migrations.RunSQL(sql("published_is_cited"), migrations.RunSQL.noop),
        # Again: it makes an id in half the time.
        migrations.RunSQL(sql("public_id"), migrations.RunSQL.noop),
    ]
