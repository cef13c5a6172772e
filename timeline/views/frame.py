"""What every page has around it: its revision, and a plain answer to a bad address."""

import contextlib
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.text import slugify
from django.utils.translation import gettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from timeline.exports.citation import Citation
from timeline.filters import InvalidFilterError, TimelineFilter
from timeline.queries import Reading, UnknownRevisionError, reading
from timeline.queries.sentences import enumerated
from timeline.views.kept import kept
from timeline.views.place import Place

View = Callable[..., HttpResponseBase]


def readable(view: View) -> View:
    """Let a view only read, and answer an address that is not understood by saying why."""

    @require_safe
    @cache_control(no_cache=True)
    @wraps(view)
    def wrapped(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, **kwargs)
        except InvalidFilterError as error:
            return render(request, "400.html", {"problem": error.problems}, status=400)

    return wrapped


@contextlib.contextmanager
def opened(request: HttpRequest, *parameters: str) -> Iterator[Reading]:
    """Open the reading that `as_of` asks for; no parameters but it and `parameters` are known."""
    known = ("as_of", *parameters)
    if strange := [name for name in request.GET if name not in known]:
        reason = gettext("This page knows no such parameter; it knows %(names)s.")
        reason %= {"names": enumerated(known)}
        raise InvalidFilterError([(name[:60], reason) for name in strange])
    try:
        as_of = TimelineFilter.base_filters["as_of"].field.clean(request.GET.getlist("as_of"))
        with reading(as_of) as found:
            yield found
    except ValidationError as error:
        raise InvalidFilterError([("as_of", " ".join(error.messages))]) from error
    except UnknownRevisionError as error:
        raise InvalidFilterError([("as_of", str(error))]) from error


def frame(found: Reading, section: str = "") -> dict[str, Any]:
    """Return what base.html says around a page: nothing that another moment would say otherwise."""
    return {
        "section": section,
        "revision": found.number,
        "written_at": found.revision.created_at,
        "is_pinned": found.is_pinned,
    }


#: What of an address does not belong to what it shows: where a list or a drawing was opened.
_OF_PLACE = ("after", "as_of", "limit", "window")


def cited(request: HttpRequest, found: Reading, title: str, permalink: str = "") -> dict[str, Any]:
    """Return how to cite this page, for base.html; nothing before the first revision.

    `permalink` is its query as of this revision, where that is not the address's own.
    """
    written_at = found.revision.created_at
    if written_at is None:
        return {}
    asked = {name: request.GET[name] for name in request.GET if name not in _OF_PLACE}
    query = permalink or urlencode({**asked, "as_of": str(found.number)}, safe=",:")
    return {
        "cite": Citation(
            key=f"truceline-{slugify(request.path)}-{found.number}",
            title=title,
            url=request.build_absolute_uri(f"{request.path}?{query}"),
            revision=found.number,
            written_at=written_at,
        )
    }


def detail(
    template: str,
    section: str,
    build: Callable[[Reading, str], object | None],
    *,
    titled: Callable[[Any], str],
    drawn_by: str = "",
) -> View:
    """Return the view of one thing's page: 404 where readers may not see it, or there is none.

    `titled` says under what title the page is cited. `drawn_by` names the parameter of the filter
    that finds what belongs to the thing: that is drawn on its page, in the window that the address
    asks for.
    """

    @readable
    def view(request: HttpRequest, *, key: str) -> HttpResponseBase:
        def page() -> HttpResponse:
            shown = build(found, key)
            if shown is None:
                raise Http404
            context = frame(found, section) | {"page": shown}
            context |= cited(request, found, titled(shown))
            if drawn_by:
                context["drawing"] = Place.of_thing(request, found, drawn_by, key)
            return render(request, template, context)

        with opened(request, *(["window"] if drawn_by else [])) as found:
            return kept(request, found, request.GET.urlencode(), page)

    return view
