"""The drawn timeline: as a piece of pages, as a file, and as a page to be framed elsewhere."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from csp.constants import NONE, UNSAFE_INLINE
from csp.decorators import csp_replace, csp_update
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext
from django.views.decorators.cache import cache_control
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.gzip import gzip_page

from timeline.filters import InvalidFilterError, TimelineFilter, filtered
from timeline.filters.words import sentence
from timeline.queries import incidents, records
from timeline.queries.drawing import Drawing, Frame, Source, Window, draw
from timeline.queries.drawing.document import document
from timeline.queries.drawing.histogram import overview
from timeline.queries.drawing.legend import legend
from timeline.queries.drawing.scale import Scale
from timeline.queries.drawing.signs import sign
from timeline.queries.drawing.svg import inline
from timeline.queries.words import when_in_words
from timeline.views.frame import frame, opened, readable
from timeline.views.kept import kept
from timeline.views.place import OF_LISTS, Place

NARROWEST, WIDEST = 200, 3000
#: How a drawing stands where nobody measured: on a desk and in a hand.
_USUAL = (Frame(640), Frame(328))
#: How much of the neighbouring days comes along, so that panning has something to show at once.
_MARGIN = 0.5
#: What a picture for a report is drawn in.
_OF_FILE = Frame(1000)


@dataclass(frozen=True)
class Step:
    """A button that moves the window: a link to the page with the other window."""

    code: str
    words: str
    sign: str
    url: str


@cache_control(no_cache=True)
@gzip_page
@readable
def piece(request: HttpRequest) -> HttpResponseBase:
    """Draw what a filter finds, for a page that knows how wide it is."""
    query = request.GET.copy()
    width = _width(query.pop("width", ["840"])[-1])

    def page() -> HttpResponse:
        context = _figure(
            timeline_filter,
            [Frame(width, _MARGIN)],
            url=reverse("timeline:timeline"),
            site=request.build_absolute_uri("/")[:-1],
        )
        return render(request, "timeline/_drawing_figure.html", context)

    with filtered(query, refusing=OF_LISTS) as timeline_filter:
        asked = f"{width} {timeline_filter.canonical()}"
        return kept(request, timeline_filter.reading, asked, page)


@xframe_options_exempt
@csp_update({"frame-ancestors": ["*"]})
@cache_control(no_cache=True)
@gzip_page
@readable
def embed(request: HttpRequest) -> HttpResponse:
    """Show the drawing of a filter alone, for the frame of another site's page."""
    with filtered(request.GET, refusing=OF_LISTS) as timeline_filter:
        figure = _figure(
            timeline_filter,
            _USUAL,
            url=reverse("timeline:embed"),
            site=request.build_absolute_uri("/")[:-1],
        )
        context = frame(timeline_filter.reading) | {
            "figure": figure,
            "sentence": _said(timeline_filter),
            "piece_url": Place.of(timeline_filter).piece_url,
            "full_url": _url("timeline:timeline", timeline_filter.canonical()),
        }
    return render(request, "timeline/drawing_embed.html", context)


@cache_control(no_cache=True)
@csp_replace({"default-src": [NONE], "img-src": [NONE], "style-src": [UNSAFE_INLINE]})
@gzip_page
@readable
def svg(request: HttpRequest) -> HttpResponse:
    """Draw what a filter finds as a file that stands alone, ready for a report."""
    with filtered(request.GET, refusing=OF_LISTS) as timeline_filter:
        found = timeline_filter.reading
        drawing = _drawn(timeline_filter, [_OF_FILE])
        link = _url(
            "timeline:timeline",
            timeline_filter.canonical(
                as_of=str(found.number),
                **({"window": drawing.window.text} if drawing.window else {}),
            ),
        )
        text = document(
            drawing,
            title=gettext("Timeline"),
            words=_said(timeline_filter),
            revision=found.revision,
            link=request.build_absolute_uri(link),
        )
    response = HttpResponse(text, content_type="image/svg+xml; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="truceline-revision-{found.number}.svg"'
    return response


@cache_control(no_cache=True)
@readable
def card(request: HttpRequest, *, key: str) -> HttpResponse:
    """Tell what one mark stands for: what, when, who says so, and how it was judged."""
    with opened(request) as found:
        page: object | None = incidents.page(found, key) or records.page(found, key)
        if page is None:
            raise Http404
        return render(request, "timeline/_drawing_card.html", {"page": page, "as_of": found.number})


def _drawn(timeline_filter: TimelineFilter, frames: Sequence[Frame]) -> Drawing:
    since, until = timeline_filter.value("from"), timeline_filter.value("to")
    asked = timeline_filter.value("window")
    return draw(
        Source(timeline_filter.reading, timeline_filter.qs, timeline_filter.counts),
        frames,
        window=Window(asked.earliest, asked.latest) if asked else None,
        since=since.earliest if since else None,
        until=until.latest if until else None,
    )


def _figure(
    timeline_filter: TimelineFilter, frames: Sequence[Frame], *, url: str, site: str
) -> dict[str, object]:
    """Return what the figure's template shows; `url` is the page on which its links move it."""
    drawing = _drawn(timeline_filter, frames)
    found: dict[str, object] = {
        "drawing": drawing,
        "pictures": [inline(picture) for picture in drawing.pictures],
        "as_of": timeline_filter.reading.number,
    }
    if drawing.window is None or drawing.whole is None or drawing.overview is None:
        return found
    query = timeline_filter.canonical(window=drawing.window.text)
    return found | {
        "overview": overview(
            drawing.overview, Scale(drawing.whole, frames[0].width), drawing.window
        ),
        "first_words": when_in_words(drawing.window.first.isoformat()),
        "last_words": when_in_words(drawing.window.last.isoformat()),
        "steps": list(_steps(timeline_filter, drawing.window, drawing.whole, url)),
        "list_url": _url(
            "timeline:timeline",
            timeline_filter.canonical(
                without=("window",),
                **{"from": drawing.window.first.isoformat(), "to": drawing.window.last.isoformat()},
            ),
        ),
        "svg_url": _url("timeline:svg", query),
        "legend": [
            {"svg": sign(key.sign), "lane": key.lane, "words": key.words}
            for key in legend(drawing.pictures[0])
        ],
        "snippet": _snippet(timeline_filter, drawing.window, site),
    }


def _snippet(timeline_filter: TimelineFilter, window: Window, site: str) -> str:
    """Return what another site's page takes to show the drawing, as its filter finds it by then."""
    query = timeline_filter.canonical(window=window.text)
    address = escape(f"{site}{_url('timeline:embed', query)}")
    title = escape(sentence(timeline_filter))
    return (
        f'<iframe src="{address}" title="{title}" width="100%" height="640" loading="lazy" '
        'style="border:0"></iframe>'
    )


def _steps(
    timeline_filter: TimelineFilter, window: Window, whole: Window, url: str
) -> Iterator[Step]:
    everything = whole.with_air(max(1, whole.days // 40))
    for code, words, arrow, moved in (
        ("earlier", gettext("Earlier"), "←", window.moved(-0.5)),
        ("later", gettext("Later"), "→", window.moved(0.5)),
        ("closer", gettext("Closer"), "+", window.zoomed(0.5)),
        ("wider", gettext("Wider"), "−", window.zoomed(2)),
        ("whole", gettext("Everything"), "", everything),
    ):
        yield Step(code, words, arrow, f"{url}?{timeline_filter.canonical(window=moved.text)}")


def _said(timeline_filter: TimelineFilter) -> str:
    """Say what the drawing leaves out; of which revision it is stands elsewhere on it."""
    is_part = timeline_filter.canonical(without=("as_of", "window"))
    return sentence(timeline_filter) if is_part else ""


def _width(text: str) -> int:
    """Read how wide a page's drawing is, in pixels; rounded, so that few widths are ever drawn."""
    if not (text.isascii() and text.isdigit() and NARROWEST <= int(text[:6]) <= WIDEST):
        reason = gettext("Give a whole number of pixels from %(least)s to %(most)s.")
        raise InvalidFilterError([("width", reason % {"least": NARROWEST, "most": WIDEST})])
    return int(text) // 8 * 8


def _url(name: str, query: str) -> str:
    return f"{reverse(name)}?{query}" if query else reverse(name)
