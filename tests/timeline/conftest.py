"""The rows that the tests of several pages begin with."""

import pytest
from django.core.management import call_command
from django.db import transaction

from ceasefire.models import Incident, Truce
from sources.enums import OriginKind
from sources.models import Source
from talks.models import Party
from tests.factories.ceasefire import AttributionFactory, IncidentFactory, TruceFactory
from tests.factories.sources import OutletFactory, SourceFactory, publish
from tests.factories.talks import PartyFactory
from timeline import builder


@pytest.fixture
def sample() -> Source:
    """The Astana announcement, as readers see it."""
    call_command("load_sample", verbosity=0)
    builder.build()
    return Source.objects.get()


@pytest.fixture
def bbc() -> Source:
    return SourceFactory.create(
        outlet=OutletFactory.create(name="BBC"), title="A report", published_edtf="2017-01-16?"
    )


@pytest.fixture
def truce(bbc: Source) -> Truce:
    found: Truce = TruceFactory.create(
        title="The truce", last_attested_edtf="2017-01-16", published=True, published__source=bbc
    )
    return found


@pytest.fixture
def government() -> Party:
    return PartyFactory.create(name="Government of Syria")


@pytest.fixture
def shelling(truce: Truce, bbc: Source, government: Party) -> Incident:
    """A shelling that an agency, in the BBC, ascribes to the government."""
    incident: Incident = IncidentFactory.create(title="The shelling", conflict=truce.conflict)
    with transaction.atomic():
        publish(
            incident,
            bbc,
            origin=OriginKind.OTHER_OUTLET,
            attributed_outlet=OutletFactory.create(name="AFP"),
            quote="At least nine <b>dead</b>",
            locator="page 2",
        )
    AttributionFactory.create(
        incident=incident, accused=government, claimed_by="AFP", citation=incident.citations.get()
    )
    return incident
