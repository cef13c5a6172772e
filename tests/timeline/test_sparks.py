"""The first page's spark lines: what the months of a conflict held."""

import pytest
from django.test import Client

from tests.factories.timeline import make_entry, make_label, make_revision

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _world() -> None:
    make_revision(1)
    make_label("conflict", 1, "syria", "Syria")
    make_label("conflict", 2, "yemen", "Yemen")


def test_spark_ends_with_the_newest_incident_and_counts_single_events(client: Client) -> None:
    days = ["2015-01-31", "2015-02-01", "2016-12-31", "2017-01-02", "2017-01-30"]
    for number, day in enumerate(days, 1):
        make_entry(number, when=day)
    make_entry(6, when="2017-01-03", is_aggregate=True)
    make_entry(7, when="2017-02-03", kind="statement")
    make_entry(8, when="2016-12-30", kind="truce")

    card, other = client.get("/").context["conflicts"]

    assert [(bar.month.isoformat(), bar.count) for bar in card.spark.bars if bar.count] == [
        ("2015-02-01", 1),
        ("2016-12-01", 1),
        ("2017-01-01", 2),
    ]
    assert len(card.spark.bars) == 24
    assert (card.spark.highest.count, card.spark.silent) == (2, 21)
    assert [flag.line.title for flag in card.spark.truces] == ["Record 8"]
    assert other.spark is None


def test_the_number_of_a_spark_leads_to_as_many_lines(client: Client) -> None:
    make_entry(1, when="2014-12/2015-03")
    make_entry(2, when="2017-01-02")
    make_entry(3, when="../2016-05-01")
    make_entry(4, when="")

    spark = client.get("/").context["conflicts"][0].spark
    listed = client.get(
        "/timeline/?aggregate=no&conflict=syria&from=2015-02&kind=incident&to=2017-01"
    )

    assert spark.total == listed.context["total"] == 3


def test_a_conflict_without_dated_incidents_has_no_spark(client: Client) -> None:
    make_entry(1, when="")

    assert client.get("/").context["conflicts"][0].spark is None
