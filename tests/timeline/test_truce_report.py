"""What is reported before a truce and after it: the same sources, and every number a filter."""

import csv
import io
from collections import Counter
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from django.test import Client

from ceasefire.models import Incident, Truce
from sources.enums import OutletKind
from sources.models import Outlet, Record, Source
from talks.enums import LinkKind
from tests.factories.ceasefire import (
    AttributionFactory,
    IncidentFactory,
    TallyFactory,
    TruceEventFactory,
    TruceFactory,
    TruceLinkFactory,
)
from tests.factories.sources import FigureFactory, OutletFactory, SourceFactory
from tests.factories.talks import PartyFactory, RecordLinkFactory
from tests.factories.timeline import (
    make_assessment,
    make_entry,
    make_label,
    make_revision,
)
from tests.timeline.reader import assert_numbers_are_filters, said, shown, url_of
from timeline import builder
from timeline.enums import Verdict
from timeline.models import Membership, Sheet
from timeline.queries.report.scales import calendar, scale

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def truce() -> Truce:
    """Agreed on the 10th, in force from the 12th of January."""
    found: Truce = TruceFactory.create(
        title="The truce",
        when_edtf="2017-01-10",
        declared_edtf="2017-01-10",
        effective_edtf="2017-01-12",
        last_attested_edtf="2017-02-01",
        published=True,
    )
    return found


def source_of(name: str, published: str = "2017-02-20", **outlet: Any) -> Source:
    made: Outlet = OutletFactory.create(name=name, **outlet)
    source: Source = SourceFactory.create(outlet=made, published_edtf=published)
    return source


def incident(truce: Truce, when: str, source: Source, **values: Any) -> Incident:
    made: Incident = IncidentFactory.create(
        conflict=truce.conflict, when_edtf=when, published=True, published__source=source, **values
    )
    return made


@pytest.fixture
def reported(truce: Truce) -> Truce:
    """Some incidents by four sources, of which two tell of both sides."""
    wire, data = source_of("Wire"), source_of("Data", kind=OutletKind.DATASET, covers="deaths only")
    early, late = source_of("Early", "2017-01-05"), source_of("Late")
    government = PartyFactory.create(name="The government")
    before = [incident(truce, day, wire) for day in ("2017-01-02", "2017-01-02", "2017-01-08")]
    incident(truce, "2017-01-05/2017-01-11", wire)
    incident(truce, "2017-01-03", early)
    incident(truce, "2017-01-06", data)
    after = [incident(truce, day, wire) for day in ("2017-01-13", "2017-01-15", "2017-01-15")]
    incident(truce, "2017-01-14/2017-01-16", data)
    incident(truce, "2017-01-15~", data)
    incident(truce, "2017-01-20", late)
    incident(truce, "2017-01-20", wire, is_aggregate=True)
    TallyFactory.create(truce=truce, conflict=truce.conflict, published=True)
    for made, low, high in ((before[0], 2, 4), (after[0], 9, None), (after[1], 1, 1)):
        FigureFactory.create(citation=made.citations.get(), group="people", low=low, high=high)
    AttributionFactory.create(incident=after[0], accused=government, claimed_by="Wire")
    RecordLinkFactory.create(
        from_record=after[1], to_record=after[2], kind=LinkKind.POSSIBLE_DUPLICATE
    )
    builder.build()
    return truce


def test_report_compares_the_same_sources_only(reported: Truce) -> None:
    text = shown(url_of(reported))

    for words in (
        "0.1 to 0.2 incidents a day in the 28 days before it",
        "0.1 to 0.2 incidents a day in the 28 days after it",
        "Before 28 days, 13 Dec 2016 to 9 Jan 2017",
        "It begins 3 days, 10 Jan to 12 Jan 2017",
        "After 28 days, 13 Jan to 9 Feb 2017",
        "Incidents 4 up to 5 none reported up to 1 4 up to 5",
        "Possible violation –before it, so not judged none reported 4",
        "Killed in them 2 to 4 3 incidents state no number none reported 10 or more",
        "The government none reported – 1 9 or more",
        "Nobody by name 4 2 to 4 3 1",
        "Possible duplicates: 1 pair",
        "Compared: 2 sources that report on both sides",
        "Left out: 2 sources that report on one side only",
        "Early 1 before, 0 after",
        "Data covers deaths only",
        "The newest report of the compared sources is of 20 February 2017. The 14 days up to it",
        "7 Feb 2017 provisional",
        "What these numbers cannot say",
    ):
        assert words in text
    assert "6 Feb 2017 provisional" not in text


def test_numbers_are_those_of_their_filters(reported: Truce) -> None:
    html = Client().get(url_of(reported)).content.decode()

    assert assert_numbers_are_filters(html) >= 15


def test_file_holds_what_is_drawn(reported: Truce) -> None:
    path = f"{url_of(reported)}days.csv"
    html = Client().get(f"{url_of(reported)}?days=7").content.decode()

    response = Client().get(path, {"days": "7"})
    rows = {row["day"]: row for row in csv.DictReader(io.StringIO(response.content.decode()))}

    assert next(iter(rows)) == "2017-01-03"
    assert list(rows)[-1] == "2017-01-19"
    assert rows["2017-01-15"] == {
        "day": "2017-01-15",
        "period": "after",
        "incidents": "2",
        "violation": "0",
        "possible": "2",
        "not_covered": "0",
        "not_judged": "0",
        "killed_low": "1",
        "killed_high": "1",
        "killed_unstated": "1",
        "killed_unbounded": "0",
        "provisional": "false",
    }
    assert rows["2017-01-08"]["not_judged"] == "1"
    assert rows["2017-01-11"] | {"incidents": "0", "period": "between"} == rows["2017-01-11"]
    bars = Counter(
        verdict
        for verdict in ("possible", "not_judged", "low")
        for _ in range(html.count(f'<rect class="bar bar--{verdict}"'))
    )
    # Days with such incidents: 6 and 8; 13 and 15, once by day and once over its life.
    assert bars["not_judged"] == 2
    assert response["Content-Type"].startswith("text/csv")
    again = Client().get(path, {"days": "7"}, headers={"if-none-match": response["ETag"]})
    assert again.status_code == 304


def test_file_is_the_same_as_of_a_revision(reported: Truce) -> None:
    paths = [f"{url_of(reported)}{name}.csv?as_of=1" for name in ("days", "judged")]
    before = [Client().get(path).content for path in paths]
    incident(reported, "2017-01-15", Source.objects.get(outlet__name="Wire"))
    Record.objects.filter(when_edtf="2017-01-13").update(status="withdrawn")
    builder.build()

    assert [Client().get(path).content for path in paths] == before
    assert Client().get(paths[0].partition("?")[0]).content != before[0]


@pytest.mark.parametrize("days", ["6", "92", "x", "-7", "٧", ""])
def test_a_number_of_days_is_refused_by_name(truce: Truce, days: str) -> None:
    builder.build()

    for path in (url_of(truce), f"{url_of(truce)}days.csv"):
        response = Client().get(path, {"days": days})
        assert response.status_code == 400
        assert "Give a number of days from 7 to 91." in response.content.decode()
    refused = Client().get(f"{url_of(truce)}judged.csv", {"as_of": "7"})
    assert (refused.status_code, refused.content[:6]) == (400, b"as_of:")


def test_no_truce_has_no_file() -> None:
    for name in ("days", "judged"):
        assert Client().get(f"/truces/none/{name}.csv").status_code == 404


def test_it_is_said_why_nothing_is_compared() -> None:
    undated = TruceFactory.create(when_edtf="", declared_edtf="", published=True)
    vague = TruceFactory.create(declared_edtf="2016", published=True)
    silent = TruceFactory.create(declared_edtf="2017-01-10", published=True)
    builder.build()

    for truce, words in (
        (undated, "When it was agreed or took effect is not recorded"),
        (vague, "When it was agreed or took effect is not known well enough to compare days"),
        (silent, "Nothing is reported of any day after it"),
    ):
        text = shown(url_of(truce))
        assert f"No comparison. {words}" in text
        assert "None reported while it may have held. That is not to say that it was calm." in text
        assert len(Client().get(f"{url_of(truce)}days.csv").content.splitlines()) == 1


def test_sources_of_one_side_are_no_comparison(truce: Truce) -> None:
    incident(truce, "2017-01-02", source_of("Early"))
    incident(truce, "2017-01-20", source_of("Late"))
    builder.build()

    text = shown(url_of(truce))

    assert "No source tells of single incidents both before it and after it." in text
    assert "Early 1 before, 0 after" in text
    assert "Late 0 before, 1 after" in text


def test_days_after_the_newest_report_are_not_counted(truce: Truce) -> None:
    wire = source_of("Wire", "2017-01-16")
    for day in ("2017-01-02", "2017-01-14"):
        incident(truce, day, wire)
    slip = source_of("Wire", "2917-01-16")
    incident(truce, "2017-01-15", slip)
    builder.build()

    rows = Client().get(f"{url_of(truce)}days.csv").content.decode().splitlines()

    assert rows[-1].startswith("2017-01-16,after,0")
    assert "provisional: still being reported" in shown(url_of(truce))


def test_a_life_ends_by_its_event_or_by_what_replaces_it(truce: Truce) -> None:
    wire = source_of("Wire")
    for day in ("2017-01-02", "2017-01-14"):
        incident(truce, day, wire)
    later = TruceFactory.create(declared_edtf="2017-01-20", conflict=truce.conflict, published=True)
    TruceLinkFactory.create(from_truce=later, to_truce=truce, kind="replaces")
    builder.build()
    assert "After 7 days, 13 Jan to 19 Jan 2017" in shown(url_of(truce))

    TruceEventFactory.create(truce=truce, event="collapsed", when_edtf="2017-01-18", published=True)
    TruceEventFactory.create(truce=truce, event="strained", when_edtf="", published=True)
    builder.build()

    html = Client().get(url_of(truce)).content.decode()
    assert "After 5 days, 13 Jan to 17 Jan 2017" in said(html)
    assert "Undated" in said(html)
    assert "No end is recorded" not in said(html)


def test_scales_are_round() -> None:
    assert scale(0) == (0, 1)
    assert scale(3) == (0, 1, 2, 3)
    assert scale(26) == (0, 10, 20, 30)
    assert scale(401) == (0, 200, 400, 600)
    start = date(2016, 12, 30)
    for days in (1, 5, 11, 40, 80, 200, 500, 1500, 9000):
        found = calendar(start, start + timedelta(days=days))
        assert 1 <= len(found) <= 8, days


# --- Any world ------------------------------------------------------------------------------------

WHEN = ("2017-01-{:02}", "2017-01-{:02}?", "2017-01-{:02}/2017-01-29", "../2017-01-{:02}", "")


def write_world(random: Random) -> None:
    """Write one truce of the middle of January and incidents around it, at random."""
    make_revision(1)
    make_label("conflict", 1, "north", "North", data={})
    make_entry(1, kind="truce", public_id="truce-1", when="2017-01-15", truce_ids=[1])
    empty = ("effective", "end", "outcome", "truce_class", "side", "form", "mediated", "monitored")
    doc: dict[str, Any] = dict.fromkeys(
        (*empty, "enforcement", "coverage", "coverage_wording", "bound_recorded", "terms_recorded"),
        "",
    )
    lists = ("purposes", "areas", "windows", "parties", "terms", "links")
    doc |= {name: [] for name in lists} | {"effective_time": None, "effective_zone": ""}
    doc |= {"declared": "2017-01-14/2017-01-15", "last_attested": ""}
    Sheet.objects.create(record_id=1, doc=doc, revision_from=1)
    for ref in range(1, 6):
        make_label("outlet", ref, f"outlet-{ref}", f"Outlet {ref}", data={"covers": ""})
        make_label("party", ref, f"party-{ref}", f"Party {ref}")
    Membership.objects.create(
        record_id=500, party_id=2, umbrella_id=1, revision_from=1, until_latest=date(2017, 1, 20)
    )
    for record_id in range(10, 90):
        when = random.choice((*WHEN[:1] * 6, *WHEN)).format(random.randint(1, 29))
        judged = random.random() < 0.6
        low = random.choice((None, 0, 3))
        make_entry(
            record_id,
            when=when,
            reported="2017-02",
            is_aggregate=random.random() < 0.1,
            outlet_ids=sorted(random.sample(range(1, 6), random.randint(0, 3))),
            accused_ids=sorted(random.sample(range(1, 6), random.choice((0, 0, 1, 2)))),
            killed_low=low,
            killed_high=random.choice((None, 5)),
            truce_ids=[1] if judged else [],
        )
        Sheet.objects.create(record_id=record_id, doc={"attributions": []}, revision_from=1)
        for attribution in range(random.randint(1, 2)) if judged else ():
            make_assessment(
                1, record_id, attribution_id=attribution, counts_as=random.choice(Verdict.values)
            )


@pytest.mark.parametrize("seed", [1, 2])
def test_every_number_of_any_report_is_that_of_its_filter(seed: int) -> None:
    write_world(Random(seed))

    html = Client().get("/truces/truce-1/").content.decode()

    assert assert_numbers_are_filters(html) >= 40
