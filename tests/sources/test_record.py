"""What a record knows of itself before the database is asked."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from sources.enums import RecordKind
from sources.models import Record
from tests.factories.ceasefire import TruceFactory
from tests.factories.sources import cite
from tests.factories.talks import ConflictFactory, RoundFactory

pytestmark = pytest.mark.django_db


def test_new_record_passes_full_clean() -> None:
    truce = TruceFactory.build(conflict=ConflictFactory.create())

    truce.full_clean()

    assert truce.kind == RecordKind.TRUCE


def test_kind_is_not_to_be_chosen() -> None:
    truce = TruceFactory.create(kind=RecordKind.ROUND)

    assert Record.objects.get(pk=truce.pk).kind == RecordKind.TRUCE


def test_plain_record_keeps_its_kind_when_saved() -> None:
    record = Record.objects.get(pk=RoundFactory.create().pk)

    record.full_clean()
    record.save()

    assert Record.objects.get(pk=record.pk).kind == RecordKind.ROUND


def test_time_of_day_needs_a_zone() -> None:
    round_ = RoundFactory.create(when_edtf="2017-01-23")
    round_.time_of_day = datetime.time(9)

    with pytest.raises(ValidationError) as refused:
        round_.full_clean()

    assert refused.value.message_dict["time_zone"] == [
        "A time of day needs its time zone, and a zone needs its time."
    ]


def test_zone_needs_a_time_of_day() -> None:
    round_ = RoundFactory.create(when_edtf="2017-01-23")
    round_.time_zone = "Asia/Almaty"

    with pytest.raises(ValidationError) as refused:
        round_.full_clean()

    assert set(refused.value.message_dict) >= {"time_of_day"}


def test_time_of_day_needs_a_day() -> None:
    round_ = RoundFactory.create(when_edtf="2017-01")
    round_.time_of_day, round_.time_zone = datetime.time(9), "Asia/Almaty"

    with pytest.raises(ValidationError) as refused:
        round_.full_clean()

    assert refused.value.message_dict["time_of_day"] == [
        "A time of day needs a date known to the day."
    ]


def test_time_zone_has_to_exist() -> None:
    round_ = RoundFactory.create(when_edtf="2017-01-23")
    round_.time_of_day, round_.time_zone = datetime.time(9), "Mars/Olympus"

    with pytest.raises(ValidationError) as refused:
        round_.full_clean()

    assert refused.value.message_dict["time_zone"] == [
        "“Mars/Olympus” is not a time zone such as Asia/Damascus or UTC."
    ]


def test_citation_names_only_fields_of_its_record() -> None:
    citation = cite(RoundFactory.create())
    citation.fields = ["title", "coverage"]

    with pytest.raises(ValidationError) as refused:
        citation.full_clean()

    (sentence,) = refused.value.message_dict["fields"]
    assert sentence == (
        "A talks round has no field “coverage”. It has: when, extent, title, summary, "
        "time_of_day, process, label, round_status, format, venue, roles."
    )


@pytest.mark.parametrize("field", ["url", "archive_url"])
@pytest.mark.parametrize("address", ["ftp://example.org/", "javascript:alert(1)"])
def test_address_of_a_source_is_a_web_address(field: str, address: str) -> None:
    source = cite(RoundFactory.create()).source
    setattr(source, field, address)

    with pytest.raises(ValidationError) as refused:
        source.full_clean()

    assert (
        "A web address must begin with http:// or https://." in (refused.value.message_dict[field])
    )
