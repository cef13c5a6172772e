"""The CSV of the timeline: lines that are kept from the last time, and others made now."""

from collections.abc import Callable, Iterator

from sources.ahead import ahead
from timeline.exports.columns import VERSION
from timeline.exports.copying import CSV, cells, columns_of, copied, head, with_crlf
from timeline.exports.timeline_table import ENTRIES
from timeline.models import Entry, Revision
from timeline.queries import Reading, Shown
from timeline.queries.chunks import PIECE, Chunk
from timeline.queries.kept_lines import SITE, KeptLines, not_kept
from timeline.queries.selection import Selection
from timeline.services import keeping

#: The address of the site in lines that are made to be kept. It stands in the last cells, so what
#: somebody wrote before them may hold it as well.
_ANY_SITE = "https://any-site.invalid/"


def form_of(format_version: int) -> str:
    """Return what beside its revision makes the bytes of a line."""
    return f"{VERSION}.{format_version}"


def stream(selection: Selection) -> Iterator[bytes]:
    """Stream the timeline as CSV, as copying.csv_stream would."""
    columns = columns_of(ENTRIES, selection)
    statement = cells(ENTRIES, columns)
    site = selection.site.encode()
    kept = KeptLines(selection.revision.number, form=form_of(selection.revision.format_version))

    def made(lines: Chunk, at_a_time: int = PIECE) -> list[bytes]:
        return copied(selection, lines, statement, CSV, at_a_time=at_a_time)

    def with_site(piece: bytes) -> bytes:
        return piece.replace(SITE, site)

    def take(found: Reading, lines: Chunk) -> tuple[list[bytes], Callable[[bytes], bytes]]:
        known = kept.read(lines, selection.order)
        if known is None:
            return made(lines), with_crlf
        missing = [entry for piece in known for entry in piece.missing]
        others = map(with_crlf, made(Chunk.of(missing), 1) if missing else ())
        return [piece.filled(others) for piece in known], with_site

    yield head(columns)
    for pieces, finished in ahead(selection.read(take)):
        pieces.reverse()
        while pieces:
            # Gone from memory when it is sent: the next chunk needs its place.
            yield finished(pieces.pop())


def keeping_lines(revision: Revision, *, is_calm: bool = True) -> Iterator[int]:
    """Keep the lines of a revision that are not kept; yield after each chunk how many they were.

    Unless it `is_calm`, only where they are few: while edits come fast, what one of them changed in
    many lines the next one may change again. Whoever calls this holds the lock of those who keep
    lines, and may stop at any time.
    """
    kept, lacking = keeping.follow(revision, form=form_of(revision.format_version))
    if lacking is None and not is_calm:
        return
    entries = Entry.objects.as_of(revision.number)
    if lacking is not None:
        entries = entries.filter(id__in=lacking)
    selection = Selection.of(entries, Shown.of(revision), site=_ANY_SITE)
    statement = cells(ENTRIES, columns_of(ENTRIES, selection))

    def take(found: Reading, lines: Chunk) -> tuple[Chunk, list[bytes]]:
        missing = not_kept(lines)
        rows = copied(selection, missing, statement, CSV, at_a_time=1) if missing.size else ()
        return missing, [_for_any_site(with_crlf(row)) for row in rows]

    for missing, rows in selection.read(take) if lacking != [] else ():
        if rows:
            keeping.keep(kept, missing.id_list, rows)
        yield len(rows)
    if not kept.is_complete:
        keeping.complete(kept)


def _for_any_site(row: bytes) -> bytes:
    before, _, after = row.rpartition(_ANY_SITE.encode())
    return before + SITE + after
