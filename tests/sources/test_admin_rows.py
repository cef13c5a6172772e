"""The rows of a record in the admin: its citations and figures."""

import pytest
from django.test import Client

from ceasefire.models import Incident
from sources.enums import Status
from sources.models import Citation, Figure, Record
from tests.factories.ceasefire import IncidentFactory
from tests.factories.sources import FigureFactory, cite
from tests.pages import add_row, errors_of
from tests.sources.admin_forms import ADD_INCIDENT, add_citation, change, new_incident, opened

pytestmark = pytest.mark.django_db


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
