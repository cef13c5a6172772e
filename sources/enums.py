"""The code lists of evidence. Terms follow FIELD.md's datasets where they have one."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Precision(models.TextChoices):
    """How far apart the earliest and the latest possible day of a date lie.

    The classes follow `date_prec` of UCDP GED (1 exact day; 2 within 2-6 days; 3 within a week;
    4 within a month; 5 longer, up to a year), with three more for what GED cannot say.
    """

    DAY = "day", _("exact day")
    DAYS = "days", _("within 2 to 6 days")
    WEEK = "week", _("within a week")
    MONTH = "month", _("within a month")
    YEAR = "year", _("within a year")
    LONGER = "longer", _("longer than a year")
    OPEN = "open", _("open at one end")
    UNKNOWN = "unknown", _("date not recorded")


class Extent(models.TextChoices):
    """Whether a thing happened at some time in its window, or all through it."""

    WITHIN = "within", _("at some time within")
    THROUGHOUT = "throughout", _("throughout")


class RecordKind(models.TextChoices):
    """What a record is: the values of the timeline's column `kind`."""

    ROUND = "round", _("Talks round")
    DELEGATION = "delegation", _("Delegation")
    DECISION = "decision", _("Decision")
    STATEMENT = "statement", _("Statement")
    DEVELOPMENT = "development", _("Development")
    OFFICE = "office", _("Office")
    TIE = "tie", _("Party tie")
    TRUCE = "truce", _("Truce")
    TRUCE_EVENT = "truce_event", _("Truce event")
    INCIDENT = "incident", _("Incident")
    TALLY = "tally", _("Tally")
    VIOLATION = "violation", _("Violation claim")


class Status(models.TextChoices):
    """Where a record stands on its way to the reader."""

    DRAFT = "draft", pgettext_lazy("record", "draft")
    IN_REVIEW = "in_review", pgettext_lazy("record", "in review")
    PUBLISHED = "published", pgettext_lazy("record", "published")
    WITHDRAWN = "withdrawn", pgettext_lazy("record", "withdrawn")


class OutletKind(models.TextChoices):
    """What sort of body an outlet is."""

    WIRE_AGENCY = "wire_agency", _("wire agency")
    BROADCASTER = "broadcaster", _("broadcaster")
    NEWSPAPER = "newspaper", _("newspaper")
    MONITORING_MISSION = "monitoring_mission", _("monitoring mission")
    MONITORING_NGO = "monitoring_ngo", _("monitoring NGO")
    NGO = "ngo", _("NGO")
    IGO = "igo", _("intergovernmental organisation")
    PARTY_AFFILIATED = "party_affiliated", _("affiliated to a party to the conflict")
    DATASET = "dataset", _("dataset")
    SOCIAL_MEDIA = "social_media", _("social media")
    OTHER = "other", _("other")
    NOT_RECORDED = "", _("not recorded")


class Reliability(models.TextChoices):
    """Grade of an outlet on the Admiralty scale (NATO AJP-2.1)."""

    A = "A", _("A · completely reliable")
    B = "B", _("B · usually reliable")
    C = "C", _("C · fairly reliable")
    D = "D", _("D · not usually reliable")
    E = "E", _("E · unreliable")
    F = "F", _("F · not reliable so far as known")
    CANNOT_BE_JUDGED = "", _("cannot be judged")


class Visibility(models.TextChoices):
    """Who may know of a source."""

    PUBLIC = "public", pgettext_lazy("source", "public")
    RESTRICTED = "restricted", pgettext_lazy("source", "restricted")


class Stance(models.TextChoices):
    """What a source does to the record that cites it."""

    SUPPORTS = "supports", _("supports")
    CONTRADICTS = "contradicts", _("contradicts")
    CONTEXT = "context", _("gives context")


class OriginKind(models.TextChoices):
    """Whose knowledge a passage is: the origin over which independence is counted."""

    OUTLET = "outlet", _("the outlet's own reporting")
    OTHER_OUTLET = "other_outlet", _("another outlet that it names")
    SPEAKER = "speaker", _("a speaker that it names or describes")
    UNKNOWN = "unknown", _("unknown: it does not say who reports this")


class Credibility(models.IntegerChoices):
    """Grade of one passage on the Admiralty scale (NATO AJP-2.1)."""

    CONFIRMED = 1, _("1 · confirmed by other sources")
    PROBABLY_TRUE = 2, _("2 · probably true")
    POSSIBLY_TRUE = 3, _("3 · possibly true")
    DOUBTFUL = 4, _("4 · doubtful")
    IMPROBABLE = 5, _("5 · improbable")
    CANNOT_BE_JUDGED = 6, _("6 · cannot be judged")


class FigureGroup(models.TextChoices):
    """Whom a figure counts."""

    CIVILIANS = "civilians", _("civilians")
    COMBATANTS = "combatants", _("combatants")
    SIDE = "side", _("one side's people")
    PEOPLE = "people", _("people")
    UNKNOWN = "unknown", _("not said")


class Harm(models.TextChoices):
    """What befell those whom a figure counts."""

    KILLED = "killed", _("killed")
    INJURED = "injured", _("injured")
    DISPLACED = "displaced", _("displaced")
