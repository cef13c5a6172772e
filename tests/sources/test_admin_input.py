"""What bad input gets in the admin: the field, and the reason."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ceasefire.models import Incident
from sources.models import Outlet, Record, Source
from tests.factories.sources import OutletFactory
from tests.pages import add_row, form_of
from tests.sources.admin_forms import (
    ADD_INCIDENT,
    ADD_SOURCE,
    add_citation,
    change,
    filled_source,
    new_incident,
    opened,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("when_edtf", "2017-02-30", "does not exist"),
        ("when_edtf", "yesterday", "is not a date"),
        ("when_edtf", "2017-02/2017-01", "before it begins"),
        ("title", "", "This field is required."),
        ("title", "x" * 10_000, "at most 300 characters (it has 10000)"),
        ("when_wording", "x" * 10_000, "at most 200 characters (it has 10000)"),
        ("title", "nul \x00 nul", "Null characters are not allowed."),
        ("summary", "nul \x00 nul", "Null characters are not allowed."),
        ("time_zone", "Mars/Olympus", "time zone"),
        ("act", "singing", "Select a valid choice."),
        ("conflict", "0", "Select a valid choice."),
    ],
)
def test_a_bad_value_is_told_at_its_field(
    as_editor: Client, field: str, value: str, sentence: str
) -> None:
    form = new_incident(as_editor, **{"summary": "Kept summary", field: value})
    add_citation(form, locator="kept locator")

    response = as_editor.post(ADD_INCIDENT, form)

    assert sentence in " ".join(response.context["adminform"].form.errors[field])
    again = form_of(response.content.decode())
    assert again["citations-0-locator"] == ["kept locator"]
    assert again["citations-0-source"] == form["citations-0-source"]
    if field != "summary":
        assert again["summary"] == ["Kept summary"]
    assert Record.objects.count() == 0


def test_a_time_of_day_needs_its_zone(as_editor: Client) -> None:
    response = as_editor.post(ADD_INCIDENT, new_incident(as_editor, time_of_day="12:00"))

    assert response.context["adminform"].form.errors["time_zone"] == [
        "A time of day needs its time zone, and a zone needs its time."
    ]


def test_a_bad_date_beside_a_time_of_day_is_told_at_its_field(as_editor: Client) -> None:
    values = {"when_edtf": "2017-13", "time_of_day": "12:00", "time_zone": "Asia/Damascus"}

    response = as_editor.post(ADD_INCIDENT, new_incident(as_editor, **values))

    assert response.context["adminform"].form.errors["when_edtf"] == ["There is no month 13."]


def test_a_time_of_day_needs_its_time(as_editor: Client) -> None:
    response = as_editor.post(ADD_INCIDENT, new_incident(as_editor, time_zone="Asia/Damascus"))

    assert response.context["adminform"].form.errors["time_of_day"] == [
        "A time of day needs its time zone, and a zone needs its time."
    ]


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"low": "9", "high": "3"}, "low", "Low (9) is above high (3)."),
        ({"low": "9", "best": "3"}, "low", "Low (9) is above best (3)."),
        ({}, "high", "Give at least one of low, best and high."),
        ({"low": "-1"}, "low", "greater than or equal to 0"),
        ({"low": "9", "as_of_edtf": "soon"}, "as_of_edtf", "is not a date"),
    ],
)
def test_a_bad_figure_is_told_at_its_field(
    as_editor: Client, values: dict[str, str], field: str, sentence: str
) -> None:
    form = new_incident(as_editor)
    add_citation(form)
    add_row(form, "figures", passage="0", group="civilians", harm="killed", **values)

    response = as_editor.post(ADD_INCIDENT, form)

    (figures,) = (
        one.formset
        for one in response.context["inline_admin_formsets"]
        if one.formset.prefix == "figures"
    )
    assert sentence in " ".join(figures.forms[0].errors[field])
    assert Record.objects.count() == 0


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        (
            {"source": "", "locator": "page 3"},
            "source",
            "Choose the source: a locator, a quote or a stance says nothing without it.",
        ),
        (
            {"fields": ["act", "speaker"]},
            "fields",
            (
                "An incident has no field “speaker”. It has: when, extent, title, summary, "
                "time_of_day, conflict, act, is_aggregate, place, parties, targets, attributions, "
                "figures."
            ),
        ),
        ({"origin": "speaker"}, "attributed_speaker", "Name or describe the speaker."),
        (
            {"origin": "other_outlet"},
            "attributed_outlet",
            "Name the outlet that the source relies on.",
        ),
        ({"locator": "x" * 10_000}, "locator", "at most 200 characters (it has 10000)"),
    ],
)
def test_a_bad_citation_is_told_at_its_field(
    as_editor: Client, values: dict[str, Any], field: str, sentence: str
) -> None:
    form = new_incident(as_editor)
    add_citation(form, **values)

    response = as_editor.post(ADD_INCIDENT, form)

    (citations,) = (
        one.formset
        for one in response.context["inline_admin_formsets"]
        if one.formset.prefix == "citations"
    )
    assert sentence in " ".join(citations.forms[0].errors[field])
    assert form_of(response.content.decode())["title"] == ["A village is shelled"]
    assert Record.objects.count() == 0


@pytest.mark.parametrize("field", ["url", "archive_url"])
@pytest.mark.parametrize("value", ["ftp://example.org/x", "javascript:alert(1)", "http://", "x y"])
def test_an_address_that_is_not_of_the_web_is_refused(
    as_editor: Client, field: str, value: str
) -> None:
    response = as_editor.post(ADD_SOURCE, filled_source(as_editor, **{field: value}))

    assert response.context["adminform"].form.errors[field] == [
        "This is not a web address: it must begin with http:// or https://."
    ]
    assert form_of(response.content.decode())[field] == [value]
    assert Source.objects.count() == 0


LONG = "Ten thousand signs. " * 500
HTML = "<script>alert('x')</script> <b>bold</b> & \"quoted\""
ARABIC = "وقف إطلاق النار \u200f(الهدنة)\u200f 🕊️ שלום"


@pytest.mark.parametrize("text", [LONG.strip(), HTML, ARABIC])
def test_text_is_kept_as_it_was_typed_and_shown_escaped(as_editor: Client, text: str) -> None:
    form = new_incident(as_editor, summary=text, title=text[:60].strip())

    response = as_editor.post(ADD_INCIDENT, form, follow=True)

    incident = Incident.objects.get()
    assert (incident.summary, incident.title) == (text, text[:60].strip())
    page = as_editor.get(change(incident)).content.decode()
    assert form_of(page)["summary"] == [text]
    history = as_editor.get(reverse("admin:ceasefire_incident_history", args=[incident.pk]))
    for shown in (response.content.decode(), page, history.content.decode()):
        assert "<script>alert" not in shown
        assert "<b>bold" not in shown


def test_a_taken_slug_is_told_at_its_field(as_editor: Client) -> None:
    OutletFactory.create(name="BBC", slug="bbc")
    form = opened(as_editor, "/admin/sources/outlet/add/")
    form |= {"name": ["Another"], "slug": ["bbc"], "kind": ["other"]}

    response = as_editor.post("/admin/sources/outlet/add/", form)

    assert response.context["adminform"].form.errors["slug"] == [
        "Outlet with this Slug already exists."
    ]
    assert Outlet.objects.count() == 1
