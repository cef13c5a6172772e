"""The geometry of the drawn timeline: nothing is lost and nothing collides, whatever it draws."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st

from sources.enums import RecordKind
from sources.partial_dates import PartialDate
from timeline.models import Entry
from timeline.queries.bins import Bins, unit_for
from timeline.queries.drawing.density import density
from timeline.queries.drawing.labels import cut, measured
from timeline.queries.drawing.lanes import MOST_ROWS, ROW, SORTS, Lane, Picture, lay_out
from timeline.queries.drawing.marks import MOST_CROWDED, Mark
from timeline.queries.drawing.material import Frame, Material
from timeline.queries.drawing.pen import tag
from timeline.queries.drawing.scale import Scale, calendar
from timeline.queries.drawing.svg import inline, standing
from timeline.queries.drawing.window import SHARE_IN_VIEW, Window, crowded, opening

DAY = timedelta(days=1)
FIRST = date(2016, 11, 1)

days = st.integers(0, 150).map(lambda number: FIRST + number * DAY)
windows = st.tuples(days, days).map(lambda pair: Window(min(pair), max(pair)))
whens = st.one_of(
    days.map(date.isoformat),
    st.tuples(days, days).map(lambda pair: f"{min(pair)}/{max(pair)}"),
    days.map(lambda day: f"../{day}"),
    days.map(lambda day: f"{day}/.."),
    st.sampled_from(["2016", "2017-01", "2016-12~", "201X", "0001/..", "../9999-12-31"]),
)
titles = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=90)


def entry(record_id: int, when: str, **values: Any) -> Entry:
    """Return an entry that is in no database."""
    read = PartialDate.parse(when)
    defaults: dict[str, Any] = {
        "public_id": f"record-{record_id}",
        "kind": RecordKind.INCIDENT,
        "when_edtf": read.text,
        "earliest": read.earliest,
        "latest": read.latest,
        "sort_on": read.earliest or read.latest,
        "extent": "within",
        "title": f"Record {record_id}",
        "verdict": "",
        "is_aggregate": False,
        "links": [],
    }
    return Entry(record_id=record_id, **(defaults | values))


@st.composite
def lists(draw: st.DrawFn) -> list[Entry]:
    kinds = st.sampled_from([kind for sort in SORTS for kind in sort.kinds])
    return [
        entry(
            number,
            draw(whens),
            kind=draw(kinds),
            extent=draw(st.sampled_from(["within", "throughout"])),
            title=draw(titles),
            verdict=draw(st.sampled_from(["", "violation", "possible", "not_covered"])),
            detail="expected",
            links=[{"record": number - 1, "kind": "contradicts", "direction": "from", "note": ""}],
        )
        for number in range(draw(st.integers(0, 20)))
    ]


def material(entries: list[Entry], window: Window, frame: Frame) -> Material:
    """Return what a drawing of these entries is laid out from, as the database would tell it."""
    drawn = window.widened(frame.margin)
    unit = unit_for(drawn.first, drawn.last, frame.most_bins)
    found = [one for one in entries if overlaps(one, drawn)]
    rows = [(str(one.kind), one.sort_on, 1) for one in found]
    by: dict[str, dict[date, int]] = {}
    for one in found:
        if one.earliest is None:
            at = by.setdefault(str(one.kind), {})
            at[one.sort_on] = at.get(one.sort_on, 0) + 1
    counts = {str(kind): sum(one.kind == kind for one in found) for kind in RecordKind}
    return Material(
        window=window,
        present=[kind for kind, count in counts.items() if count],
        within=counts,
        bins=Bins.of(unit, drawn.first, drawn.last, rows),
        by=by,
        entries=found,
    )


def overlaps(one: Entry, window: Window) -> bool:
    first, last = one.earliest, one.latest
    if first is None:
        return last is not None and window.contains(last)
    return first <= window.last and (last is None or last >= window.first)


frames = st.sampled_from([Frame(328), Frame(840), Frame(1200, margin=0.5)])


def laid_out(entries: list[Entry], window: Window, frame: Frame) -> Picture:
    return lay_out(material(entries, window, frame), frame)


def taken(mark: Mark) -> tuple[float, float]:
    """Return from where to where a mark and the words in its row reach."""
    parts = [(bar.x, bar.end) for bar in [*mark.bars, *([mark.reach] if mark.reach else [])]]
    parts += [] if mark.is_bar and mark.bars else [(mark.x - 7, mark.x + 7)]
    if mark.label and not mark.label.rows:
        wide = measured(mark.label.text)
        begin = mark.label.x if mark.label.anchor == "start" else mark.label.x - wide
        parts.append((begin, begin + wide))
    return min(begin for begin, _ in parts), max(end for _, end in parts)


@given(lists(), windows, frames)
@settings(max_examples=60, deadline=None)
def test_every_entry_is_drawn_once_in_its_lane(
    entries: list[Entry], window: Window, frame: Frame
) -> None:
    picture = laid_out(entries, window, frame)

    drawn = sorted(mark.entry.record_id for lane in picture.lanes for mark in lane.marks)
    dense = [lane for lane in picture.lanes if lane.density]
    assert dense == [] or len(entries) > frame.most_marks
    if not dense:
        around = window.widened(frame.margin)
        assert drawn == [one.record_id for one in entries if overlaps(one, around)]


@given(lists(), windows, frames)
@settings(max_examples=60, deadline=None)
def test_nothing_lies_outside_and_no_words_collide(
    entries: list[Entry], window: Window, frame: Frame
) -> None:
    picture = laid_out(entries, window, frame)

    aside = frame.width * frame.margin + 40 + 1e-6
    for lane in picture.lanes:
        labelled: dict[int, list[tuple[float, float]]] = {}
        for mark in lane.marks:
            assert 0 <= mark.row < MOST_ROWS + MOST_CROWDED
            assert lane.y <= lane.middle(mark.row) - ROW / 2
            assert lane.middle(mark.row) + ROW / 2 <= lane.bottom
            for bar in [*mark.bars, *([mark.reach] if mark.reach else [])]:
                assert -aside <= bar.x <= bar.end <= frame.width + aside
            if mark.label:
                labelled.setdefault(mark.row, []).append(taken(mark))
        for places in labelled.values():
            places.sort()
            assert all(end <= begin for (_, end), (begin, _) in pairwise(places))
    ends = [0.0] + [lane.bottom for lane in picture.lanes]
    assert ends == sorted(ends)


@given(lists(), windows, frames)
@settings(max_examples=30, deadline=None)
def test_picture_is_well_formed_whatever_its_titles_say(
    entries: list[Entry], window: Window, frame: Frame
) -> None:
    picture = laid_out(entries, window, frame)

    for written in (inline(picture), standing(picture, 0, 0)):
        ElementTree.fromstring(written)


@given(lists(), windows, frames)
@settings(max_examples=40, deadline=None)
def test_densities_add_up_to_what_begins_in_them(
    entries: list[Entry], window: Window, frame: Frame
) -> None:
    found = material(entries, window, frame)

    counted = density(found.bins, found.by)

    days = Window(found.bins.starts[0], found.bins.last)
    inside = [one for one in found.entries if days.contains(one.sort_on)]
    assert sum(bar.total for bar in counted.bars) == len(inside)
    assert sum(bar.by for bar in counted.bars) == sum(one.earliest is None for one in inside)
    parts = [density(found.bins, found.by, sort.kinds) for sort in SORTS]
    assert sum(bar.total for part in parts for bar in part.bars) == len(inside)


@given(windows, st.floats(200, 2400), windows)
def test_scale_spreads_its_window_over_its_width(
    window: Window, width: float, drawn: Window
) -> None:
    scale = Scale(window, width)

    assert scale.x(window.first) == 0
    assert abs(scale.x_end(window.last) - width) < 1e-6
    found = calendar(scale, drawn)
    assert all(drawn.contains(tick.day) for tick in found.ticks)
    major = sorted(tick.x for tick in found.ticks if tick.is_major)
    assert all(later - earlier >= 30 for earlier, later in pairwise(major))


def test_no_words_reach_into_those_at_the_edge() -> None:
    scale = Scale(Window(date(2017, 1, 5), date(2017, 1, 26)), 330)

    found = calendar(scale, Window(date(2016, 12, 1), date(2017, 2, 20)))

    assert found.at_edge == "January 2017"
    assert [tick.text for tick in found.ticks if tick.is_major] == [
        "December 2016",
        "",
        "February 2017",
    ]


@given(st.dates(), st.integers(0, 4_000_000), st.floats(-2, 2), st.floats(0.01, 100))
def test_windows_stay_within_the_days_that_there_are(
    first: date, days: int, share: float, factor: float
) -> None:
    window = Window.of_ordinals(first.toordinal(), first.toordinal() + days)

    assert window.moved(share).days == window.days
    assert window.zoomed(factor).first <= window.zoomed(factor).last
    assert window.widened(0.5).contains(window.first)


@given(st.lists(st.tuples(days, st.integers(1, 50)), min_size=1, max_size=30))
def test_drawing_opens_with_most_of_the_list(rows: list[tuple[date, int]]) -> None:
    first, last = min(rows)[0], max(rows)[0]
    bins = Bins.of(unit_for(first, last, 4000), first, last, [("incident", *row) for row in rows])

    needed = SHARE_IN_VIEW * sum(count for _, count in rows)
    window = opening(crowded(bins, needed), Window(first, last))

    seen = sum(count for day, count in rows if window.contains(day))
    assert seen >= needed


@given(titles, st.floats(40, 400))
def test_words_are_cut_to_what_there_is_room_for(text: str, most: float) -> None:
    shortened = cut(text, most)

    assert measured(shortened) <= max(most, measured("…"))
    assert shortened == text or shortened.endswith("…")


def lane_of(picture: Picture, code: str) -> Lane:
    return next(lane for lane in picture.lanes if lane.code == code)


def test_truce_without_a_recorded_end_fades_and_shines_through_the_incidents() -> None:
    truce = entry(1, "2016-12-30", kind=RecordKind.TRUCE)
    window = Window(date(2016, 12, 1), date(2017, 1, 31))
    found = material([truce, entry(2, "2017-01-15")], window, Frame(840))
    found.docs[1] = {"effective": "2016-12-30", "last_attested": "2017-01-16"}  # type: ignore[index]

    picture = lay_out(found, Frame(840))

    (mark,) = lane_of(picture, "truces").marks
    assert [bar.fade for bar in mark.bars] == ["", "end"]
    assert mark.bars[0].x == picture.scale.x(date(2016, 12, 30))
    assert mark.bars[1].x == picture.scale.x_end(date(2017, 1, 16))
    assert picture.bands == mark.bars
    assert [lane.code for lane in picture.under_truces()] == ["incidents"]


def test_contradicting_accounts_are_tied_where_both_are_drawn() -> None:
    link = {"record": 2, "kind": "contradicts", "direction": "from", "note": ""}
    entries = [
        entry(1, "../2017-01-16", links=[link, link | {"record": 9}]),
        entry(2, "2017-01-16", links=[link | {"record": 1, "direction": "to"}]),
        entry(3, "2017-01-16", links=[link | {"kind": "follows"}]),
    ]

    picture = laid_out(entries, Window(date(2017, 1, 1), date(2017, 1, 31)), Frame(840))

    (tie,) = picture.ties
    assert tie.kind == "contradicts"
    assert tie.words == "“Record 1” contradicts “Record 2”"


def test_five_hundred_incidents_on_one_day_are_a_density() -> None:
    entries = [entry(number, "2017-01-15") for number in range(500)]

    picture = laid_out(entries, Window(date(2017, 1, 5), date(2017, 1, 25)), Frame(840))

    (lane,) = picture.lanes
    assert lane.marks == ()
    assert lane.density is not None
    assert [(bar.start, bar.total) for bar in lane.density.bars] == [(date(2017, 1, 15), 500)]
    assert "up to 500 a day" in inline(picture)


def test_round_that_is_expected_is_hatched_never_solid() -> None:
    expected = entry(1, "2017-01-10/2017-01-20", kind=RecordKind.ROUND, detail="expected")
    held = entry(2, "2017-01-10/2017-01-20", kind=RecordKind.ROUND, detail="held")
    window = Window(date(2017, 1, 1), date(2017, 1, 31))

    assert "drawing__hatched" in inline(laid_out([expected], window, Frame(840)))
    assert "drawing__hatched" not in inline(laid_out([held], window, Frame(840)))


def test_elements_escape_what_they_hold() -> None:
    assert tag("text", "<b>", class_="a", data_id='"') == (
        '<text class="a" data-id="&quot;">&lt;b&gt;</text>'
    )
