"""Which of ours the things are that a dataset names, and what is perhaps one event."""

import io

import pytest
from django.core.management import call_command

from ceasefire.enums import ProposalState
from ceasefire.models import DuplicateProposal
from ceasefire.services.imports import duplicates
from sources.enums import Status
from sources.models import Outlet, Record
from talks.models import Conflict, Party, RecordLink
from tests.ceasefire.ged import DEIR_QANOON, import_rows, incident, row
from tests.factories.talks import ConflictFactory

pytestmark = pytest.mark.django_db


def test_what_is_here_is_found_and_not_made_again() -> None:
    call_command("load_sample", verbosity=0, stdout=io.StringIO())

    run = import_rows(
        DEIR_QANOON, row(id=2, where_coordinates="Aleppo town", adm_1="Aleppo Governorate")
    )

    assert Conflict.objects.get().dataset_ids.get(scheme="ucdp_conflict").value == "299"
    assert run.report["conflicts"][0]["how"] == "named like its country"
    assert Party.objects.get(slug="government-of-syria").dataset_ids.get().value == "118"
    assert str(incident("2").place) == "Aleppo, Syria"
    assert incident("2").place_wording == "Aleppo town"
    assert not Outlet.objects.filter(name="SOHR").exists()
    assert run.report["made"]["parties"] == ["Syrian insurgents"]


@pytest.mark.django_db(transaction=True)
def test_the_chosen_conflict_takes_what_is_tied_to_none() -> None:
    other = ConflictFactory.create(name="Elsewhere")

    import_rows(row(), conflict=other)
    import_rows(row(id=2))

    assert {incident("1").conflict, incident("2").conflict} == {other}


def test_the_sample_and_the_dataset_tell_of_one_shelling() -> None:
    call_command("load_sample", verbosity=0, stdout=io.StringIO())

    run = import_rows(DEIR_QANOON, row(id=2, date_start="2017-01-15", date_end="2017-01-15"))

    proposal = DuplicateProposal.objects.get()
    assert run.counts["possible_duplicates"] == 1
    assert (proposal.incident, proposal.other.public_id) == (incident("241879"), "astana-f8")
    link = RecordLink.objects.get(kind="possible_duplicate")
    assert (link.from_record_id, link.to_record_id) == (proposal.incident_id, proposal.other_id)

    duplicates.join(proposal, by=None)

    assert Record.objects.get(pk=proposal.incident_id).status == Status.WITHDRAWN
    assert incident("241879").public_id == "astana-f8"
    assert proposal.other.citations.count() == 4
    assert not RecordLink.objects.filter(kind="possible_duplicate").exists()


def test_two_events_stay_two() -> None:
    call_command("load_sample", verbosity=0, stdout=io.StringIO())
    import_rows(DEIR_QANOON)
    proposal = DuplicateProposal.objects.get()

    duplicates.keep_apart(proposal, by=None)

    assert proposal.state == ProposalState.REJECTED
    assert not RecordLink.objects.filter(kind="possible_duplicate").exists()
    assert Record.objects.get(pk=proposal.incident_id).status == Status.PUBLISHED
