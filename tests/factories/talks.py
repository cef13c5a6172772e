"""Talks for tests: valid rows by default, and drafts. All of them are about Syria's conflict."""

import factory
from django.utils.text import slugify
from factory.django import DjangoModelFactory

from talks.enums import (
    Attendance,
    Capacity,
    ConveningRole,
    DecisionKind,
    DevelopmentKind,
    LinkKind,
    NameKind,
    PartyKind,
    Phase,
    PlaceKind,
    RoundStatus,
    TieKind,
)
from talks.models import (
    Conflict,
    ConflictId,
    DecisionParty,
    Delegation,
    DelegationDecision,
    DelegationMember,
    DelegationParty,
    Development,
    DevelopmentParty,
    Office,
    Party,
    PartyId,
    PartyName,
    PartyTie,
    Person,
    Place,
    PlaceId,
    Process,
    RecordLink,
    Round,
    RoundRole,
    Statement,
    StatementSubject,
)
from tests.factories.sources import RecordFactory


class ConflictFactory(DjangoModelFactory[Conflict]):
    """`ConflictFactory(name="Syria")` twice is one conflict."""

    class Meta:
        model = Conflict
        django_get_or_create = ("name",)

    name = factory.Sequence("Conflict {}".format)
    slug = factory.LazyAttribute(lambda conflict: slugify(conflict.name))


class PlaceFactory(DjangoModelFactory[Place]):
    class Meta:
        model = Place

    name = factory.Sequence("Place {}".format)
    slug = factory.LazyAttribute(lambda place: slugify(place.name))
    kind = PlaceKind.SETTLEMENT


class PartyFactory(DjangoModelFactory[Party]):
    """`PartyFactory(name="Russia")` twice is one party."""

    class Meta:
        model = Party
        django_get_or_create = ("name",)

    name = factory.Sequence("Party {}".format)
    slug = factory.LazyAttribute(lambda party: slugify(party.name))
    kind = PartyKind.ARMED_ORGANISATION


class PartyNameFactory(DjangoModelFactory[PartyName]):
    class Meta:
        model = PartyName

    party = factory.SubFactory(PartyFactory)
    text = factory.Sequence("Name {}".format)
    kind = NameKind.VARIANT


class PersonFactory(DjangoModelFactory[Person]):
    class Meta:
        model = Person

    name = factory.Sequence("Person {}".format)
    slug = factory.LazyAttribute(lambda person: slugify(person.name))


class ProcessFactory(DjangoModelFactory[Process]):
    """`ProcessFactory(name="Astana process")` twice is one process."""

    class Meta:
        model = Process
        django_get_or_create = ("slug",)

    conflict = factory.SubFactory(ConflictFactory, name="Syria")
    name = factory.Sequence("Process {}".format)
    slug = factory.LazyAttribute(lambda process: slugify(process.name))


class RoundFactory(RecordFactory):
    """A round that is announced, for a week that is not yet there."""

    class Meta:
        model = Round

    process = factory.SubFactory(ProcessFactory, name="Astana process")
    title = factory.Sequence("Talks round {}".format)
    when_edtf = "2017-01-23/2017-01-29"
    round_status = RoundStatus.ANNOUNCED


class RoundRoleFactory(DjangoModelFactory[RoundRole]):
    class Meta:
        model = RoundRole

    round = factory.SubFactory(RoundFactory)
    party = factory.SubFactory(PartyFactory)
    role = ConveningRole.ORGANISER


class DelegationFactory(RecordFactory):
    class Meta:
        model = Delegation

    round = factory.SubFactory(RoundFactory)
    title = factory.Sequence("Delegation {}".format)
    when_edtf = "../2017-01-16"
    capacity = Capacity.PARTY
    attendance = Attendance.ANNOUNCED


class DelegationPartyFactory(DjangoModelFactory[DelegationParty]):
    class Meta:
        model = DelegationParty

    delegation = factory.SubFactory(DelegationFactory)
    party = factory.SubFactory(PartyFactory)


class DelegationMemberFactory(DjangoModelFactory[DelegationMember]):
    class Meta:
        model = DelegationMember

    delegation = factory.SubFactory(DelegationFactory)
    person = factory.SubFactory(PersonFactory)


class DelegationDecisionFactory(RecordFactory):
    class Meta:
        model = DelegationDecision

    round = factory.SubFactory(RoundFactory)
    title = factory.Sequence("Decision {}".format)
    when_edtf = "../2017-01-16"
    decision = DecisionKind.CONFIRMS


class DecisionPartyFactory(DjangoModelFactory[DecisionParty]):
    class Meta:
        model = DecisionParty

    decision = factory.SubFactory(DelegationDecisionFactory)
    party = factory.SubFactory(PartyFactory)


class StatementFactory(RecordFactory):
    """What an unnamed official says."""

    class Meta:
        model = Statement

    conflict = factory.SubFactory(ConflictFactory, name="Syria")
    title = factory.Sequence("Statement {}".format)
    when_edtf = "../2017-01-16"
    anonymous_role = "an official"
    position = "They will go."


class StatementSubjectFactory(DjangoModelFactory[StatementSubject]):
    class Meta:
        model = StatementSubject

    statement = factory.SubFactory(StatementFactory)
    record = factory.SubFactory(RoundFactory)


class DevelopmentFactory(RecordFactory):
    class Meta:
        model = Development

    conflict = factory.SubFactory(ConflictFactory, name="Syria")
    title = factory.Sequence("Development {}".format)
    when_edtf = "2016-12-22"
    development = DevelopmentKind.BATTLE


class DevelopmentPartyFactory(DjangoModelFactory[DevelopmentParty]):
    class Meta:
        model = DevelopmentParty

    development = factory.SubFactory(DevelopmentFactory)
    party = factory.SubFactory(PartyFactory)


class OfficeFactory(RecordFactory):
    class Meta:
        model = Office

    conflict = factory.SubFactory(ConflictFactory, name="Syria")
    person = factory.SubFactory(PersonFactory)
    party = factory.SubFactory(PartyFactory)
    title = factory.Sequence("Office {}".format)
    when_edtf = "2016-05"
    post = "chief negotiator"
    phase = Phase.HOLDS


class PartyTieFactory(RecordFactory):
    class Meta:
        model = PartyTie

    conflict = factory.SubFactory(ConflictFactory, name="Syria")
    party = factory.SubFactory(PartyFactory)
    other_party = factory.SubFactory(PartyFactory, kind=PartyKind.UMBRELLA)
    title = factory.Sequence("Tie {}".format)
    when_edtf = "2016-07"
    tie = TieKind.MEMBER_OF
    phase = Phase.HOLDS


class RecordLinkFactory(DjangoModelFactory[RecordLink]):
    class Meta:
        model = RecordLink

    from_record = factory.SubFactory(StatementFactory)
    to_record = factory.SubFactory(StatementFactory)
    kind = LinkKind.CONTRADICTS


class ConflictIdFactory(DjangoModelFactory[ConflictId]):
    class Meta:
        model = ConflictId

    conflict = factory.SubFactory(ConflictFactory, name="Syria")
    scheme = "ucdp_conflict"
    value = factory.Sequence(str)


class PartyIdFactory(DjangoModelFactory[PartyId]):
    class Meta:
        model = PartyId

    party = factory.SubFactory(PartyFactory)
    scheme = "ucdp_actor"
    value = factory.Sequence(str)


class PlaceIdFactory(DjangoModelFactory[PlaceId]):
    class Meta:
        model = PlaceId

    place = factory.SubFactory(PlaceFactory)
    scheme = "gwno"
    value = factory.Sequence(str)
