"""The timeline: a page and a file of the same filter."""

import hashlib

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import quote_etag
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from timeline import exports
from timeline.filters import InvalidFilterError, TimelineFilter, filtered
from timeline.filters.facets import facets
from timeline.filters.words import chips, sentence
from timeline.queries.keyset import Order
from timeline.queries.strip import strip
from timeline.views.frame import frame, readable

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
    }
)
#: What a link to the file leaves out: a file has neither pages nor, unless asked for, an order.
_OF_PAGES = ("after", "limit")


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
    since, until = timeline_filter.value("from"), timeline_filter.value("to")
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
        "file_query": timeline_filter.canonical(without=_OF_PAGES),
        "map_query": timeline_filter.canonical(without=(*_OF_PAGES, "order")),
        "permalink": timeline_filter.canonical(without=("after",), as_of=str(found.number)),
        "strip": strip(
            found,
            entries,
            since=since.earliest if since else None,
            until=until.latest if until else None,
        ),
    }


@require_safe
@cache_control(no_cache=True)
def timeline_csv(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """Stream every line that a filter finds, as of one revision, as CSV."""
    try:
        with filtered(request.GET, refusing=_OF_PAGES) as timeline_filter:
            revision = timeline_filter.reading.number
            query = timeline_filter.canonical(
                as_of=str(revision), order=timeline_filter.file_order.value
            )
            is_whole = not timeline_filter.canonical(without=("as_of", "order"))
            entries, order = timeline_filter.qs, timeline_filter.file_order
    except InvalidFilterError as error:
        return HttpResponse(
            "".join(f"{name}: {reason}\n" for name, reason in error.problems),
            status=400,
            content_type="text/plain; charset=utf-8",
        )
    site = request.build_absolute_uri("/")
    key = f"{exports.VERSION} {site} {query}"
    etag = quote_etag(hashlib.sha256(key.encode()).hexdigest()[:32])
    response = StreamingHttpResponse(
        exports.csv_stream(entries, revision=revision, order=order, site=site),
        content_type="text/csv; charset=utf-8; header=present",
    )
    part = "" if is_whole else "-part"
    response["Content-Disposition"] = (
        f'attachment; filename="truceline-revision-{revision}{part}.csv"'
    )
    response["X-Truceline-Revision"] = str(revision)
    response["ETag"] = etag
    patch_vary_headers(response, ["Host"])
    conditional = get_conditional_response(
        request,
        etag=etag,
        response=response,  # type: ignore[arg-type]  # a stream has all the headers that it reads
    )
    return conditional or response
