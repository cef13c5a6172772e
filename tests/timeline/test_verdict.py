"""The verdict: by examples, and SQL against the oracle over random worlds.

`VERDICT_WORLDS=500 pytest tests/timeline/test_verdict.py` tries that many others.
"""

import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ceasefire.models import Incident
from sources.enums import RecordKind, Status
from sources.models import Record
from tests.factories.ceasefire import TruceFactory, TruceLinkFactory
from tests.factories.talks import PartyFactory
from tests.timeline import examples  # noqa: F401 - registers its examples
from tests.timeline.oracle import (
    Answer,
    Judgement,
    Key,
    evidence,
    evidence_who,
    gravest,
    judge_all,
    published,
)
from tests.timeline.scenes import EXAMPLES, Case, scene
from tests.timeline.worlds import Wanted, World, edits, forget_everything, worlds
from timeline.builder import build, verify
from timeline.models import Assessment, Entry

#: How many sets of random worlds: the same few each time, or others, as many as asked for.
WORLDS = int(os.environ.get("VERDICT_WORLDS") or 0)

DEFINITION = Path(__file__).resolve().parents[2] / "docs" / "verdict.md"


@pytest.mark.django_db
@pytest.mark.parametrize("build", EXAMPLES, ids=lambda build: build.__name__)
def test_example(build: Callable[[], Case]) -> None:
    case = build()

    attribution = case.attribution.pk if case.attribution else 0
    judgement = judge_all().get((case.truce.pk, case.incident.pk, attribution))

    if case.verdict is None:
        assert judgement is None
    else:
        assert judgement is not None
        assert {question: getattr(judgement, question) for question in case.answers} == case.answers
        assert (judgement.verdict, judgement.standing) == (case.verdict, case.standing)


@pytest.mark.django_db
def test_every_code_has_an_example() -> None:
    shown = {answer.code for build in EXAMPLES for answer in build().answers.values()}

    assert shown == codes_of_the_definition()


@pytest.mark.django_db(transaction=True)
def test_sql_agrees_on_the_examples() -> None:
    with transaction.atomic():
        for build_example in EXAMPLES:
            build_example()

    assert_timeline_agrees()


@pytest.mark.django_db(transaction=True)
def test_whatever_is_withdrawn_is_judged_again() -> None:
    s = scene(binding=False)
    umbrella = PartyFactory.create()
    s.binds(umbrella, binds_members="yes")
    later = TruceFactory.create(
        published=True, conflict=s.conflict, declared_edtf="2017-01-14/2017-01-18"
    )
    TruceLinkFactory.create(from_truce=later, to_truce=s.truce, kind="replaces")
    records = [
        s.is_claimed("upheld"),
        s.joins(s.government, umbrella, "2017-01-10"),
        later,
        s.happens("suspended", "2017-01-10"),
        s.truce,
    ]
    build()

    for record in records:
        # The record's own table alone, as a service that withdraws it may well do.
        Record.objects.filter(pk=record.pk).update(status=Status.WITHDRAWN)
        before = derived()
        assert_timeline_agrees()
        assert derived() != before


@pytest.mark.filterwarnings("ignore:Generating overly large repr")
@pytest.mark.django_db(transaction=True)
@settings(
    max_examples=WORLDS or 12,
    derandomize=not WORLDS,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(stories=st.lists(st.tuples(worlds(), edits(), edits()), min_size=4, max_size=6))
def test_sql_agrees_on_random_worlds(stories: list[tuple[Wanted, Wanted, Wanted]]) -> None:
    forget_everything()
    # Side by side, because a build of several costs little more than that of one.
    side_by_side = [World(name) for name, _ in zip("abcdef", stories, strict=False)]

    for chapter in range(3):
        for world, story in zip(side_by_side, stories, strict=True):
            (world.edit if chapter else world.begin)(story[chapter])
        assert_timeline_agrees()

    assert str(verify()) == "no difference"


def assert_timeline_agrees() -> None:
    """Build, and hold every current row against what the oracle says."""
    build()
    judged = judge_all()

    assert differences(derived(), judged) == {}
    to_show = {
        incident.pk: (
            gravest(row.counts_as for key, row in judged.items() if key[1] == incident.pk),
            evidence(incident, judged),
            evidence_who(incident, judged),
        )
        for incident in published(Incident).prefetch_related(
            "attributions", "citations__source__outlet", "citations__attributed_outlet"
        )
    }
    assert differences(shown(), to_show) == {}


def differences(found: Mapping[Any, Any], expected: Mapping[Any, Any]) -> dict[Any, Any]:
    """Return what is found and what is expected, where they are not the same."""
    return {
        key: (found.get(key), expected.get(key))
        for key in found.keys() | expected.keys()
        if found.get(key) != expected.get(key)
    }


def derived() -> dict[Key, Judgement]:
    """Return the current assessments."""
    return {
        (row["truce_id"], row["incident_id"], row["attribution_id"]): Judgement(
            period=Answer(row["period"], row["period_why"]),
            area=Answer(row["area"], row["area_why"]),
            bound=Answer(row["bound"], row["bound_why"]),
            protected=Answer(row["protected"], row["protected_why"]),
            prohibited=Answer(row["prohibited"], row["prohibited_why"]),
            verdict=row["verdict"],
            standing=row["standing"],
        )
        for row in Assessment.objects.filter(revision_to=None).values()
    }


def shown() -> dict[int, tuple[str, str, str]]:
    """Return what the entries of the incidents show of it."""
    entries = Entry.objects.filter(revision_to=None, kind=RecordKind.INCIDENT)
    return {
        row["record_id"]: (row["verdict"], row["evidence"], row["evidence_who"])
        for row in entries.values()
    }


def codes_of_the_definition() -> set[str]:
    """Return the codes that docs/verdict.md defines, from its tables, its list and its brackets."""
    codes: set[str] = set()
    five_questions = DEFINITION.read_text().split("\n## 1.")[1].split("\n## After")[0]
    for line in five_questions.splitlines():
        if line.startswith("| ") and not line.endswith("| code |"):
            codes |= set(re.findall(r"`([a-z_]+)`", line.split("|")[-2]))
        elif re.match(r"\d+\. `", line):
            codes.add(line.split("`")[1])
        else:
            codes |= set(re.findall(r"\(`([a-z_]+)`\)", line))
    return codes
