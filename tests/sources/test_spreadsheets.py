"""A cell that a spreadsheet would run is made harmless, and read back as it was."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.spreadsheets import guard, unguard


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+49", "'+49"),
        ("-x", "'-x"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("\nx", "'\nx"),
        ("＝1", "'＝1"),
        ("'=1", "''=1"),
        ("''=1", "'''=1"),
        ("'tis", "'tis"),
        ("'", "'"),
        ("", ""),
        (" =1", " =1"),
        ("a=1", "a=1"),
    ],
)
def test_guard_makes_a_formula_harmless(text: str, cell: str) -> None:
    assert guard(text) == cell
    assert unguard(cell) == text


@given(st.text(alphabet="'=+-@\t\r\n＝＋ab", max_size=6) | st.text())
def test_guard_is_reversible_and_leaves_no_formula(text: str) -> None:
    guarded = guard(text)

    assert unguard(guarded) == text
    assert not re.match(r"[=+\-@\t\r\n＝＋－＠]", guarded)


@given(st.text(alphabet="'=+-@\t\r\n＝＋ab", max_size=6), st.text(alphabet="'=-a", max_size=4))
def test_guard_keeps_texts_apart(one: str, other: str) -> None:
    assert (guard(one) == guard(other)) == (one == other)
