"""Truces and incidents for tests: valid rows by default, and drafts, about Syria's conflict."""

import datetime

import factory
from factory.django import DjangoModelFactory

from ceasefire.enums import (
    Act,
    AreaRelation,
    Counted,
    Population,
    TermRule,
    TruceEventType,
    TruceLinkKind,
    TruceRole,
)
from ceasefire.models import (
    Attribution,
    DuplicateProposal,
    Incident,
    IncidentParty,
    IncidentTarget,
    IncidentTruce,
    Tally,
    Truce,
    TruceArea,
    TruceEvent,
    TruceLink,
    TruceParty,
    TruceTerm,
    TruceWindow,
    Violation,
)
from tests.factories.sources import OutletFactory, RecordFactory
from tests.factories.talks import ConflictFactory, PartyFactory, PlaceFactory


class TruceFactory(RecordFactory):
    """A truce of which nothing is recorded but the day on which it was agreed."""

    class Meta:
        model = Truce

    conflict = factory.SubFactory(ConflictFactory, name="Syria")
    title = factory.Sequence("Truce {}".format)
    when_edtf = "2016-12-30"
    declared_edtf = "2016-12-30"


class TruceAreaFactory(DjangoModelFactory[TruceArea]):
    class Meta:
        model = TruceArea

    truce = factory.SubFactory(TruceFactory)
    place = factory.SubFactory(PlaceFactory)
    relation = AreaRelation.COVERED


class TruceWindowFactory(DjangoModelFactory[TruceWindow]):
    """Five hours of every day."""

    class Meta:
        model = TruceWindow

    truce = factory.SubFactory(TruceFactory)
    starts_at = datetime.time(9)
    ends_at = datetime.time(14)
    time_zone = "Asia/Damascus"


class TruceLinkFactory(DjangoModelFactory[TruceLink]):
    class Meta:
        model = TruceLink

    from_truce = factory.SubFactory(TruceFactory)
    to_truce = factory.SubFactory(TruceFactory)
    kind = TruceLinkKind.RENEWS


class TrucePartyFactory(DjangoModelFactory[TruceParty]):
    class Meta:
        model = TruceParty

    truce = factory.SubFactory(TruceFactory)
    party = factory.SubFactory(PartyFactory)
    role = TruceRole.BOUND


class TruceTermFactory(DjangoModelFactory[TruceTerm]):
    class Meta:
        model = TruceTerm

    truce = factory.SubFactory(TruceFactory)
    rule = TermRule.PROHIBITS
    act = Act.HOSTILITIES


class TruceEventFactory(RecordFactory):
    class Meta:
        model = TruceEvent

    truce = factory.SubFactory(TruceFactory)
    title = factory.Sequence("Truce event {}".format)
    when_edtf = "2016-12-30"
    event = TruceEventType.AGREED


class IncidentFactory(RecordFactory):
    class Meta:
        model = Incident

    conflict = factory.SubFactory(ConflictFactory, name="Syria")
    title = factory.Sequence("Shelling {}".format)
    when_edtf = "2017-01-15"
    act = Act.SHELLING


class IncidentPartyFactory(DjangoModelFactory[IncidentParty]):
    class Meta:
        model = IncidentParty

    incident = factory.SubFactory(IncidentFactory)
    party = factory.SubFactory(PartyFactory)


class IncidentTargetFactory(DjangoModelFactory[IncidentTarget]):
    class Meta:
        model = IncidentTarget

    incident = factory.SubFactory(IncidentFactory)
    population = Population.CIVILIANS


class IncidentTruceFactory(DjangoModelFactory[IncidentTruce]):
    class Meta:
        model = IncidentTruce

    incident = factory.SubFactory(IncidentFactory)
    truce = factory.SubFactory(TruceFactory)


class DuplicateProposalFactory(DjangoModelFactory[DuplicateProposal]):
    class Meta:
        model = DuplicateProposal

    incident = factory.SubFactory(IncidentFactory)
    other = factory.SubFactory(IncidentFactory)
    reasons = "the same day"


class AttributionFactory(DjangoModelFactory[Attribution]):
    class Meta:
        model = Attribution

    incident = factory.SubFactory(IncidentFactory)
    accused = factory.SubFactory(PartyFactory)
    claimed_by = "a monitor"


class TallyFactory(RecordFactory):
    """“42 violations in a day.”"""

    class Meta:
        model = Tally

    conflict = factory.SubFactory(ConflictFactory, name="Syria")
    counted_by = factory.SubFactory(OutletFactory)
    title = factory.Sequence("Tally {}".format)
    when_edtf = "2017-01-15"
    extent = "throughout"
    counted = Counted.VIOLATIONS
    best = 42


class ViolationFactory(RecordFactory):
    """A general accusation."""

    class Meta:
        model = Violation

    truce = factory.SubFactory(TruceFactory)
    title = factory.Sequence("Accusation {}".format)
    when_edtf = "../2017-01-16"
    accuser_wording = "an official"
