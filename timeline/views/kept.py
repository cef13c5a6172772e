"""Pages that are kept: what was put together once is given to everybody who asks for the same.

A page is made of its key and of nothing else: of what one revision shows, in one language, at one
address, by one build of this code. So it is never stale, and a reader who has it gets a 304. What
depends on the clock is no part of it: see `freshness`.
"""

import hashlib
import zlib
from collections.abc import Callable
from functools import cache as once
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language

from timeline.queries import Reading
from timeline.views.keys import key_of, unless_known

SECONDS = 600
"""For how long a page is kept. The latest revision's pages are asked for until the next one."""

#: What the words and the looks of a page are made of.
_SOURCES = ("sources", "talks", "ceasefire", "timeline", "config", "templates", "static", "locale")
_ENDINGS = frozenset({".py", ".sql", ".html", ".css", ".js", ".svg", ".mo", ".json"})


def kept(
    request: HttpRequest, found: Reading, query: str, build: Callable[[], HttpResponse]
) -> HttpResponseBase:
    """Return a page from the cache, or build it and keep it; 304 where the reader has it.

    `query` is what of the address the page depends on, in its one form. Only a page that is found
    (200) is kept.
    """
    key = key_of(
        *("page", build_name(), request.scheme, request.get_host(), request.path, get_language()),
        *(found.number, found.revision.created_at, query),
    )
    response = HttpResponse()
    known = unless_known(request, response, key)
    if known is not response:
        return known
    packed = cache.get(f"page-{key}")
    if packed is None:
        built = build()
        if built.status_code != 200:
            return built
        packed = zlib.compress(built.content, 1)
        cache.set(f"page-{key}", packed, SECONDS)
    response.content = zlib.decompress(packed)
    # A page holds addresses of the site as the reader calls it.
    patch_vary_headers(response, ["Host"])
    return response


@once
def build_name() -> str:
    """Name the code that builds pages: as the deployment calls it, else by what the files hold."""
    if settings.BUILD:
        return str(settings.BUILD)
    digest = hashlib.sha256()
    for folder in _SOURCES:
        for path in sorted(Path(settings.BASE_DIR, folder).rglob("*")):
            if path.suffix in _ENDINGS:
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
