"""The words that the statements of tables put for codes."""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from django.db.models import Choices
from django.utils import translation

from talks.enums import PlacePrecision
from timeline.enums import REASONS, Answer, Evidence, Question, Standing, Verdict
from timeline.queries.lines import CONFIDENTIAL


@cache
def words_of_codes() -> Mapping[str, Any]:
    """Return what the statements of tables are given of our words.

    English, whatever the reader's language: a file is read by programs too, and must not differ by
    who asks for it.
    """
    with translation.override(None):
        words = {
            "verdict": words_of("verdict"),
            "answer": words_of("answer"),
            "standing": words_of("standing"),
            "question": {code: word.lower() for code, word in words_of("question").items()},
        }
        for question, reasons in REASONS.items():
            words[str(question)] = {code: str(reason) for code, reason in reasons.items()}
        return {
            "words": json.dumps(words),
            "confidential": str(CONFIDENTIAL),
            "another_outlet": "another outlet",
            "origin_unknown": str(Evidence.ORIGIN_UNKNOWN.label),
        }


_LISTS: Final[Mapping[str, type[Choices]]] = {
    "answer": Answer,
    "place_precision": PlacePrecision,
    "question": Question,
    "standing": Standing,
    "verdict": Verdict,
}


def words_of(name: str) -> dict[str, str]:
    """Return the English words of a list of codes."""
    with translation.override(None):
        return {str(code): str(words) for code, words in _LISTS[name].choices}
