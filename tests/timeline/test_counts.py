"""The numbers of a filter, held against plain counting."""

from datetime import date, timedelta

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.timeline import make_entry, make_revision
from timeline.filters import filtered
from timeline.queries.bins import Bins, Unit, unit_for


@pytest.mark.django_db(transaction=True)
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
    days=st.integers(0, 4_000_000),
    most=st.integers(1, 300),
    unit=st.sampled_from(Unit),
)
def test_bins_follow_each_other_without_a_gap(
    first: date, days: int, most: int, unit: Unit
) -> None:
    last = first + timedelta(days=min(days, (date.max - first).days, 20_000))

    bins = Bins.of(unit, first, last, [("truce", first, 1), ("truce", last, 2)])

    edges = [*bins.starts[1:], bins.last + timedelta(days=1) if bins.last < date.max else None]
    assert bins.starts[0] <= first
    assert bins.last >= last
    assert all(one < other for one, other in zip(bins.starts, edges, strict=True) if other)
    assert sum(bins.totals) == 3
    chosen = unit_for(first, last, most)
    assert chosen is Unit.MILLENNIUM or len(Bins.of(chosen, first, last, ()).starts) <= most
