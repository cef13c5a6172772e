"""What readers ask for: one filter, one truth."""

from timeline.filters.timeline import InvalidFilterError, Problems, TimelineFilter, filtered

__all__ = ["InvalidFilterError", "Problems", "TimelineFilter", "filtered"]
