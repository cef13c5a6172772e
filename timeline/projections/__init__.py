"""How records become what readers see: the one place that names every projection.

Each record kind has one projection, one SQL statement over the set of ids in
`live`; it fills `fact`, what that kind alone knows. What all kinds share
(citations, evidence, figures, links) is worked out once, in `cite.sql`.
"""

from typing import Final

from ceasefire.enums import ACT_PARENTS, Act
from sources.enums import RecordKind

#: Raise it when a projection or a file format changes. The next build then derives everything
#: afresh, and an older builder refuses to run.
VERSION: Final = 4

#: One statement a record kind, a file of `timeline/sql/` by its name.
PROJECTIONS: Final[dict[RecordKind, str]] = {kind: f"project_{kind.value}" for kind in RecordKind}


def act_path() -> list[tuple[str, str, int]]:
    """Return (act, act that it falls under, how far up) for every act, itself at distance 0."""
    rows = []
    for act in Act.values:
        above: str | None = act
        distance = 0
        while above is not None:
            rows.append((act, str(above), distance))
            above = ACT_PARENTS.get(above)
            distance += 1
    return rows
