"""The numbers of a filter, held against plain counting."""

from datetime import date

import pytest
from django.http import QueryDict

from tests.factories.timeline import make_entry, make_revision
from timeline.filters import filtered

pytestmark = pytest.mark.django_db(transaction=True)


def test_bins_hold_what_begins_in_them() -> None:
    make_revision(1)
    make_entry(1, when="2017-01-01")
    make_entry(2, when="2017-01-01/2017-03-01")
    make_entry(3, when="../2017-01-08", kind="truce")
    make_entry(4, when="2016-12-30/2017-01-09")
    make_entry(5, when="")

    with filtered(QueryDict()) as found:
        bins = found.counts.by_bin(date(2017, 1, 1), date(2017, 1, 10), bins=4)
        span = found.counts.span()
        within = found.counts.within(date(2017, 1, 2), date(2017, 1, 8))

    assert (bins.size, bins.number, bins.begins(2)) == (3, 4, date(2017, 1, 7))
    assert bins.kinds == {"incident": (2, 0, 0, 0), "truce": (0, 0, 1, 0)}
    assert span == (date(2016, 12, 30), date(2017, 1, 8), 4, 1)
    assert within == {"incident": 2, "truce": 1}
