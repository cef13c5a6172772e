"""The roles: groups with exactly their permissions."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.core.management.base import BaseCommand
from django.db import models, transaction
from pghistory.models import Context

from ceasefire.models import ImportRun
from sources import queries
from sources.models import Citation, Figure, PendingChange, Record
from sources.services import PUBLISH
from timeline.models import Assessment, Entry, Label, Membership, Revision, Sheet

#: What the builder writes, and what it has yet to look at: for those who publish to look into.
DERIVED = (Revision, Entry, Sheet, Label, Membership, Assessment, PendingChange)


class Command(BaseCommand):
    """Create the groups contributor, editor and administrator, or correct their permissions."""

    help = "Create the groups contributor, editor and administrator. Running it again is harmless."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        curated = queries.tracked_models()
        records = [model for model in curated if is_part_of_a_record(model)]
        histories = [queries.history_model(model) for model in curated]
        seen = permissions(("view",), [*curated, *histories, Context])
        publish = Permission.objects.filter(codename=PUBLISH.partition(".")[2])
        roles = {
            # Drafts, and the sources, parties and places that they need.
            "contributor": [
                *seen,
                *permissions(("add", "change", "delete"), records),
                *permissions(("add",), [model for model in curated if model is not Record]),
            ],
            "editor": [
                *seen,
                *permissions(("add", "change", "delete"), curated),
                *permissions(("view",), DERIVED),
                *permissions(("add", "view"), [ImportRun]),
                *publish,
            ],
            "administrator": list(Permission.objects.all()),
        }
        for name, granted in roles.items():
            group, _ = Group.objects.get_or_create(name=name)
            group.permissions.set(granted)
        if options["verbosity"]:
            self.stdout.write(f"Roles: {', '.join(roles)}.")


def is_part_of_a_record(model: type[models.Model]) -> bool:
    """Return whether rows of the model are records, or belong to one and go with it."""
    if model in (Citation, Figure):
        return True
    if issubclass(model, Record):
        return model is not Record
    return any(
        isinstance(field, models.ForeignKey)
        and field.remote_field.on_delete is models.CASCADE
        and issubclass(field.related_model, Record)
        for field in model._meta.concrete_fields
    )


def permissions(actions: Iterable[str], of: Iterable[type[models.Model]]) -> list[Permission]:
    """Return the permissions to do these things with these models."""
    wanted = {
        (model._meta.app_label, f"{action}_{model._meta.model_name}")
        for action in actions
        for model in of
    }
    return [
        permission
        for permission in Permission.objects.select_related("content_type")
        if (permission.content_type.app_label, permission.codename) in wanted
    ]
