"""A picture as SVG: the same marks in a page, where it stretches, and in a file, where it stands.

In a page everything along the time axis is a share of the width, so that the browser zooms and
pans by changing one element's `x` and `width`, while words and shapes keep their size.
"""

from collections.abc import Iterable, Iterator

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_bidi, ngettext
from django.utils.translation import gettext_lazy as _

from timeline.enums import Verdict
from timeline.queries.bins import Unit
from timeline.queries.drawing.density import Density
from timeline.queries.drawing.histogram import bars_of
from timeline.queries.drawing.lanes import AXIS, DENSITY, ROW, Lane, Picture
from timeline.queries.drawing.marks import Bar, Label, Mark
from timeline.queries.drawing.pen import Pen, short, tag
from timeline.queries.drawing.scale import Scale
from timeline.queries.drawing.ties import Tie
from timeline.queries.lines import date_words_of, kind_words_of, record_url, variant_of

GUTTER = 112
"""How wide the names beside the lanes are: css/drawing.css leaves as much."""
_BESIDE = 16.0
"""Two marks that are no farther apart are tied by a bracket at their side."""


def inline(picture: Picture) -> SafeString:
    """Write a picture for a page."""
    pen = Pen(picture.frame.width, is_fluid=True)
    window = picture.window
    return tag(
        "svg",
        *_names(picture, pen),
        tag(
            "svg",
            tag(
                "svg",
                *_moving(picture, pen),
                class_="drawing__time",
                width="100%",
                height=short(picture.height),
                overflow="visible",
            ),
            _edge(picture),
            class_="drawing__view",
            width="100%",
            height=short(picture.height),
        ),
        class_=f"drawing__picture drawing__picture--{_size(picture)}",
        height=short(picture.height),
        data_first=window.first.toordinal(),
        data_days=window.days,
        data_width=short(picture.frame.width),
    )


def standing(picture: Picture, x: float, y: float) -> SafeString:
    """Write a picture for a file, its time axis beginning at a place."""
    pen = Pen(picture.frame.width, is_fluid=False)
    clip = tag(
        "clipPath",
        tag("rect", width=short(picture.frame.width), height=short(picture.height)),
        id="drawing-clip",
    )
    return tag(
        "g",
        clip,
        *_names(picture, pen),
        tag("g", *_moving(picture, pen), clip_path="url(#drawing-clip)"),
        _edge(picture),
        transform=f"translate({short(x)} {short(y)})",
    )


# --- What stays where it is when the window moves ---------------------------------------------


def _names(picture: Picture, pen: Pen) -> Iterator[SafeString]:
    """Write the names of the lanes where reading begins: beside the lanes, or above them."""
    is_narrow, from_right = picture.frame.is_narrow, get_language_bidi()
    gutter = 0 if is_narrow else GUTTER
    right = pen.along(picture.frame.width)
    start, end = (
        ({"x": right, "dx": gutter, "direction": "rtl"}, {"x": 0, "text_anchor": "start"})
        if from_right
        else ({"x": -gutter}, {"x": right, "text_anchor": "end"})
    )
    for y in (AXIS, *(lane.bottom for lane in picture.lanes)):
        yield tag(
            "line",
            class_="drawing__rule",
            x1=-gutter,
            x2=right,
            y1=short(y),
            y2=short(y),
            transform=f"translate({gutter} 0)" if from_right and gutter else None,
        )
    for lane in picture.lanes:
        yield tag(
            "text",
            tag("tspan", lane.name, class_="drawing__name"),
            tag(
                "tspan",
                f"{lane.count:,}",
                dx=-6 if from_right else 6,
                class_="drawing__count",
            ),
            y=short(lane.y + (17 if is_narrow else 22)),
            **start,
        )
        if lane.density and lane.density.bars:
            yield tag(
                "text",
                _peak(lane.density),
                class_="drawing__peak",
                y=short(lane.y + (17 if is_narrow else 39)),
                **(end if is_narrow else start),
            )


def _edge(picture: Picture) -> SafeString:
    text = picture.calendar.at_edge
    if not text:
        return mark_safe("")
    return tag("text", text, class_="drawing__tick drawing__tick--major", x=0, y=14)


def _peak(density: Density) -> str:
    """Word the highest bar: it is the scale of its lane."""
    return _PEAKS[density.unit] % {"count": f"{density.peak:,}"}


_PEAKS = {
    Unit.DAY: _("up to %(count)s a day"),
    Unit.WEEK: _("up to %(count)s a week"),
    Unit.MONTH: _("up to %(count)s a month"),
    Unit.QUARTER: _("up to %(count)s a quarter"),
    Unit.YEAR: _("up to %(count)s a year"),
    Unit.FIVE_YEARS: _("up to %(count)s in five years"),
    Unit.DECADE: _("up to %(count)s in ten years"),
    Unit.CENTURY: _("up to %(count)s in a hundred years"),
    Unit.MILLENNIUM: _("up to %(count)s in a thousand years"),
}


# --- What moves with the window ---------------------------------------------------------------


def _moving(picture: Picture, pen: Pen) -> Iterator[SafeString]:
    yield from _calendar(picture, pen)
    for lane in picture.under_truces():
        for band in picture.bands:
            yield tag(
                "rect",
                class_="drawing__band",
                x=pen.along(band.x),
                width=pen.along(band.width),
                y=short(lane.y),
                height=short(lane.height),
                fill=_fade(band, "truce"),
            )
    for tie in picture.ties:
        yield _tie(tie, pen)
    for lane in picture.lanes:
        yield _lane(lane, picture, pen)


def _calendar(picture: Picture, pen: Pen) -> Iterator[SafeString]:
    bottom = short(picture.height)
    for tick in picture.calendar.ticks:
        x = pen.along(tick.x)
        kind = " drawing__line--major" if tick.is_major else ""
        yield tag(
            "line",
            class_=f"drawing__line{kind}",
            x1=x,
            x2=x,
            y1=0 if tick.is_major else 22,
            y2=bottom,
        )
        yield tag(
            "text",
            tick.text,
            class_=f"drawing__tick{' drawing__tick--major' if tick.is_major else ''}",
            x=x,
            dx=5 if tick.is_major else 4,
            y=14 if tick.is_major else 34,
        )


def _lane(lane: Lane, picture: Picture, pen: Pen) -> SafeString:
    said = ngettext("%(count)s entry", "%(count)s entries", lane.count)
    inside: Iterable[SafeString] = (
        [_density(lane, lane.density, picture.scale, pen)]
        if lane.density
        else [_mark(mark, lane, pen) for mark in lane.marks]
    )
    return tag(
        "g",
        *inside,
        class_=f"drawing__lane drawing__lane--{lane.code}",
        role="group" if lane.marks else "img",
        aria_label=f"{lane.name}: {said % {'count': f'{lane.count:,}'}}"
        + (f", {_peak(lane.density)}" if lane.density else ""),
        data_lane=lane.code,
    )


def _density(lane: Lane, density: Density, scale: Scale, pen: Pen) -> SafeString:
    if not density.bars:
        return mark_safe("")
    begin, end = scale.x(density.bars[0].start), scale.x_end(density.bars[-1].end)
    bars = bars_of(density, scale, DENSITY)
    return tag(
        "g",
        pen.stretched(
            begin,
            end,
            lane.top,
            DENSITY,
            *(
                tag("path", class_=f"drawing__bars drawing__bars--{name}", d=path)
                for name, path in bars.items()
            ),
        ),
        data_bins=" ".join(
            f"{one.start.toordinal()}:{(one.end - one.start).days + 1}:{one.dated}:{one.by}"
            for one in density.bars
        ),
        data_top=short(lane.top),
        data_height=short(DENSITY),
    )


# --- Marks ------------------------------------------------------------------------------------


def _mark(mark: Mark, lane: Lane, pen: Pen) -> SafeString:
    y = lane.middle(mark.row)
    words = words_of(mark)
    entry = mark.entry
    return tag(
        "a",
        tag("title", words),
        *_body(mark, y, lane.hue, pen),
        _label(mark.label, y, pen) if mark.label else "",
        href=record_url(entry.kind, entry.public_id),
        class_=f"drawing__mark drawing__mark--{entry.kind}",
        aria_label=words,
        data_entry=entry.public_id,
    )


def words_of(mark: Mark) -> str:
    """Word a mark: what it is, when as exactly as the source says, its title and its verdict."""
    entry = mark.entry
    words = f"{kind_words_of(entry)}, {date_words_of(entry)}: {entry.title}"
    return f"{words} ({Verdict(entry.verdict).label})" if entry.verdict else words


def _body(mark: Mark, y: float, hue: str, pen: Pen) -> Iterator[SafeString]:
    is_hatched = mark.is_expected
    for bar in mark.bars:
        yield _bar(bar, y, hue, pen, thick=12 if mark.is_bar else 9, class_="drawing__bar")
    if mark.reach and is_hatched and not mark.reach.fade:
        yield _bar(mark.reach, y, hue, pen, thick=14, class_="drawing__hatched")
        return
    if mark.reach:
        yield _bar(mark.reach, y, hue, pen, thick=2, class_="drawing__reach")
        for x, fade in ((mark.reach.x, "start"), (mark.reach.end, "end")):
            if not mark.reach.fade:
                at = pen.along(x)
                yield tag(
                    "line",
                    class_="drawing__end",
                    x1=at,
                    x2=at,
                    y1=short(y - 4),
                    y2=short(y + 4),
                    data_side=fade,
                )
    if mark.is_bar:
        return
    at, height = pen.along(mark.x), short(y)
    if mark.entry.verdict:
        yield tag("use", href=f"#drawing-ring-{mark.entry.verdict}", x=at, y=height)
    yield tag(
        "use",
        href=f"#drawing-shape-{_shape(mark)}",
        x=at,
        y=height,
        class_="drawing__shape drawing__shape--expected" if is_hatched else "drawing__shape",
    )
    yield tag("circle", class_="drawing__hit", cx=at, cy=height, r=12)


def _shape(mark: Mark) -> str:
    return "aggregate" if variant_of(mark.entry) == "aggregate" else mark.entry.kind


def _bar(bar: Bar, y: float, hue: str, pen: Pen, *, thick: float, class_: str) -> SafeString:
    return tag(
        "rect",
        class_=class_,
        x=pen.along(bar.x),
        width=pen.along(bar.width),
        y=short(y - thick / 2),
        height=short(thick),
        fill=_fade(bar, hue),
    )


def _fade(bar: Bar, hue: str) -> str | None:
    """Return the gradient of a bar that fades; the style sheets fill the others."""
    return f"url(#drawing-fade-{bar.fade}-{hue})" if bar.fade else None


def _label(label: Label, y: float, pen: Pen) -> SafeString:
    return tag(
        "text",
        label.text,
        class_="drawing__label",
        x=pen.along(label.x),
        y=short(y + 4 + label.rows * (ROW - 4)),
        text_anchor="end" if label.anchor == "end" else None,
    )


def _tie(tie: Tie, pen: Pen) -> SafeString:
    (x1, y1), (x2, y2) = sorted(((tie.x1, tie.y1), (tie.x2, tie.y2)))
    if x2 - x1 <= _BESIDE:
        # At the side: a bracket whose width does not stretch.
        middle, bulge = short((y2 - y1) / 2), short(min(30.0, 16 + abs(y2 - y1) / 8))
        line = tag("path", d=f"M0 0C{bulge} {middle} {bulge} {middle} 0 {short(y2 - y1)}")
        inside = tag("svg", line, x=pen.along(x1), y=short(y1), overflow="visible")
    else:
        low = max(y1, y2) - min(y1, y2) + 26
        top = min(y1, y2)
        line = tag(
            "path",
            vector_effect="non-scaling-stroke",
            d=f"M{short(x1)} {short(y1 - top)}"
            f"Q{short((x1 + x2) / 2)} {short(low)} {short(x2)} {short(y2 - top)}",
        )
        inside = pen.stretched(x1, x2, top, low, line)
    return tag(
        "g", tag("title", tie.words), inside, class_=f"drawing__tie drawing__tie--{tie.kind}"
    )


def _size(picture: Picture) -> str:
    return "narrow" if picture.frame.is_narrow else "wide"
