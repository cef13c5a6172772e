"""The facets beside a list: what else could be chosen, and how many entries it would give.

Each facet is counted under the whole filter but for its own parameter, so that a number says what
choosing it gives. The counts of `kind`, `verdict` and `evidence` divide the list: with nothing, or
all of it, chosen in a facet they add up to the total. An incident judged under several truces is
counted once there, by the gravest (docs/verdict.md); what one truce makes of it, `judged` asks.
`act` is empty where nothing was done, and an entry may name several parties, rest on several
origins and lie in no region, so these do not add up.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from ceasefire.enums import Act
from sources.enums import RecordKind
from timeline.enums import Evidence, Mention, Topic
from timeline.filters.timeline import NONE, ORIGINS, UNKNOWN, VERDICTS, TimelineFilter
from timeline.queries.counts import PARAMETERS, UNKNOWN_ORIGIN
from timeline.queries.lines import usual_name

LONGEST = 10
"""Of parties, outlets and regions only the most frequent are offered, and what is chosen."""

CODES = {
    "kind": dict(RecordKind.choices),
    "verdict": VERDICTS,
    "evidence": dict(Evidence.choices),
    "act": dict(Act.choices),
}
#: These have so few values that those which give nothing are shown, too.
_WHOLE = frozenset({"verdict", "evidence"})
_TOPICS = {
    Mention.PARTY: Topic.PARTY,
    Mention.ACCUSED: Topic.PARTY,
    Mention.ORIGIN: Topic.OUTLET,
    Mention.REGION: Topic.PLACE,
}
_TITLES = {"place": _("Region")}

#: The facets in their order beside the list.
ORDER = (
    *("kind", "verdict", Mention.PARTY, Mention.ACCUSED),
    *("evidence", "act", Mention.REGION, Mention.ORIGIN),
)


@dataclass(frozen=True)
class Option:
    """One value that a facet offers; without a count where nobody has counted yet."""

    value: str
    text: str
    count: int | None
    is_chosen: bool


@dataclass(frozen=True)
class Facet:
    """One parameter with the values that it could take."""

    parameter: str
    title: str
    options: tuple[Option, ...]


def facets(timeline_filter: TimelineFilter) -> list[Facet]:
    """Return the facets of a filter with their counts, and read their names in one query."""
    counts = timeline_filter.counts
    mentioned = {mention: _offered(timeline_filter, mention) for mention in _TOPICS}
    wanted: dict[str, set[int]] = {}
    for mention, found in mentioned.items():
        wanted.setdefault(_TOPICS[mention], set()).update(found.keys() - {UNKNOWN_ORIGIN})
    timeline_filter.reading.preload(wanted)
    return [
        _things(timeline_filter, name, mentioned[name])
        if isinstance(name, Mention)
        else _codes(timeline_filter, name, counts.by_code(name))
        for name in ORDER
    ]


def plain_facets(timeline_filter: TimelineFilter) -> list[Facet]:
    """Return the facets as they are before anything was counted: what is asked, and every code."""
    return [
        _things(timeline_filter, name, {})
        if isinstance(name, Mention)
        else _codes(timeline_filter, name, None)
        for name in ORDER
    ]


def _codes(timeline_filter: TimelineFilter, name: str, counts: Mapping[str, int] | None) -> Facet:
    chosen = timeline_filter.asked.get(name, ())
    found = None if counts is None else {code or NONE: count for code, count in counts.items()}
    options = (
        Option(code, str(words), None if found is None else found.get(code, 0), code in chosen)
        for code, words in CODES[name].items()
    )
    return Facet(
        name,
        str(timeline_filter.filters[name].label),
        tuple(
            option for option in options if option.count != 0 or option.is_chosen or name in _WHOLE
        ),
    )


def _offered(timeline_filter: TimelineFilter, mention: Mention) -> dict[int, int]:
    """Return how many entries mention the most frequent things, and those that are chosen."""
    counts = timeline_filter.counts_without(PARAMETERS[mention]).by_mention(mention)
    value = timeline_filter.value(PARAMETERS[mention])
    chosen = {label.ref for label in value.labels} if value else set()
    return {
        ref: count
        for place, (ref, count) in enumerate(counts.items())
        if place < LONGEST or ref in chosen
    }


def _things(timeline_filter: TimelineFilter, mention: Mention, counts: Mapping[int, int]) -> Facet:
    name = PARAMETERS[mention]
    chosen = timeline_filter.asked.get(name, ())
    options = []
    for ref, count in counts.items():
        if mention == Mention.ORIGIN and ref == UNKNOWN_ORIGIN:
            options.append(Option(UNKNOWN, str(ORIGINS[UNKNOWN]), count, UNKNOWN in chosen))
        elif label := timeline_filter.reading.label(_TOPICS[mention], ref):
            options.append(Option(label.slug, usual_name(label), count, label.slug in chosen))
    return Facet(
        name,
        str(_TITLES.get(name, timeline_filter.filters[name].label)),
        (*options, *_missing(timeline_filter, name, {option.value for option in options}, counts)),
    )


def _missing(
    timeline_filter: TimelineFilter, name: str, offered: set[str], counts: Mapping[int, int]
) -> Iterable[Option]:
    """Yield what is chosen and not among the options: it gives nothing, or nobody has counted."""
    value = timeline_filter.value(name)
    names = {label.slug: usual_name(label) for label in value.labels} if value else {}
    codes = timeline_filter.filters[name].field.codes
    for slug in timeline_filter.asked.get(name, ()):
        if slug not in offered:
            yield Option(
                slug, names.get(slug, str(codes.get(slug, slug))), 0 if counts else None, True
            )
