import pytest
from django.test import Client
from django.urls import reverse

from sources.models import Record
from talks.models import Party, PartyTie, Person, RecordLink, Round, RoundRole, Statement
from tests.factories.sources import SourceFactory
from tests.factories.talks import (
    ConflictFactory,
    DelegationFactory,
    PartyFactory,
    PartyNameFactory,
    PersonFactory,
    PlaceFactory,
    ProcessFactory,
    RoundFactory,
    StatementFactory,
)
from tests.pages import add_row, errors_of, form_of

pytestmark = pytest.mark.django_db

ADD_PARTY = "/admin/talks/party/add/"


def opened(client: Client, url: str) -> dict[str, list[str]]:
    response = client.get(url)
    assert response.status_code == 200
    return form_of(response.content.decode())


def new_party(client: Client) -> dict[str, list[str]]:
    form = opened(client, ADD_PARTY)
    return form | {"name": ["Jabhat Fateh al-Sham"], "slug": ["jfs"], "kind": ["other"]}


def test_a_party_is_saved_with_its_names(as_editor: Client) -> None:
    form = new_party(as_editor)
    add_row(form, "names", text="Jabhat Fateh al-Sham", kind="official", language="en")
    add_row(form, "names", text="جبهة فتح الشام", kind="official", language="ar", script="Arab")

    as_editor.post(ADD_PARTY, form)

    names = Party.objects.get().names.order_by("pk")
    assert [name.text for name in names] == ["Jabhat Fateh al-Sham", "جبهة فتح الشام"]


def test_official_names_that_overlap_are_refused(as_editor: Client) -> None:
    form = new_party(as_editor)
    add_row(form, "names", text="Nusra", kind="official", language="en", until_edtf="2017")
    add_row(form, "names", text="Fateh", kind="official", language="en", since_edtf="2016-07")

    response = as_editor.post(ADD_PARTY, form)

    (sentence,) = errors_of(response)
    assert sentence == (
        "“Fateh” overlaps in time with “Nusra”: two official names in one language (en). Date the "
        "one's end and the other's beginning, or make one a variant."
    )
    assert form_of(response.content.decode())["names-1-since_edtf"] == ["2016-07"]
    assert Party.objects.count() == 0


@pytest.mark.parametrize(
    "second",
    [
        {"kind": "official", "language": "en", "since_edtf": "2016-07"},
        {"kind": "official", "language": "ar"},
        {"kind": "variant", "language": "en"},
    ],
)
def test_names_that_do_not_certainly_overlap_are_taken(
    as_editor: Client, second: dict[str, str]
) -> None:
    form = new_party(as_editor)
    add_row(form, "names", text="Nusra", kind="official", language="en", until_edtf="2016-07")
    add_row(form, "names", text="Fateh", **second)

    response = as_editor.post(ADD_PARTY, form)

    assert response.status_code == 302
    assert Party.objects.get().names.count() == 2


def test_an_official_name_gives_way_to_another_in_one_submission(as_editor: Client) -> None:
    party = PartyFactory.create()
    PartyNameFactory.create(party=party, text="Old", kind="official", language="en")
    url = reverse("admin:talks_party_change", args=[party.pk])
    form = opened(as_editor, url)
    form["names-0-DELETE"] = ["on"]
    add_row(form, "names", text="New", kind="official", language="en")

    as_editor.post(url, form)

    assert [name.text for name in party.names.all()] == ["New"]


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        (
            {"since_edtf": "2017", "until_edtf": "2016"},
            "until_edtf",
            "The name ends before it begins.",
        ),
        ({"language": "English!"}, "language", "Use a tag such as en or ar."),
        ({"script": "latn"}, "script", "Use an ISO 15924 code such as Latn or Arab."),
        ({"text": "x" * 10_000}, "text", "at most 200 characters (it has 10000)"),
    ],
)
def test_a_bad_name_is_told_at_its_field(
    as_editor: Client, values: dict[str, str], field: str, sentence: str
) -> None:
    form = new_party(as_editor)
    add_row(form, "names", **{"text": "A name", "kind": "variant", "language": "en"} | values)

    response = as_editor.post(ADD_PARTY, form)

    names = response.context["inline_admin_formsets"][0].formset
    assert sentence in " ".join(names.forms[0].errors[field])
    assert Party.objects.count() == 0


def test_the_same_name_twice_is_told_in_plain_words(as_editor: Client) -> None:
    form = new_party(as_editor)
    for _ in range(2):
        add_row(form, "names", text="Nusra", kind="variant", language="en")

    response = as_editor.post(ADD_PARTY, form)

    assert errors_of(response)[0] == "The party already has this name."


def test_a_party_is_found_by_a_name_in_any_script(as_editor: Client) -> None:
    party = PartyFactory.create(name="Government of Syria")
    PartyNameFactory.create(party=party, text="الحكومة السورية", language="ar", kind="variant")
    PartyFactory.create(name="Somebody else")

    found = as_editor.get("/admin/talks/party/", {"q": "السورية"}).content.decode()

    assert "Government of Syria" in found
    assert "Somebody else" not in found


def test_other_names_are_entered_one_a_line(as_editor: Client) -> None:
    url = "/admin/talks/person/add/"
    form = opened(as_editor, url)
    form |= {
        "name": ["Mohammed Alloush"],
        "slug": ["alloush"],
        "other_names": ["محمد علوش\r\nMuhammad Allush, M. Alloush\r\n\r\n"],
    }

    as_editor.post(url, form)

    person = Person.objects.get()
    assert person.other_names == ["محمد علوش", "Muhammad Allush", "M. Alloush"]
    again = opened(as_editor, reverse("admin:talks_person_change", args=[person.pk]))
    assert again["other_names"] == ["محمد علوش\nMuhammad Allush\nM. Alloush"]


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        ("x" * 10_000, "A name has at most 200 characters"),
        ("nul \x00", "Null characters are not allowed."),
    ],
)
def test_other_names_are_checked_one_by_one(as_editor: Client, names: str, sentence: str) -> None:
    url = "/admin/talks/person/add/"
    form = opened(as_editor, url)
    form |= {"name": ["Somebody"], "slug": ["somebody"], "other_names": [f"Fine\n{names}"]}

    response = as_editor.post(url, form)

    assert sentence in errors_of(response)[0]
    assert Person.objects.count() == 0


def test_a_place_does_not_lie_in_itself(as_editor: Client) -> None:
    country = PlaceFactory.create(name="Syria")
    city = PlaceFactory.create(name="Aleppo", parent=country)
    url = reverse("admin:talks_place_change", args=[country.pk])
    form = opened(as_editor, url) | {"parent": [str(city.pk)]}

    response = as_editor.post(url, form)

    assert response.context["adminform"].form.errors["parent"] == [
        "Aleppo, Syria lies in Syria itself."
    ]


def test_a_round_is_saved_with_organisers_and_citation(as_editor: Client) -> None:
    url = "/admin/talks/round/add/"
    form = opened(as_editor, url)
    form |= {
        "title": ["Talks in Astana"],
        "when_edtf": ["2017-01-23/2017-01-29"],
        "process": [str(ProcessFactory.create().pk)],
        "round_status": ["announced"],
    }
    parties = [PartyFactory.create(), PartyFactory.create()]
    for party in parties:
        add_row(form, "roles", party=str(party.pk), role="organiser")
    add_row(
        form,
        "citations",
        source=str(SourceFactory.create().pk),
        stance="supports",
        origin="outlet",
        fields=["round_status", "roles"],
    )

    as_editor.post(url, form)

    talks = Round.objects.get()
    assert [role.party for role in RoundRole.objects.order_by("pk")] == parties
    assert talks.citations.get().fields == ["round_status", "roles"]


def test_a_delegation_sits_only_at_a_round_that_was_held(as_editor: Client) -> None:
    delegation = DelegationFactory.create(round=RoundFactory.create(round_status="announced"))
    url = reverse("admin:talks_delegation_change", args=[delegation.pk])
    form = opened(as_editor, url) | {"attendance": ["sat"], "summary": ["Kept"]}

    response = as_editor.post(url, form)

    assert errors_of(response) == [
        "A delegation cannot have sat at a round that is not recorded as held."
    ]
    assert form_of(response.content.decode())["summary"] == ["Kept"]
    delegation.refresh_from_db()
    assert delegation.attendance == "announced"


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        (
            {"anonymous_role": ""},
            "anonymous_role",
            "Name the speaker or the party, or give an unnamed speaker's role.",
        ),
        ({"position": ""}, "position", "This field is required."),
        ({"audience": "x" * 10_000}, "audience", "at most 200 characters (it has 10000)"),
    ],
)
def test_a_bad_statement_is_told_at_its_field(
    as_editor: Client, values: dict[str, str], field: str, sentence: str
) -> None:
    form = new_statement(as_editor, **values)

    response = as_editor.post("/admin/talks/statement/add/", form)

    assert sentence in " ".join(response.context["adminform"].form.errors[field])
    assert Record.objects.count() == 0


def new_statement(client: Client, **values: str) -> dict[str, list[str]]:
    form = opened(client, "/admin/talks/statement/add/")
    filled = {
        "title": "They will go",
        "conflict": str(ConflictFactory.create(name="Syria").pk),
        "anonymous_role": "an official",
        "position": "They will go.",
    } | values
    return form | {name: [value] for name, value in filled.items()}


def test_a_long_position_is_kept(as_editor: Client) -> None:
    text = ("They will go. سيذهبون 🕊️ " * 500).strip()

    as_editor.post("/admin/talks/statement/add/", new_statement(as_editor, position=text))

    assert Statement.objects.get().position == text


def test_a_tie_ends_after_it_begins(as_editor: Client) -> None:
    url = "/admin/talks/partytie/add/"
    form = opened(as_editor, url)
    form |= {
        "title": ["One backs another"],
        "conflict": [str(ConflictFactory.create().pk)],
        "party": [str(PartyFactory.create().pk)],
        "other_party": [str(PartyFactory.create().pk)],
        "tie": ["backs"],
        "phase": ["holds"],
        "since_edtf": ["2017"],
        "until_edtf": ["2016"],
    }

    response = as_editor.post(url, form)

    assert response.context["adminform"].form.errors == {
        "until_edtf": ["The tie ends before it begins."]
    }
    assert PartyTie.objects.count() == 0


def test_two_accounts_are_linked_on_the_page_of_one(as_editor: Client) -> None:
    earlier, later = StatementFactory.create(), StatementFactory.create()
    url = reverse("admin:talks_statement_change", args=[earlier.pk])
    form = opened(as_editor, url)
    add_row(form, "links", kind="earlier_account_of", to_record=str(later.pk), note="Unreconciled")

    as_editor.post(url, form)

    link = RecordLink.objects.get()
    assert (link.from_record_id, link.to_record_id) == (earlier.pk, later.pk)


@pytest.mark.parametrize(
    ("model", "field", "term"),
    [
        ("office", "person", "علوش"),
        ("round", "venue", "حلب"),
        ("statement", "speaker_party", "السورية"),
    ],
)
def test_autocomplete_finds_names_in_every_script(
    as_editor: Client, model: str, field: str, term: str
) -> None:
    PersonFactory.create(other_names=["محمد علوش"])
    PlaceFactory.create(other_names=["حلب"])
    PartyNameFactory.create(text="الحكومة السورية", language="ar", kind="variant")

    response = as_editor.get(
        "/admin/autocomplete/",
        {"term": term, "app_label": "talks", "model_name": model, "field_name": field},
    )

    assert len(response.json()["results"]) == 1
