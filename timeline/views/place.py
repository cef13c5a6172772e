"""Where a page gets its drawing from: with scripts a piece, without them a framed page."""

from dataclasses import dataclass
from typing import Self

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse

from timeline.filters import InvalidFilterError, TimelineFilter
from timeline.filters.timeline import encode
from timeline.queries import Reading

#: What a drawing has no use for: it is no list.
OF_LISTS = ("after", "limit", "order")


@dataclass(frozen=True)
class Place:
    """The addresses of a drawing."""

    piece_url: str
    embed_url: str

    @classmethod
    def of(cls, timeline_filter: TimelineFilter) -> Self:
        """Return the drawing of a filter, as of the revision that its page shows."""
        return cls._of_query(
            timeline_filter.canonical(without=OF_LISTS, as_of=str(timeline_filter.reading.number))
        )

    @classmethod
    def of_thing(cls, request: HttpRequest, found: Reading, parameter: str, key: str) -> Self:
        """Return the drawing of what belongs to one thing, in the window that its page is asked."""
        asked: dict[str, tuple[str, ...]] = {parameter: (key,), "as_of": (str(found.number),)}
        try:
            window = TimelineFilter.base_filters["window"].field.clean(
                request.GET.getlist("window")
            )
        except ValidationError as error:
            raise InvalidFilterError([("window", " ".join(error.messages))]) from error
        if window:
            asked["window"] = (window.text,)
        return cls._of_query(encode(asked))

    @classmethod
    def _of_query(cls, query: str) -> Self:
        return cls(f"{reverse('timeline:drawing')}?{query}", f"{reverse('timeline:embed')}?{query}")
