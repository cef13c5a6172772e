"""Densities as bars, and the histogram of a whole list, from which a window is chosen."""

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from timeline.queries.drawing.density import Density
from timeline.queries.drawing.pen import Pen, short, tag
from timeline.queries.drawing.scale import Scale, calendar
from timeline.queries.drawing.window import Window

OVERVIEW = 34.0
"""How tall the bars of the histogram of the whole list are."""


def overview(found: Density, whole: Scale, window: Window) -> SafeString:
    """Write the histogram above a picture, with its window on it, which scripts let drag."""
    begin = min(max(whole.x(window.first), 0.0), whole.width)
    end = min(max(whole.x_end(window.last), begin + 3), whole.width)
    pen = Pen(whole.width, is_fluid=True)
    bars = bars_of(found, whole, OVERVIEW)
    ticks = calendar(whole, whole.window).ticks
    return tag(
        "svg",
        pen.stretched(
            0,
            whole.width,
            2,
            OVERVIEW,
            *(
                tag("path", class_=f"drawing__bars drawing__bars--{name}", d=path)
                for name, path in bars.items()
            ),
        ),
        tag("line", class_="drawing__rule", x1=0, x2="100%", y1=OVERVIEW + 2, y2=OVERVIEW + 2),
        *(
            tag("text", tick.text, class_="drawing__tick", x=pen.along(tick.x), y=OVERVIEW + 15)
            for tick in ticks
            if tick.is_major and tick.x < whole.width - 30
        ),
        tag(
            "rect",
            class_="drawing__brush",
            x=pen.along(begin),
            width=pen.along(end - begin),
            y=0.75,
            height=OVERVIEW + 3,
            rx=2,
        ),
        class_="drawing__whole",
        height=OVERVIEW + 20,
        role="img",
        aria_label=gettext("How many entries there are when, in the whole list"),
        data_first=whole.window.first.toordinal(),
        data_days=whole.window.days,
    )


def bars_of(found: Density, scale: Scale, height: float) -> dict[str, str]:
    """Return the bars of a density as two paths: what is dated, and above it what is “by”."""
    paths: dict[str, list[str]] = {"dated": [], "by": []}
    for one in found.bars:
        x, end = scale.x(one.start), scale.x_end(one.end)
        gap = min(1.5, (end - x) / 4)
        wide = short(end - x - gap)
        dated = _tall(one.dated, found.peak, height)
        by = _tall(one.by, found.peak, height)
        for name, base, tall in (("dated", height, dated), ("by", height - dated, by)):
            if tall:
                paths[name].append(
                    f"M{short(x)} {short(base)}v-{short(tall)}h{wide}v{short(tall)}z"
                )
    return {name: "".join(path) for name, path in paths.items() if path}


def _tall(count: int, peak: int, height: float) -> float:
    """Return how tall a bar is: what is there at all can be seen."""
    return max(1.5, (height - 2) * count / peak) if count else 0.0
