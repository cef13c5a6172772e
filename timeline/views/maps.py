"""The map of the incidents that a filter finds."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext
from django.views.decorators.cache import cache_control

from sources.enums import RecordKind
from talks.enums import PlacePrecision
from timeline.enums import Verdict
from timeline.filters import InvalidFilterError, TimelineFilter, filtered
from timeline.filters.words import chips, sentence
from timeline.queries.map import Box, BoxError, MapDrawing, Spot, draw, spots
from timeline.queries.map.clusters import Cluster
from timeline.queries.sentences import grouped
from timeline.views.frame import frame, readable
from timeline.views.kept import kept

_OF_LISTS = ("after", "limit", "order")
#: Of the places of a map as many stand in the table below it; the others are in the file.
MOST_ROWS = 50
NAMED = 3
"""Of the places in one mark as many are named."""


@dataclass(frozen=True)
class Mark:
    """One mark of the map with its words and where it leads."""

    cluster: Cluster
    text: str
    url: str


@dataclass(frozen=True)
class Row:
    """One place in the table that says the same as the map."""

    name: str
    url: str
    exactness: str
    count: int
    verdicts: tuple[int, ...]


@cache_control(no_cache=True)
@readable
def incident_map(request: HttpRequest) -> HttpResponseBase:
    """Show where the incidents that a filter finds were; `box` says which part of the world."""
    query = request.GET.copy()
    asked = query.pop("box", [])
    try:
        box = Box.parse(asked[-1]) if asked and asked[-1] else None
    except BoxError as error:
        raise InvalidFilterError([("box", str(error))]) from error

    def page() -> HttpResponse:
        drawing = draw(
            spots(timeline_filter.reading, timeline_filter.qs),
            box=box,
            language=get_language() or settings.LANGUAGE_CODE,
            tile_template=settings.MAP_TILES,
        )
        context = frame(timeline_filter.reading, "timeline") | _page(
            timeline_filter, drawing, is_moved=box is not None
        )
        return render(request, "timeline/map.html", context)

    with filtered(query, refusing=_OF_LISTS) as timeline_filter:
        key = f"{box or ''} {timeline_filter.canonical()}"
        return kept(request, timeline_filter.reading, key, page)


def _page(
    timeline_filter: TimelineFilter, drawing: MapDrawing, *, is_moved: bool
) -> dict[str, object]:
    query = timeline_filter.canonical()
    return {
        "query": query,
        "aggregates": timeline_filter.qs.of_kinds([RecordKind.INCIDENT]).told_as([True]).count(),
        "aggregates_query": timeline_filter.canonical(
            kind=RecordKind.INCIDENT.value, aggregate="yes"
        ),
        "now_url": "?" + timeline_filter.canonical(without=("as_of",)),
        "chips": chips(timeline_filter),
        "sentence": sentence(timeline_filter),
        "is_moved": is_moved,
        "map": drawing,
        "sheets": [
            {
                "sheet": sheet,
                "marks": [_mark(cluster, timeline_filter) for cluster in sheet.clusters],
                "closer": _boxed(query, sheet.closer),
                "wider": _boxed(query, sheet.wider),
            }
            for sheet in drawing.sheets
        ],
        "rows": [_row(spot, timeline_filter) for spot in drawing.drawn[:MOST_ROWS]],
        "left_out": max(0, len(drawing.drawn) - MOST_ROWS),
        "undrawn": [_row(spot, timeline_filter) for spot in drawing.undrawn[:MOST_ROWS]],
        "verdicts": [str(words) for _, words in Verdict.choices] + [gettext("not judged")],
        "credit": settings.MAP_TILES_CREDIT,
    }


def _boxed(query: str, box: Box) -> str:
    joined = urlencode({"box": str(box)}, safe=",")
    return f"{query}&{joined}" if query else joined


def _mark(cluster: Cluster, timeline_filter: TimelineFilter) -> Mark:
    box = cluster.box()
    if box is not None:
        url = "?" + _boxed(timeline_filter.canonical(), box)
    else:
        url = _list_of(cluster.spots[0], timeline_filter)
    return Mark(cluster, _words(cluster), url)


def _words(cluster: Cluster) -> str:
    incidents = ngettext("%(count)s incident", "%(count)s incidents", cluster.count) % {
        "count": grouped(cluster.count)
    }
    names = "; ".join(_name(spot) for spot in cluster.spots[:NAMED])
    more = len(cluster.spots) - NAMED
    if more > 0:
        names = ngettext(
            "%(names)s and %(count)s more place", "%(names)s and %(count)s more places", more
        ) % {"names": names, "count": more}
    if cluster.is_area:
        return gettext("%(incidents)s somewhere in: %(places)s") % {
            "incidents": incidents,
            "places": names,
        }
    return gettext("%(incidents)s: %(places)s") % {"incidents": incidents, "places": names}


def _row(spot: Spot, timeline_filter: TimelineFilter) -> Row:
    judged = [spot.verdicts.get(code, 0) for code in Verdict.values]
    return Row(
        name=_name(spot),
        url=_list_of(spot, timeline_filter) if spot.label else "",
        exactness=_exactness(spot),
        count=spot.count,
        verdicts=(*judged, spot.count - sum(judged)),
    )


def _name(spot: Spot) -> str:
    return spot.label.name if spot.label else gettext("place not recorded")


def _exactness(spot: Spot) -> str:
    if spot.label is None:
        return ""
    words = gettext("not recorded")
    if spot.precision is not None:
        words = str(PlacePrecision(spot.precision).label).partition(" · ")[2]
    return (
        words if spot.point else gettext("%(exactness)s; no point recorded") % {"exactness": words}
    )


def _list_of(spot: Spot, timeline_filter: TimelineFilter) -> str:
    """Return the address of the list of these incidents, and of those at places within."""
    assert spot.label is not None
    query = timeline_filter.canonical(
        kind=RecordKind.INCIDENT.value, aggregate="no", place=spot.label.slug
    )
    return f"{reverse('timeline:timeline')}?{query}"
