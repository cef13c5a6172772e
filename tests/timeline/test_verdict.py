"""The verdict: by examples, and SQL against the oracle over random worlds."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.timeline import examples  # noqa: F401 - registers its examples
from tests.timeline.oracle import judge_all
from tests.timeline.scenes import EXAMPLES, Case

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
