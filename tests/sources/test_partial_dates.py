"""Partial dates: what the texts mean, in Python and in SQL."""

import re
from datetime import date, timedelta

import pytest
from django.db import DataError, connection, transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sources.enums import Precision
from sources.partial_dates import PartialDate, PartialDateError, precision_of
from sources.sql import sql


@pytest.fixture
def functions(db: None) -> None:
    """Bring the functions of the checkout, also where a migration has installed older ones."""
    with connection.cursor() as cursor:
        cursor.execute(sql("partial_dates"))


def bounds_in_sql(text: str) -> tuple[date | None, date | None] | None:
    """Return the bounds as PostgreSQL sees them, None where it refuses the text."""
    query = "SELECT sources_edtf_earliest(%s), sources_edtf_latest(%s)"
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(query, [text, text])
            earliest, latest = cursor.fetchone()
            return earliest, latest
    except DataError:
        return None


def bounds_in_python(text: str) -> tuple[date | None, date | None] | None:
    """Return the bounds as Python sees them, None where it refuses the text."""
    try:
        partial_date = PartialDate.parse(text)
    except PartialDateError:
        return None
    return partial_date.earliest, partial_date.latest


# Months, days and years that do not exist are drawn too: both sides have to refuse the same texts.
years = st.one_of(
    st.integers(1990, 2030),
    st.integers(0, 9999),
    st.sampled_from([0, 1, 2, 9998, 9999]),
).map("{:04}".format)
months = st.integers(0, 13).map("{:02}".format)
days = st.one_of(st.integers(1, 28), st.integers(0, 32)).map("{:02}".format)
qualifiers = st.sampled_from(["", "", "~", "?", "%"])
plain = st.one_of(
    years,
    st.tuples(years, months).map("-".join),
    st.tuples(years, months, days).map("-".join),
    years.map(lambda year: f"{year[:3]}X"),
    years.map(lambda year: f"{year[:2]}XX"),
    years.map(lambda year: f"{year}-XX"),
    years.map(lambda year: f"{year}-XX-XX"),
    st.tuples(years, months).map(lambda parts: f"{'-'.join(parts)}-XX"),
)
points = st.tuples(plain, qualifiers).map("".join)
ends = st.one_of(points, points, st.sampled_from(["", ".."]))
edtf_texts = st.one_of(points, st.tuples(ends, ends).map("/".join))
garbled = st.text(alphabet="0129X-~?%/. T:٣\u00a0\n", max_size=12)


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision"),
    [
        ("", None, None, "unknown"),
        ("2017-01-15", "2017-01-15", "2017-01-15", "day"),
        ("2016-02-29", "2016-02-29", "2016-02-29", "day"),
        ("2017-01", "2017-01-01", "2017-01-31", "month"),
        ("2016-02", "2016-02-01", "2016-02-29", "month"),
        ("2017", "2017-01-01", "2017-12-31", "year"),
        ("2016", "2016-01-01", "2016-12-31", "year"),
        ("201X", "2010-01-01", "2019-12-31", "longer"),
        ("20XX", "2000-01-01", "2099-12-31", "longer"),
        ("2017-XX", "2017-01-01", "2017-12-31", "year"),
        ("2017-XX-XX", "2017-01-01", "2017-12-31", "year"),
        ("2017-01-XX", "2017-01-01", "2017-01-31", "month"),
        ("2017-01-16?", "2017-01-16", "2017-01-16", "day"),
        ("2017-01?", "2017-01-01", "2017-01-31", "month"),
        ("2017-01-15~", "2017-01-14", "2017-01-16", "days"),
        ("2017-01-01%", "2016-12-31", "2017-01-02", "days"),
        ("2016-01~", "2015-12-01", "2016-02-29", "year"),
        ("2016-12~", "2016-11-01", "2017-01-31", "year"),
        ("2011~", "2010-01-01", "2012-12-31", "longer"),
        ("2017-01-XX~", "2016-12-01", "2017-02-28", "year"),
        ("201X~", "2000-01-01", "2029-12-31", "longer"),
        ("20XX~", "1900-01-01", "2199-12-31", "longer"),
        ("0001~", "0001-01-01", "0002-12-31", "longer"),
        ("0001-01-01~", "0001-01-01", "0001-01-02", "days"),
        ("9999~", "9998-01-01", "9999-12-31", "longer"),
        ("9999-12-31~", "9999-12-30", "9999-12-31", "days"),
        ("2017-01-23/2017-01-29", "2017-01-23", "2017-01-29", "week"),
        ("2017-01-15/2017-01-15", "2017-01-15", "2017-01-15", "day"),
        ("2017-01/2017-01-05", "2017-01-01", "2017-01-05", "days"),
        ("2017-01-16/2017", "2017-01-16", "2017-12-31", "year"),
        ("2011~/2017-01-16", "2010-01-01", "2017-01-16", "longer"),
        ("2017-01-17~/2017-01-16", "2017-01-16", "2017-01-16", "day"),
        ("../2017-01-16", None, "2017-01-16", "open"),
        ("/2017-01", None, "2017-01-31", "open"),
        ("../2017-01~", None, "2017-02-28", "open"),
        ("2017-01-16/..", "2017-01-16", None, "open"),
        ("2017-01/", "2017-01-01", None, "open"),
    ],
)
def test_text_gives_bounds_in_python_and_in_sql(
    functions: None, text: str, earliest: str | None, latest: str | None, precision: str
) -> None:
    expected = tuple(day and date.fromisoformat(day) for day in (earliest, latest))

    partial_date = PartialDate.parse(text)

    assert partial_date.text == text
    assert (partial_date.earliest, partial_date.latest) == expected
    assert partial_date.precision == precision
    assert bounds_in_sql(text) == expected


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=st.one_of(edtf_texts, garbled))
@example(text="2017-02-29")
@example(text="2000-02-29~")
@example(text="1900-02-29")
@example(text="2017-01-16\n")
@example(text="2017-01-16\n5")
@example(text="../..")
@example(text="001X~/9999%")
def test_python_and_sql_agree(functions: None, text: str) -> None:
    assert bounds_in_sql(text) == bounds_in_python(text)


def unit_start(text: str, day: date) -> date:
    """Return the first day of the unit, as precise as the text, in which a day lies."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return day
    if re.match(r"\d{4}-\d\d", text):
        return day.replace(day=1)
    years = 10 ** text[:4].count("X")
    return date(day.year // years * years, 1, 1)


@settings(max_examples=200, deadline=None)
@given(text=plain.filter(lambda text: bounds_in_python(text) and "0200" < text[:4] < "9700"))
def test_approximate_date_takes_in_one_unit_on_each_side(text: str) -> None:
    one_day = timedelta(days=1)
    earliest, latest = bounds_in_python(text) or (None, None)
    assert earliest
    assert latest

    about = PartialDate.parse(f"{text}~")

    assert about.earliest == unit_start(text, earliest - one_day)
    assert about.latest
    assert unit_start(text, about.latest) == latest + one_day
    assert unit_start(text, about.latest + one_day) == about.latest + one_day


@pytest.mark.parametrize(
    ("days_apart", "precision"),
    [
        (0, Precision.DAY),
        (1, Precision.DAYS),
        (5, Precision.DAYS),
        (6, Precision.WEEK),
        (7, Precision.MONTH),
        (30, Precision.MONTH),
        (31, Precision.YEAR),
        (365, Precision.YEAR),
        (366, Precision.LONGER),
    ],
)
def test_precision_follows_days_apart(
    functions: None, days_apart: int, precision: Precision
) -> None:
    earliest = date(2016, 1, 1)
    latest = earliest + timedelta(days=days_apart)

    assert precision_of(earliest, latest) == precision
    assert precision_in_sql(earliest, latest) == precision


@pytest.mark.parametrize(
    ("earliest", "latest", "precision"),
    [
        (None, None, Precision.UNKNOWN),
        (None, date(2017, 1, 1), Precision.OPEN),
        (date(2017, 1, 1), None, Precision.OPEN),
    ],
)
def test_precision_of_missing_bound(
    functions: None, earliest: date | None, latest: date | None, precision: Precision
) -> None:
    assert precision_of(earliest, latest) == precision
    assert precision_in_sql(earliest, latest) == precision


def precision_in_sql(earliest: date | None, latest: date | None) -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sources_date_precision(%s::date, %s::date)",
            [earliest and earliest.isoformat(), latest and latest.isoformat()],
        )
        precision: str = cursor.fetchone()[0]
        return precision


@pytest.mark.parametrize(
    ("text", "is_approximate", "is_uncertain"),
    [
        ("2017", False, False),
        ("2017~", True, False),
        ("2017?", False, True),
        ("2017%", True, True),
        ("2011~/2017", True, False),
        ("2011/2017?", False, True),
        ("2011~/2017?", True, True),
        ("../2017%", True, True),
        ("", False, False),
    ],
)
def test_qualifiers_are_flagged(text: str, is_approximate: bool, is_uncertain: bool) -> None:
    partial_date = PartialDate.parse(text)

    assert (partial_date.is_approximate, partial_date.is_uncertain) == (
        is_approximate,
        is_uncertain,
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("2017-02-30", "30 February 2017 does not exist."),
        ("2017-01-00", "0 January 2017 does not exist."),
        ("2017-02-29~/..", "29 February 2017 does not exist."),
        ("2017-13", "There is no month 13."),
        ("2017-00-05", "There is no month 0."),
        ("2017-21", "Seasons are not accepted; give months instead."),
        ("2017-01-16T10:00", "A date has no time of day here."),
        ("10:00", "A date has no time of day here."),
        (
            "2017-03/2017-02",
            "The interval ends (February 2017) before it begins (March 2017).",
        ),
        (
            "2017-01-17/2017-01-15~",
            "The interval ends (about 15 January 2017) before it begins (17 January 2017).",
        ),
        ("2017/2018/2019", "An interval has one / between its beginning and its end."),
        (
            "../..",
            "An interval needs a beginning or an end; leave the date empty where neither is known.",
        ),
        (
            "/",
            "An interval needs a beginning or an end; leave the date empty where neither is known.",
        ),
        ("0000", "Years run from 0001 to 9999."),
        ("000X", "Years run from 0001 to 9999."),
        ("00XX", "Years run from 0001 to 9999."),
        ("-0044", "Years run from 0001 to 9999."),
        ("-0044-03-15", "Years run from 0001 to 9999."),
        ("12017", "Years run from 0001 to 9999."),
        ("Y170000002", "Years run from 0001 to 9999."),
    ],
)
def test_refusal_says_why(functions: None, text: str, sentence: str) -> None:
    with pytest.raises(PartialDateError) as refusal:
        PartialDate.parse(text)

    assert str(refusal.value) == sentence
    assert bounds_in_sql(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "January 2017",
        "16.01.2017",
        "2017-1-5",
        "20170116",
        "201x",
        "XXXX",
        "2017-XX-05",
        "201X-01",
        "?2017-01",
        "2017?-01",
        "2017~?",
        "2017 ~",
        "[2016,2017]",
        "{2016,2017}",
        "2017..2018",
        ".../2017",
        "2017- 1",
        "２０１７",
        "٢٠١٧-٠١",
        "2017-01-16\n5",
    ],
)
def test_other_texts_are_refused_by_form(functions: None, text: str) -> None:
    with pytest.raises(PartialDateError):
        PartialDate.parse(text)

    assert bounds_in_sql(text) is None


def test_refusal_by_form_shows_text_and_examples() -> None:
    with pytest.raises(PartialDateError) as refusal:
        PartialDate.parse("January 2017")

    assert str(refusal.value) == (
        "“January 2017” is not a date such as 2017, 2017-01, 2017-01-16 or 2017-01/2017-03."
    )


def test_sql_refuses_with_its_own_state(functions: None) -> None:
    with pytest.raises(DataError) as refusal, connection.cursor() as cursor:
        cursor.execute("SELECT sources_edtf_latest('2017-02-30')")

    assert refusal.value.__cause__ is not None
    assert getattr(refusal.value.__cause__, "sqlstate", None) == "22007"


@pytest.mark.parametrize("space", [" ", "\t\n", "\u00a0", "\u2009\u3000", "\x85\x1c"])
def test_white_space_around_text_is_dropped(functions: None, space: str) -> None:
    assert PartialDate.parse(f"{space}2017{space}") == PartialDate.parse("2017")
    assert PartialDate.parse(space) == PartialDate.parse("")
    assert bounds_in_sql(f"{space}2017{space}") == (date(2017, 1, 1), date(2017, 12, 31))
    assert bounds_in_sql(space) == (None, None)


@pytest.mark.parametrize(
    ("text", "within", "throughout"),
    [
        ("2017-01-15", "15 January 2017", "15 January 2017"),
        ("2017-01", "January 2017", "January 2017"),
        ("2017-01-XX", "January 2017", "January 2017"),
        ("2017", "2017", "2017"),
        ("2017-XX", "2017", "2017"),
        ("201X", "the 2010s", "the 2010s"),
        ("20XX", "the years 2000 to 2099", "the years 2000 to 2099"),
        ("2016-01~", "about January 2016", "about January 2016"),
        ("2017-01-16?", "16 January 2017 (uncertain)", "16 January 2017 (uncertain)"),
        ("2017%", "about 2017 (uncertain)", "about 2017 (uncertain)"),
        ("../2017-01-16", "by 16 January 2017", "until 16 January 2017"),
        ("/2017-01-16", "by 16 January 2017", "until 16 January 2017, beginning not known"),
        ("../2017-01", "by the end of January 2017", "until the end of January 2017"),
        ("../2017~", "by about 2017", "until about 2017"),
        (
            "2017-01-16/..",
            "from 16 January 2017, end open",
            "from 16 January 2017, end open",
        ),
        (
            "2017-01-16/",
            "from 16 January 2017, end not known",
            "from 16 January 2017, end not known",
        ),
        ("2017-01-15/2017-01-15", "15 January 2017", "15 January 2017"),
        (
            "2017-01-23/2017-01-29",
            "some time between 23 and 29 January 2017",
            "from 23 to 29 January 2017",
        ),
        (
            "2017-01-28/2017-02-03",
            "some time between 28 January and 3 February 2017",
            "from 28 January to 3 February 2017",
        ),
        (
            "2016-12-30/2017-01-16",
            "some time between 30 December 2016 and 16 January 2017",
            "from 30 December 2016 to 16 January 2017",
        ),
        (
            "2017-01/2017-03",
            "some time between January and March 2017",
            "from January to March 2017",
        ),
        (
            "2017-01/2017-03-05",
            "some time between January 2017 and 5 March 2017",
            "from January 2017 to 5 March 2017",
        ),
        ("2011/2017", "some time between 2011 and 2017", "from 2011 to 2017"),
        (
            "2011~/2017-01-16",
            "some time between about 2011 and 16 January 2017",
            "from about 2011 to 16 January 2017",
        ),
        (
            "2017-01-12~/2017-01-16",
            "some time between about 12 January 2017 and 16 January 2017",
            "from about 12 January 2017 to 16 January 2017",
        ),
        (
            "2017-01-12/2017-01-16?",
            "some time between 12 January 2017 and 16 January 2017 (uncertain)",
            "from 12 January 2017 to 16 January 2017 (uncertain)",
        ),
        ("", "date not recorded", "date not recorded"),
    ],
)
def test_date_in_words(text: str, within: str, throughout: str) -> None:
    partial_date = PartialDate.parse(text)

    assert partial_date.in_words() == within
    assert partial_date.in_words(extent="throughout") == throughout


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("2017-01-15", "15 Jan 2017"),
        ("2017-09", "Sep 2017"),
        ("2016-01~", "c. Jan 2016"),
        ("2017-01-16?", "16 Jan 2017?"),
        ("201X", "2010s"),
        ("20XX", "2000–2099"),
        ("2017-01-16/..", "from 16 Jan 2017"),
        ("2017-01-15/2017-01-15", "15 Jan 2017"),
        ("2017-01-23/2017-01-29", "23–29 Jan 2017"),
        ("2017-01-28/2017-02-03", "28 Jan – 3 Feb 2017"),
        ("2016-12-30/2017-01-16", "30 Dec 2016 – 16 Jan 2017"),
        ("2017-01/2017-03", "Jan–Mar 2017"),
        ("2011/2017", "2011–2017"),
        ("2011~/2017-01-16", "c. 2011 – 16 Jan 2017"),
        ("", "undated"),
    ],
)
def test_date_in_short(text: str, short: str) -> None:
    assert PartialDate.parse(text).in_short() == short


def test_open_beginning_in_short_follows_extent() -> None:
    partial_date = PartialDate.parse("../2017-01-16")

    assert partial_date.in_short() == "by 16 Jan 2017"
    assert partial_date.in_short(extent="throughout") == "until 16 Jan 2017"
