"""What a file is made of: the lines that a filter finds, as of one revision, in one order."""

from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final, Self, TypeVar

from django.db import connection
from django.utils import translation

from timeline.models import Entry
from timeline.models.entry import EntryQuerySet
from timeline.queries import Line, Reading, Shown, reading
from timeline.queries.chunks import Chunk, chunk
from timeline.queries.keyset import Cursor, Order

#: How many lines a chunk has: few at first, so that the first bytes leave at once, then as many as
#: keep a few megabytes in memory.
FIRST_CHUNK: Final = 200
CHUNK: Final = 4_000

#: The language of every file.
ENGLISH: Final = "en"

Taken = TypeVar("Taken")


@dataclass(frozen=True)
class Selection:
    """The lines of a file. Nothing is read before it is streamed, and then chunk by chunk."""

    entries: EntryQuerySet
    revision: Shown
    order: Order
    site: str
    """The address in front of the rows' paths, with a slash at its end."""
    versions: EntryQuerySet
    """All versions of such lines up to that revision, those that ended too."""
    title: str
    """What was asked for, in a sentence."""
    query: str
    """The same as the parameters of an address, with the revision: it names the file's content."""
    asked: str
    """The same without revision and order: what a feed goes on to tell of."""

    @classmethod
    def of(cls, entries: EntryQuerySet, revision: Shown, *, site: str) -> Self:
        """Return some lines that nobody asked for, the oldest first: it has no words for them."""
        return cls(entries, revision, Order.OLDEST, site, entries, title="", query="", asked="")

    @property
    def key(self) -> tuple[str, str, str]:
        """Return what, beside its form, determines every byte of a file of these lines."""
        return self.site, self.query, self.title

    def url_of(self, path: str) -> str:
        """Return the whole address of these lines as another file, whenever it is asked for."""
        return f"{self.site}{path}?{self.query}"

    def read(self, take: Callable[[Reading, Chunk], Taken]) -> Generator[Taken, None, None]:
        """Yield what `take` makes of each chunk.

        Each is taken in a short reading of the revision, which ends before it is yielded: a slow
        reader of the file holds no transaction open.
        """
        after: Cursor | None = None
        size = FIRST_CHUNK
        # Before the first revision there is nothing to read.
        while self.revision.number:
            with _reading(self.revision.number) as found:
                lines = chunk(self.entries, order=self.order, after=after, limit=size)
                taken = take(found, lines)
            yield taken
            after, size = lines.next, CHUNK
            if after is None:
                return

    def told(self, tell: Callable[[Line], Taken | None]) -> Generator[list[Taken], None, None]:
        """Yield what `tell` says of the lines of each chunk; None: nothing, it is left out."""

        def take(found: Reading, lines: Chunk) -> list[Taken]:
            entries = Entry.objects.in_bulk(lines.id_list)
            said = map(tell, found.lines(entries[pk] for pk in lines.id_list))
            return [one for one in said if one is not None]

        return self.read(take)


@contextmanager
def _reading(revision: int) -> Iterator[Reading]:
    # A file has one language, whoever asks for it.
    with reading(revision) as found, connection.cursor() as cursor, translation.override(ENGLISH):
        # A day is written year first; and what compiling these statements costs, they never save.
        cursor.execute("SET LOCAL DateStyle = 'ISO'; SET LOCAL jit = off")
        yield found
