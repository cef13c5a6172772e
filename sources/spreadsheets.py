"""Cells that a spreadsheet would run as a formula, made harmless, and read back as they were."""

import re
from typing import Final

#: With these a text begins that a spreadsheet runs, perhaps behind apostrophes of its own.
FORMULA: Final = r"'*[=+\-@\t\r\n＝＋－＠]"

_FORMULA = re.compile(FORMULA)
_GUARDED = re.compile(f"'{FORMULA}")


def guard(text: str) -> str:
    """Return a text that no spreadsheet runs as a formula.

    A text that begins with = + - @, a tab, a carriage return, a line feed or the full-width form of
    one of the first four, or with apostrophes and then one of these, gets an apostrophe in front.
    Every other text stays as it is. `unguard` takes exactly that apostrophe away again.
    """
    return f"'{text}" if _FORMULA.match(text) else text


def unguard(text: str) -> str:
    """Return the text that `guard` was given."""
    return text[1:] if _GUARDED.match(text) else text
