"""The strokes that pictures are written with: elements, numbers, and places along the time axis."""

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe


def tag(name: str, *children: str, **attributes: object) -> SafeString:
    """Write an element. `class_` is `class`, other underscores are hyphens; None is left out."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{conditional_escape(str(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    inside = "".join(map(conditional_escape, children))
    return mark_safe(
        f"<{name}{written}>{inside}</{name}>" if inside else f"<{name}{written}/>"
    )  # all of it is escaped above


class Pen:
    """Writes places along the time axis: as shares of its width, or as pixels."""

    def __init__(self, width: float, *, is_fluid: bool) -> None:
        self.width = width
        self.is_fluid = is_fluid

    def along(self, value: float) -> str:
        return f"{short(100 * value / self.width)}%" if self.is_fluid else short(value)

    def stretched(
        self, begin: float, end: float, y: float, height: float, *children: str
    ) -> SafeString:
        """Write what is drawn in pixels, but stretches along the time axis with everything."""
        return tag(
            "svg",
            *children,
            x=self.along(begin),
            y=short(y),
            width=self.along(end - begin),
            height=short(height),
            viewBox=f"{short(begin)} 0 {short(end - begin)} {short(height)}",
            preserveAspectRatio="none",
            overflow="visible",
        )


def short(number: float) -> str:
    """Write a number with two decimals at most."""
    return f"{number:.2f}".rstrip("0").rstrip(".")
