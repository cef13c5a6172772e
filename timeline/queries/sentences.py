"""What sentences are made of in every language: lists, numbers, names that run the other way."""

import re
from collections.abc import Iterable

from django.utils.formats import number_format
from django.utils.translation import get_language_bidi, pgettext

#: A letter that runs from left to right.
_LEFT_TO_RIGHT = re.compile("[A-Za-zÀ-ʯͰ-ԯ]")
_ISOLATE, _END = "\u2068", "\u2069"


def isolated(text: str) -> str:
    """Return somebody else's text for a sentence of ours that runs from right to left.

    Where it runs from left to right it is fenced by signs that no one sees, so that neither text
    reorders the other. A sentence that runs from left to right gets none: files hold such ones.
    """
    if get_language_bidi() and _LEFT_TO_RIGHT.search(text):
        return f"{_ISOLATE}{text}{_END}"
    return text


def quoted(text: str) -> str:
    """Return somebody's words between quotation marks."""
    return pgettext("quotation", "“%(text)s”") % {"text": isolated(text)}


def grouped(number: int) -> str:
    """Return a number with its digits in groups: “12,345”."""
    return number_format(number, force_grouping=True)


def joined(words: Iterable[str]) -> str:
    """Join words as a sentence does: “a, b and c”."""
    *some, last = list(words) or [""]
    if not some:
        return last
    return pgettext("list", "%(some)s and %(last)s") % {"some": enumerated(some), "last": last}


def either(words: Iterable[str]) -> str:
    """Join words of which any may hold: “a, b or c”."""
    *some, last = list(words) or [""]
    if not some:
        return last
    return pgettext("list", "%(some)s or %(last)s") % {"some": enumerated(some), "last": last}


def enumerated(words: Iterable[str]) -> str:
    """Join words with commas: “a, b”."""
    return pgettext("separator", ", ").join(words)


def listed(phrases: Iterable[str]) -> str:
    """Join phrases that may hold commas themselves: “a, in b; c”."""
    return pgettext("separator", "; ").join(phrases)
