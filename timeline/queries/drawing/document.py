"""A drawing as an SVG file that needs nothing else: with title, filter, revision and source."""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_bidi, gettext, ngettext

from timeline.queries.drawing import Drawing, Picture
from timeline.queries.drawing.labels import measured
from timeline.queries.drawing.legend import legend
from timeline.queries.drawing.pen import short, tag
from timeline.queries.drawing.signs import sign
from timeline.queries.drawing.svg import GUTTER, standing
from timeline.queries.reading import Shown
from timeline.queries.words import when_in_words

EDGE = 28.0
"""How much paper is left free around a file's drawing."""
LINE = 17.0
EMPTY = 640.0
"""How wide the file of an empty drawing is."""
_STYLE = "css/drawing-picture.css"
_HUES = "css/truceline.css"


def document(drawing: Drawing, *, title: str, words: str, revision: Shown, link: str) -> str:
    """Write the first picture of a drawing as a file, with what a report must say of it."""
    picture = drawing.pictures[0] if drawing.pictures else None
    inner = picture.frame.width if picture else EMPTY
    width = inner + GUTTER + 2 * EDGE
    lines = [*_wrapped(words, width - 2 * EDGE), *([_window(drawing)] if drawing.window else [])]
    top = EDGE + 24 + LINE * len(lines) + 18
    foot = top + (picture.height if picture else LINE) + 26
    keys, tall = _legend(picture, width, foot) if picture else ([], 0.0)
    said = [
        _source(revision),
        *([_undated(drawing.undated_count)] if drawing.undated_count else []),
        link,
    ]
    height = foot + tall + LINE * len(said) + EDGE - 6
    return str(
        tag(
            "svg",
            tag("title", f"{title}. {words}" if words else title),
            tag("style", mark_safe(_style())),
            mark_safe(render_to_string("timeline/_drawing_shapes.html")),
            tag("rect", class_="drawing__paper", width=short(width), height=short(height)),
            _text(title, width, EDGE + 20, "drawing__title"),
            *(
                _text(line, width, EDGE + 24 + LINE * number, "drawing__words")
                for number, line in enumerate(lines, 1)
            ),
            standing(picture, EDGE if get_language_bidi() else EDGE + GUTTER, top)
            if picture
            else _text(gettext("Nothing to draw."), width, top + 4, "drawing__words"),
            *keys,
            *(
                _text(line, width, foot + tall + LINE * number, "drawing__source")
                for number, line in enumerate(said)
            ),
            xmlns="http://www.w3.org/2000/svg",
            class_="drawing__picture drawing__file",
            width=short(width),
            height=short(height),
            viewBox=f"0 0 {short(width)} {short(height)}",
        )
    )


def _window(drawing: Drawing) -> str:
    assert drawing.window is not None
    first, last = (
        when_in_words(day.isoformat()) for day in (drawing.window.first, drawing.window.last)
    )
    return gettext("%(first)s to %(last)s: %(shown)s of %(total)s entries") % {
        "first": first,
        "last": last,
        "shown": f"{drawing.in_view:,}",
        "total": f"{drawing.total:,}",
    }


def _source(revision: Shown) -> str:
    written = date_format(revision.created_at, "j F Y") if revision.created_at else ""
    return gettext(
        "Source: Truceline, revision %(number)s of %(day)s; each entry cites its own sources:"
    ) % {"number": revision.number, "day": written}


def _undated(count: int) -> str:
    return ngettext(
        "%(count)s entry has no date and is not drawn.",
        "%(count)s entries have no date and are not drawn.",
        count,
    ) % {"count": count}


def _legend(picture: Picture, width: float, y: float) -> tuple[list[SafeString], float]:
    """Return the legend in lines, and how tall it is."""
    keys, x, line = [], EDGE, 0
    for key in legend(picture):
        wide = 24 + measured(key.words) + 18
        if x + wide > width - EDGE and x > EDGE:
            x, line = EDGE, line + 1
        at = f"translate({short(x + 9)} {short(y + line * 24)})"
        keys.append(
            tag(
                "g",
                sign(key.sign),
                tag("text", key.words, class_="drawing__label", x=18, y=4),
                class_=f"drawing__lane--{key.lane}" if key.lane else None,
                transform=at,
            )
        )
        x += wide
    return keys, 24.0 * (line + 1) + 14 if keys else 0.0


def _text(text: str, width: float, y: float, class_: str) -> SafeString:
    """Write a line where lines begin: at the left, or at the right."""
    if get_language_bidi():
        return tag("text", text, class_=class_, x=short(width - EDGE), y=short(y), direction="rtl")
    return tag("text", text, class_=class_, x=short(EDGE), y=short(y))


def _wrapped(text: str, most: float) -> Iterator[str]:
    """Break a sentence into lines that fit."""
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and measured(longer) * 1.1 > most:
            yield line
            longer = word
        line = longer
    if line:
        yield line


@lru_cache(maxsize=1)
def _style() -> str:
    """Return the style sheet of marks, its colours written out: not every reader knows variables.

    A file is printed on paper, so it has the colours of daylight.
    """
    hues = dict(re.findall(r"--([a-z-]+):\s*([^;]+);", _sheet(_HUES).partition("@media")[0]))
    return re.sub(r"var\(--([a-z-]+)\)", lambda match: hues[match[1]], _sheet(_STYLE))


def _sheet(path: str) -> str:
    found = finders.find(path)
    assert isinstance(found, str)
    return Path(found).read_text(encoding="utf-8")
