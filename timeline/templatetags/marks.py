"""The sign of a line's kind, as every list and page has it."""

from django import template
from django.utils.html import format_html

register = template.Library()


@register.simple_tag
def mark(kind: str, variant: str = "") -> str:
    """Return the mark of a kind, and of what makes it another: a round that is only expected.

    No template of its own, as a list has hundreds.
    """
    also = f" mark--{variant}" if variant else ""
    return format_html('<span class="mark mark--{}{}" aria-hidden="true"></span>', kind, also)
