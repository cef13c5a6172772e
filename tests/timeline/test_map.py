"""The map says where, and how exactly, and counts what the list counts."""

import json
import math
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.factories.timeline import make_entry, make_label, make_revision
from timeline.models import Label
from timeline.queries.map.clusters import clusters
from timeline.queries.map.outline import FILE, outline
from timeline.queries.map.places import Spot
from timeline.queries.map.projection import HIGHEST, Box, BoxError, Projection
from timeline.queries.map.tiles import tiles

MAP = "/timeline/map/"

degrees_east = st.floats(-180, 180)
degrees_north = st.floats(-HIGHEST, HIGHEST)
boxes = st.tuples(degrees_east, degrees_north, degrees_east, degrees_north).map(
    lambda edges: Box(
        min(edges[0], edges[2]),
        min(edges[1], edges[3]),
        max(edges[0], edges[2]),
        max(edges[1], edges[3]),
    )
)


def spot(longitude: float, latitude: float, count: int, precision: int | None = 1) -> Spot:
    data = {"longitude": longitude, "latitude": latitude, "precision": precision}
    return Spot(Label(topic="place", ref=1, slug="a", name="A", data=data), precision, count)


# --- Geometry ---------------------------------------------------------------------------------


@given(boxes, st.sampled_from([(1040, 580), (380, 440)]), st.floats(0, 1), st.floats(0, 1))
def test_all_of_a_box_is_in_the_picture(
    box: Box, size: tuple[int, int], east: float, north: float
) -> None:
    projection = Projection(box, *size)

    x, y = projection.xy(
        box.west + east * (box.east - box.west), box.south + north * (box.north - box.south)
    )

    assert -0.01 <= x <= size[0] + 0.01
    # A wide world in a wide picture is cut at its top and bottom, for the picture has no room.
    if projection.box.south <= box.south and projection.box.north >= box.north:
        assert -0.01 <= y <= size[1] + 0.01


def test_a_box_in_words_is_read_back() -> None:
    assert str(Box.parse("35.5, 33,37,34.25")) == "35.5,33,37,34.25"


@pytest.mark.parametrize("text", ["", "1,2,3", "a,b,c,d", "37,33,35,34", "0,0,nan,1", "0,0,999,1"])
def test_what_is_no_box_is_told_why(text: str) -> None:
    with pytest.raises(BoxError, match=r"\.$"):
        Box.parse(text)


@given(
    st.lists(
        st.tuples(degrees_east, degrees_north, st.integers(1, 5000), st.sampled_from([1, 2, 3, 4])),
        max_size=60,
    )
)
def test_marks_count_every_incident_once_and_keep_points_from_areas(
    places: list[tuple[float, float, int, int]],
) -> None:
    projection = Projection(Box(-180, -HIGHEST, 180, HIGHEST), 1040, 1400)
    all_spots = [spot(*place) for place in places]

    marks = clusters(all_spots, projection)

    assert sum(mark.count for mark in marks) == sum(each.count for each in all_spots)
    assert all(len({each.is_area for each in mark.spots}) == 1 for mark in marks)
    apart = [
        math.hypot(one.x - other.x, one.y - other.y)
        for number, one in enumerate(marks)
        for other in marks[:number]
        if one.is_area == other.is_area
    ]
    assert all(distance > 39 for distance in apart)


def test_a_mark_leads_to_where_its_places_part() -> None:
    projection = Projection(Box(-180, -80, 180, 80), 1040, 580)

    (mark,) = clusters([spot(36.2, 33.5, 9), spot(36.3, 33.6, 2)], projection)
    box = mark.box()

    assert box is not None
    assert len(clusters(mark.spots, Projection(box, 1040, 580))) == 2


def test_outline_is_cut_to_the_picture_and_names_in_the_reader_s_language() -> None:
    projection = Projection(Box(35, 32, 43, 38), 1040, 580)

    drawn = outline(projection, "ar")
    numbers = [
        float(part)
        for part in drawn.land.replace("M", " ").replace("L", " ").replace("Z", " ").split()
    ]

    assert "سوريا" in [name.text for name in drawn.names]
    assert min(numbers) >= -12.1
    assert max(numbers) <= 1052.1
    assert "Natural Earth" in json.loads(FILE.read_text())["about"]


def test_tiles_cover_the_picture() -> None:
    projection = Projection(Box(35, 32, 43, 38), 1040, 580)

    found = tiles(projection, "https://tiles.example/{z}/{x}/{y}.png")

    assert min(tile.x for tile in found) <= 0
    assert min(tile.y for tile in found) <= 0
    assert max(tile.x + tile.side for tile in found) >= 1040
    assert max(tile.y + tile.side for tile in found) >= 580
    # Damascus on the slippy map: https://wiki.openstreetmap.org/wiki/Slippy_map_tilenames
    assert "https://tiles.example/7/76/51.png" in [tile.address for tile in found]


# --- The page ---------------------------------------------------------------------------------


def make_place(ref: int, name: str, longitude: float | None, precision: int) -> None:
    latitude = None if longitude is None else 33.5
    make_label(
        "place",
        ref,
        name.lower(),
        name,
        data={
            "kind": "settlement",
            "parent": None,
            "path": [ref],
            "longitude": longitude,
            "latitude": latitude,
            "precision": precision,
        },
    )


@pytest.fixture
def world(transactional_db: None) -> None:
    """Incidents in a town, a province and without a point, and what does not count."""
    make_revision(1)
    make_label("conflict", 1, "syria", "Syria")
    make_place(1, "Town", 36.2, 1)
    make_place(2, "Province", 37.5, 4)
    make_place(3, "Pointless", None, 1)
    rows: list[dict[str, Any]] = [
        {"place_id": 1, "place_ids": [1], "verdict": "possible"},
        {"place_id": 1, "place_ids": [1], "verdict": "violation"},
        {"place_id": 1, "place_ids": [1]},
        {"place_id": 2, "place_ids": [2]},
        {"place_id": 3, "place_ids": [3]},
        {},
        {"place_id": 1, "place_ids": [1], "is_aggregate": True},
        {"place_id": 1, "place_ids": [1], "kind": "truce_event"},
    ]
    for number, values in enumerate(rows, 1):
        make_entry(number, **values)


def table_of(page: Any, number: int) -> list[tuple[str, str, int]]:
    rows = page.context["rows" if number == 0 else "undrawn"]
    return [(row.name, row.exactness, row.count) for row in rows]


def test_map_counts_single_incidents_and_says_what_it_cannot_show(
    client: Client, world: None
) -> None:
    page = client.get(MAP)

    assert table_of(page, 0) == [("Town", "exact place", 3), ("Province", "province", 1)]
    assert table_of(page, 1) == [
        ("Pointless", "exact place; no point recorded", 1),
        ("place not recorded", "", 1),
    ]
    assert page.context["map"].total == 6
    assert page.context["aggregates"] == 1
    assert page.context["rows"][0].verdicts == (1, 1, 0, 1)


def test_each_number_of_the_table_leads_to_as_many_lines(client: Client, world: None) -> None:
    page = client.get(MAP)

    led = [client.get(row.url).context["total"] for row in page.context["rows"]]

    assert led == [3, 1]


def test_map_shows_what_the_filter_finds(client: Client, world: None) -> None:
    page = client.get(f"{MAP}?verdict=possible")

    assert page.context["map"].total == 1
    assert client.get(f"{MAP}?kind=truce").context["map"].total == 0


@pytest.mark.parametrize(
    ("query", "named"),
    [("box=1,2", "box"), ("after=x", "after"), ("colour=red", "colour"), ("as_of=9", "as_of")],
)
def test_what_the_map_does_not_understand_is_named(
    client: Client, world: None, query: str, named: str
) -> None:
    page = client.get(f"{MAP}?{query}")

    assert page.status_code == 400
    assert named in page.content.decode()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_map_is_moved_by_keyboard_and_keeps_its_place_in_the_address(
    world: None, live_server: LiveServer, page: Page
) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{live_server.url}{MAP}?verdict=possible,violation,none")
    assert Axe().run(page).violations_count == 0
    picture = ".map__sheet--wide .map__picture"
    before = page.get_attribute(picture, "data-box")
    assert before is not None

    page.focus(picture)
    page.keyboard.press("+")
    page.wait_for_url("**box=*")

    after = page.get_attribute(picture, "data-box")
    assert after is not None
    west, _, east, _ = (float(edge) for edge in after.split(","))
    was_west, _, was_east, _ = (float(edge) for edge in before.split(","))
    assert (east - west) == pytest.approx((was_east - was_west) / 2, rel=0.02)
    assert page.evaluate("document.activeElement.classList.contains('map__picture')")
    assert "verdict=possible" in page.url
