"""The numbers of a filter, held against plain counting, now and as of older revisions."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories.timeline import index_words, make_entry, make_revision
from tests.timeline.test_filters import (
    PARAMETERS,
    World,
    query_of,
    without_contradiction,
    write_world,
)
from timeline.enums import Mention
from timeline.filters import filtered
from timeline.filters.counting import asked_of_counts
from timeline.models import Entry, Membership, MentionCount
from timeline.queries.bins import Bins, Unit, unit_for
from timeline.queries.calendar import stretches, years_until
from timeline.queries.counts import EntryCounts
from timeline.queries.kept import TOLD, KeptCounts

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world() -> World:
    return write_world()


def test_bins_hold_what_begins_in_them() -> None:
    make_revision(1)
    make_entry(1, when="2017-01-01")
    make_entry(2, when="2017-01-01/2017-03-01")
    make_entry(3, when="../2017-01-08", kind="truce")
    make_entry(4, when="2016-12-25/2017-01-09")
    make_entry(5, when="")

    with filtered(QueryDict()) as found:
        bins = found.counts.by_bin(date(2017, 1, 1), date(2017, 1, 10), most=4)
        span = found.counts.span()
        within = found.counts.within(date(2017, 1, 2), date(2017, 1, 8))

    assert (bins.unit, bins.starts) == (
        Unit.WEEK,
        (date(2016, 12, 26), date(2017, 1, 2), date(2017, 1, 9)),
    )
    assert bins.last == date(2017, 1, 15)
    assert bins.kinds == {"incident": (2, 0, 0), "truce": (0, 1, 0)}
    assert bins.totals == (2, 1, 0)
    assert span == (date(2016, 12, 25), date(2017, 1, 8), 4, 1)
    assert within == {"incident": 2, "truce": 1}


@given(
    first=st.dates(),
    days=st.integers(0, 20_000),
    most=st.integers(1, 300),
    unit=st.sampled_from(Unit),
)
def test_bins_follow_each_other_without_a_gap(
    first: date, days: int, most: int, unit: Unit
) -> None:
    last = first + timedelta(days=min(days, (date.max - first).days))

    bins = Bins.of(unit, first, last, [("truce", first, 1), ("truce", last, 2)])

    edges = [*bins.starts[1:], bins.last + timedelta(days=1) if bins.last < date.max else None]
    assert bins.starts[0] <= first
    assert bins.last >= last
    assert all(one < other for one, other in zip(bins.starts, edges, strict=True) if other)
    assert sum(bins.totals) == 3
    chosen = unit_for(first, last, most)
    assert chosen is Unit.MILLENNIUM or len(Bins.of(chosen, first, last, ()).starts) <= most


@given(first=st.dates(), last=st.dates(), years=st.booleans())
def test_stretches_are_the_days_taken_apart(first: date, last: date, years: bool) -> None:
    found = list(stretches(first, last, years=years))

    assert sum((part.last - part.first).days + 1 for part in found) == max(
        0, (last - first).days + 1
    )
    assert [part.first for part in found] == sorted(part.first for part in found)
    assert len(found) <= 5
    for part in found:
        begins = (part.first.month, part.first.day)
        after = part.last.toordinal() + 1
        next_day = date.fromordinal(after) if part.last < date.max else date(1, 1, 1)
        if part.period is not None:
            assert (begins[1], next_day.day) == (1, 1)
        if part.period == "year":
            assert (begins, (next_day.month, next_day.day)) == ((1, 1), (1, 1))


@given(last=st.dates())
def test_whole_years_and_some_days_come_to_a_day(last: date) -> None:
    end, days, sign = years_until(last)

    # Years of which the first day lies before that end are taken whole.
    whole = end.toordinal() if (end.month, end.day) == (12, 31) else end.toordinal() - 1
    length = 0 if days is None else (days.last - days.first).days + 1
    assert whole + sign * length == last.toordinal()
    assert length <= 184
    assert (sign, length > 0) != (-1, False)


WINDOWS = (
    (date(2016, 1, 1), date(2018, 12, 31)),
    (date(2017, 1, 4), date(2017, 1, 7)),
    (date(2016, 12, 15), date(2017, 2, 10)),
)


@settings(
    max_examples=80,
    deadline=None,
    # The world is written once and only read.
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    asked=st.sets(st.sampled_from(sorted({*TOLD, "as_of"} & PARAMETERS.keys())), max_size=4)
    .flatmap(
        lambda names: st.fixed_dictionaries({name: PARAMETERS[name] for name in sorted(names)})
    )
    .map(without_contradiction),
    window=st.sampled_from(WINDOWS),
    most=st.sampled_from([1, 4, 12, 40]),
)
def test_kept_counts_are_those_of_the_entries(
    world: World, asked: dict[str, Any], window: tuple[date, date], most: int
) -> None:
    with filtered(query_of(asked)) as found:
        kept = found.counts
        plain = EntryCounts(found.lacking, found.reading, found.asked)

        assert isinstance(kept, KeptCounts)
        assert kept.total() == plain.total()
        for name in ("kind", "act", "verdict", "evidence"):
            assert kept.by_code(name) == plain.by_code(name)
        for mention in Mention:
            assert kept.by_mention(mention) == plain.by_mention(mention)
        assert kept.span() == plain.span()
        assert kept.within(*window) == plain.within(*window)
        assert kept.by_bin(*window, most=most) == plain.by_bin(*window, most=most)


@pytest.mark.parametrize(
    "asked",
    [
        {"q": "wadi"},
        {"from": "2017", "dates": "certainly"},
        {"party": "party-1"},
        {"changed_since": "1"},
    ],
)
def test_kept_counts_do_not_tell_what_they_do_not_know(world: World, asked: dict[str, str]) -> None:
    with filtered(query_of(asked)) as found:
        assert asked_of_counts(found.asked, found.form.cleaned_data) is None
        assert type(found.counts) is EntryCounts


def test_revisions_from_before_the_counts_ask_the_entries(world: World) -> None:
    MentionCount.objects.filter(revision_from=1).delete()
    with filtered(query_of({"as_of": "1"})) as found:
        assert type(found.counts) is EntryCounts
    with filtered(query_of({"as_of": "2"})) as found:
        assert type(found.counts) is KeptCounts


def codes_and_mentions() -> dict[str, Any]:
    with filtered(QueryDict("q=wadi")) as found:
        numbers: dict[str, Any] = {name: found.counts.by_code(name) for name in ("kind", "act")}
        numbers |= {mention: found.counts.by_mention(mention) for mention in Mention}
        return numbers | {"total": found.counts.total()}


def test_counts_are_carried_on_by_what_changed() -> None:
    make_revision(1)
    Membership.objects.create(record_id=99, party_id=7, umbrella_id=9, revision_from=1)
    for number, act in ((1, "shelling"), (2, "shelling"), (3, "raid")):
        make_entry(number, act=act, party_ids=[7], origins=["unknown"], title="Wadi")
    make_entry(4, act="raid", party_ids=[7], title="Elsewhere")
    index_words()
    assert codes_and_mentions()["act"] == {"shelling": 2, "raid": 1}
    # Nobody but this test changes what a revision shows: so it is seen whether it is read again.
    Entry.objects.filter(record_id=1).delete()

    make_revision(2)
    Entry.objects.filter(record_id=2).update(revision_to=2)
    make_entry(2, act="raid", revision_from=2, party_ids=[8], origins=["outlet:5"], title="Wadi")
    make_entry(5, act="arrest", revision_from=2, party_ids=[7, 8], title="Wadi")
    index_words()

    assert codes_and_mentions() == {
        "kind": {"incident": 4},
        "act": {"raid": 2, "arrest": 1, "shelling": 1},
        Mention.PARTY: {7: 3, 9: 3, 8: 2},
        Mention.ACCUSED: {},
        Mention.ORIGIN: {0: 2, 5: 1},
        Mention.REGION: {},
        "total": 4,
    }


def test_counts_are_not_carried_over_a_changed_umbrella() -> None:
    make_revision(1)
    Membership.objects.create(record_id=99, party_id=7, umbrella_id=9, revision_from=1)
    make_entry(1, party_ids=[7], title="Wadi")
    index_words()
    assert codes_and_mentions()[Mention.PARTY] == {7: 1, 9: 1}

    make_revision(2)
    Membership.objects.update(revision_to=2)

    assert codes_and_mentions()[Mention.PARTY] == {7: 1}
