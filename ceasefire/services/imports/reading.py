"""Reads a table out of a file: compressed or not, in whatever of its usual encodings."""

import codecs
import csv
import gzip
import io
import lzma
import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Any, Final, cast

from sources.spreadsheets import unguard

CHUNK: Final = 1 << 20
#: No cell is longer; where one seems to be, a quotation mark was not closed.
LONGEST_CELL: Final = 1 << 20
#: The last column of the rows that an import gave back, with what was wrong with them.
REASONS: Final = "reasons"

_HXL: Final = re.compile(r"#[A-Za-z]")
_MAGIC: Final[dict[bytes, Any]] = {b"\x1f\x8b": gzip.open, b"\xfd7zXZ\x00": lzma.open}


class BadFile(Exception):  # noqa: N818  # reads as what it says
    """The file as a whole cannot be read. The message is one sentence."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a file: its number as a spreadsheet counts, and its cells by their columns."""

    number: int
    cells: dict[str, str]
    #: What is wrong with its shape, if anything: then `cells` holds what could be told.
    fault: str = ""


class Table:
    """A file that was opened and whose header was read: can be gone through more than once."""

    def __init__(
        self,
        content: IO[bytes],
        *,
        known: Sequence[str],
        required: Sequence[str],
        encoding: str = "",
        is_guarded: bool = False,
    ) -> None:
        """Read the header. Raises BadFile where the file is not such a table.

        `known` are the columns that the format has, `required` those that it cannot do without.
        `is_guarded`: its cells are guarded against spreadsheets, as those of a file that we gave
        back are anyway. Without `encoding` it is found out: UTF-8, with or without a mark, or
        Windows-1252.
        """
        self._content = content
        self.encoding = _checked(encoding) or _find_encoding(self._bytes())
        self._delimiter = ","
        self.columns = self._header(known, required)
        self._is_guarded = is_guarded or self.columns[-1] == REASONS

    def rows(self) -> Iterator[Row]:
        """Yield the rows after the header. Raises BadFile where the file breaks off."""
        records = self._records()
        next(records)
        for number, record in records:
            if not any(record):
                continue
            if number == 2 and _is_hxl(record):
                continue
            cells = dict(zip(self.columns, record, strict=False))
            cells.pop(REASONS, None)
            if self._is_guarded:
                cells = {name: unguard(cell) for name, cell in cells.items()}
            fault = ""
            if len(record) != len(self.columns):
                fault = f"It has {len(record)} cells, and the header has {len(self.columns)}."
            if "\x00" in "".join(record):
                fault = "It holds a character that is zero."
                cells = {name: cell.replace("\x00", "") for name, cell in cells.items()}
            yield Row(number, cells, fault)

    def _header(self, known: Sequence[str], required: Sequence[str]) -> list[str]:
        try:
            _, header = next(self._records())
        except StopIteration:
            raise BadFile("The file is empty.") from None
        if len(header) == 1:
            for delimiter in (";", "\t"):
                if delimiter in header[0]:
                    self._delimiter = delimiter
                    _, header = next(self._records())
                    break
        columns = [name.strip().lower() for name in header]
        while columns and not columns[-1]:
            columns.pop()
        if not columns:
            raise BadFile("The file has no header: its first row is empty.")
        allowed = {*known, REASONS}
        if unknown := [name for name in columns if name not in allowed]:
            raise BadFile(
                f"{_listed('Column', unknown)} not known to this format. It knows: "
                f"{', '.join(known)}."
            )
        if twice := sorted({name for name in columns if columns.count(name) > 1}):
            raise BadFile(f"{_listed('Column', twice)} there more than once.")
        if missing := [name for name in required if name not in columns]:
            raise BadFile(f"{_listed('Column', missing)} missing.")
        if REASONS in columns[:-1]:
            raise BadFile(f"Column “{REASONS}” must be the last.")
        return columns

    def _records(self) -> Iterator[tuple[int, list[str]]]:
        text = io.TextIOWrapper(cast("Any", self._bytes()), encoding=self.encoding, newline="")
        csv.field_size_limit(LONGEST_CELL)
        number = 0
        try:
            for record in csv.reader(text, delimiter=self._delimiter, strict=True):
                number += 1
                yield number, record
        except csv.Error as error:
            raise BadFile(f"Row {number + 1} is not CSV: {_in_words(error)}.") from error
        except UnicodeDecodeError as error:
            raise BadFile(
                f"Row {number + 1} or one soon after it is not {self.encoding}: {error.reason}."
            ) from error
        except (OSError, EOFError, lzma.LZMAError, zlib.error) as error:
            raise BadFile(f"The file is damaged: {error}.") from error
        finally:
            text.detach()  # else it would close the file, which is gone through again

    def _bytes(self) -> IO[bytes]:
        """Return the file from its beginning, without its compression."""
        self._content.seek(0)
        start = self._content.read(6)
        self._content.seek(0)
        for magic, opened in _MAGIC.items():
            if start.startswith(magic):
                return cast("IO[bytes]", opened(self._content))
        return self._content


def _checked(encoding: str) -> str:
    if not encoding:
        return ""
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        raise BadFile(
            f"“{encoding}” is not an encoding known here. Write utf-8, cp1252 or iso-8859-6."
        ) from None


def _find_encoding(content: IO[bytes]) -> str:
    """Return the encoding: UTF-8 where the whole file is, else Windows-1252 where it can be."""
    utf8 = codecs.getincrementaldecoder("utf-8")()
    cp1252 = codecs.getincrementaldecoder("cp1252")()
    is_utf8 = is_cp1252 = True
    is_first, is_marked = True, False
    try:
        while chunk := content.read(CHUNK):
            if is_first:
                is_first, is_marked = False, chunk.startswith(codecs.BOM_UTF8)
                if chunk.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
                    raise BadFile("The file is in UTF-16. Save it as UTF-8.")
            if b"\x00" in chunk:
                raise BadFile("The file is not text: it holds bytes that are zero.")
            is_utf8 = is_utf8 and _decodes(utf8, chunk)
            is_cp1252 = is_cp1252 and _decodes(cp1252, chunk)
        is_utf8 = is_utf8 and _decodes(utf8, b"", final=True)
    except (OSError, EOFError, lzma.LZMAError, zlib.error) as error:
        raise BadFile(f"The file is damaged: {error}.") from error
    if is_utf8:
        return "utf-8-sig" if is_marked else "utf-8"
    if is_cp1252:
        return "cp1252"
    raise BadFile("The encoding is neither UTF-8 nor Windows-1252. Save the file as UTF-8.")


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True


def _is_hxl(record: Sequence[str]) -> bool:
    """Return whether a row holds HXL's tags: `#event+id`."""
    filled = [cell.strip() for cell in record if cell.strip()]
    return bool(filled) and all(_HXL.match(cell) for cell in filled)


def _listed(what: str, names: Sequence[str]) -> str:
    quoted = ", ".join(f"“{name}”" for name in names)
    return f"{what} {quoted} is" if len(names) == 1 else f"{what}s {quoted} are"


def _in_words(error: csv.Error) -> str:
    text = str(error)
    if "field larger" in text or "unexpected end" in text:
        return "a quotation mark is opened and never closed"
    return text
