"""Names that nobody bears, in Latin and in Arabic script."""

from random import Random
from typing import Final

SYLLABLES: Final = (
    *(("ba", "با"), ("da", "دا"), ("di", "دي"), ("fa", "فا"), ("ha", "ها"), ("ja", "جا")),
    *(("ka", "كا"), ("la", "لا"), ("lu", "لو"), ("ma", "ما"), ("mi", "مي"), ("na", "نا")),
    *(("nu", "نو"), ("qa", "قا"), ("ra", "را"), ("ri", "ري"), ("sa", "سا"), ("sha", "شا")),
    *(("ta", "تا"), ("ti", "تي"), ("wa", "وا"), ("ya", "يا"), ("za", "زا"), ("zu", "زو")),
)
ENDS: Final = (("", ""), ("n", "ن"), ("m", "م"), ("r", "ر"), ("b", "ب"), ("l", "ل"), ("d", "د"))


class Names:
    """Gives out names, none of them twice."""

    def __init__(self, random: Random, given: set[str]) -> None:
        """Take the chance to use, and the names that others have given out already."""
        self.random = random
        self.given = given

    def new(self, syllables: int = 3) -> tuple[str, str]:
        """Return a name in Latin script, and the same in Arabic."""
        while True:
            parts = [self.random.choice(SYLLABLES) for _ in range(syllables)]
            parts.append(self.random.choice(ENDS))
            latin, arabic = ("".join(script) for script in zip(*parts, strict=True))
            if latin not in self.given:
                self.given.add(latin)
                return latin.capitalize(), arabic


def accented(name: str) -> str:
    """Return the name as a scholar would write it."""
    return name.replace("a", "ā").replace("u", "ū")
