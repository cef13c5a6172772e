"""The filter: one truth for the list, its pages, its counts and its file."""

import csv
import io
import json
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ceasefire.enums import Population
from sources.enums import RecordKind
from sources.partial_dates import PartialDate
from talks.models import Place
from tests.factories.timeline import (
    index_words,
    keep_counts,
    label_data,
    make_assessment,
    make_citation,
    make_entry,
    make_label,
    make_revision,
)
from timeline.enums import Evidence, Verdict
from timeline.filters import InvalidFilterError, filtered
from timeline.filters.facets import facets
from timeline.filters.timeline import DATES, VERDICTS
from timeline.filters.words import chips, sentence
from timeline.models import Membership

pytestmark = pytest.mark.django_db(transaction=True)

REVISIONS = 3
WORDS = ("shelling", "wadi", "Émile", "barada", "truce", "talks", "حلب", "astana", "free-army")
PARTIES = ("Alpha", "Beta", "Gamma Front", "Delta", "Épsilon", "Army of Wadi")
PLACES = ("Country", "Region", "Wadi Barada", "Halab")
PLACE_KINDS = ("country", "region", "area", "region")
PATHS = {1: [1], 2: [2, 1], 3: [3, 2, 1], 4: [4, 1]}
OUTLETS = ("Wire", "Émile's Post", "Radio")
SOURCES = ("A truce in Wadi", "Talks begin", "Untold")
WHEN = (
    "2017-01-01",
    "2017-01-05",
    "2017-01-05?",
    "2017-01-07~",
    "2017-01",
    "2016",
    "2017-01-03/2017-01-09",
    "../2017-01-06",
    "2017-01-04/..",
    "/2017-01-08",
    "",
)
ASKED_DAYS = ("2017-01-05", "2017-01", "2016-12-31", "2017-01-06", "2017", "2017-01-05~")
TRUCES = (1, 2)
ROUNDS = (3, 4)

Row = dict[str, Any]


@dataclass
class World:
    """What was written, as plain rows: the memory against which the filter is held."""

    rows: list[Row]
    members: list[Row]


def some(random: Random, count: int, most: int) -> list[int]:
    return sorted(random.sample(range(1, count + 1), random.randint(0, most)))


def random_row(random: Random, record_id: int) -> Row:
    kind = random.choice(RecordKind.values)
    if record_id in (*TRUCES, *ROUNDS):
        kind = "truce" if record_id in TRUCES else "round"
    origins = [f"outlet:{ref}" for ref in some(random, len(OUTLETS), 2)] or ["unknown"]
    place = random.choice([None, *PATHS])
    accused = some(random, len(PARTIES), 1)
    return {
        "record_id": record_id,
        "kind": kind,
        "conflict_id": random.choice([1, 1, 2]),
        "when": random.choice(WHEN),
        "reported": random.choice(WHEN),
        "extent": random.choice(["within", "throughout"]),
        "title": " ".join(random.sample(WORDS, 3)),
        "place_id": place,
        "place_ids": PATHS.get(place or 0, []),
        "party_ids": sorted({*accused, *some(random, len(PARTIES), 2)}),
        "accused_ids": accused,
        "accuser_ids": some(random, len(PARTIES), 1),
        "target_ids": some(random, len(PARTIES), 1),
        "targets": random.sample(Population.values, random.randint(0, 1)),
        "truce_ids": some(random, len(TRUCES), 1) if kind != "truce" else [record_id],
        "round_ids": random.sample(ROUNDS, random.randint(0, 2))
        if kind != "round"
        else [record_id],
        "process_ids": some(random, 2, 1),
        "act": random.choice(["", "shelling", "arrest", "hostilities"]),
        "is_aggregate": kind == "incident" and random.random() < 0.3,
        "verdict": random.choice(["", *Verdict.values]),
        "evidence": random.choice(Evidence.values),
        "origins": origins,
        "outlet_ids": some(random, len(OUTLETS), 2),
        "source_ids": some(random, len(SOURCES), 2),
    }


def judge(random: Random, row: Row) -> dict[int, str]:
    """Judge an incident under its truces, twice each; return the gravest verdict by truce."""
    found: dict[int, str] = {}
    if row["kind"] != "incident":
        return found
    for truce in row["truce_ids"]:
        verdicts = random.choices(Verdict.values, k=2)
        found[truce] = min(verdicts, key=Verdict.values.index)
        for attribution, verdict in enumerate(verdicts):
            make_assessment(
                truce,
                row["record_id"],
                attribution_id=attribution,
                counts_as=verdict,
                revision_from=row["revision_from"],
                revision_to=row["revision_to"],
            )
    return found


def write_world() -> World:
    """Write sixty records over three revisions: some change, some go, some come late."""
    random = Random(20170116)
    world = World([], [])
    for number in range(1, REVISIONS + 1):
        make_revision(number)
    for record_id in range(1, 61):
        first = 1 if record_id in (*TRUCES, *ROUNDS) else random.choice([1, 1, 1, 2, 3])
        changes = sorted({first, *(n for n in range(first, 4) if random.random() < 0.3)})
        for place, begun in enumerate(changes):
            last = changes[place + 1] if place + 1 < len(changes) else None
            if last is None and record_id % 11 == 0 and begun < REVISIONS:
                last = REVISIONS
            row = random_row(random, record_id)
            row |= {"revision_from": begun, "revision_to": last}
            make_entry(**row, citations=[make_citation(record_id)])
            world.rows.append(row | {"judged": judge(random, row)})
    for topic, names in (
        ("conflict", ("North", "South")),
        ("process", ("Geneva", "Astana")),
        ("party", PARTIES),
        ("place", PLACES),
        ("outlet", OUTLETS),
        ("source", SOURCES),
    ):
        for ref, name in enumerate(names, 1):
            kind = PLACE_KINDS[ref - 1] if topic == "place" else "other"
            make_label(topic, ref, f"{topic}-{ref}", name, data=label_data(topic, kind=kind))
    # Epsilon is renamed in revision 3: search and words follow.
    renamed = make_label("party", 7, "party-7", "Newcomer", revision_from=3)
    assert renamed.ref == 7
    for record_id, (party, umbrella, since, until, begun) in enumerate(
        [
            (2, 1, "2017-01-03", "2017-01-06", 1),
            (3, 2, None, "2017-01-05", 1),
            (1, 3, "2017-01-04", None, 2),
            (4, 5, "2017-01-06", None, 1),
        ],
        start=500,
    ):
        member = {
            "party_id": party,
            "umbrella_id": umbrella,
            "since_earliest": since and date.fromisoformat(since),
            "until_latest": until and date.fromisoformat(until),
            "revision_from": begun,
        }
        world.members.append(member)
        Membership.objects.create(record_id=record_id, **member)
    index_words()
    Place.objects.bulk_create(
        Place(id=ref, name=name, slug=f"place-{ref}", kind=kind)
        for ref, (name, kind) in enumerate(zip(PLACES, PLACE_KINDS, strict=True), 1)
    )
    keep_counts(1, 2, 3)
    return world


@pytest.fixture
def world() -> World:
    return write_world()


# --- The same, naively, over plain rows -----------------------------------------------------------


def shown(world: World, revision: int) -> list[Row]:
    return [
        row
        for row in world.rows
        if row["revision_from"] <= revision
        and (row["revision_to"] is None or row["revision_to"] > revision)
    ]


def meets(first: date | None, last: date | None, since: date | None, until: date | None) -> bool:
    """Whether two windows may share a day, where None is an open end."""
    return not (last and since and since > last) and not (first and until and until < first)


def ref_of(slug: str) -> int:
    return int(slug.rpartition("-")[2])


def reaches(world: World, row: Row, field: str, sought: int, revision: int) -> bool:
    when = PartialDate.parse(row["when"])

    def is_below(party: int, since: date | None, until: date | None, seen: tuple[int, ...]) -> bool:
        if not meets(when.earliest, when.latest, since, until):
            return False
        if party == sought:
            return True
        for member in world.members:
            if (
                member["party_id"] == party
                and member["revision_from"] <= revision
                and member["umbrella_id"] not in seen
                and meets(since, until, member["since_earliest"], member["until_latest"])
            ):
                start = [d for d in (since, member["since_earliest"]) if d]
                end = [d for d in (until, member["until_latest"]) if d]
                umbrella = member["umbrella_id"]
                if is_below(
                    umbrella,
                    max(start, default=None),
                    min(end, default=None),
                    (*seen, umbrella),
                ):
                    return True
        return False

    return any(is_below(party, None, None, (party,)) for party in row[field])


def folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text.lower())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def says(row: Row, word: str, revision: int) -> bool:
    texts = [row["title"]]
    for field, names in (
        ("party_ids", PARTIES),
        ("place_ids", PLACES),
        ("outlet_ids", OUTLETS),
        ("source_ids", SOURCES),
    ):
        texts += [names[ref - 1] for ref in row[field]]
    pieces = " ".join(texts).replace("-", " ").replace("'", " ").split()
    wholes = " ".join(texts).split()
    return any(folded(piece).startswith(folded(word)) for piece in (*pieces, *wholes))


def in_window(text: str, since: str | None, until: str | None, *, certainly: bool) -> bool:
    when = PartialDate.parse(text)
    first = PartialDate.parse(since).earliest if since else date.min
    last = PartialDate.parse(until).latest if until else date.max
    assert first is not None
    assert last is not None
    if when.earliest is None and when.latest is None:
        return False
    if certainly:
        starts = since is None or (when.earliest is not None and when.earliest >= first)
        ends = until is None or (when.latest is not None and when.latest <= last)
        return starts and ends and not any(sign in text for sign in "~?%")
    if when.earliest is None:
        return when.latest is not None and first <= when.latest <= last
    return when.earliest <= last and (when.latest is None or when.latest >= first)


def fits(world: World, row: Row, asked: dict[str, Any], revision: int) -> bool:
    certainly = asked.get("dates") == "certainly"
    simple: dict[str, Callable[[str], bool]] = {
        "kind": lambda v: row["kind"] == v,
        "conflict": lambda v: row["conflict_id"] == ref_of(v),
        "party": lambda v: reaches(world, row, "party_ids", ref_of(v), revision),
        "accused": lambda v: (
            not row["accused_ids"]
            if v == "none"
            else reaches(world, row, "accused_ids", ref_of(v), revision)
        ),
        "accuser": lambda v: ref_of(v) in row["accuser_ids"],
        "target": lambda v: (
            v in row["targets"] or (v.startswith("party-") and ref_of(v) in row["target_ids"])
        ),
        "truce": lambda v: ref_of(v) in row["truce_ids"],
        "process": lambda v: ref_of(v) in row["process_ids"],
        "round": lambda v: ref_of(v) in row["round_ids"],
        "place": lambda v: ref_of(v) in row["place_ids"],
        "act": lambda v: row["act"] == v,
        "verdict": lambda v: row["verdict"] == ("" if v == "none" else v),
        "judged": lambda v: (
            row["judged"].get(ref_of(v.partition(":")[0]), "none") == v.partition(":")[2]
        ),
        "aggregate": lambda v: row["is_aggregate"] == (v == "yes"),
        "evidence": lambda v: row["evidence"] == v,
        "origin": lambda v: (
            ("unknown" if v == "unknown" else f"outlet:{ref_of(v)}") in row["origins"]
        ),
        "outlet": lambda v: ref_of(v) in row["outlet_ids"],
        "source": lambda v: ref_of(v) in row["source_ids"],
    }
    for name, holds in simple.items():
        if name in asked and not any(holds(value) for value in asked[name]):
            return False
    if any(not says(row, word, revision) for word in asked.get("q", "").split()):
        return False
    for field, first, last in (
        ("when", "from", "to"),
        ("reported", "reported_from", "reported_to"),
    ):
        if (first in asked or last in asked) and not in_window(
            row[field], asked.get(first), asked.get(last), certainly=certainly
        ):
            return False
    return "changed_since" not in asked or row["revision_from"] > int(asked["changed_since"])


# --- Random filters -------------------------------------------------------------------------------


def slugs(topic: str, count: int) -> tuple[str, ...]:
    return tuple(f"{topic}-{ref}" for ref in range(1, count + 1))


MANY: dict[str, tuple[str, ...]] = {
    "kind": tuple(RecordKind.values),
    "conflict": slugs("conflict", 2),
    "party": slugs("party", len(PARTIES)),
    "accused": ("none", *slugs("party", len(PARTIES))),
    "accuser": slugs("party", len(PARTIES)),
    "target": (*slugs("party", 3), *Population.values),
    "truce": slugs("record", 2),
    "round": ("record-3", "record-4"),
    "process": slugs("process", 2),
    "place": slugs("place", len(PLACES)),
    "act": ("shelling", "arrest", "hostilities"),
    "verdict": ("none", *Verdict.values),
    "judged": tuple(f"record-{truce}:{code}" for truce in TRUCES for code in VERDICTS),
    "aggregate": ("no", "yes"),
    "evidence": tuple(Evidence.values),
    "origin": ("unknown", *slugs("outlet", len(OUTLETS))),
    "outlet": slugs("outlet", len(OUTLETS)),
    "source": slugs("source", len(SOURCES)),
}
ONE: dict[str, tuple[str, ...]] = {
    "q": ("wadi", "em", "EMILE tru", "حل", "free", "army", "arm bar", "adi"),
    "from": ASKED_DAYS,
    "to": ASKED_DAYS,
    "reported_from": ASKED_DAYS,
    "reported_to": ASKED_DAYS,
    "dates": ("possibly", "certainly"),
    "changed_since": ("0", "1"),
    "as_of": ("1", "2", "3"),
}
PARAMETERS: dict[str, st.SearchStrategy[Any]] = {
    **{
        name: st.lists(st.sampled_from(values), min_size=1, max_size=3, unique=True)
        for name, values in MANY.items()
    },
    **{name: st.sampled_from(values) for name, values in ONE.items()},
}


def without_contradiction(asked: dict[str, Any]) -> dict[str, Any]:
    """Keep a filter that is no contradiction in terms: windows in order, `dates` with a window."""
    for first, last in (("from", "to"), ("reported_from", "reported_to")):
        if first in asked and last in asked:
            since, until = PartialDate.parse(asked[first]), PartialDate.parse(asked[last])
            assert since.earliest is not None
            assert until.latest is not None
            if since.earliest > until.latest:
                del asked[last]
    if not {"from", "to", "reported_from", "reported_to"} & asked.keys():
        asked.pop("dates", None)
    return asked


def query_of(asked: dict[str, Any], **more: str) -> QueryDict:
    query = QueryDict(mutable=True)
    for name, value in {**asked, **more}.items():
        query.setlist(name, value if isinstance(value, list) else [value])
    return query


def ids_of_csv(body: bytes) -> list[str]:
    return [row["id"] for row in csv.DictReader(io.StringIO(body.decode(), newline=""))]


def walk(query: QueryDict) -> tuple[list[str], list[str]]:
    """Follow the pages from the first to the last, and back from there."""
    forth: list[str] = []
    back: list[str] = []
    query["after"] = ""
    while True:
        with filtered(query) as timeline_filter:
            page = timeline_filter.page()
        forth += [entry.public_id for entry in page.entries]
        if page.next is None:
            break
        query["after"] = str(page.next)
    while True:
        back = [entry.public_id for entry in page.entries] + back
        if page.previous is None:
            return forth, back
        query["after"] = str(page.previous)
        with filtered(query) as timeline_filter:
            page = timeline_filter.page()


@settings(
    max_examples=60,
    deadline=None,
    # The world is written once and only read.
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    asked=st.sets(st.sampled_from(sorted(PARAMETERS)), max_size=4)
    .flatmap(
        lambda names: st.fixed_dictionaries({name: PARAMETERS[name] for name in sorted(names)})
    )
    .map(without_contradiction),
    limit=st.sampled_from([1, 3, 7, 20]),
    order=st.sampled_from(["date", "-date", "reported", "-reported"]),
)
def test_filter_agrees_with_itself_and_with_plain_rows(
    world: World, asked: dict[str, Any], limit: int, order: str
) -> None:
    revision = int(asked.get("as_of", REVISIONS))
    expected = [row for row in shown(world, revision) if fits(world, row, asked, revision)]
    ids = {f"record-{row['record_id']}" for row in expected}
    query = query_of(asked, limit=str(limit), order=order)

    with filtered(query) as timeline_filter:
        count = timeline_filter.qs.count()
        assert timeline_filter.counts.total() == count
        counts = {facet.parameter: facet.options for facet in facets(timeline_filter)}
        canonical = timeline_filter.canonical()
        assert sentence(timeline_filter).endswith(".")
        without = [chip.query for chip in chips(timeline_filter)]
    forward, backward = walk(query_of(asked, limit=str(limit), order=order))
    response = Client().get(
        "/timeline.csv", {**asked, "order": order}, headers={"host": "localhost"}
    )
    file = ids_of_csv(b"".join(response.streaming_content))  # type: ignore[attr-defined]
    response = Client().get(
        "/timeline.jsonl", {**asked, "order": order}, headers={"host": "localhost"}
    )
    objects = b"".join(response.streaming_content).splitlines()  # type: ignore[attr-defined]

    assert set(forward) == ids
    assert len(forward) == len(ids) == count
    assert forward == backward == file == [json.loads(line)["id"] for line in objects]
    for name in ("kind", "verdict", "evidence"):
        chosen = asked.get(name)
        sums = sum(o.count or 0 for o in counts[name] if not chosen or o.value in chosen)
        assert sums == count, name
    with filtered(QueryDict(canonical)) as again:
        assert again.canonical() == canonical
        assert [entry.public_id for entry in again.page().entries] == forward[:limit]
    for rest in without:
        with filtered(QueryDict(rest)) as wider:
            assert wider.qs.count() >= 0


def test_each_value_of_each_parameter_finds_what_plain_rows_say(world: World) -> None:
    asked: list[dict[str, Any]] = [
        {name: [value], "as_of": revision}
        for name, values in MANY.items()
        for value in values
        for revision in ("2", "3")
    ]
    windows = ("from", "to", "reported_from", "reported_to")
    asked += [{name: value, "dates": d} for name in windows for value in ONE[name] for d in DATES]
    asked += [{"q": value} for value in ONE["q"]]
    differences = []
    empty = 0

    for query in asked:
        revision = int(query.get("as_of", REVISIONS))
        expected = {
            f"record-{row['record_id']}"
            for row in shown(world, revision)
            if fits(world, row, query, revision)
        }
        with filtered(query_of(query)) as timeline_filter:
            found = set(timeline_filter.qs.values_list("public_id", flat=True))
        empty += not expected
        if found != expected:
            differences.append((query, found ^ expected))

    assert differences == []
    assert empty < len(asked) / 10


def test_facet_counts_what_choosing_it_gives(world: World) -> None:
    with filtered(QueryDict("conflict=conflict-1")) as timeline_filter:
        offered = [
            (facet.parameter, option.value, option.count)
            for facet in facets(timeline_filter)
            for option in facet.options
        ]
    found = []
    for parameter, value, _ in offered:
        with filtered(QueryDict(f"conflict=conflict-1&{parameter}={value}")) as chosen:
            found.append((parameter, value, chosen.qs.count()))

    assert offered == found
    assert {parameter for parameter, _, _ in offered} == {
        "kind",
        "verdict",
        "party",
        "accused",
        "evidence",
        "act",
        "place",
        "origin",
    }


@pytest.mark.parametrize(
    "query", ["party=party-1", "place=place-2&kind=incident", "accused=party-3"]
)
def test_facet_of_what_is_chosen_counts_the_others_too(world: World, query: str) -> None:
    name = query.partition("=")[0]
    with filtered(QueryDict(query)) as chosen:
        (facet,) = (facet for facet in facets(chosen) if facet.parameter == name)
        given = {given: ",".join(values) for given, values in chosen.asked.items()}
    for option in facet.options:
        with filtered(query_of({**given, name: option.value})) as other:
            assert (option.value, option.count) == (option.value, other.qs.count())
    assert len(facet.options) > 1


def test_canonical_is_sorted_and_without_defaults(world: World) -> None:
    query = QueryDict(
        "q=wadi+arm&order=-date&limit=50&kind=truce&kind=incident,round&dates=possibly&from=&as_of=2"
    )

    with filtered(query) as timeline_filter:
        assert timeline_filter.canonical() == "as_of=2&kind=incident,round,truce&q=arm+wadi"


@pytest.mark.parametrize(
    ("as_of", "revision"),
    [
        ("2", 2),
        ("2026-01-01T14:30:00Z", 2),
        ("2026-01-01T14:30", 2),
        ("2026-01-01T17:30+03:00", 2),
        ("2026-01-01", 3),
        ("2031-05-06", 3),
    ],
)
def test_as_of_takes_a_number_or_a_time(world: World, as_of: str, revision: int) -> None:
    with filtered(query_of({"as_of": as_of})) as timeline_filter:
        assert timeline_filter.reading.number == revision
        assert timeline_filter.canonical() == f"as_of={revision}"


@pytest.mark.parametrize(
    ("since", "revision"), [("2026-01-01", 0), ("2026-01-01T13:30:00Z", 1), ("2", 2)]
)
def test_changed_since_takes_a_number_or_a_time(world: World, since: str, revision: int) -> None:
    expected = {
        f"record-{row['record_id']}"
        for row in shown(world, REVISIONS)
        if row["revision_from"] > revision
    }

    forward, _ = walk(query_of({"changed_since": since}))

    assert set(forward) == expected


def test_chips_name_each_value_and_lead_to_the_rest(world: World) -> None:
    with filtered(
        QueryDict("kind=truce,round&party=party-1&from=2017-01&dates=certainly")
    ) as found:
        assert [(chip.text, chip.query) for chip in chips(found)] == [
            ("Truce", "dates=certainly&from=2017-01&kind=round&party=party-1"),
            ("Talks round", "dates=certainly&from=2017-01&kind=truce&party=party-1"),
            ("Alpha", "dates=certainly&from=2017-01&kind=round,truce"),
            ("from 1 January 2017", "kind=round,truce&party=party-1"),
            ("certainly in the window", "from=2017-01&kind=round,truce&party=party-1"),
        ]


def test_sentence_says_what_is_shown(world: World) -> None:
    query = QueryDict(
        "kind=truce,round&party=party-1,party-2&from=2017-01&to=2017-02&as_of=2&origin=unknown"
        "&q=wadi&truce=record-1&target=civilians"
    )

    with filtered(query) as found:
        assert sentence(found).startswith(
            "Truces and talks rounds, naming Alpha or Beta, hitting civilians, under “"
        )
        assert sentence(found).endswith(
            "known from origin unknown, with the words “wadi”, possibly between 1 January 2017 and "
            "28 February 2017, as of revision 2."
        )


def test_sentence_says_how_it_was_judged_under_one_truce(world: World) -> None:
    query = QueryDict("judged=record-1:possible&accused=none&aggregate=no")

    with filtered(query) as found:
        title = found.value("judged")[0].truce.title
        assert sentence(found) == (
            f"All entries, attributed to nobody, judged possible violation under “{title}”, "
            "told as single events."
        )


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("record-1", "“record-1” is not a truce's id, a colon, and one of violation, possible, "),
        (":possible", "“:possible” is not a truce's id, a colon, and one of violation, "),
        ("record-1:grave", "“record-1:grave” is not a truce's id, a colon, and one of "),
        ("record-9999:possible", "No truce “record-9999” is known in revision 3."),
        ("record-3:possible", "“record-3” is not a truce, but this: talks round."),
    ],
)
def test_a_verdict_under_no_truce_is_refused(world: World, value: str, problem: str) -> None:
    with pytest.raises(InvalidFilterError) as caught, filtered(query_of({"judged": value})):
        raise AssertionError

    assert caught.value.problems[0][0] == "judged"
    assert caught.value.problems[0][1].startswith(problem)


def test_label_that_came_later_is_unknown_before(world: World) -> None:
    with filtered(QueryDict("party=party-7")) as found:
        assert found.qs.count() == 0
    with (
        pytest.raises(InvalidFilterError) as caught,
        filtered(QueryDict("party=party-7&as_of=2")),
    ):
        raise AssertionError
    assert caught.value.problems == [("party", "No party “party-7” is known in revision 2.")]


NAMES = {
    1: "Mohammed Alloush",
    2: "Jaish al-Islam",
    3: "أحمد الجربا",
    4: "Wadi Barada",
    5: "Hama",
}


@pytest.fixture
def named() -> None:
    make_revision(1)
    for ref, name in NAMES.items():
        make_label("party", ref, f"party-{ref}", name)
        make_entry(ref, party_ids=[ref], title=f"Statement {ref}")
    index_words()


@pytest.mark.parametrize(
    ("asked", "ref"),
    [
        ("Alouch", 1),
        ("Muhamad", 1),
        ("Jaysh", 2),
        ("jeish islam", 2),
        ("Wadi Bareda", 4),
        ("Waadi", 4),
    ],
)
def test_name_spelt_otherwise_is_found_and_said_so(named: None, asked: str, ref: int) -> None:
    with filtered(query_of({"q": asked})) as found:
        assert [entry.record_id for entry in found.qs] == [ref]
        assert {name for _, names in found.guesses for name in names} == {NAMES[ref]}

    page = Client().get("/timeline/", {"q": asked}, headers={"host": "localhost"})
    assert f"what mentions a name like it: {NAMES[ref]}." in page.content.decode()


@pytest.mark.parametrize("asked", ["احمد", "أَحْمَد", "الجربـــا", "آحمد"])
def test_arabic_name_is_found_in_any_of_its_spellings(named: None, asked: str) -> None:
    with filtered(query_of({"q": asked})) as found:
        assert [entry.record_id for entry in found.qs] == [3]
        assert found.guesses == []


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    ref=st.sampled_from(sorted(NAMES)),
    word=st.integers(0, 1),
    length=st.integers(1, 20),
    upper=st.booleans(),
)
def test_names_and_what_they_begin_with_are_never_guessed(
    named: None, ref: int, word: int, length: int, upper: bool
) -> None:
    words = NAMES[ref].split()
    asked = words[word % len(words)][:length]
    with filtered(query_of({"q": asked.upper() if upper else asked})) as found:
        assert ref in {entry.record_id for entry in found.qs}
        assert found.guesses == []


def test_word_that_is_like_no_name_finds_nothing(named: None) -> None:
    with filtered(query_of({"q": "Zanzibar"})) as found:
        assert list(found.qs) == []
        assert found.guesses == []
