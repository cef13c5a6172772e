"""What names the content of an answer: for ETags, and for what is kept in the cache."""

import hashlib

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from timeline.queries import redactions


def key_of(*parts: object) -> str:
    """Return a short name of what these parts determine: the same as long as they are.

    What was taken out of older revisions changes every key.
    """
    text = " ".join(map(str, (redactions.epoch(), *parts)))
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def unless_known(request: HttpRequest, response: HttpResponseBase, key: str) -> HttpResponseBase:
    """Give a response its strong ETag; return it, or 304 to whoever has it already."""
    etag = quote_etag(key)
    response["ETag"] = etag
    known: HttpResponse | None = get_conditional_response(
        request,
        etag=etag,
        response=response,  # type: ignore[arg-type]  # a stream has all the headers that it reads
    )
    return response if known is None else known
