"""Reads the cells of one row, and finds every fault in it rather than the first."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final, TypeVar

Code = TypeVar("Code")
Read = TypeVar("Read")

_WHOLE: Final = re.compile(r"([+-]?\d{1,18})(?:\.0*)?")
_DECIMAL: Final = re.compile(r"[+-]?\d{1,6}(?:\.\d{1,20})?")
_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]00:00(?::00(?:\.0+)?)?)?")
_SLASHED: Final = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})( 12:00(?::00)? AM)?")
_LARGEST: Final = 2**31 - 1
#: So much is remembered of the rows of a file that went before.
_REMEMBERED: Final = 50_000


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found in one cell."""

    column: str
    value: str
    reason: str
    #: A fault keeps the row out; a remark does not.
    is_fault: bool = True

    def as_json(self) -> dict[str, object]:
        return asdict(self)


class Memory:
    """What is alike in many rows of one file, and so is worked out once."""

    def __init__(self) -> None:
        self.made: dict[object, Any] = {}
        self.wholes = _Wholes()


class _Wholes(dict[str, int | None]):
    """The whole numbers by the cells that were met; None for what is none."""

    def __missing__(self, cell: str) -> int | None:
        number = _read_whole(cell)
        if number is not None and len(self) < _REMEMBERED:
            self[cell] = number
        return number


class Cells:
    """The cells of one row. What cannot be read is found, and given as None."""

    def __init__(
        self,
        cells: Mapping[str, str],
        *,
        is_month_first: bool | None = None,
        memory: Memory | None = None,
    ) -> None:
        """`is_month_first` says how the file writes 3/4/2022; None: it does not say.

        `memory` is shared by the rows of a file.
        """
        self._cells = cells
        memory = memory or Memory()
        self._made, self._wholes = memory.made, memory.wholes
        self._is_month_first = is_month_first
        # A text is asked for several times, and worked out once.
        self._texts: dict[str, str] = {}
        self.findings: list[Finding] = []

    @property
    def is_good(self) -> bool:
        return not self.findings or not any(finding.is_fault for finding in self.findings)

    def fault(self, column: str, reason: str) -> None:
        self._find(Finding(column, self._cells.get(column, ""), reason))

    def remark(self, column: str, reason: str) -> None:
        self._find(Finding(column, self._cells.get(column, ""), reason, is_fault=False))

    def alike(self, read: Callable[["Cells"], Read], columns: Sequence[str]) -> Read:
        """Return what `read` makes of these columns, as of an earlier row that held the same.

        What something was found in is read again, to be found in this row too.
        """
        key = (read, *map(self._cells.get, columns))
        if key in self._made:
            known: Read = self._made[key]
            return known
        before = len(self.findings)
        made = read(self)
        if len(self.findings) == before and len(self._made) < _REMEMBERED:
            self._made[key] = made
        return made

    def text(self, column: str, *, required: bool = False, longest: int | None = None) -> str:
        """Return the text without the white space around it and doubled within it."""
        text = self._texts.get(column)
        if text is None:
            text = self._texts[column] = " ".join(self._cells.get(column, "").split())
        if not text and required:
            self.fault(column, "This is empty.")
        if longest is not None and len(text) > longest:
            self.fault(column, f"This has {len(text)} characters; at most {longest} are possible.")
        return text

    def whole(
        self, column: str, *, required: bool = False, least: int = 0, most: int = _LARGEST
    ) -> int | None:
        """Return a whole number; 214797.0 is one, as some programs write their ids."""
        number = self._wholes[self._cells.get(column, "")]
        if number is None:
            if self.text(column, required=required):
                self.fault(column, "This is not a whole number.")
            return None
        if not least <= number <= most:
            self.fault(column, f"This must be from {least} to {most}.")
            return None
        return number

    def decimal(self, column: str, *, most: int) -> str | None:
        """Return a number of degrees between -most and most, with five places, as text."""
        text = self.text(column)
        if not text:
            return None
        if not _DECIMAL.fullmatch(text):
            self.fault(column, "This is not a number of degrees.")
            return None
        degrees = float(text)
        if abs(degrees) > most:
            self.fault(column, f"This must be from −{most} to {most}.")
            return None
        return f"{degrees:.5f}"

    def code(self, column: str, codes: Mapping[int, Code], *, required: bool = True) -> Code | None:
        """Return what a code stands for."""
        number = self.whole(column, required=required, least=-(2**31))
        if number is None:
            return None
        if number not in codes:
            self.fault(column, f"There is no code {number}; there is {_or(list(codes))}.")
            return None
        return codes[number]

    def day(self, column: str, *, required: bool = False) -> date | None:
        """Return a day: 2017-01-15; 15/01/2017 and 1/15/2017 where the file tells which is which.

        A time of midnight behind it, as spreadsheets add one, is left out.
        """
        text = self.text(column, required=required)
        if not text:
            return None
        if found := _ISO.fullmatch(text):
            year, month, day = (int(part) for part in found.groups())
        elif found := _SLASHED.fullmatch(text):
            first, second, year = (int(part) for part in found.groups()[:3])
            is_month_first = self._is_month_first
            if found[4] or second > 12:
                is_month_first = True
            elif first > 12 or first == second:
                is_month_first = False
            if is_month_first is None:
                self.fault(
                    column,
                    "This can be read as day/month or as month/day, and no other row of the file "
                    "tells: write year-month-day.",
                )
                return None
            month, day = (first, second) if is_month_first else (second, first)
        else:
            self.fault(column, "This is not a date such as 2017-01-15.")
            return None
        try:
            return date(year, month, day)
        except ValueError:
            self.fault(column, "There is no such day.")
            return None

    def _find(self, finding: Finding) -> None:
        # A cell may be asked for twice; what is wrong with it is one thing.
        if finding not in self.findings:
            self.findings.append(finding)


def _read_whole(cell: str) -> int | None:
    text = cell.strip()
    bare = text.removesuffix(".0")
    if bare.isdecimal() and len(bare) <= 18:  # as most are, and every row has dozens
        return int(bare)
    found = _WHOLE.fullmatch(text)
    return None if found is None else int(found[1])


def month_comes_first(texts: Sequence[str]) -> bool | None:
    """Return whether dates with slashes begin with the month; None if nothing in them tells.

    What tells is a number above 12. With a time behind it (9/30/2022 12:00:00 AM) a date is
    American anyway and says nothing of the others.
    """
    bare = [found for text in texts if (found := _SLASHED.fullmatch(text.strip())) and not found[4]]
    is_day_first = any(int(found[1]) > 12 for found in bare)
    is_month_first = any(int(found[2]) > 12 for found in bare)
    return None if is_day_first == is_month_first else is_month_first


def _or(codes: Sequence[int]) -> str:
    words = [str(code) for code in codes]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"
