"""Imports through the admin: upload, check, choice."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ceasefire import tasks
from ceasefire.enums import ImportState, ProposalState
from ceasefire.models import DuplicateProposal, ImportFile, ImportRun, Incident
from sources.enums import Status
from tests.ceasefire.ged import row, table
from tests.factories.ceasefire import DuplicateProposalFactory

pytestmark = pytest.mark.django_db(transaction=True)

ADD = "/admin/ceasefire/importrun/add/"


def upload(client: Client, content: bytes, **choices: str) -> Any:
    return client.post(
        ADD,
        {
            "file": SimpleUploadedFile("events.csv", content),
            "format": "ucdp-ged",
            "status": "published",
            **choices,
        },
    )


def test_an_upload_is_checked_and_written_when_its_editor_says_so(
    as_editor: Client, editor: User
) -> None:
    response = upload(as_editor, table(row(), row(id=2, best="many")))
    run = ImportRun.objects.get()
    page = f"/admin/ceasefire/importrun/{run.pk}/change/"
    assert response.url == page
    assert (run.state, run.by) == (ImportState.WAITING, editor)
    assert as_editor.get(f"/admin/ceasefire/importrun/{run.pk}/progress.json").json()["is_moving"]
    assert b"data-import-progress" in as_editor.get(page).content

    tasks.import_events(run_id=run.pk)

    checked = as_editor.get(page)
    assert b"This is not a whole number." in checked.content
    assert not Incident.objects.exists()
    rejected = as_editor.get(f"/admin/ceasefire/importrun/{run.pk}/rejected.csv")
    assert b"best \xe2\x80\x9cmany\xe2\x80\x9d" in b"".join(rejected.streaming_content)  # type: ignore[attr-defined]
    decide = f"/admin/ceasefire/importrun/{run.pk}/decide/"
    assert as_editor.post(decide, {"choice": "all"}).status_code == 403
    assert as_editor.get(decide).status_code == 405

    as_editor.post(decide, {"choice": "good"})
    tasks.import_events(run_id=run.pk)

    run.refresh_from_db()
    assert run.state == ImportState.DONE
    assert Incident.objects.get().status == Status.PUBLISHED
    assert not ImportFile.objects.exists()
    assert b"What was done" in as_editor.get(page).content


def test_the_sweep_finds_what_a_lost_message_left_and_what_was_interrupted(
    as_editor: Client, broker: Any
) -> None:
    upload(as_editor, table(row()))
    upload(as_editor, table(row()))
    lost, interrupted = ImportRun.objects.order_by("pk")
    ImportRun.objects.filter(pk=interrupted.pk).update(state=ImportState.APPLYING)

    tasks.sweep_imports()

    interrupted.refresh_from_db()
    assert interrupted.state == ImportState.INTERRUPTED
    decide = f"/admin/ceasefire/importrun/{interrupted.pk}/decide/"
    as_editor.post(decide, {"choice": "again"})
    interrupted.refresh_from_db()
    assert interrupted.state == ImportState.WAITING
    assert lost.state == ImportState.WAITING


def test_only_editors_import(as_contributor: Client) -> None:
    assert as_contributor.get(ADD).status_code == 403
    assert as_contributor.get("/admin/ceasefire/importrun/").status_code == 403


def test_an_editor_decides_on_possible_duplicates(as_editor: Client) -> None:
    first, second = DuplicateProposalFactory.create(), DuplicateProposalFactory.create()
    list_ = "/admin/ceasefire/duplicateproposal/"
    assert as_editor.get(list_).status_code == 200

    as_editor.post(list_, {"action": "join_selected", "_selected_action": [str(first.pk)]})
    as_editor.post(list_, {"action": "keep_selected_apart", "_selected_action": [str(second.pk)]})

    states = DuplicateProposal.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == [ProposalState.CONFIRMED, ProposalState.REJECTED]
