"""Pages of records and of the things that they hang on."""

from typing import Any

from django.core.paginator import InvalidPage, Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sources.enums import RecordKind
from timeline.enums import Topic
from timeline.filters import InvalidFilterError
from timeline.models import Label
from timeline.queries import incidents, parties, processes, records, rounds, things, truces
from timeline.views.frame import cited, detail, frame, opened, readable

#: How many things a list shows at once.
PER_PAGE = 200


def _of_record(page: Any) -> str:
    return str(page.record.line.title)


def _of_thing(page: Any) -> str:
    return str(page.name)


def _of_card(page: Any) -> str:
    return str(page.card.name)


talks_round = detail(
    "timeline/round_detail.html", "talks", rounds.page, titled=_of_record, drawn_by="round"
)
incident = detail("timeline/incident_detail.html", "timeline", incidents.page, titled=_of_record)
party = detail(
    "timeline/party_detail.html", "parties", parties.party_page, titled=_of_thing, drawn_by="party"
)
person = detail("timeline/person_detail.html", "parties", parties.person_page, titled=_of_thing)
process = detail(
    "timeline/process_detail.html", "talks", processes.page, titled=_of_thing, drawn_by="process"
)
conflict = detail(
    "timeline/conflict_detail.html", "", things.conflict_page, titled=_of_card, drawn_by="conflict"
)
source = detail("timeline/source_detail.html", "sources", things.source_page, titled=_of_card)


@readable
def record(request: HttpRequest, *, key: str) -> HttpResponse:
    """Show a record, or lead to its own page where its kind has one."""
    with opened(request) as found:
        page = records.page(found, key)
        if page is None:
            raise Http404
        if page.line.kind in (RecordKind.TRUCE, RecordKind.ROUND, RecordKind.INCIDENT):
            query = request.GET.urlencode()
            return redirect(f"{page.line.url}{'?' if query else ''}{query}")
        context = frame(found) | {"page": page} | cited(request, found, page.line.title)
        return render(request, "timeline/record_detail.html", context)


@readable
def truce_list(request: HttpRequest) -> HttpResponse:
    with opened(request) as found:
        context = frame(found, "truces") | {"lines": truces.listing(found)}
        return render(request, "timeline/truce_list.html", context)


@readable
def round_list(request: HttpRequest) -> HttpResponse:
    with opened(request) as found:
        context = frame(found, "talks") | {"groups": rounds.listing(found)}
        return render(request, "timeline/round_list.html", context)


@readable
def party_list(request: HttpRequest) -> HttpResponse:
    with opened(request, "page") as found:
        page = _page(request, found.all_labels(Topic.PARTY))
        rows = things.party_rows(list(page))
        context = frame(found, "parties") | {"rows": rows, "page": page}
        return render(request, "timeline/party_list.html", context)


@readable
def source_list(request: HttpRequest) -> HttpResponse:
    with opened(request, "page") as found:
        page = _page(request, found.all_labels(Topic.SOURCE))
        cards = things.source_cards(found, list(page))
        context = frame(found, "sources") | {"cards": cards, "page": page}
        return render(request, "timeline/source_list.html", context)


def _page(request: HttpRequest, labels: "QuerySet[Label]") -> "Page[Label]":
    try:
        return Paginator(labels, PER_PAGE).page(request.GET.get("page", "1"))
    except InvalidPage as error:
        raise InvalidFilterError([("page", f"{error}.".replace("..", "."))]) from error
