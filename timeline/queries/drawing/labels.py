"""The words beside marks: how wide they are, and in which row they have room."""

from dataclasses import dataclass, field

_NARROW = frozenset("iljtfrI.,:;'’‘“”!|()[]- ")
_WIDE = frozenset("mwMW@%—…")


def measured(text: str) -> float:
    """Return about how wide a text is in pixels, on the wide side, at the size of labels."""
    return sum(map(_letter, text))


def _letter(letter: str) -> float:
    if letter in _NARROW:
        return 3.6
    if letter in _WIDE:
        return 10.4
    if letter.isupper():
        return 8.2
    return 6.8 if ord(letter) < 0x1100 else 12.0


def cut(text: str, most: float) -> str:
    """Return a text, shortened at a word where it is wider than that."""
    if measured(text) <= most:
        return text
    width, end = 10.4, 0
    for end, letter in enumerate(text):  # noqa: B007  # where the text is full is what is asked
        width += _letter(letter)
        if width > most:
            break
    whole = text[:end].rpartition(" ")[0]
    kept = whole if len(whole) > end / 2 else text[:end]
    return f"{kept.rstrip(' ,;:–-')}…"


@dataclass
class Rows:
    """What is taken in each row of a lane, from where to where."""

    most: int
    taken: list[list[tuple[float, float]]] = field(default_factory=list)

    def take(self, begin: float, end: float, *, rows: int = 1) -> int | None:
        """Take the first row in which this is free, with those below it; None if none is."""
        for number in range(self.most - rows + 1):
            while len(self.taken) < number + rows:
                self.taken.append([])
            wanted = self.taken[number : number + rows]
            if all(end < first or begin > last for row in wanted for first, last in row):
                for row in wanted:
                    row.append((begin, end))
                return number
        return None

    @property
    def used(self) -> int:
        """How many rows hold anything."""
        return max((number for number, row in enumerate(self.taken, 1) if row), default=0)
