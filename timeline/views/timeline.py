"""The timeline: a page and a file of the same filter."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control

from timeline.exports.files import FILES, TIMELINE_CSV
from timeline.filters import TimelineFilter, filtered
from timeline.filters.facets import facets
from timeline.filters.words import chips, sentence
from timeline.queries.keyset import Order
from timeline.views.files import OF_PAGES
from timeline.views.frame import frame, readable
from timeline.views.place import Place

#: What of the filter the form beside the list does not show: it carries it along.
_HIDDEN = frozenset(
    {"conflict", "party", "accuser", "target", "truce", "process", "round", "place", "outlet"}
    | {
        "judged",
        "aggregate",
        "source",
        "reported_from",
        "reported_to",
        "changed_since",
        "as_of",
        "limit",
        "window",
    }
)


@cache_control(no_cache=True)
@readable
def timeline(request: HttpRequest) -> HttpResponse:
    """Show the list that a filter finds, its facets, and when it happened.

    The header's words depend on the clock, so the page has no ETag.
    """
    with filtered(request.GET) as timeline_filter:
        context = _page(timeline_filter)
    return render(request, "timeline/timeline.html", context)


def _page(timeline_filter: TimelineFilter) -> dict[str, object]:
    found = timeline_filter.reading
    page = timeline_filter.page()
    entries = timeline_filter.qs
    return frame(found, "timeline") | {
        "shown": found.revision,
        "now_url": "?" + timeline_filter.canonical(without=("as_of", "after")),
        "filter": timeline_filter,
        "is_filtered": bool(chips(timeline_filter)),
        "chips": chips(timeline_filter),
        "sentence": sentence(timeline_filter),
        "total": entries.count(),
        "facets": facets(timeline_filter),
        "hidden": {
            name: ",".join(given)
            for name, given in timeline_filter.asked.items()
            if name in _HIDDEN
        },
        "orders": Order.choices,
        "given": {
            name: " ".join(timeline_filter.asked.get(name, ())) for name in ("q", "from", "to")
        },
        "certainly": timeline_filter.certainly,
        "order": timeline_filter.ordering.value,
        "lines": found.lines(page.entries),
        "previous": page.previous
        and timeline_filter.canonical(without=("after",), after=str(page.previous)),
        "next": page.next and timeline_filter.canonical(without=("after",), after=str(page.next)),
        "files": [file for file in FILES if file is not TIMELINE_CSV],
        "file_query": timeline_filter.canonical(without=OF_PAGES),
        "map_query": timeline_filter.canonical(without=(*OF_PAGES, "order")),
        "permalink": timeline_filter.canonical(without=("after",), as_of=str(found.number)),
        "drawing": Place.of(timeline_filter),
    }
