"""An import reads and writes its file in parts; nobody can tell where they end."""

import pytest

from ceasefire.enums import ImportState, RowOutcome
from ceasefire.models import Incident
from ceasefire.services.imports.parts import FIRST_PART
from sources.enums import OriginKind
from sources.models import Citation, ExternalId, PendingChange, Record, Source
from talks.models import Place
from tests.ceasefire.ged import findings, import_rows, row

#: Rows that end in the second part.
ROWS = FIRST_PART + 60


@pytest.mark.django_db(transaction=True)
def test_what_only_the_whole_file_tells_holds_for_its_first_row() -> None:
    late = {"source_article": '"Late News,2017-02-02,It was seen late"'}
    rows = [
        row(id=number, country="Smallland" if number < 50 else "Largeland")
        for number in range(1, ROWS)
    ]
    # Its document is cited in both parts, and relies on an outlet that only the last row names.
    rows[0] |= {"source_original": "Late News"}

    run = import_rows(*rows, row(id=ROWS, **late))

    assert run.state == ImportState.DONE
    assert run.counts["created"] == Incident.objects.count() == ROWS
    assert Source.objects.filter(title="One, two, three").count() == 1
    first = Citation.objects.get(
        record=ExternalId.objects.get(value="1").record, source__title="One, two, three"
    )
    assert first.origin == OriginKind.OTHER_OUTLET
    assert first.attributed_outlet is not None
    assert first.attributed_outlet.name == "Late News"
    assert {incident.conflict.name for incident in Incident.objects.all()[:1]} == {"Largeland"}
    assert import_rows(*rows, row(id=ROWS, **late)).counts["unchanged"] == ROWS


@pytest.mark.django_db(transaction=True)
def test_a_fault_in_a_later_part_takes_back_what_was_written_before() -> None:
    PendingChange.objects.all().delete()
    rows = [row(id=number) for number in range(1, ROWS)]

    run = import_rows(*rows, row(id=ROWS, date_start="2017-02-30"))

    assert run.state == ImportState.REFUSED
    assert (run.counts["rows"], run.counts["refused"]) == (ROWS, 1)
    assert run.rows.get(outcome=RowOutcome.REFUSED).number == ROWS + 1
    assert not Record.objects.exists()
    assert not Source.objects.exists()
    assert not Place.objects.exists()
    assert not PendingChange.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_one_id_written_in_two_ways_is_one() -> None:
    others = [row(id=number) for number in range(10, 10 + FIRST_PART)]

    run = import_rows(row(id="7"), row(id="7.00"), *others, row(id="007"))

    assert run.state == ImportState.REFUSED
    assert [found[0] for found in findings(run)] == [3, FIRST_PART + 4]
    assert {found[3] for found in findings(run)} == {"Row 2 has this id already."}


@pytest.mark.django_db(transaction=True)
def test_the_signs_that_part_cells_on_their_way_may_stand_in_cells() -> None:
    odd = 'Seen \\N and \\. at "ten", \x01\x02 \x01 وادي بردى'
    rows = [row(source_article=f'"Made-up News,2017-02-01,{odd}"', where_description=odd)]

    run = import_rows(*rows)

    assert run.state == ImportState.DONE
    assert Source.objects.filter(title=odd).exists()
    assert run.rows.get().raw["where_description"] == odd
