"""Our own table, brought back here or to another site."""

import io

import pytest
from django.core.management import call_command
from django.test import Client

from ceasefire.enums import ImportFormat
from sources.models import PendingChange
from tests.ceasefire.ged import findings, import_file, incident
from tests.ceasefire.our_table import OURS, our_table
from tests.factories.talks import PlaceFactory
from timeline import builder

pytestmark = pytest.mark.django_db


@pytest.mark.django_db(transaction=True)
def test_our_own_table_brought_back_changes_nothing(client: Client) -> None:
    call_command("load_sample", verbosity=0, stdout=io.StringIO())
    builder.build()
    exported = b"".join(client.get("/timeline.csv").streaming_content)  # type: ignore[attr-defined]
    PendingChange.objects.all().delete()

    run = import_file(exported, format=ImportFormat.TRUCELINE_CSV)

    assert (run.state, run.message) == ("done", "")
    assert (run.counts["unchanged"], findings(run)) == (31, [])
    assert not PendingChange.objects.exists()

    edited = exported.replace(b"At least nine civilians", b"At least ninety civilians")
    run = import_file(edited, format=ImportFormat.TRUCELINE_CSV)

    assert (run.counts["unchanged"], run.counts["conflicts"]) == (30, 1)
    assert findings(run)[0][3].startswith("The record says otherwise (title) and stands")
    assert not PendingChange.objects.exists()


def test_a_row_of_another_site_becomes_an_incident() -> None:
    place = PlaceFactory.create(name="Somewhere", parent=PlaceFactory.create(name="Syria"))

    run = import_file(our_table(OURS), format=ImportFormat.TRUCELINE_CSV)

    assert run.counts["created"] == 1, run.message
    found = incident("theirs-1")
    assert (found.title, found.when_edtf) == ("=A shelling", "2017-02-01/2017-02-03")
    assert (found.place, found.place_precision, found.act) == (place, 3, "shelling")
    assert sorted(one.party.name for one in found.parties.all()) == [
        "A group",
        "Government of Syria",
    ]
    (citation,) = found.citations.all()
    assert citation.origin == "unknown"
    assert [str(figure) for figure in citation.figures.all()] == ["killed, people: 3 or more"]


def test_a_return_without_a_feed_stays_in_its_cell() -> None:
    run = import_file(
        our_table(OURS | {"title": "A\rshelling"}, OURS | {"id": "theirs-2", "title": "B\r\nC"}),
        format=ImportFormat.TRUCELINE_CSV,
    )

    assert (run.state, run.counts.get("created")) == ("done", 2), run.message
    assert incident("theirs-1").title == "A\rshelling"


def test_faults_of_our_own_table_are_told() -> None:
    run = import_file(
        our_table(
            OURS | {"kind": "truce"},
            OURS | {"id": "2", "act": "dancing", "killed_low": "-1", "conflict": ""},
        ),
        format=ImportFormat.TRUCELINE_CSV,
    )

    assert findings(run) == [
        (
            2,
            "id",
            "theirs-1",
            "No record here has this id, and only incidents can be made from a row of a table.",
        ),
        (3, "conflict", "", "This is empty."),
        (3, "act", "dancing", "There is no act “dancing”."),
        (3, "killed_low", "-1", "This must be from 0 to 2147483647."),
    ]
