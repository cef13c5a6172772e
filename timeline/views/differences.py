"""What differs between two revisions, as a page and as a file."""

from dataclasses import dataclass

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from timeline.exports import differences as files
from timeline.exports.columns import VERSION
from timeline.filters import InvalidFilterError
from timeline.queries.differences import Difference, LineChange, What, difference, shown
from timeline.views.files import plainly
from timeline.views.frame import frame, opened, readable
from timeline.views.keys import key_of, unless_known

PER_PAGE = 100


@dataclass(frozen=True)
class DifferencePage:
    """Some of the changes between two revisions, and how many there are of each sort."""

    difference: Difference
    changes: tuple[LineChange, ...]
    number: int
    pages: int

    @property
    def added(self) -> int:
        return self.difference.count(What.ADDED)

    @property
    def changed(self) -> int:
        return self.difference.count(What.CHANGED)

    @property
    def removed(self) -> int:
        return self.difference.count(What.REMOVED)

    @property
    def previous(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        return self.number + 1 if self.number < self.pages else None


@readable
def revision_difference(request: HttpRequest, *, first: int, last: int) -> HttpResponse:
    with opened(request, "page") as found:
        page = _page(_difference(first, last), request.GET.get("page", "1"))
        context = frame(found) | {
            "page": page,
            "csv": reverse("files:revision_difference_csv", args=[first, last]),
        }
        return render(request, "timeline/revision_difference.html", context)


@plainly
def revision_difference_csv(request: HttpRequest, *, first: int, last: int) -> HttpResponseBase:
    """Stream the difference as CSV."""
    with opened(request):
        found = _difference(first, last)
    site = request.build_absolute_uri("/")
    response = StreamingHttpResponse(
        files.csv_stream(found, site), content_type="text/csv; charset=utf-8; header=present"
    )
    name = f"truceline-revisions-{first}-to-{last}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return unless_known(request, response, key_of(VERSION, "difference", site, first, last))


def _difference(first: int, last: int) -> Difference:
    """Return the difference; 404 where one of the revisions is none, 400 where they are turned."""
    if first >= last:
        raise InvalidFilterError(
            [
                (
                    f"{first}..{last}",
                    gettext("The earlier revision stands first, the later one behind it."),
                )
            ]
        )
    earlier, later = shown(first), shown(last)
    if earlier is None or later is None:
        raise Http404
    return difference(earlier, later)


def _page(found: Difference, asked: str) -> DifferencePage:
    pages = max(1, -(-len(found) // PER_PAGE))
    if not (asked.isascii() and asked.isdigit() and len(asked) < 10 and 1 <= int(asked) <= pages):
        reason = gettext("Give a number from 1 to %(pages)s.") % {"pages": pages}
        raise InvalidFilterError([("page", reason)])
    number = int(asked)
    changes = found.told((number - 1) * PER_PAGE, number * PER_PAGE)
    return DifferencePage(found, tuple(changes), number, pages)
