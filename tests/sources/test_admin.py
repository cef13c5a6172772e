import re
from html import unescape
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pghistory.models import Context

from ceasefire.models import Incident, TruceEvent
from sources.enums import Status
from sources.models import Citation, Figure, Outlet, Record, Source
from tests.factories.ceasefire import IncidentFactory, TruceEventFactory, TruceFactory
from tests.factories.sources import FigureFactory, OutletFactory, SourceFactory, cite
from tests.factories.talks import ConflictFactory, PersonFactory, StatementFactory
from tests.pages import add_row, errors_of, form_of

pytestmark = pytest.mark.django_db

ADD_INCIDENT = "/admin/ceasefire/incident/add/"
ADD_SOURCE = "/admin/sources/source/add/"


def change(record: Record) -> str:
    return reverse(
        f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk]
    )


def opened(client: Client, url: str) -> dict[str, list[str]]:
    """Return the form of a page as a browser would send it back."""
    response = client.get(url)
    assert response.status_code == 200
    return form_of(response.content.decode())


def new_incident(client: Client, **values: str) -> dict[str, list[str]]:
    """Return the filled-in form of a new incident."""
    form = opened(client, ADD_INCIDENT)
    form["title"] = ["A village is shelled"]
    form["when_edtf"] = ["2017-01-15"]
    form["conflict"] = [str(ConflictFactory.create(name="Syria").pk)]
    form["act"] = ["shelling"]
    form.update({name: [value] for name, value in values.items()})
    return form


def add_citation(form: dict[str, list[str]], **values: Any) -> int:
    return add_row(
        form,
        "citations",
        **{"source": str(SourceFactory.create().pk), "stance": "supports", "origin": "outlet"}
        | values,
    )


def filled_source(client: Client, **values: str) -> dict[str, list[str]]:
    form = opened(client, ADD_SOURCE)
    form["outlet"] = [str(OutletFactory.create().pk)]
    form["title"] = ["A report"]
    form.update({name: [value] for name, value in values.items()})
    return form


# --- Citations and figures ------------------------------------------------------------------------


def test_a_record_is_saved_with_citation_figure_and_attribution_at_once(as_editor: Client) -> None:
    form = new_incident(as_editor)
    add_citation(form, locator="paragraph 1")
    second = add_citation(form, fields=["act", "figures"])
    add_row(form, "figures", passage=str(second), group="civilians", harm="killed", low="9")
    add_row(
        form,
        "attributions",
        passage=str(second),
        accused_wording="the army",
        claimed_by="SOHR",
        standing="alleged",
    )

    response = as_editor.post(ADD_INCIDENT, form)

    assert response.status_code == 302
    incident = Incident.objects.get()
    _, citation = incident.citations.order_by("pk")
    assert incident.status == Status.DRAFT
    assert citation.fields == ["act", "figures"]
    assert Figure.objects.get().citation == citation
    assert incident.attributions.get().citation == citation


def test_a_figure_takes_the_only_citation(as_editor: Client) -> None:
    form = new_incident(as_editor)
    add_citation(form)
    add_row(form, "figures", passage="", group="civilians", harm="killed", low="9")

    as_editor.post(ADD_INCIDENT, form)

    assert Figure.objects.get().citation == Citation.objects.get()


@pytest.mark.parametrize(
    ("citations", "passage", "sentence"),
    [
        (0, "", "needs a citation that claims it: add one."),
        (2, "", "does not say which citation claims it: choose one of the 2 citations."),
        (1, "5", "rests on citation #6, which is empty or is to go."),
    ],
)
def test_a_figure_needs_its_citation(
    as_editor: Client, citations: int, passage: str, sentence: str
) -> None:
    form = new_incident(as_editor)
    for _ in range(citations):
        add_citation(form)
    add_row(form, "figures", passage=passage, group="civilians", harm="killed", low="9")

    response = as_editor.post(ADD_INCIDENT, form)

    assert errors_of(response) == [f"“killed, civilians: 9 or more” {sentence}"]
    assert Record.objects.count() == 0


def test_a_figure_moves_to_another_citation(as_editor: Client) -> None:
    incident = IncidentFactory.create()
    first, second = cite(incident), cite(incident)
    figure = FigureFactory.create(citation=first)
    form = opened(as_editor, change(incident))
    assert form["figures-0-passage"] == ["0"]
    form["figures-0-passage"] = ["1"]

    as_editor.post(change(incident), form)

    figure.refresh_from_db()
    assert figure.citation == second


def test_a_citation_goes_with_its_figures(as_editor: Client) -> None:
    incident = IncidentFactory.create()
    kept, gone = cite(incident), cite(incident)
    FigureFactory.create(citation=gone)
    form = opened(as_editor, change(incident))
    form["citations-1-DELETE"] = ["on"]

    response = as_editor.post(change(incident), form)

    assert response.status_code == 302
    assert list(Citation.objects.all()) == [kept]
    assert Figure.objects.count() == 0


def test_save_as_new_copies_rows_into_a_draft(as_editor: Client) -> None:
    incident = IncidentFactory.create(published=True)
    FigureFactory.create(citation=incident.citations.get())
    form = opened(as_editor, change(incident))

    as_editor.post(change(incident), {**form, "_saveasnew": ["1"]})

    copy = Incident.objects.exclude(pk=incident.pk).get()
    assert copy.status == Status.DRAFT
    assert copy.public_id != incident.public_id
    assert Figure.objects.filter(citation__record=copy).count() == 1
    assert Figure.objects.filter(citation__record=incident).count() == 1


# --- The review -----------------------------------------------------------------------------------


def test_an_editor_saves_and_publishes_at_once(as_editor: Client) -> None:
    form = new_incident(as_editor)
    add_citation(form)

    response = as_editor.post(ADD_INCIDENT, {**form, "_publish": ["1"]}, follow=True)

    incident = Incident.objects.get()
    assert incident.status == Status.PUBLISHED
    assert response.redirect_chain == [(change(incident), 302)]
    assert "“A village is shelled” is saved and published." in response.content.decode()


def test_publishing_without_supporting_citation_is_refused_on_the_form(as_editor: Client) -> None:
    form = new_incident(as_editor, title="A title typed with care")
    add_citation(form, stance="contradicts", locator="paragraph 9")

    response = as_editor.post(ADD_INCIDENT, {**form, "_publish": ["1"]})

    assert errors_of(response) == [
        (
            "A published record needs at least one supporting citation: “A title typed with care” "
            "has none."
        )
    ]
    again = form_of(response.content.decode())
    assert again["title"] == ["A title typed with care"]
    assert again["citations-0-locator"] == ["paragraph 9"]
    assert Record.objects.count() == 0


def test_the_last_supporting_citation_of_a_published_record_stays(as_editor: Client) -> None:
    incident = IncidentFactory.create(title="A village is shelled", published=True)
    form = opened(as_editor, change(incident))
    form["citations-0-DELETE"] = ["on"]
    form["title"] = ["Changed"]

    response = as_editor.post(change(incident), form)

    assert errors_of(response) == [
        'A published record needs at least one supporting citation: "Changed" has none.'
    ]
    assert incident.citations.count() == 1
    assert form_of(response.content.decode())["title"] == ["Changed"]
    incident.refresh_from_db()
    assert incident.title == "A village is shelled"


@pytest.mark.parametrize(
    ("status", "role", "buttons"),
    [
        (Status.DRAFT, "editor", ["_publish", "_submit"]),
        (Status.IN_REVIEW, "editor", ["_publish", "_return"]),
        (Status.PUBLISHED, "editor", ["_withdraw"]),
        (Status.WITHDRAWN, "editor", ["_publish"]),
        (Status.DRAFT, "contributor", ["_submit"]),
        (Status.IN_REVIEW, "contributor", ["_return"]),
        (Status.PUBLISHED, "contributor", []),
    ],
)
def test_the_buttons_are_those_of_status_and_role(
    status: str, role: str, buttons: list[str], request: pytest.FixtureRequest
) -> None:
    client = request.getfixturevalue(f"as_{role}")
    incident = IncidentFactory.create(published=True)
    Record.objects.filter(pk=incident.pk).update(status=status)

    page = client.get(change(incident)).content.decode()

    found = set(re.findall(r'name="(_submit|_return|_publish|_withdraw)"', page))
    assert sorted(found) == buttons


@pytest.mark.parametrize(
    ("before", "button", "after"),
    [
        (Status.DRAFT, "_submit", Status.IN_REVIEW),
        (Status.IN_REVIEW, "_return", Status.DRAFT),
        (Status.PUBLISHED, "_withdraw", Status.WITHDRAWN),
        (Status.WITHDRAWN, "_publish", Status.PUBLISHED),
    ],
)
def test_each_button_takes_its_step(
    as_editor: Client, before: str, button: str, after: str
) -> None:
    incident = IncidentFactory.create(published=True)
    Record.objects.filter(pk=incident.pk).update(status=before)

    as_editor.post(change(incident), {**opened(as_editor, change(incident)), button: ["1"]})

    incident.refresh_from_db()
    assert incident.status == after


def test_a_contributor_who_forges_the_button_is_refused(as_contributor: Client) -> None:
    form = new_incident(as_contributor)
    add_citation(form)

    response = as_contributor.post(ADD_INCIDENT, {**form, "_publish": ["1"]})

    assert response.status_code == 403
    assert Record.objects.count() == 0


def test_a_contributor_changes_drafts_and_nothing_published(as_contributor: Client) -> None:
    incident = IncidentFactory.create()
    form = {**opened(as_contributor, change(incident)), "title": ["Changed"]}
    assert as_contributor.post(change(incident), form).status_code == 302
    cite(incident)
    Record.objects.filter(pk=incident.pk).update(status=Status.PUBLISHED)

    forged = as_contributor.post(change(incident), {**form, "title": ["Changed again"]})
    deleted = as_contributor.post(
        reverse("admin:ceasefire_incident_delete", args=[incident.pk]), {"post": "yes"}
    )

    assert (forged.status_code, deleted.status_code) == (403, 403)
    assert Incident.objects.get().title == "Changed"


def test_the_list_takes_steps_and_says_what_cannot_be_done(as_editor: Client) -> None:
    ready, uncited = IncidentFactory.create(title="Ready"), IncidentFactory.create(title="Uncited")
    cite(ready)

    response = as_editor.post(
        "/admin/sources/record/",
        {"action": "publish_selected", "_selected_action": [str(ready.pk), str(uncited.pk)]},
        follow=True,
    )

    assert [str(message) for message in response.context["messages"]] == [
        "A published record needs at least one supporting citation: “Uncited” has none.",
        "1 record was published.",
    ]
    assert [record.status for record in Record.objects.order_by("pk")] == ["published", "draft"]


@pytest.mark.parametrize(
    ("action", "before", "after"),
    [
        ("submit_selected", Status.DRAFT, Status.IN_REVIEW),
        ("withdraw_selected", Status.PUBLISHED, Status.WITHDRAWN),
    ],
)
def test_the_other_steps_of_the_list(
    as_editor: Client, action: str, before: str, after: str
) -> None:
    records = [IncidentFactory.create(published=True) for _ in range(2)]
    Record.objects.update(status=before)

    as_editor.post(
        "/admin/ceasefire/incident/",
        {"action": action, "_selected_action": [str(record.pk) for record in records]},
    )

    assert {record.status for record in Record.objects.all()} == {after}


def test_a_contributor_is_offered_no_publishing_in_lists(as_contributor: Client) -> None:
    IncidentFactory.create()

    for url in ("/admin/sources/record/", "/admin/ceasefire/incident/"):
        page = as_contributor.get(url).content.decode()
        assert "submit_selected" in page
        assert "publish_selected" not in page
        assert "withdraw_selected" not in page


def test_the_queue_leads_to_the_page_of_the_kind(as_editor: Client) -> None:
    statement = StatementFactory.create()

    response = as_editor.get(reverse("admin:sources_record_change", args=[statement.pk]))

    assert response.headers["Location"] == change(statement)


def test_a_draft_is_deleted_with_its_citations(as_contributor: Client) -> None:
    incident = IncidentFactory.create()
    cite(incident)
    url = reverse("admin:ceasefire_incident_delete", args=[incident.pk])

    page = as_contributor.get(url).content.decode()
    as_contributor.post(url, {"post": "yes"})

    assert "Are you sure" in page
    assert Record.objects.count() == Citation.objects.count() == 0


def test_records_are_deleted_from_the_list(as_editor: Client) -> None:
    for _ in range(2):
        cite(IncidentFactory.create())

    as_editor.post(
        "/admin/ceasefire/incident/",
        {
            "action": "delete_selected",
            "_selected_action": [str(record.pk) for record in Record.objects.all()],
            "post": "yes",
        },
    )

    assert Record.objects.count() == 0


def test_what_others_rest_on_is_not_deleted(as_editor: Client) -> None:
    event: TruceEvent = TruceEventFactory.create(title="It is strained")
    url = reverse("admin:ceasefire_truce_delete", args=[event.truce_id])

    page = as_editor.get(url).content.decode()
    as_editor.post(url, {"post": "yes"})

    assert "truce event: It is strained" in page
    assert Record.objects.filter(pk=event.truce_id).exists()


def test_the_last_source_of_a_published_record_is_not_deleted(as_editor: Client) -> None:
    incident = IncidentFactory.create(published=True)
    source = incident.citations.get().source

    as_editor.post(reverse("admin:sources_source_delete", args=[source.pk]), {"post": "yes"})

    assert Source.objects.filter(pk=source.pk).exists()


# --- What bad input gets --------------------------------------------------------------------------


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


# --- Sources --------------------------------------------------------------------------------------


def test_a_source_can_be_entered_as_restricted_and_only_released_by_an_administrator(
    as_editor: Client, as_administrator: Client
) -> None:
    as_editor.post(ADD_SOURCE, filled_source(as_editor, visibility="restricted"))
    source = Source.objects.get()
    url = reverse("admin:sources_source_change", args=[source.pk])

    assert source.visibility == "restricted"
    assert "visibility" not in opened(as_editor, url)
    as_administrator.post(url, {**opened(as_administrator, url), "visibility": ["public"]})
    source.refresh_from_db()
    assert source.visibility == "public"
    as_administrator.post(url, {**opened(as_administrator, url), "visibility": ["restricted"]})
    source.refresh_from_db()
    assert source.visibility == "restricted"


# --- Lists, search, history -----------------------------------------------------------------------


def pages() -> list[str]:
    return [
        reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        for model in admin.site._registry
    ]


def test_every_list_opens_and_searches(as_administrator: Client) -> None:
    for url in pages():
        assert as_administrator.get(url).status_code == 200
        assert as_administrator.get(url, {"q": "محمد alloush"}).status_code == 200


def test_every_kind_can_be_added(as_editor: Client) -> None:
    models = [
        model
        for model, page in admin.site._registry.items()
        if issubclass(model, Record) and model is not Record
    ]

    statuses = [
        as_editor.get(
            reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")
        ).status_code
        for model in models
    ]

    assert statuses == [200] * 12


@pytest.mark.parametrize("kind", ["ceasefire/incident", "sources/record", "sources/source"])
def test_a_list_asks_the_database_as_often_for_three_rows_as_for_one(
    as_editor: Client, kind: str
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert as_editor.get(f"/admin/{kind}/").status_code == 200
        return len(captured)

    IncidentFactory.create(published=True)
    as_editor.get(f"/admin/{kind}/")
    one = queries()
    for _ in range(2):
        IncidentFactory.create(published=True, when_edtf="2017-01-15")

    assert queries() == one


def test_the_list_says_when_in_words_and_counts_citations(as_editor: Client) -> None:
    incident = IncidentFactory.create(when_edtf="../2017-01-16")
    cite(incident)
    cite(incident)

    page = as_editor.get("/admin/ceasefire/incident/").content.decode()

    assert "by 16 January 2017" in page
    assert '<td class="field-number_of_citations">2</td>' in page


def test_a_person_is_found_by_any_name(as_editor: Client) -> None:
    PersonFactory.create(name="Mohammed Alloush", other_names=["محمد علوش", "Muhammad Allush"])
    PersonFactory.create(name="Somebody else")

    for query in ("علوش", "allush", "Mohammed"):
        response = as_editor.get(
            "/admin/autocomplete/",
            {
                "term": query,
                "app_label": "talks",
                "model_name": "statement",
                "field_name": "speaker",
            },
        )
        assert [found["text"] for found in response.json()["results"]] == ["Mohammed Alloush"]


@pytest.mark.django_db(transaction=True)
def test_the_history_tells_who_what_and_through_which_door(as_editor: Client) -> None:
    incident = IncidentFactory.create(title="Before", published=True)
    form = {**opened(as_editor, change(incident)), "title": ["After"]}
    as_editor.post(change(incident), form)

    response = as_editor.get(reverse("admin:ceasefire_incident_history", args=[incident.pk]))

    latest = response.context["occasions"][0]
    assert (latest.who, latest.door) == ("editor", "admin")
    assert [
        (one.model, one.done, [(field.name, field.before, field.after) for field in one.fields])
        for one in latest.changes
    ] == [("Record", "changed", [("title", "Before", "After")])]
    assert "by way of the admin" in unescape(response.content.decode())


def test_the_history_is_read_only(as_administrator: Client, administrator: User) -> None:
    incident = IncidentFactory.create()
    form = {**opened(as_administrator, change(incident)), "title": ["After"]}
    as_administrator.post(change(incident), form)
    context = Context.objects.get()
    url = reverse("admin:pghistory_context_change", args=[context.pk])

    page = as_administrator.get(url)

    assert "After" in page.content.decode()
    assert as_administrator.post(url, {"metadata": "{}"}).status_code == 403
    assert as_administrator.get("/admin/pghistory/context/add/").status_code == 403
    assert (
        as_administrator.post(
            reverse("admin:pghistory_context_delete", args=[context.pk]), {"post": "yes"}
        ).status_code
        == 403
    )


def test_the_history_of_nothing_leads_back(as_editor: Client) -> None:
    response = as_editor.get(reverse("admin:ceasefire_incident_history", args=[123456]))

    assert response.status_code == 302


def test_view_on_site_is_offered_once_published(as_editor: Client) -> None:
    truce, statement = TruceFactory.create(published=True), StatementFactory.create()

    assert f'href="/truces/{truce.public_id}/"' in as_editor.get(change(truce)).content.decode()
    assert "View on site" not in as_editor.get(change(statement)).content.decode()
    cite(statement)
    Record.objects.filter(pk=statement.pk).update(status=Status.PUBLISHED)
    assert (
        f'href="/records/{statement.public_id}/"'
        in as_editor.get(change(statement)).content.decode()
    )


@pytest.mark.parametrize("key", ["abc", "-1", "9" * 30])
def test_what_can_be_no_key_is_refused_at_its_field(as_editor: Client, key: str) -> None:
    response = as_editor.post(ADD_INCIDENT, new_incident(as_editor, conflict=key))

    assert errors_of(response) == [
        "Select a valid choice. That choice is not one of the available choices."
    ]
    assert "A village is shelled" in response.content.decode()
