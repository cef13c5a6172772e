"""Pages that are kept: what was put together once is given to everybody who asks for the same.

A page is made of its key and of nothing else: of what one revision shows, in one language, at one
address, by one build of this code. So it is never stale, and a reader who has it gets a 304. What
depends on the clock is no part of it: see `freshness`.
"""

import hashlib
import time
import zlib
from collections.abc import Callable
from functools import cache as once
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language

from timeline.queries import Reading
from timeline.views.keys import key_of, unless_known

SECONDS = 600
"""For how long a page is kept. The latest revision's pages are asked for until the next one."""

BUILDING_SECONDS = 2
"""For how long a page of a moment ago will do while somebody builds the next one."""

WAIT_SECONDS, WAITS = 0.02, 75
"""How long, and how often, to wait for a page that somebody else builds."""

HURRIED = 2
"""So many revisions since a page was built, moments ago, and there is no keeping up with them."""

#: What the words and the looks of a page are made of.
_SOURCES = ("sources", "talks", "ceasefire", "timeline", "config", "templates", "static", "locale")
_ENDINGS = frozenset({".py", ".sql", ".html", ".css", ".js", ".svg", ".mo", ".json"})


class Recent(NamedTuple):
    """The page that was last built at a place."""

    number: int
    """The revision that it shows."""
    key: str
    packed: bytes
    built_at: float


def kept(
    request: HttpRequest, found: Reading, query: str, build: Callable[[], HttpResponse]
) -> HttpResponseBase:
    """Return a page from the cache, or build it and keep it; 304 where the reader has it.

    `query` is what of the address the page depends on, in its one form. Only a page that is found
    (200) is kept. While revisions follow each other faster than pages can be built, whoever did not
    ask for a revision gets the page that was built within `settings.PAGES_LAG_SECONDS`, or that of
    a moment ago while somebody builds the next: it is whole, and says which revision it shows.
    """
    place = key_of(
        *("page", build_name(), request.scheme, request.get_host(), request.path, get_language()),
        query,
    )
    written_at = found.revision.created_at
    key = f"{place}-{found.number}-{written_at.timestamp() if written_at else 0}"
    packed = cache.get(f"page-{key}")
    if packed is None:
        key, packed = _from_others(place, key, found)
    is_ours = packed is None
    try:
        response = HttpResponse()
        known = unless_known(request, response, key)
        if known is not response:
            return known
        if packed is None:
            built = build()
            if built.status_code != 200:
                return built
            packed = zlib.compress(built.content, 1)
            cache.set(f"page-{key}", packed, SECONDS)
            recent = Recent(found.number, key, packed, time.time())
            cache.set(f"recent-{place}", recent, BUILDING_SECONDS)
    finally:
        if is_ours:
            cache.delete(f"building-{place}")
    response.content = zlib.decompress(packed)
    # A page holds addresses of the site as the reader calls it.
    patch_vary_headers(response, ["Host"])
    return response


def _from_others(place: str, key: str, found: Reading) -> tuple[str, bytes | None]:
    """Return what others built or build at a place, with its key; None: it is for the caller.

    Many ask for the same page at once, and to build it each would take longer than to wait.
    """
    lag = 0 if found.is_pinned else settings.PAGES_LAG_SECONDS
    for _ in range(WAITS):
        recent: Recent | None = cache.get(f"recent-{place}") if lag else None
        will_do = (
            recent is not None
            and found.number - recent.number >= HURRIED
            and time.time() - recent.built_at < lag
        )
        is_ours = not will_do and cache.add(f"building-{place}", True, BUILDING_SECONDS)
        if recent is not None and not is_ours:
            return recent.key, recent.packed
        is_built_by_others = not is_ours and cache.get(f"building-{place}")
        # After these: what was finished meanwhile is found.
        built: bytes | None = cache.get(f"page-{key}")
        if built is not None and is_ours:
            cache.delete(f"building-{place}")
        # Where nobody builds it after all, or no cache answers, it is for the caller.
        if built is not None or not is_built_by_others:
            return key, built
        time.sleep(WAIT_SECONDS)
    return key, None


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
