"""The facets beside a list: what else could be chosen, and how many entries it would give.

Each facet is counted under the whole filter but for its own parameter, so that a number says what
choosing it gives. The counts of `kind`, `verdict` and `evidence` divide the list: with nothing, or
all of it, chosen in a facet they add up to the total. `act` is empty where nothing was done, and
an entry may have several origins and accused, so these do not add up.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ceasefire.enums import Act
from sources.enums import RecordKind
from timeline.enums import Evidence, Topic
from timeline.filters.timeline import NONE, ORIGINS, UNKNOWN, VERDICTS, TimelineFilter
from timeline.queries.facets import count_accused, count_by, count_origins, outlet_ids
from timeline.queries.lines import usual_name

LONGEST = 10
"""Of parties and outlets only the most frequent are offered, and those that are chosen."""


@dataclass(frozen=True)
class Option:
    """One value that a facet offers."""

    value: str
    text: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Facet:
    """One parameter with the values that it could take."""

    parameter: str
    title: str
    options: tuple[Option, ...]


def facets(timeline_filter: TimelineFilter) -> list[Facet]:
    """Return the facets of a filter: one query each, and one for all their names."""
    entries = {
        name: timeline_filter.lacking((name,))
        for name in ("kind", "verdict", "accused", "evidence", "act", "origin")
    }
    verdicts = count_by(entries["verdict"], "verdict")
    accused = count_accused(entries["accused"], timeline_filter.reading.number)
    origins = count_origins(entries["origin"])
    timeline_filter.reading.preload(
        {Topic.PARTY: accused.keys(), Topic.OUTLET: outlet_ids(origins)}
    )
    return [
        _codes(timeline_filter, "kind", RecordKind.choices, count_by(entries["kind"], "kind")),
        _codes(
            timeline_filter,
            "verdict",
            VERDICTS.items(),
            {code or NONE: count for code, count in verdicts.items()},
            keep_empty=True,
        ),
        _things(
            timeline_filter,
            "accused",
            {
                label.slug: (usual_name(label), accused[ref])
                for ref in accused
                if (label := timeline_filter.reading.label(Topic.PARTY, ref)) is not None
            },
        ),
        _codes(
            timeline_filter,
            "evidence",
            Evidence.choices,
            count_by(entries["evidence"], "evidence"),
            keep_empty=True,
        ),
        _codes(timeline_filter, "act", Act.choices, count_by(entries["act"], "act")),
        _things(timeline_filter, "origin", _origins(timeline_filter, origins)),
    ]


def _origins(
    timeline_filter: TimelineFilter, counts: Mapping[str, int]
) -> dict[str, tuple[str, int]]:
    found = {}
    for origin, count in counts.items():
        if origin == UNKNOWN:
            found[UNKNOWN] = (str(ORIGINS[UNKNOWN]), count)
            continue
        (ref,) = outlet_ids([origin])
        label = timeline_filter.reading.label(Topic.OUTLET, ref)
        if label is not None:
            found[label.slug] = (usual_name(label), count)
    return found


def _codes(
    timeline_filter: TimelineFilter,
    name: str,
    choices: Iterable[tuple[str, object]],
    counts: Mapping[str, int],
    *,
    keep_empty: bool = False,
) -> Facet:
    chosen = timeline_filter.asked.get(name, ())
    options = (
        Option(code, str(words), counts.get(code, 0), code in chosen) for code, words in choices
    )
    return Facet(
        name,
        str(timeline_filter.filters[name].label),
        tuple(option for option in options if option.count or option.is_chosen or keep_empty),
    )


def _things(
    timeline_filter: TimelineFilter, name: str, counts: Mapping[str, tuple[str, int]]
) -> Facet:
    chosen = timeline_filter.asked.get(name, ())
    value = timeline_filter.value(name)
    names = {label.slug: usual_name(label) for label in value.labels} if value else {}
    offered = [slug for place, slug in enumerate(counts) if place < LONGEST or slug in chosen]
    missing = [slug for slug in chosen if slug not in counts]
    codes = timeline_filter.filters[name].field.codes
    return Facet(
        name,
        str(timeline_filter.filters[name].label),
        (
            *(Option(slug, *counts[slug], slug in chosen) for slug in offered),
            *(
                Option(slug, names.get(slug, str(codes.get(slug, slug))), 0, True)
                for slug in missing
            ),
        ),
    )
