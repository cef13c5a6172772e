"""On whose knowledge a record rests: its passages by origin, and what each says of two questions.

That it happened, and who did it, are two questions, and each has its own evidence. Independent are
origins that belong to no party; five papers that quote one agency are one origin.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from timeline.queries.passages import Passage

INDEPENDENT, ALIGNED, UNKNOWN, HIDDEN = "independent", "aligned", "unknown", "confidential"
#: What an origin is worth as a witness, in the order of the drawing.
WORTH: Final = {
    INDEPENDENT: _("independent"),
    ALIGNED: _("belongs to a party, so not counted as independent"),
    UNKNOWN: _("not said who reports it, so no origin"),
    HIDDEN: _("confidential"),
}


@dataclass(frozen=True)
class Strand:
    """One passage on its way from its origin: through which outlet, and what it says."""

    passage: Passage
    says_happened: bool
    """Whether it speaks of the record itself, and not only of who did it."""
    says_who: bool

    @property
    def stance(self) -> str:
        return self.passage.citing.stance

    @property
    def happened(self) -> str:
        """What it does to the statement that it happened; empty: it says nothing of it."""
        return self.stance if self.says_happened else ""

    @property
    def who(self) -> str:
        """What it does to the statements of who did it; empty: it says nothing of them."""
        return self.stance if self.says_who else ""


@dataclass(frozen=True)
class Origin:
    """Somebody whose knowledge it is, and all that we read of it."""

    name: str
    worth: str
    strands: tuple[Strand, ...]

    @property
    def worth_words(self) -> str:
        return str(WORTH[self.worth])


def origins_of(passages: Iterable[Passage], attributed: Iterable[str]) -> list[Origin]:
    """Return the passages of a record by origin, the independent ones first.

    `attributed` are the anchors of the passages on which attributions rest; "" for one that rests
    on no passage in particular.
    """
    anchors = set(attributed)
    groups: dict[tuple[str, str], list[Strand]] = {}
    for passage in passages:
        citing = passage.citing
        says_who = bool(anchors) and (
            passage.anchor in anchors
            or "attributions" in citing.fields
            or ("" in anchors and not citing.fields)
        )
        strand = Strand(
            passage=passage,
            # Whoever says who did it says that it happened; who denies it does not deny that.
            says_happened=citing.supports or set(citing.fields) != {"attributions"},
            says_who=says_who,
        )
        groups.setdefault((_worth(passage), citing.origin), []).append(strand)
    order = list(WORTH)
    ordered = sorted(groups.items(), key=lambda group: order.index(group[0][0]))
    return [Origin(name, worth, tuple(strands)) for (worth, name), strands in ordered]


def _worth(passage: Passage) -> str:
    citing = passage.citing
    if citing.confidential:
        return HIDDEN
    if not citing.is_origin_known:
        return UNKNOWN
    return ALIGNED if citing.aligned else INDEPENDENT
