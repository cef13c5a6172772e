"""Forms of the admin, filled in as a browser would."""

from typing import Any

from django.test import Client
from django.urls import reverse

from sources.models import Record
from tests.factories.sources import OutletFactory, SourceFactory
from tests.factories.talks import ConflictFactory
from tests.pages import add_row, form_of

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
