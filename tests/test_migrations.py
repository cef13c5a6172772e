"""The migrations say what the models say, and each of their steps can be taken back."""

import pytest
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

from tests.rows import APPS


@pytest.mark.django_db
def test_migrations_say_what_the_models_say() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_step_can_be_taken_back() -> None:
    # Going to zero and forward again takes the better part of a minute: by hand,
    # `manage.py migrate sources zero && manage.py migrate`.
    migrations = MigrationLoader(None).disk_migrations

    steps = {
        (app, name): [step for step in migration.operations if not step.reversible]
        for (app, name), migration in migrations.items()
        if app in (*APPS, "timeline")
    }

    assert [key for key, irreversible in steps.items() if irreversible] == []
    assert {app for app, _ in steps} == {*APPS, "timeline"}
