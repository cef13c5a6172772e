"""Which filters the kept counts answer: the one place that says so."""

from collections.abc import Collection, Mapping
from typing import Any

from timeline.queries.kept import TOLD, Asked

#: Parameters that say how to read or to show a list, and not what is in it.
_OF_PAGES = frozenset({"as_of", "order", "after", "limit", "window"})


def asked_of_counts(given: Collection[str], values: Mapping[str, Any]) -> Asked | None:
    """Return what a filter asks of the kept counts; None where these cannot tell it.

    `given` names the parameters that are not at their default: `dates=certainly` is none that the
    counts know, as they do not know which dates are approximate.
    """
    if not _OF_PAGES.issuperset(set(given) - set(TOLD)):
        return None
    codes: dict[str, Collection[Any]] = {
        name: values[name] for name in ("kind", "act", "evidence") if values[name]
    }
    if values["conflict"]:
        codes["conflict_id"] = values["conflict"].refs
    if values["verdict"]:
        codes["verdict"] = stored_verdicts(values["verdict"])
    if values["aggregate"]:
        codes["is_aggregate"] = [code == "yes" for code in values["aggregate"]]
    since, until = values["from"], values["to"]
    return Asked(codes, since and since.earliest, until and until.latest)


def stored_verdicts(codes: Collection[str]) -> list[str]:
    """Return verdicts as entries hold them: what was not judged is empty there."""
    return ["" if code == NOT_JUDGED else code for code in codes]


NOT_JUDGED = "none"
"""The code of the filter for what was not judged."""
