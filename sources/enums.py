"""The closed lists of words that models of evidence use."""

from django.db import models


class Precision(models.TextChoices):
    """How far apart the earliest and the latest possible day of a date lie.

    The classes follow `date_prec` of UCDP GED (1 exact day; 2 within 2-6 days; 3 within a week;
    4 within a month; 5 longer, up to a year), with three more for what GED cannot say.
    """

    DAY = "day", "exact day"
    DAYS = "days", "within 2 to 6 days"
    WEEK = "week", "within a week"
    MONTH = "month", "within a month"
    YEAR = "year", "within a year"
    LONGER = "longer", "longer than a year"
    OPEN = "open", "open at one end"
    UNKNOWN = "unknown", "date not recorded"
