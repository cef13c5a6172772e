"""No draft and no restricted source reaches a reader, on any path."""

import io
import zipfile
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern

from ceasefire.models import Incident, Truce
from sources.enums import Status, Visibility
from sources.models import Record, Source
from tests.factories.ceasefire import (
    AttributionFactory,
    IncidentFactory,
    TallyFactory,
    TruceEventFactory,
    TruceFactory,
    TrucePartyFactory,
    ViolationFactory,
)
from tests.factories.sources import OutletFactory, SourceFactory, cite, publish
from tests.factories.talks import (
    DelegationDecisionFactory,
    DelegationFactory,
    DevelopmentFactory,
    OfficeFactory,
    PartyFactory,
    PartyTieFactory,
    PersonFactory,
    PlaceFactory,
    RecordLinkFactory,
    RoundFactory,
    StatementFactory,
    StatementSubjectFactory,
)
from timeline import builder
from timeline.models import Revision
from timeline.urls import files, urlpatterns

pytestmark = pytest.mark.django_db(transaction=True)

#: In everything that no reader may see, whatever the letter case.
SECRET = "zxsecret"

#: What each kind of address takes, and how its things are found.
FILTERS = [
    "",
    f"q={SECRET}",
    "kind=incident",
    "dates=certainly&from=2017-01-01",
    "as_of=1",
    "as_of=2",
]


@pytest.fixture
def public_truce() -> Truce:
    truce: Truce = TruceFactory.create(title="A public truce", published=True)
    return truce


@pytest.fixture
def public_incident(public_truce: Truce) -> Incident:
    incident: Incident = IncidentFactory.create(
        title="A public incident", conflict=public_truce.conflict, published=True
    )
    return incident


def addresses() -> list[str]:
    """Return the pattern of every address that readers use."""
    patterns = [*urlpatterns, *files]
    assert all(isinstance(pattern, URLPattern) for pattern in patterns)
    return [str(pattern.pattern) for pattern in patterns]


def body(client: Client, path: str) -> str:
    """Return what a reader gets there, redirected or not, whole or streamed."""
    response: Any = client.get(path, follow=True)
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            content = b"\n".join(book.read(name) for name in book.namelist())
    return str(content.decode())


def everything_readers_get(keys: list[str]) -> dict[str, str]:
    """Return the body of every address, with every key and some filters, as an anonymous reader."""
    client = Client()
    bodies = {}
    for pattern in addresses():
        is_of_things = "<slug:key>" in pattern
        paths = (
            [f"/{pattern.replace('<slug:key>', key)}" for key in keys]
            if is_of_things
            else [f"/{with_revisions(pattern)}"]
        )
        is_filtered = pattern.startswith(("timeline", "embed")) and not is_of_things
        for path in paths:
            for query in FILTERS if is_filtered else [""]:
                bodies[f"{path}?{query}"] = body(client, f"{path}?{query}").lower()
    return bodies


def with_revisions(pattern: str) -> str:
    """Return an address with the first revision, or with all there is between nothing and now."""
    latest = Revision.objects.order_by("number").last()
    numbers = {"number": 1, "first": 0, "last": latest.number if latest else 1}
    for name, number in numbers.items():
        pattern = pattern.replace(f"<int:{name}>", str(number))
    return pattern.replace("<slug:slug>", "a-release")


def found_in(bodies: dict[str, str], word: str, *, but_for: tuple[str, ...] = ("q=",)) -> list[str]:
    """Return the addresses that show the word, but for those that were asked about it."""
    return [
        path
        for path, body in bodies.items()
        if word in body and not any(asked in path for asked in but_for)
    ]


def test_no_draft_reaches_a_reader(public_truce: Truce, public_incident: Incident) -> None:
    """One unpublished record of every kind, hung on published ones wherever that is possible."""
    party = PartyFactory.create(name=f"{SECRET} party", slug=f"{SECRET}-party")
    person = PersonFactory.create(name=f"{SECRET} person", slug=f"{SECRET}-person")
    place = PlaceFactory.create(name=f"{SECRET} place", slug=f"{SECRET}-place")
    outlet = OutletFactory.create(name=f"{SECRET} outlet", slug=f"{SECRET}-outlet")
    source = SourceFactory.create(
        outlet=outlet, title=f"{SECRET} source", public_id=f"{SECRET}-src"
    )
    title = {"title": f"{SECRET} title"}
    meeting = RoundFactory.create(**title, venue=place)
    public_meeting = RoundFactory.create(title="A public round", published=True)
    drafts: list[Record] = [
        meeting,
        DelegationFactory.create(**title, round=public_meeting, head=person),
        DelegationDecisionFactory.create(**title, round=public_meeting, named_head=person),
        StatementFactory.create(**title, speaker=person, speaker_party=party, anonymous_role=""),
        DevelopmentFactory.create(**title, place=place),
        OfficeFactory.create(**title, person=person, party=party),
        PartyTieFactory.create(**title, party=party),
        TruceFactory.create(**title, conflict=public_truce.conflict),
        TruceEventFactory.create(**title, truce=public_truce, event="collapsed"),
        IncidentFactory.create(**title, conflict=public_truce.conflict, place=place),
        TallyFactory.create(**title, counted_by=outlet, truce=public_truce),
        ViolationFactory.create(
            **title, truce=public_truce, incident=public_incident, accused=party, standing="upheld"
        ),
    ]
    TrucePartyFactory.create(truce=drafts[7], party=party)
    AttributionFactory.create(incident=drafts[9], accused=party)
    RecordLinkFactory.create(from_record=public_incident, to_record=drafts[9], note=SECRET)
    with transaction.atomic():
        # Published, but about what is not.
        statement = StatementFactory.create(title="A public statement")
        for draft in (meeting, drafts[7]):
            StatementSubjectFactory.create(statement=statement, record=draft)
        decision = DelegationDecisionFactory.create(title="A public decision", round=meeting)
        for record in (statement, decision):
            publish(record)
    for draft in drafts:
        cite(draft, source, quote=SECRET)
    for status in (Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN):
        Record.objects.filter(pk__in=[draft.pk for draft in drafts]).update(status=status)
        builder.build()

        keys = [draft.public_id for draft in drafts]
        keys += [f"{SECRET}-{noun}" for noun in ("party", "person", "place", "src", "outlet")]
        keys += [public_truce.public_id, public_incident.public_id, statement.public_id]
        keys += [decision.public_id, public_meeting.public_id]
        bodies = everything_readers_get(keys)

        assert found_in(bodies, SECRET) == []
        for draft in drafts:
            assert found_in(bodies, draft.public_id) == []
    assert "a public incident" in bodies["/timeline.csv?"]


def test_no_restricted_source_reaches_a_reader(public_incident: Incident) -> None:
    """Neither from the start, nor in any revision after it was made restricted."""
    outlet = OutletFactory.create(name=f"{SECRET} outlet", slug=f"{SECRET}-outlet")
    agency = OutletFactory.create(name=f"{SECRET} agency", slug=f"{SECRET}-agency")
    source = SourceFactory.create(
        outlet=outlet,
        title=f"{SECRET} title",
        url=f"https://{SECRET}.example/",
        author=SECRET,
        public_id=f"{SECRET}-src",
        visibility=Visibility.RESTRICTED,
    )
    citation = cite(
        public_incident,
        source,
        quote=SECRET,
        locator=SECRET,
        origin="other_outlet",
        attributed_outlet=agency,
    )
    cite(public_incident, source, origin="speaker", attributed_speaker=f"{SECRET} speaker")
    AttributionFactory.create(
        incident=public_incident,
        accused__name="The accused",
        claimed_by=f"{SECRET} agency",
        claimed_by_party=PartyFactory.create(name=f"{SECRET} party", slug=f"{SECRET}-party"),
        citation=citation,
    )
    builder.build()

    keys = [public_incident.public_id]
    keys += [f"{SECRET}-{noun}" for noun in ("outlet", "agency", "src", "party")]
    bodies = everything_readers_get(keys)

    assert found_in(bodies, SECRET) == []
    assert "confidential source" in bodies[f"/incidents/{public_incident.public_id}/?"]
    for parameter, value in (
        ("outlet", f"{SECRET}-outlet"),
        ("origin", f"{SECRET}-agency"),
        ("source", f"{SECRET}-src"),
        ("accuser", f"{SECRET}-party"),
    ):
        # As unknown as what was never entered.
        assert Client().get("/timeline/", {parameter: value}).status_code == 400
    # The header alone.
    assert len(body(Client(), f"/timeline.csv?q={SECRET}").splitlines()) == 1

    Source.objects.filter(pk=source.pk).update(visibility=Visibility.PUBLIC)
    builder.build()
    assert SECRET in everything_readers_get(keys)[f"/incidents/{public_incident.public_id}/?"]
    Source.objects.filter(pk=source.pk).update(visibility=Visibility.RESTRICTED)
    builder.build()
    # Nor in the revision in which it was public: that is the one thing that is ever overwritten.
    assert found_in(everything_readers_get(keys), SECRET) == []
    assert builder.verify().is_empty
