"""The timeline: the list that a filter finds, and what else could be chosen of it."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from timeline.exports.files import FILES, TIMELINE_CSV
from timeline.filters import TimelineFilter, filtered
from timeline.filters.facets import facets, plain_facets
from timeline.filters.words import chips, sentence
from timeline.queries.keyset import Order
from timeline.queries.sentences import enumerated
from timeline.views.files import OF_PAGES
from timeline.views.frame import cited, frame, readable
from timeline.views.kept import kept
from timeline.views.place import Place

#: What of the filter the form beside the list does not show: it carries it along.
_HIDDEN = frozenset(
    {"conflict", "accuser", "target", "truce", "process", "round", "outlet", "judged", "aggregate"}
    | {"source", "reported_from", "reported_to", "changed_since", "as_of", "limit", "window"}
)


@readable
def timeline(request: HttpRequest) -> HttpResponseBase:
    """Show the list that a filter finds, and when it happened.

    The list comes first: in a large timeline what takes counting comes with `facet_page`.
    """
    with filtered(request.GET) as timeline_filter:
        return kept(
            request,
            timeline_filter.reading,
            timeline_filter.canonical(),
            lambda: _listed(request, timeline_filter),
        )


def _listed(request: HttpRequest, timeline_filter: TimelineFilter) -> HttpResponse:
    context = _page(timeline_filter)
    title = gettext("Timeline: %(filter)s") % {"filter": sentence(timeline_filter)}
    context |= cited(request, timeline_filter.reading, title, str(context["permalink"]))
    return render(request, "timeline/timeline.html", context)


@readable
def facet_page(request: HttpRequest) -> HttpResponseBase:
    """Show the form of a filter with all its counts: a page, of which others take the pieces."""

    def page() -> HttpResponse:
        context = _form(timeline_filter) | {
            # First, as it may count the total, too.
            "facets": facets(timeline_filter),
            "total": timeline_filter.counts.total(),
            "possible_duplicates": timeline_filter.possible_duplicates(),
            "are_counted": True,
        }
        return render(request, "timeline/facets.html", context)

    with filtered(request.GET, refusing=OF_PAGES) as timeline_filter:
        return kept(request, timeline_filter.reading, timeline_filter.canonical(), page)


def _page(timeline_filter: TimelineFilter) -> dict[str, object]:
    found = timeline_filter.reading
    page = timeline_filter.page()
    is_small = found.is_small()
    pinned = str(found.number)
    return _form(timeline_filter) | {
        "is_paging": bool(timeline_filter.value("after")),
        "total": timeline_filter.counts.total()
        if is_small or timeline_filter.are_counts_kept
        else None,
        "possible_duplicates": timeline_filter.possible_duplicates(),
        "facets": facets(timeline_filter) if is_small else plain_facets(timeline_filter),
        "are_counted": is_small,
        "lines": found.lines(page.entries),
        # Pages of one list keep to its revision, so that nothing moves from one to another.
        "previous": page.previous
        and timeline_filter.canonical(as_of=pinned, after=str(page.previous)),
        "next": page.next and timeline_filter.canonical(as_of=pinned, after=str(page.next)),
        "drawing": Place.of(timeline_filter),
    }


def _form(timeline_filter: TimelineFilter) -> dict[str, object]:
    """Return what stands around a list, and takes no counting."""
    found = timeline_filter.reading
    query = timeline_filter.canonical(without=OF_PAGES)
    return frame(found, "timeline") | {
        "now_url": "?" + timeline_filter.canonical(without=("as_of", "after")),
        "is_filtered": bool(chips(timeline_filter)),
        "chips": chips(timeline_filter),
        "guesses": [(word, enumerated(names)) for word, names in timeline_filter.guesses],
        "sentence": sentence(timeline_filter),
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
        "files": [file for file in FILES if file is not TIMELINE_CSV],
        "list_url": _url("timeline:timeline", query),
        "facets_url": _url("timeline:facets", query),
        "file_query": query,
        "map_query": timeline_filter.canonical(without=(*OF_PAGES, "order")),
        "permalink": timeline_filter.canonical(without=("after",), as_of=str(found.number)),
    }


def _url(name: str, query: str) -> str:
    return f"{reverse(name)}?{query}" if query else reverse(name)
