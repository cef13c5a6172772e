"""What a row of a dataset becomes."""

import lzma
import os
from pathlib import Path
from typing import Any

import pytest

from ceasefire.enums import ImportState
from ceasefire.models import Attribution, ImportRow, Incident
from config import embedded
from sources.models import Figure
from talks.models import Party
from tests.ceasefire.ged import DEIR_QANOON, findings, import_file, import_rows, incident, row

pytestmark = pytest.mark.django_db

#: Where the dataset lies, if anywhere: TRUCELINE_DATA, or shared/data beside a folder above this.
REAL = Path(
    os.environ.get("TRUCELINE_DATA")
    or next(
        (
            found
            for each in embedded.CHECKOUT.parents
            if (found := each / "shared" / "data").is_dir()
        ),
        "",
    )
)
REAL_FILE = REAL / "ucdp_ged_syria_2016_2019.csv.xz"


def test_a_row_becomes_an_incident_that_accuses_nobody() -> None:
    import_rows(DEIR_QANOON)

    found = incident("241879")
    assert (found.status, found.when_edtf, found.act) == ("published", "2017-01-15", "hostilities")
    assert [one.party.name for one in found.parties.order_by("pk")] == [
        "Government of Syria",
        "Syrian insurgents",
    ]
    assert not Attribution.objects.exists()
    assert not found.targets.exists()
    assert not found.is_aggregate


def test_its_place_is_no_more_exact_than_the_dataset_is() -> None:
    import_rows(
        DEIR_QANOON,
        row(id=2, where_prec=4, where_coordinates="Rif Dimashq Governorate", latitude=33.5),
        row(id=3, where_prec=6, where_coordinates="Syria", adm_1="", adm_2=""),
        row(id=4, where_prec=2, where_coordinates="Dayr Qanun village"),
    )

    found = incident("241879")
    names = []
    place: Any = found.place
    while place is not None:
        names.append((place.name, place.kind, place.precision))
        place = place.parent
    assert names == [
        ("Dayr Qanun village", "settlement", 1),
        ("Mintaqat az Zabadani district", "district", None),
        ("Rif Dimashq Governorate", "region", 4),
        ("Syria", "country", 6),
    ]
    assert (found.place_precision, incident("4").place_precision) == (1, 2)
    assert incident("4").place == found.place
    assert str(incident("2").place) == "Rif Dimashq Governorate, Syria"
    assert str(incident("3").place) == "Syria"


def test_its_numbers_are_the_datasets_and_its_sources_are_each_a_citation() -> None:
    import_rows(DEIR_QANOON)

    own, first, second = incident("241879").citations.order_by("pk")
    assert own.source.licence == "CC BY 4.0"
    assert (own.locator, own.origin, str(own.attributed_outlet)) == (
        "event 241879",
        "other_outlet",
        "SOHR",
    )
    numbers = own.figures.order_by("pk").values_list("group", "side", "low", "best", "high")
    assert list(numbers) == [
        ("people", "", 12, 12, 12),
        ("side", "Government of Syria", None, 0, None),
        ("side", "Syrian insurgents", None, 0, None),
        ("civilians", "", None, 12, None),
        ("unknown", "", None, 0, None),
    ]
    # It relies on itself: the outlet's own reporting.
    assert {(one.origin, one.source.outlet.name) for one in (first, second)} == {("outlet", "SOHR")}
    assert second.source.title == "Syria rebel factions to attend Russia, Turkey-backed talks"
    assert second.source.published_edtf == "2017-01-17"
    assert second.locator == "named by UCDP GED, event 241879, as source 2 of 2"
    assert not Figure.objects.exclude(citation=own).exists()


@pytest.mark.parametrize(
    ("original", "expected"),
    [
        ("", [("unknown", ""), ("outlet", ""), ("outlet", "")]),
        ("A medic", [("speaker", "A medic")] * 3),
        ("A medic; A nurse", [("unknown", ""), ("speaker", "A medic"), ("speaker", "A nurse")]),
        ("A; B; C", [("speaker", "A; B; C"), ("unknown", ""), ("unknown", "")]),
    ],
)
def test_originals_are_allocated_only_where_that_is_said(
    original: str, expected: list[tuple[str, str]]
) -> None:
    article = '"Paper,2017-02-01,One";"Wire,2017-02-01,Two"'
    import_rows(row(source_article=article, number_of_sources=2, source_original=original))

    found = incident("1").citations.order_by("pk").values_list("origin", "attributed_speaker")
    assert list(found) == expected


def test_violence_against_civilians_has_them_as_its_target_and_accuses_nobody() -> None:
    import_rows(row(type_of_violence=3, side_b="Civilians", side_b_new_id=1))

    found = incident("1")
    assert found.act == "attack_on_civilians"
    assert [one.population for one in found.targets.all()] == ["civilians"]
    assert [one.party.name for one in found.parties.all()] == ["Government of Syria"]
    assert not Party.objects.filter(name="Civilians").exists()
    assert not Attribution.objects.exists()


def test_a_date_is_as_exact_as_the_dataset_and_lumped_events_are_an_aggregate() -> None:
    import_rows(row(date_end="2017-02-20", date_prec=4, event_clarity=2))

    found = incident("1")
    assert (found.when_edtf, found.when.precision) == ("2017-02-01/2017-02-20", "month")
    assert found.when_wording == "2017-02-01 to 2017-02-20 (within a month)"
    assert found.is_aggregate


def test_numbers_out_of_order_stand_beside_each_other_with_a_remark() -> None:
    run = import_rows(row(low=5, best=3, high=9))

    assert findings(run) == [(2, "low", "5", "It is above best, 3.")]
    people = Figure.objects.filter(group="people").order_by("pk")
    assert list(people.values_list("low", "best", "high")) == [(5, None, 9), (None, 3, None)]
    assert incident("1").title.startswith("3, 5 or 9 killed in violence between ")


def test_strictly_such_a_row_is_refused() -> None:
    run = import_rows(row(low=5, best=3), is_strict=True)

    assert (run.state, run.counts["refused"]) == (ImportState.REFUSED, 1)
    assert not Incident.objects.exists()


def test_the_raw_row_is_kept() -> None:
    import_rows(DEIR_QANOON)

    kept = ImportRow.objects.get(value="241879")
    assert (kept.raw, kept.number, kept.outcome) == (DEIR_QANOON, 2, "created")


@pytest.mark.skipif(not REAL_FILE.exists(), reason="the dataset is not beside the checkout")
def test_rows_of_the_real_file_go_in() -> None:
    with lzma.open(REAL_FILE, "rt", encoding="utf-8") as file:
        slice_ = "".join(line for _, line in zip(range(400), file, strict=False))

    run = import_file(slice_.encode())

    assert run.state == ImportState.DONE, run.message
    assert (run.counts["created"], run.counts["refused"]) == (run.counts["rows"], 0)
