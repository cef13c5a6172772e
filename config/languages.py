"""Which language an address speaks, and where the same page is in the others.

The language of a page is in its address, and only there: a shared link shows what was shared, and a
cache keyed by addresses never mixes languages. So nothing here reads Accept-Language, a cookie or a
session.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse, translate_url
from django.utils import translation


def by_address(get_response: Callable[[HttpRequest], HttpResponse]) -> Any:
    """Return the middleware that answers in the language of the address, English without one."""

    def middleware(request: HttpRequest) -> HttpResponse:
        language = translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
        with translation.override(language):
            response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    return middleware


@dataclass(frozen=True)
class Version:
    """A page in one language."""

    code: str
    name: str
    """The language's name in itself."""
    url: str
    """The path with the query."""
    absolute_url: str
    home_url: str
    is_current: bool


def versions(request: HttpRequest) -> dict[str, Any]:
    """Offer templates `versions`: the page in every language. Worked out only where asked for."""
    return {"versions": lambda: [_version(request, *language) for language in settings.LANGUAGES]}


def _version(request: HttpRequest, code: str, name: str) -> Version:
    url = translate_url(request.get_full_path(), code)
    with translation.override(code):
        home = reverse("timeline:home")
    is_current = code == translation.get_language()
    return Version(code, name, url, request.build_absolute_uri(url), home, is_current)
