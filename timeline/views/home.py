"""Where readers start, what changed, and how verdicts are judged."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext

from timeline.filters import InvalidFilterError
from timeline.queries import revisions, things
from timeline.views.frame import frame, opened, readable
from timeline.views.kept import kept

#: How many revisions the first page tells of, and how many lines of each.
REVISIONS_AT_HOME = 3
LINES_AT_HOME = 6
REVISIONS_PER_PAGE = 50


@readable
def home(request: HttpRequest) -> HttpResponseBase:
    def page() -> HttpResponse:
        context = frame(found) | {
            "conflicts": things.conflict_cards(found),
            "changes": revisions.latest(found, revisions=REVISIONS_AT_HOME, lines=LINES_AT_HOME),
        }
        return render(request, "timeline/home.html", context)

    with opened(request) as found:
        return kept(request, found, request.GET.urlencode(), page)


@readable
def revision_list(request: HttpRequest) -> HttpResponse:
    before = _number(request.GET.get("before", ""))
    with opened(request, "before") as found:
        cards = revisions.cards(limit=REVISIONS_PER_PAGE + 1, before=before)
        context = frame(found) | {
            "cards": cards[:REVISIONS_PER_PAGE],
            "before": cards[REVISIONS_PER_PAGE - 1].number
            if len(cards) > REVISIONS_PER_PAGE
            else None,
        }
        return render(request, "timeline/revision_list.html", context)


@readable
def revision(request: HttpRequest, *, number: int) -> HttpResponse:
    with opened(request) as found:
        page = revisions.page(found, number)
        if page is None:
            raise Http404
        return render(request, "timeline/revision_detail.html", frame(found) | {"page": page})


@readable
def method(request: HttpRequest) -> HttpResponse:
    with opened(request) as found:
        return render(request, "timeline/method.html", frame(found))


def _number(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise InvalidFilterError([("before", gettext("Give the number of a revision."))])
    return int(text)
