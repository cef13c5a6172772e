"""The timeline as files: the lines that a filter finds, as of one revision, in many forms.

Their words are English whoever asks, so that a file is the same bytes for everybody.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.core.cache import cache
from django.db import connection
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
    StreamingHttpResponse,
)
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from timeline.exports import manifests
from timeline.exports.columns import VERSION
from timeline.exports.digests import Digest, digest_of, digesting
from timeline.exports.files import TIMELINE_CSV, File
from timeline.filters import InvalidFilterError, filtered
from timeline.filters.selected import selected
from timeline.queries import redactions
from timeline.queries.selection import ENGLISH, Selection
from timeline.views.keys import key_of, unless_known

#: What a link to a file leaves out: a file has neither pages nor, unless asked for, an order.
OF_PAGES = ("after", "limit", "window")
#: For how long what a file's bytes are is remembered; they do not change.
KEPT_SECONDS = 30 * 24 * 3600

View = Callable[..., HttpResponseBase]


def plainly(view: View) -> View:
    """Let a view only read, in English, and say in plain text why it cannot be answered."""

    @require_safe
    @cache_control(no_cache=True)
    def wrapped(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        with translation.override(ENGLISH):
            try:
                response = view(request, **kwargs)
            except InvalidFilterError as error:
                return HttpResponse(
                    "".join(f"{name}: {reason}\n" for name, reason in error.problems),
                    status=400,
                    content_type="text/plain; charset=utf-8",
                )
        # The rows hold addresses of the site as the reader calls it.
        patch_vary_headers(response, ["Host"])
        return response

    return wrapped


def view_of(file: File) -> View:
    """Return the view of one file."""

    @plainly
    def view(request: HttpRequest) -> HttpResponseBase:
        with filtered(request.GET, refusing=OF_PAGES) as timeline_filter:
            selection = selected(timeline_filter, site=request.build_absolute_uri("/"))
            is_whole = not timeline_filter.canonical(without=("as_of", "order"))
            _check_size(file, selection)
        key = key_of(VERSION, file.path, *selection.key)
        response = _streamed(request, file, selection, key)
        number = selection.revision.number
        if file.is_saved:
            name = file.saved_as(number, is_whole=is_whole)
            response["Content-Disposition"] = f'attachment; filename="{name}"'
        response["X-Truceline-Revision"] = str(number)
        return unless_known(request, response, key)

    return view


@plainly
def manifest(request: HttpRequest) -> HttpResponseBase:
    """Say what the CSV of the same filter is, so that a reader can prove that a copy is whole."""
    with filtered(request.GET, refusing=OF_PAGES) as timeline_filter:
        selection = selected(timeline_filter, site=request.build_absolute_uri("/"))
        rows = selection.entries.count()
    key = key_of(VERSION, TIMELINE_CSV.path, *selection.key)
    found = manifests.manifest(
        selection,
        rows=rows,
        digest=_digest(selection, key),
        redactions=redactions.redactions(),
    )
    response = JsonResponse(found, json_dumps_params={"indent": 2, "ensure_ascii": False})
    return unless_known(request, response, key_of("manifest", key))


def _check_size(file: File, selection: Selection) -> None:
    if file.most_lines is None:
        return
    lines = selection.entries[: file.most_lines + 1].count()
    if lines > file.most_lines:
        reason = (
            f"The filter finds more lines than the {file.most_lines:,} that such a file can hold "
            f"below its header. Narrow it, or take /{TIMELINE_CSV.path}, which holds any number."
        )
        raise InvalidFilterError([(file.path.rpartition(".")[2], reason)])


def _streamed(request: HttpRequest, file: File, selection: Selection, key: str) -> HttpResponseBase:
    if request.method == "HEAD":
        return HttpResponse(content_type=file.content_type)
    stream = file.stream(selection)
    # It reads by a connection of its own, and may take long.
    connection.close()
    if file is TIMELINE_CSV and _known_digest(key) is None:
        # Whoever asks for its manifest next need not wait until it is worked out again.
        stream = digesting(stream, partial(_remember, key))
    return StreamingHttpResponse(stream, content_type=file.content_type)


def _digest(selection: Selection, key: str) -> Digest:
    digest = _known_digest(key)
    if digest is None:
        digest = digest_of(TIMELINE_CSV.stream(selection))
        _remember(key, digest)
    return digest


def _known_digest(key: str) -> Digest | None:
    known = cache.get(f"digest-{key}")
    return None if known is None else Digest(*known)


def _remember(key: str, digest: Digest) -> None:
    cache.set(f"digest-{key}", tuple(digest), KEPT_SECONDS)
