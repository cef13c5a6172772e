"""The signs of the legend: each a mark of the drawing, alone."""

from collections.abc import Callable

from django.utils.safestring import SafeString, mark_safe

from timeline.queries.drawing.pen import short, tag


def sign(code: str) -> SafeString:
    """Write a sign of the legend about the point 0, 0, 18 pixels wide."""
    what, _, which = code.partition("-")
    return mark_safe("".join(_SIGNS[what](which)))


def _used(name: str) -> SafeString:
    return tag("use", href=f"#drawing-{name}", class_="drawing__shape")


def _box(class_: str, height: float, fill: str | None = None) -> SafeString:
    return tag(
        "rect", class_=class_, x=-9, y=short(-height / 2), width=18, height=height, fill=fill
    )


def _upright(x: float) -> SafeString:
    return tag("line", class_="drawing__end", x1=x, x2=x, y1=-4, y2=4)


_SIGNS: dict[str, Callable[[str], list[SafeString]]] = {
    "shape": lambda kind: [_used(f"shape-{kind}")],
    "ring": lambda verdict: [
        tag("use", href=f"#drawing-ring-{verdict}"),
        _used("shape-incident"),
    ],
    "expected": lambda _: [_box("drawing__hatched", 14)],
    "bar": lambda _: [_box("drawing__bar", 12)],
    "fading": lambda _: [_box("drawing__bar", 12, "url(#drawing-fade-end-truce)")],
    "reach": lambda _: [_box("drawing__reach", 2), _upright(-9), _upright(9)],
    "by": lambda _: [
        _box("drawing__reach", 2, "url(#drawing-fade-start-event)"),
        tag("circle", class_="drawing__shape", cx=7, r=3.5),
    ],
    "tie": lambda kind: [
        tag(
            "g",
            tag("path", d="M-9-3Q0 10 9-3"),
            class_=f"drawing__tie drawing__tie--{kind}",
        )
    ],
}
