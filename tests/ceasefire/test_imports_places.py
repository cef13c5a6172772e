"""Which of ours the places of a file are, and what those are called that we lack."""

import pytest
from django.db import connection

from ceasefire.enums import ImportFormat, ImportState
from ceasefire.models import ImportRun, Incident
from ceasefire.services.imports.incoming import NamedPlace
from ceasefire.services.imports.places import OurPlace, Places
from talks.enums import PlaceKind
from talks.models import Place
from tests.ceasefire.ged import import_file, import_rows, incident, row
from tests.ceasefire.our_table import OURS, our_table
from tests.factories.talks import PlaceFactory

FAR_OFF = {"latitude": "35.00000", "longitude": "40.00000"}


def import_places(number: int, name: str, **point: str) -> ImportRun:
    """Import one event from our own table, which does not tell in what a place lies."""
    cells = OURS | {"id": f"theirs-{number}", "place": name, "place_precision": "", **point}
    run = import_file(our_table(cells), format=ImportFormat.TRUCELINE_CSV)
    assert run.state == ImportState.DONE, run.message
    return run


def place(number: int) -> Place:
    found = incident(f"theirs-{number}").place
    assert found is not None
    return found


@pytest.mark.django_db(transaction=True)
def test_a_namesake_far_off_is_found_again_by_what_the_file_calls_it() -> None:
    import_places(1, "Camp", latitude="33.00000", longitude="36.00000")
    import_places(2, "Camp", **FAR_OFF)
    import_places(3, "Camp", **FAR_OFF)
    import_places(4, "Camp", latitude="33.00000", longitude="36.00000")

    assert (place(1).name, place(2).name) == ("Camp", "Camp (35.00000, 40.00000)")
    assert place(2).other_names == ["Camp"]
    assert (place(3), place(4)) == (place(2), place(1))


@pytest.mark.django_db(transaction=True)
def test_of_several_namesakes_the_one_is_found_that_was_made_for_want_of_a_better() -> None:
    syria = PlaceFactory.create(name="Syria", kind=PlaceKind.COUNTRY)
    PlaceFactory.create(name="Homs", kind=PlaceKind.REGION, parent=syria)
    PlaceFactory.create(name="Homs", slug="town", kind=PlaceKind.SETTLEMENT)
    PlaceFactory.create(name="Homs (area)", kind=PlaceKind.REGION)

    for number in (1, 2, 3):
        import_places(number, "Homs")

    assert place(1).name == "Homs (area, 2)"
    assert place(3) == place(2) == place(1)


@pytest.mark.django_db(transaction=True)
def test_a_place_that_somebody_makes_meanwhile_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    find = Places.find

    def find_and_lose_time(places: Places, named: dict[int, NamedPlace]) -> dict[int, OurPlace]:
        found = find(places, named)
        # The places are found in a thread, whose connection is its own: another's.
        PlaceFactory.create(name="Syria", slug="another", kind=PlaceKind.COUNTRY)
        connection.close()
        return found

    monkeypatch.setattr(Places, "find", find_and_lose_time)

    run = import_rows(row(country="Syria"))

    assert run.state == ImportState.REFUSED
    assert run.message == "That larger place already has a place of this name."
    assert not Incident.objects.exists()
    monkeypatch.undo()
    assert import_rows(row(country="Syria")).state == ImportState.DONE
