"""The words that the statements of tables put for codes."""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from django.utils import translation

from timeline.enums import REASONS, Answer, Evidence, Question, Standing, Verdict
from timeline.queries.lines import CONFIDENTIAL


@cache
def words_of_codes() -> Mapping[str, Any]:
    """Return what the statements need of our words: English, whatever the reader's language.

    A file is read by programs too: it must not differ by who asks for it.
    """
    with translation.override(None):
        lists = {
            "verdict": Verdict,
            "answer": Answer,
            "question": Question,
            "standing": Standing,
        }
        words: dict[str, dict[str, str]] = {
            name: {str(code): str(label) for code, label in codes.choices}
            for name, codes in lists.items()
        }
        words["question"] = {code: label.lower() for code, label in words["question"].items()}
        for question, reasons in REASONS.items():
            words[str(question)] = {code: str(reason) for code, reason in reasons.items()}
        return {
            "words": json.dumps(words),
            "confidential": str(CONFIDENTIAL),
            "another_outlet": "another outlet",
            "origin_unknown": str(Evidence.ORIGIN_UNKNOWN.label),
        }
