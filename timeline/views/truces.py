"""The page of a truce, and the numbers of its drawings as files."""

import csv
import hashlib
import io
from collections.abc import Iterable, Sequence

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from timeline.filters import InvalidFilterError
from timeline.queries import truces
from timeline.queries.report import DAYS, LONGEST, SHORTEST, judged_under, report
from timeline.queries.report.judged import Bin
from timeline.queries.report.model import VERDICTS, Day
from timeline.views.files import plainly
from timeline.views.frame import cited, frame, opened, readable
from timeline.views.kept import kept
from timeline.views.keys import unless_known
from timeline.views.place import Place

#: The columns of the file of days: docs/truce-report.md says what each is.
DAY_COLUMNS = (
    "day",
    "period",
    "incidents",
    *VERDICTS,
    "killed_low",
    "killed_high",
    "killed_unstated",
    "killed_unbounded",
    "provisional",
)
JUDGED_COLUMNS = ("first_day", "last_day", "incidents", *VERDICTS[:-1], "provisional")


@readable
def truce(request: HttpRequest, *, key: str) -> HttpResponseBase:
    """Show a truce, and what is reported in so many `days` before it and after it."""
    days = _days(request)

    def build() -> HttpResponse:
        page = truces.page(found, key, days=days)
        if page is None:
            raise Http404
        context = frame(found, "truces") | {
            "page": page,
            "drawing": Place.of_thing(request, found, "truce", key),
            "as_of": found.number if request.GET.get("as_of") else "",
        }
        context |= cited(request, found, page.record.line.title)
        return render(request, "timeline/truce_detail.html", context)

    with opened(request, "days", "window") as found:
        return kept(request, found, request.GET.urlencode(), build)


@plainly
def truce_days(request: HttpRequest, *, key: str) -> HttpResponseBase:
    """Give the numbers of the drawing of days before and after, as CSV."""
    days = _days(request)
    with opened(request, "days") as found:
        asked = truces.life_in(found, key)
        if asked is None:
            raise Http404
        drawn = report(found, *asked, days=days)
        rows = [_day_row(day) for day in drawn.series]
        return _csv(request, f"{key}-days-revision-{found.number}", DAY_COLUMNS, rows)


@plainly
def truce_judged(request: HttpRequest, *, key: str) -> HttpResponseBase:
    """Give the numbers of the drawing of judged incidents over a truce's life, as CSV."""
    with opened(request) as found:
        asked = truces.life_in(found, key)
        if asked is None:
            raise Http404
        rows = [_bin_row(each) for each in judged_under(found, asked[0]).bins]
        return _csv(request, f"{key}-judged-revision-{found.number}", JUDGED_COLUMNS, rows)


def _days(request: HttpRequest) -> int:
    text = request.GET.get("days", str(DAYS))
    if not (text.isascii() and text.isdigit() and SHORTEST <= int(text) <= LONGEST):
        reason = _("Give a number of days from %(least)s to %(most)s.")
        raise InvalidFilterError([("days", reason % {"least": SHORTEST, "most": LONGEST})])
    return int(text)


def _day_row(day: Day) -> Sequence[str | int]:
    total = day.total
    counts = ((day.by_verdict[v].certain if v in day.by_verdict else 0) for v in VERDICTS)
    killed = total.killed
    return (
        day.day.isoformat(),
        day.period,
        total.certain,
        *counts,
        killed.low,
        killed.high,
        killed.unstated,
        killed.unbounded,
        "true" if day.is_provisional else "false",
    )


def _bin_row(each: Bin) -> Sequence[str | int]:
    provisional = "true" if each.is_provisional else "false"
    first, last = each.first.isoformat(), each.last.isoformat()
    return (first, last, each.total, *each.numbers, provisional)


def _csv(
    request: HttpRequest,
    name: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[str | int]],
) -> HttpResponseBase:
    """Answer with a file. Its tag is that of its bytes, so that a redaction changes it too."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows([columns, *rows])
    body = text.getvalue().encode()
    response = HttpResponse(body, content_type="text/csv; charset=utf-8; header=present")
    response["Content-Disposition"] = f'attachment; filename="truceline-{name}.csv"'
    return unless_known(request, response, hashlib.sha256(body).hexdigest()[:32])
