from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ceasefire.models import Incident, Tally, Truce, TruceParty, Violation
from sources.models import Record
from tests.factories.ceasefire import IncidentFactory, TruceFactory, TrucePartyFactory
from tests.factories.sources import OutletFactory, SourceFactory
from tests.factories.talks import ConflictFactory, PartyFactory, PlaceFactory
from tests.pages import add_row, errors_of, form_of

pytestmark = pytest.mark.django_db

ADD_TRUCE = "/admin/ceasefire/truce/add/"


def opened(client: Client, url: str) -> dict[str, list[str]]:
    response = client.get(url)
    assert response.status_code == 200
    return form_of(response.content.decode())


def new_truce(client: Client, **values: Any) -> dict[str, list[str]]:
    form = opened(client, ADD_TRUCE)
    filled = {
        "title": "A truce",
        "when_edtf": "2016-12-30",
        "conflict": str(ConflictFactory.create(name="Syria").pk),
    } | values
    return form | {
        name: value if isinstance(value, list) else [value] for name, value in filled.items()
    }


def rows_of(response: Any, prefix: str) -> Any:
    (found,) = (
        one.formset
        for one in response.context["inline_admin_formsets"]
        if one.formset.prefix == prefix
    )
    return found


def test_a_truce_is_saved_with_all_its_rows(as_editor: Client) -> None:
    other = TruceFactory.create()
    form = new_truce(as_editor, purposes=["humanitarian", "holiday"], coverage="listed")
    party = PartyFactory.create()
    add_row(form, "parties", party=str(party.pk), role="bound")
    add_row(form, "terms", rule="prohibits", act="shelling")
    add_row(form, "areas", place=str(PlaceFactory.create().pk), relation="covered")
    add_row(form, "windows", starts_at="09:00", ends_at="14:00", time_zone="Asia/Damascus")
    add_row(form, "links_to_truces", kind="renews", to_truce=str(other.pk))
    add_row(
        form,
        "citations",
        source=str(SourceFactory.create().pk),
        stance="supports",
        origin="outlet",
        fields=["bound", "terms"],
    )

    response = as_editor.post(ADD_TRUCE, {**form, "_publish": ["1"]})

    assert response.status_code == 302
    truce: Any = Truce.objects.exclude(pk=other.pk).get()
    assert truce.purposes == ["humanitarian", "holiday"]
    assert truce.status == "published"
    assert truce.parties.get().party == party
    assert (truce.terms.count(), truce.areas.count(), truce.windows.count()) == (1, 1, 1)
    assert truce.links_to_truces.get().to_truce == other
    assert truce.citations.get().fields == ["bound", "terms"]


def test_a_party_is_not_bound_and_excluded(as_editor: Client) -> None:
    party = str(PartyFactory.create(name="Government of Syria").pk)
    form = new_truce(as_editor)
    add_row(form, "parties", party=party, role="bound")
    add_row(form, "parties", party=party, role="excluded", exclusion_basis="named")

    response = as_editor.post(ADD_TRUCE, form)

    assert rows_of(response, "parties").forms[1].errors == {
        "role": [
            (
                "Government of Syria is already bound: a party cannot be bound and excluded by one "
                "truce at one time. Remove one, or date when it joined and left."
            )
        ]
    }
    again = form_of(response.content.decode())
    assert [again["parties-0-party"], again["parties-1-party"]] == [[party], [party]]
    assert Record.objects.count() == 0


def test_a_party_may_be_excluded_once_it_has_left(as_editor: Client) -> None:
    party = str(PartyFactory.create().pk)
    form = new_truce(as_editor)
    add_row(form, "parties", party=party, role="bound", left_edtf="2017-01-10")
    add_row(form, "parties", party=party, role="excluded", joined_edtf="2017-01-10")

    response = as_editor.post(ADD_TRUCE, form)

    assert response.status_code == 302
    assert TruceParty.objects.count() == 2


def test_an_exclusion_replaces_a_binding_in_one_submission(as_editor: Client) -> None:
    row = TrucePartyFactory.create(role="bound")
    url = reverse("admin:ceasefire_truce_change", args=[row.truce_id])
    form = opened(as_editor, url)
    form["parties-0-DELETE"] = ["on"]
    add_row(form, "parties", party=str(row.party_id), role="excluded")

    response = as_editor.post(url, form)

    assert response.status_code == 302
    assert TruceParty.objects.get().role == "excluded"


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        (
            {"declared_edtf": "2016-12-30", "end_edtf": "2016-12-01"},
            "end_edtf",
            "The truce ends before it is declared.",
        ),
        (
            {"effective_edtf": "2016-12-30", "end_edtf": "2016-12-01"},
            "end_edtf",
            "The truce ends before it takes effect.",
        ),
        ({"end_edtf": "2017-13"}, "end_edtf", "month"),
        ({"effective_time": "00:00"}, "effective_zone", "An hour needs its time zone"),
        ({"purposes": ["peace", "holiday"]}, "purposes", "There is no choice “peace”."),
        ({"coverage_wording": "x" * 10_000}, "coverage_wording", "at most 300 characters"),
    ],
)
def test_a_bad_truce_is_told_at_its_field(
    as_editor: Client, values: dict[str, Any], field: str, sentence: str
) -> None:
    response = as_editor.post(ADD_TRUCE, new_truce(as_editor, summary="Kept", **values))

    assert sentence in " ".join(response.context["adminform"].form.errors[field])
    assert form_of(response.content.decode())["summary"] == ["Kept"]
    assert Record.objects.count() == 0


@pytest.mark.parametrize(
    ("prefix", "values", "field", "sentence"),
    [
        (
            "parties",
            {"role": "bound", "joined_edtf": "2017", "left_edtf": "2016"},
            "left_edtf",
            "The party leaves before it joins.",
        ),
        (
            "parties",
            {"role": "broker", "exclusion_basis": "named"},
            "designation",
            "Only an excluded party has a basis of exclusion.",
        ),
        ("parties", {"role": ""}, "role", "This field is required."),
        (
            "windows",
            {"starts_at": "14:00", "ends_at": "09:00", "time_zone": "Asia/Damascus"},
            "ends_at",
            "A daily window begins before it ends; write two for one past midnight.",
        ),
        ("areas", {"place": "", "relation": "left_out"}, "place", "This field is required."),
    ],
)
def test_a_bad_row_is_told_at_its_field(
    as_editor: Client, prefix: str, values: dict[str, str], field: str, sentence: str
) -> None:
    form = new_truce(as_editor)
    party = {"party": str(PartyFactory.create().pk)} if prefix == "parties" else {}
    add_row(form, prefix, **party, **values)

    response = as_editor.post(ADD_TRUCE, form)

    assert rows_of(response, prefix).forms[0].errors[field] == [sentence]
    assert Record.objects.count() == 0


def test_the_same_term_twice_is_told_in_plain_words(as_editor: Client) -> None:
    form = new_truce(as_editor)
    for _ in range(2):
        add_row(form, "terms", rule="prohibits", act="shelling")

    response = as_editor.post(ADD_TRUCE, form)

    assert errors_of(response)[0] == "The truce already has this term."
    assert Record.objects.count() == 0


def test_the_same_target_twice_is_told_by_the_database(as_editor: Client) -> None:
    incident = IncidentFactory.create()
    url = reverse("admin:ceasefire_incident_change", args=[incident.pk])
    form = opened(as_editor, url) | {"summary": ["Kept"]}
    for _ in range(2):
        add_row(form, "targets", population="civilians")

    response = as_editor.post(url, form)

    assert errors_of(response) == ["The incident already names this target."]
    assert form_of(response.content.decode())["summary"] == ["Kept"]
    assert Incident.objects.get().targets.count() == 0


def test_an_attribution_may_rest_on_no_citation(as_editor: Client) -> None:
    incident = IncidentFactory.create()
    url = reverse("admin:ceasefire_incident_change", args=[incident.pk])
    form = opened(as_editor, url)
    add_row(form, "attributions", accused_wording="the army", claimed_by="us", standing="alleged")

    as_editor.post(url, form)

    assert incident.attributions.get().citation is None


def test_a_violation_names_an_incident_of_the_same_conflict(as_editor: Client) -> None:
    url = "/admin/ceasefire/violation/add/"
    form = opened(as_editor, url)
    truce = TruceFactory.create()
    incident = IncidentFactory.create(conflict=ConflictFactory.create(name="Elsewhere"))
    form |= {
        "title": ["A claim"],
        "truce": [str(truce.pk)],
        "incident": [str(incident.pk)],
        "accuser_wording": ["an official"],
        "standing": ["alleged"],
    }

    response = as_editor.post(url, form)

    assert response.context["adminform"].form.errors["incident"] == [
        "The incident belongs to another conflict."
    ]
    assert Violation.objects.count() == 0


def test_a_violation_without_a_truce_is_refused(as_editor: Client) -> None:
    url = "/admin/ceasefire/violation/add/"
    form = opened(as_editor, url)
    form |= {
        "title": ["A claim"],
        "incident": [str(IncidentFactory.create().pk)],
        "accuser_wording": ["an official"],
    }

    response = as_editor.post(url, form)

    assert response.context["adminform"].form.errors["truce"] == ["This field is required."]


def test_a_tally_has_its_bounds_in_order(as_editor: Client) -> None:
    url = "/admin/ceasefire/tally/add/"
    form = opened(as_editor, url)
    form |= {
        "title": ["42 in a day"],
        "conflict": [str(ConflictFactory.create().pk)],
        "counted_by": [str(OutletFactory.create().pk)],
        "counted": ["violations"],
        "low": ["42"],
        "high": ["7"],
    }

    response = as_editor.post(url, form)

    assert response.context["adminform"].form.errors == {
        "high": ["Low must not be above best, nor best above high."]
    }
    assert Tally.objects.count() == 0


def test_a_truce_is_found_by_its_parties(as_editor: Client) -> None:
    row = TrucePartyFactory.create(wording="the regime")
    TruceFactory.create(title="Another")

    page = as_editor.get("/admin/ceasefire/truce/", {"q": "regime"}).content.decode()

    assert row.truce.title in page
    assert "Another" not in page
